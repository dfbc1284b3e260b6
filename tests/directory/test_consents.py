from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.audit.models import Entry
from symposia.directory.actions.consents import (
    ConsentFacts,
    change_consent_basis,
    import_consents,
    state_consent,
    withdraw_all_consent,
)
from symposia.directory.asking import may_be_asked, ways_of
from symposia.directory.consent_lines import judge_consents
from symposia.directory.consent_words import Basis
from symposia.directory.events import ConsentChanged
from symposia.directory.models import ConsentStatement
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory, TerritoryFactory

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


def reasons(people, channel="email", purpose="invitations"):
    found = may_be_asked(people, channel, purpose)
    return [found[one.pk] and found[one.pk].code for one in people]


def say(clinician, *, given, purpose="invitations", channel="email", **more):
    return state_consent(clinician, ConsentFacts(purpose, channel, given, **more), by=SYSTEM)


def test_whoever_said_nothing_is_invited_and_sent_no_promotion(organisation):
    one = ClinicianFactory()

    assert reasons([one]) == [None]
    assert reasons([one], purpose="promotion") == ["no_consent"]
    assert reasons([one], channel="", purpose="sharing") == ["never_agreed"]


def test_the_last_word_stands_whenever_it_was_written_down(organisation):
    one, other = ClinicianFactory.create_batch(2)
    with time_machine.travel(NOW, tick=False):
        say(one, given=False)
        say(one, given=True, said_at=NOW - timedelta(days=9))
        say(other, given=False, said_at=NOW - timedelta(days=9))
        say(other, given=True)

    assert reasons([one, other]) == ["consent_withdrawn", None]
    assert str(may_be_asked([one], "email", "invitations")[one.pk]) == (
        "said no to invitations to activities on 26 Nov 2026"
    )
    assert reasons([one], channel="sms") == [None]


def test_a_statement_keeps_the_words_it_was_made_under(organisation):
    one = ClinicianFactory()
    before = say(one, given=True, purpose="news")

    change_consent_basis(Basis("news", False, "Consent", "Send me the journal."), by=SYSTEM)
    after = say(one, given=True, purpose="news")

    assert before.wording.startswith("You may send me news")
    assert after.wording == "Send me the journal."
    entry = Entry.objects.get(action="consent.basis_changed")
    assert [change["field"] for change in entry.details["changes"]] == ["legal_basis", "wording"]


def test_an_organisation_may_ask_only_those_who_agreed(organisation):
    silent, agreed = ClinicianFactory.create_batch(2)
    say(agreed, given=True)

    change_consent_basis(Basis("invitations", False, "Consent first", "Invite me."), by=SYSTEM)

    assert reasons([silent, agreed]) == ["no_consent", None]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (ConsentFacts("invitations", "", given=True), "needs_channel"),
        (ConsentFacts("sharing", "email", given=True), "has_no_channel"),
        (ConsentFacts("news", "email", given=True, source="paper"), "no_proof"),
        (
            ConsentFacts("news", "email", given=True, said_at=datetime(2100, 1, 1, tzinfo=UTC)),
            "said_later",
        ),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_cannot_be_a_statement_is_refused(organisation, facts, code):
    with pytest.raises(Refused) as refused:
        state_consent(ClinicianFactory(), facts, by=SYSTEM)

    assert refused.value.objection.code == code
    assert not ConsentStatement.objects.exists()


def test_what_was_heard_names_who_heard_it(organisation):
    user = member(organisation, "field_representative")

    said = state_consent(
        ClinicianFactory(),
        ConsentFacts("news", "phone", given=True, source="voice"),
        by=user.actor(),
    )

    assert said.proof == user.full_name
    assert said.recorded_by_id == user.pk


def test_a_statement_is_never_changed(organisation):
    said = say(ClinicianFactory(), given=True)

    with pytest.raises(DatabaseError), transaction.atomic():
        ConsentStatement.objects.filter(pk=said.pk).update(given=False)


def test_one_no_closes_every_way_and_is_announced(organisation):
    one, heard = ClinicianFactory(), []
    listens_to(ConsentChanged)(heard.append)

    withdraw_all_consent(one, by=SYSTEM)

    ways = [way for purpose in ways_of(one) for way in purpose.ways]
    assert len(ways) == len([each for each in heard if each.clinician_id == one.pk]) == 17
    assert all(way.objection for way in ways)
    with pytest.raises(Refused):
        withdraw_all_consent(one, by=SYSTEM)


def test_a_file_is_judged_line_by_line(organisation):
    mine = TerritoryFactory()
    known = ClinicianFactory(email="known@example.org", territory=mine)
    ClinicianFactory(email="far@example.org", territory=TerritoryFactory())
    scope = {"scope_kind": "territory", "scope_id": mine.pk}
    access = access_of(member(organisation, "field_representative", **scope), organisation, at=NOW)
    number = known.identifiers.get().value
    text = (
        "NPI;purpose;channel;consent;date;proof\n"
        f"{number};invitations;email;yes;2026-01-31;form 7\n"
        "KNOWN@example.org;Educational news;sms;opt-out;2026-02-01;\n"
        "far@example.org;news;email;yes;2026-02-01;\n"
        f"{number};lottery;email;yes;2026-02-01;\n"
        f"{number};news;email;perhaps;2026-02-01;\n"
        f"{number};news;email;yes;31/02/2026;\n"
        f"{number};sharing;email;yes;2026-02-01;\n"
    )

    judged = judge_consents(access, text, zone="Asia/Kolkata")

    assert [line.problem for line in judged] == [
        "",
        "",
        "Nobody you may see has this number or address",
        "The purpose is none of: invitations, news, promotion, sharing, reporting",
        "Given says neither yes nor no",
        "The day cannot be read: write it as 2026-01-31",
        "This purpose reaches nobody; leave the channel.",
    ]
    assert import_consents(judged, file_name="club.csv", by=SYSTEM) == 2
    assert [(s.purpose, s.given, s.proof) for s in ConsentStatement.objects.order_by("pk")] == [
        ("invitations", True, "club.csv · form 7"),
        ("news", False, "club.csv"),
    ]
    assert ConsentStatement.objects.earliest("pk").said_at == datetime(
        2026, 1, 30, 18, 30, tzinfo=UTC
    )


def test_a_file_without_a_line_to_take_is_refused(organisation):
    with pytest.raises(Refused):
        import_consents([], file_name="none.csv", by=SYSTEM)


@pytest.mark.parametrize(
    "day", ["0001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31", "9999-12-31T23:59:59-14:00"]
)
def test_a_day_that_no_calendar_counts_cannot_be_read(organisation, day):
    access = access_of(member(organisation, "coordinator"), organisation, at=now())
    person = ClinicianFactory(email="avery@example.org")
    text = f"person,purpose,channel,given,said on,proof\n{person.email},news,sms,yes,{day},Form 1"

    (line,) = judge_consents(access, text, zone="Asia/Kolkata")

    assert line.problem == "The day cannot be read: write it as 2026-01-31"
