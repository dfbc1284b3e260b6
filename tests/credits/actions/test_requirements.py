from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.credits import licence_rules
from symposia.credits.actions.requirements import (
    change_licence,
    end_licence,
    remind_of_cycles,
    set_subjects,
    track_licence,
    write_requirement,
)
from symposia.credits.licence_lists import LICENCES
from symposia.credits.licence_rules import LicenceFacts, PackFactsIn
from symposia.credits.models import ActivitySubject, CycleReminder, Licence, RequirementPack
from symposia.credits.tracked import impact_of, licences_of, tracked, what_would_help
from symposia.credits.tracking import asked_of
from symposia.directory.actions.merging import merge_clinicians
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import day_here, member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.credits import (
    CreditEntryFactory,
    CreditOfferFactory,
    ExternalCreditFactory,
    LicenceFactory,
)
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory

TODAY = day_here()


def alabama():
    return RequirementPack.objects.get(code="us_al")


def facts(asks=None, **more):
    said = {
        "asks": asks or alabama(),
        "number": "MD.1",
        "cycle_starts_on": TODAY - timedelta(days=100),
        "cycle_ends_on": TODAY + timedelta(days=265),
    }
    return LicenceFacts(**said | more)


def house_rule(hours="10", **more):
    said = {
        "name": "House rule",
        "authority": "Harbor Hospital",
        "cycle_months": 12,
        "hours": Decimal(hours),
        "valid_from": TODAY - timedelta(days=400),
        "citation": "Bylaws, 4.2",
    }
    return PackFactsIn(**said | more)


def accepted(clinician, amount, **more):
    return ExternalCreditFactory(
        clinician=clinician, amount=Decimal(amount), state="accepted", decided_at=now(), **more
    )


def test_a_licence_shows_what_is_held_and_left(organisation):
    clinician = ClinicianFactory()
    accepted(clinician, "10", subjects=["controlled_substances"])

    track_licence(clinician, facts(), by=SYSTEM)

    needs = {need.subject: need.left for need in licences_of(clinician)[0].progress.needs}
    assert needs[""] == needs["core"] == Decimal(15)
    assert needs["controlled_substances"] == 0


@pytest.mark.parametrize(
    ("more", "objection"),
    [
        ({"cycle_ends_on": TODAY - timedelta(days=100)}, licence_rules.CYCLE_TURNED),
        ({"cycle_ends_on": TODAY + timedelta(days=5000)}, licence_rules.CYCLE_TOO_LONG),
        ({"left_out": ["astrology"]}, licence_rules.NOT_OF_RULE),
        ({"cycle_starts_on": date(1, 1, 1)}, licence_rules.NOT_OUR_TIME),
        ({"cycle_ends_on": date(9999, 12, 31)}, licence_rules.NOT_OUR_TIME),
    ],
)
def test_what_cannot_be_tracked_is_refused_in_words(organisation, more, objection):
    with pytest.raises(Refused) as refused:
        track_licence(ClinicianFactory(), facts(**more), by=SYSTEM)

    assert refused.value.objection.code == objection.code


def test_a_licence_is_tracked_once_until_it_ends(organisation):
    clinician = ClinicianFactory()
    licence = track_licence(clinician, facts(), by=SYSTEM)
    with pytest.raises(Refused):
        track_licence(clinician, facts(), by=SYSTEM)

    end_licence(licence, by=SYSTEM)

    assert track_licence(clinician, facts(), by=SYSTEM).pk != licence.pk
    with pytest.raises(Refused):
        change_licence(licence, facts(), by=SYSTEM)


def test_a_licence_takes_no_number_that_another_one_has(organisation):
    clinician = ClinicianFactory()
    track_licence(clinician, facts(), by=SYSTEM)
    second = track_licence(clinician, facts(number="MD.2"), by=SYSTEM)

    with pytest.raises(Refused) as refused:
        change_licence(second, facts(), by=SYSTEM)

    assert refused.value.objection.code == licence_rules.TRACKED_ALREADY.code
    assert change_licence(second, facts(number=" MD.2 "), by=SYSTEM).number == "MD.2"


def test_after_a_renewal_the_next_cycle_runs(organisation):
    licence = LicenceFactory()
    ends = licence.cycle_ends_on + timedelta(days=365)

    change_licence(
        licence,
        facts(cycle_starts_on=licence.cycle_ends_on + timedelta(days=1), cycle_ends_on=ends),
        by=SYSTEM,
    )

    assert Licence.objects.get().cycle_ends_on == ends


def test_whoever_is_not_done_is_reminded_once(organisation):
    late, done = LicenceFactory(), LicenceFactory()
    LicenceFactory(clinician=ClinicianFactory(email=""))
    topics = [topic["topic"] for topic in alabama().topics]
    accepted(done.clinician, "25", subjects=topics)

    assert remind_of_cycles(TODAY, by=SYSTEM) == 1
    assert remind_of_cycles(TODAY, by=SYSTEM) == 0

    assert Delivery.objects.get().to_address == late.clinician.email
    assert CycleReminder.objects.get().days == 90
    assert remind_of_cycles(late.cycle_ends_on - timedelta(days=30), by=SYSTEM) == 1


def test_a_later_version_of_a_rule_takes_over_and_says_before_whom_it_opens(organisation):
    first = write_requirement(house_rule(), by=SYSTEM)
    licence = LicenceFactory(pack=None, own_pack=first)
    accepted(licence.clinician, "12")
    after = house_rule("20", valid_from=TODAY)

    impact = impact_of(first, asked_of(LicenceRule(after)))
    second = write_requirement(after, before=first, by=SYSTEM)

    assert (impact.holders, impact.done_before, impact.done_after) == (1, 1, 0)
    assert impact.newly_open == (licence.clinician.full_name,)
    licence.refresh_from_db()
    assert licence.own_pack == second
    first.refresh_from_db()
    assert first.valid_until == TODAY - timedelta(days=1)
    with pytest.raises(Refused) as twice:
        write_requirement(house_rule("30", valid_from=TODAY), before=first, by=SYSTEM)
    assert twice.value.objection.code == licence_rules.REPLACED_ALREADY.code


class LicenceRule:
    """The draft of a rule as values."""

    def __init__(self, said):
        self.__dict__.update(said.__dict__)


@pytest.mark.parametrize(
    "more",
    [
        {"name": " "},
        {"cycle_months": 0},
        {"hours": Decimal(0)},
        {"core_hours": Decimal(11)},
        {"citation": ""},
        {"core_systems": ["ama_pra_1", "x" * 41]},
    ],
)
def test_a_rule_says_what_it_asks_and_where_it_stands(organisation, more):
    with pytest.raises(Refused):
        write_requirement(house_rule(**more), by=SYSTEM)


def coming(**subjects):
    activity = ActivityFactory(state="open", mode="independent")
    SessionFactory(activity=activity)
    CreditOfferFactory(activity=activity)
    set_subjects(activity, {name: Decimal(hours) for name, hours in subjects.items()}, by=SYSTEM)
    return activity


def test_what_would_help_is_about_what_is_missing(organisation):
    activity = coming(controlled_substances="1.00")
    licence = LicenceFactory(cycle_ends_on=TODAY + timedelta(days=900))

    (found,) = what_would_help(tracked([licence]), now())[licence.pk]

    assert found.listed.activity == activity
    assert found.subjects == ("controlled_substances",)
    assert not found.is_planned


def test_what_would_help_is_said_of_each_licence_and_what_is_planned_of_it(
    organisation, django_assert_max_num_queries
):
    activity = coming(controlled_substances="1.00")
    ends_on = TODAY + timedelta(days=900)
    first = LicenceFactory(cycle_ends_on=ends_on)
    ohio = RequirementPack.objects.get(code="us_oh")
    second = LicenceFactory(clinician=first.clinician, pack=ohio, cycle_ends_on=ends_on)
    held = licences_of(first.clinician)
    RegistrationFactory(activity=activity, clinician=first.clinician)
    RegistrationFactory(activity=coming(), state="cancelled", clinician=first.clinician)

    with django_assert_max_num_queries(5):
        found = what_would_help(held, now())

    planned = [(each.listed.activity == activity, each.is_planned) for each in found[first.pk]]
    assert planned == [(True, True), (False, False)]
    assert [each.is_planned for each in found[second.pk]] == [True, False]
    assert not any(each.subjects for each in found[second.pk])


def test_subjects_of_an_activity_are_set_all_at_once(organisation):
    activity = ActivityFactory()
    set_subjects(activity, {"medical_ethics": Decimal(1), "nutrition": Decimal(2)}, by=SYSTEM)
    set_subjects(activity, {"medical_ethics": Decimal("1.5")}, by=SYSTEM)

    assert [(s.subject, s.hours) for s in ActivitySubject.objects.of(activity)] == [
        ("medical_ethics", Decimal("1.5"))
    ]
    with pytest.raises(Refused):
        set_subjects(activity, {"astrology": Decimal(1)}, by=SYSTEM)
    with pytest.raises(Refused):
        set_subjects(activity, {"medical_ethics": Decimal(0)}, by=SYSTEM)


def test_the_list_says_who_is_at_risk(organisation):
    late, done, far = LicenceFactory(), LicenceFactory(), LicenceFactory()
    Licence.objects.filter(pk=far.pk).update(cycle_ends_on=TODAY + timedelta(days=300))
    accepted(done.clinician, "25")
    accepted(late.clinician, "5", earned_on=TODAY - timedelta(days=301))
    access = access_of(member(organisation, "coordinator"), organisation, at=now())

    found = {row.pk: (row.standing, row.missing) for row in LICENCES.rows_for(access, {})}

    assert found == {
        late.pk: ("at_risk", Decimal(25)),
        done.pk: ("done", Decimal(0)),
        far.pk: ("on_the_way", Decimal(25)),
    }
    assert [row.pk for row in LICENCES.rows_for(access, {"standing": ["at_risk"]})] == [late.pk]


def test_the_list_counts_what_the_transcript_counts(organisation):
    licence, twin = LicenceFactory(), ClinicianFactory(npi=False)
    accepted(twin, "5")
    merge_clinicians(licence.clinician, twin, by=SYSTEM)
    own_time = CreditEntryFactory(
        registration__clinician=licence.clinician, offer__format_key="enduring"
    )
    corrected = {"registration": own_time.registration, "offer": own_time.offer}
    after = now() + timedelta(days=90)
    less = Decimal("-0.25")
    CreditEntryFactory(
        **corrected, amount=less, reason="correction", explanation="Left early.", entered_at=after
    )
    last_evening = datetime.combine(licence.cycle_ends_on, time(22))
    CreditEntryFactory(
        registration__clinician=licence.clinician, registration__activity__wall_starts=last_evening
    )
    access = access_of(member(organisation, "coordinator"), organisation, at=now())

    (row,) = LICENCES.rows_for(access, {})

    assert row.held == licences_of(licence.clinician)[0].progress.needs[0].held == Decimal("7.25")
