from datetime import date, timedelta

import pytest
import time_machine

from symposia.audit.models import Entry
from symposia.directory.actions.restrictions import (
    RestrictionFacts,
    add_restriction_kind,
    lift_person_restriction,
    note_letter,
    restrict_person,
)
from symposia.directory.asking import may_be_asked
from symposia.directory.models import PersonRestriction
from symposia.outreach.actions import invite_clinicians
from symposia.outreach.rule_facts import facts_of_restricted
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.outreach import InvitationFactory

DAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{DAY} 12:00:00+00:00", tick=False):
        yield


def restrict(clinician, kind="retired", **facts):
    told = {"source": "Hospital", "from_on": DAY} | facts
    return restrict_person(clinician, RestrictionFacts(kind, **told), by=SYSTEM)


def reason(clinician, purpose="invitations", channel="email"):
    return str(may_be_asked([clinician], channel, purpose)[clinician.pk] or "")


def test_whoever_is_restricted_is_asked_nothing_and_the_reason_is_told(organisation):
    one, other = ClinicianFactory.create_batch(2)

    restrict(one)

    assert reason(one) == "is not asked since 26 Nov 2026: Retired"
    assert reason(one, "news", "sms") == reason(one)
    assert reason(other) == ""
    assert Entry.objects.get(action="person.restricted").details["name"] == "Retired"


def test_what_a_person_agreed_to_publish_does_not_hang_on_being_asked(organisation):
    one = ClinicianFactory()
    restrict(one, "deceased")

    assert reason(one, "sharing", "") == "has not agreed to publication of transfers of value"


@pytest.mark.parametrize(
    ("begins", "ends", "is_barred"),
    [(-9, None, True), (0, 0, True), (1, None, False), (-9, -1, False)],
    ids=["open end", "its one day", "not yet", "over"],
)
def test_a_restriction_holds_on_its_days(organisation, begins, ends, is_barred):
    one = ClinicianFactory()
    until = None if ends is None else DAY + timedelta(days=ends)

    restrict(one, from_on=DAY + timedelta(days=begins), until_on=until)

    assert bool(reason(one)) == is_barred


def test_a_letter_allows_it_until_its_day(organisation):
    row = restrict(ClinicianFactory(), "government")
    assert reason(row.clinician).startswith("needs a letter first: Government employee")

    note_letter(row, "Directorate, 20 Nov 2026", until=DAY, by=SYSTEM)
    assert reason(row.clinician) == ""

    note_letter(row, "Directorate, 20 Nov 2026", until=DAY - timedelta(days=1), by=SYSTEM)
    assert reason(row.clinician).startswith("needs a letter first")


def test_a_lifted_restriction_stays_readable_and_bars_nobody(organisation):
    row = restrict(ClinicianFactory())

    lifted = lift_person_restriction(row, reason="Works again", by=SYSTEM)

    assert reason(row.clinician) == ""
    assert (lifted.ended_by_name, lifted.ended_reason) == (SYSTEM.name, "Works again")
    with pytest.raises(Refused):
        lift_person_restriction(row, reason="Twice", by=SYSTEM)


def test_what_cannot_be_is_refused(organisation):
    one = ClinicianFactory()
    standing = restrict(one)
    tried = {
        "already_restricted": lambda: restrict(one),
        "no_such_restriction": lambda: restrict(one, "unloved"),
        "no_source": lambda: restrict(one, "deceased", source=" "),
        "restriction_ends_before": lambda: restrict(
            one, "deceased", until_on=DAY - timedelta(days=1)
        ),
        "needs_no_letter": lambda: note_letter(standing, "Letter", until=None, by=SYSTEM),
        "why_lifted": lambda: lift_person_restriction(standing, reason=" ", by=SYSTEM),
        "kind_taken": lambda: add_restriction_kind("retired", "nobody_asks", by=SYSTEM),
    }

    for code, act in tried.items():
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.objection.code == code
    assert PersonRestriction.objects.count() == 1


def test_an_organisation_has_reasons_of_its_own(organisation):
    kind = add_restriction_kind("Trial investigator", "nobody_asks", by=SYSTEM)

    row = restrict(ClinicianFactory(), kind.code)

    assert row.kind_name == "Trial investigator"
    assert "Trial investigator" in reason(row.clinician)


def test_nobody_restricted_is_invited_and_rules_know_of_those_who_were(organisation):
    activity = ActivityFactory(state="open")
    before = InvitationFactory(activity=activity, clinician__full_name="Avery Barred")
    new = ClinicianFactory()
    assert facts_of_restricted(activity.pk) == {}
    for clinician in (before.clinician, new):
        restrict(clinician, "sanctioned")

    answer = invite_clinicians(activity, [new], by=SYSTEM)

    assert [skipped.objection.code for skipped in answer.skipped] == ["restricted"]
    assert facts_of_restricted(activity.pk) == {
        "restricted_invited": ["Avery Barred"],
        "restricted_invited_count": 1,
    }
