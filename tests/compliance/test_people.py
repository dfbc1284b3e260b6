"""Caps of people: engagements that lie in the future count, and two plans never take one place."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from symposia.compliance.actions.evaluating import evaluate_subject, release_people
from symposia.compliance.actions.own_values import set_own_parameter
from symposia.compliance.actions.values import (
    RestrictionFacts,
    add_restriction,
    lift_restriction,
)
from symposia.compliance.facts import Engaged, Subject, _people, engages_people
from symposia.compliance.models import Commitment, RulePack
from symposia.compliance.policies import ENDS_BEFORE, SAY_WHY, WHO_OR_WHAT
from symposia.compliance.queries import findings_of, pack_of
from symposia.compliance.queries.people import people_facts
from symposia.shared.actors import SYSTEM
from symposia.shared.ids import uuid7
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.directory import ClinicianFactory

DAY = date(2026, 3, 12)


@pytest.fixture
def speaks():
    """Says who speaks at meetings, by their id."""
    engaged = {}
    engages_people("meeting")(lambda pk: engaged.get(pk, []))
    yield engaged
    del _people["meeting"]


def policy(name, value, on=date(2020, 1, 1), version="2026.1"):
    pack = pack_of(RulePack.objects.get(code="organisation-policy", version=version))
    return set_own_parameter(
        pack, name, value=value, effective_from=on, reason="Policy 7", by=SYSTEM
    )


def meeting(speaks, *people, on=DAY, title="A meeting"):
    subject = Subject("meeting", uuid7(), on, title)
    speaks[subject.id] = list(people)
    return subject


def engaged(doctor, fee=None, currency="USD"):
    return Engaged(doctor.pk, doctor.full_name, Money(Decimal(fee), currency) if fee else None)


def ask(subject):
    return evaluate_subject(subject, facts={"mode": "scientific"}, by=SYSTEM, commits=True)


def said(evaluation, rule):
    return next((f.result, f.message) for f in findings_of(evaluation) if f.rule == rule)


def test_engagements_that_are_only_planned_count_for_the_cap(organisation, speaks):
    policy("speaker_count_cap", "2")
    doctor = ClinicianFactory(full_name="Ritu Menon")

    first = ask(meeting(speaks, engaged(doctor), on=date(2026, 11, 2)))
    second = ask(meeting(speaks, engaged(doctor), on=date(2026, 5, 4)))
    third = ask(meeting(speaks, engaged(doctor), on=date(2026, 8, 9)))
    of_next_year = ask(meeting(speaks, engaged(doctor), on=date(2027, 1, 1)))

    assert [said(e, "OP-5")[0] for e in (first, second, third)] == ["pass", "warn", "block"]
    assert "Ritu Menon would have 3 engagements in the year" in said(third, "OP-5")[1]
    assert said(of_next_year, "OP-5")[0] == "pass"


def test_fees_of_two_currencies_are_never_added(organisation, speaks):
    policy("speaker_pay_cap", "1000")
    doctor = ClinicianFactory(full_name="Ritu Menon")
    ask(meeting(speaks, engaged(doctor, "700", "EUR"), on=date(2026, 11, 2)))

    beside = ask(meeting(speaks, engaged(doctor, "600"), on=date(2026, 5, 4)))
    over = ask(meeting(speaks, engaged(doctor, "400", "EUR"), on=date(2026, 8, 9)))

    assert said(beside, "OP-6")[0] == "pass"
    assert said(over, "OP-6")[0] == "block"
    assert "1,100 EUR" in said(over, "OP-6")[1]


def test_a_cap_of_365_days_looks_over_the_turn_of_the_year_and_at_what_is_planned(
    organisation, speaks
):
    policy("speaker_count_rolling", "2", version="2026.3")
    doctor = ClinicianFactory(full_name="Ritu Menon")

    first = ask(meeting(speaks, engaged(doctor), on=date(2027, 2, 1)))
    second = ask(meeting(speaks, engaged(doctor), on=date(2026, 11, 2)))
    third = ask(meeting(speaks, engaged(doctor), on=date(2026, 6, 1)))
    apart = ask(meeting(speaks, engaged(doctor), on=date(2025, 10, 1)))

    assert [said(e, "OP-16")[0] for e in (first, second, third)] == ["pass", "warn", "block"]
    assert "Ritu Menon would have 3 engagements within 365 days" in said(third, "OP-16")[1]
    assert said(apart, "OP-16")[0] == "warn"


def test_fees_within_365_days_are_held_against_their_cap(organisation, speaks):
    policy("speaker_pay_rolling", "1000", version="2026.3")
    doctor = ClinicianFactory(full_name="Ritu Menon")
    ask(meeting(speaks, engaged(doctor, "700"), on=date(2026, 12, 20)))

    over = ask(meeting(speaks, engaged(doctor, "400"), on=date(2027, 1, 10)))
    in_euro = ask(meeting(speaks, engaged(doctor, "400", "EUR"), on=date(2027, 1, 11)))

    assert said(over, "OP-17")[0] == "block"
    assert "1,100 USD in fees within 365 days" in said(over, "OP-17")[1]
    assert said(in_euro, "OP-17")[0] == "block"


def test_the_year_of_caps_may_begin_in_april(organisation, speaks):
    policy("speaker_count_cap", "1", version="2026.3")
    policy("year_begins", "4", version="2026.3")
    doctor = ClinicianFactory()
    ask(meeting(speaks, engaged(doctor), on=date(2027, 3, 31)))

    same_year = ask(meeting(speaks, engaged(doctor), on=date(2026, 4, 1)))
    year_before = ask(meeting(speaks, engaged(doctor), on=date(2026, 3, 31)))

    assert said(same_year, "OP-5")[0] == "block"
    assert said(year_before, "OP-5")[0] != "block"
    fact = next(f.facts for f in findings_of(same_year) if f.rule == "OP-5")
    assert fact["caps_year_from"] == "2026-04-01"


def test_two_people_of_one_name_are_counted_apart(organisation, speaks):
    policy("speaker_count_cap", "1")
    busy, free = (ClinicianFactory(full_name="Asha Rao") for _ in range(2))
    ask(meeting(speaks, engaged(busy), on=date(2026, 11, 2)))

    both = ask(meeting(speaks, engaged(busy), engaged(free)))

    assert said(both, "OP-5")[0] == "block"


def test_fees_of_the_year_count_planned_ones_too(organisation, speaks):
    policy("speaker_pay_cap", "1000")
    doctor = ClinicianFactory()
    ask(meeting(speaks, engaged(doctor, "600"), on=date(2026, 11, 2)))

    exactly = ask(meeting(speaks, engaged(doctor, "400")))
    over = ask(meeting(speaks, engaged(doctor, "0.01"), on=date(2026, 4, 4)))

    assert said(exactly, "OP-6")[0] == "warn"
    assert said(over, "OP-6")[0] == "block"


def test_a_meeting_counts_once_however_often_it_asks(organisation, speaks):
    policy("speaker_count_cap", "1")
    doctor = ClinicianFactory()
    subject = meeting(speaks, engaged(doctor))

    ask(subject)
    again = ask(subject)

    assert said(again, "OP-5")[0] == "warn"
    assert Commitment.objects.standing().count() == 1


def test_whoever_is_released_counts_no_longer(organisation, speaks):
    policy("speaker_count_cap", "1")
    doctor = ClinicianFactory()
    first = meeting(speaks, engaged(doctor))
    ask(first)

    release_people(first.type, first.id, by=SYSTEM)

    assert said(ask(meeting(speaks, engaged(doctor))), "OP-5")[0] == "warn"


def test_speakers_rest_between_engagements_before_and_after(organisation, speaks):
    policy("cooling_days", "30")
    doctor = ClinicianFactory(full_name="Ritu Menon")
    ask(meeting(speaks, engaged(doctor), on=date(2026, 4, 10)))

    close = ask(meeting(speaks, engaged(doctor), on=date(2026, 3, 12)))
    apart = ask(meeting(speaks, engaged(doctor), on=date(2026, 6, 9)))

    assert said(close, "OP-7") == (
        "warn",
        "Ritu Menon speaks again within 29 days; your policy asks for 30.",
    )
    assert said(apart, "OP-7")[0] == "pass"


def test_without_people_nothing_is_said_of_them(organisation, speaks):
    assert people_facts(meeting(speaks), []) == {}


def test_a_restricted_doctor_and_a_restricted_product_are_found(organisation, speaks):
    doctor = ClinicianFactory(full_name="Ritu Menon")
    who = RestrictionFacts("person", "Suspended", DAY, DAY, clinician_id=doctor.pk)
    what = RestrictionFacts("product", "Not approved", DAY, words="Xaltan")
    add_restriction(who, by=SYSTEM)
    product = add_restriction(what, by=SYSTEM)

    on_the_day = ask(meeting(speaks, engaged(doctor), title="XALTAN at home"))
    later = ask(meeting(speaks, engaged(doctor), on=date(2026, 3, 13), title="At home"))

    assert said(on_the_day, "OP-13") == ("block", "Ritu Menon must not be engaged.")
    assert said(on_the_day, "OP-14") == ("block", "Xaltan is restricted and named here.")
    assert [said(later, rule)[0] for rule in ("OP-13", "OP-14")] == ["pass", "pass"]
    lift_restriction(product, reason="Approved", by=SYSTEM)
    assert said(ask(meeting(speaks, title="Xaltan at home")), "OP-14")[0] == "pass"


@pytest.mark.parametrize(
    ("facts", "objection"),
    [
        (RestrictionFacts("person", "Why", DAY), WHO_OR_WHAT),
        (RestrictionFacts("product", "Why", DAY, words=" "), WHO_OR_WHAT),
        (RestrictionFacts("product", "", DAY, words="Xaltan"), SAY_WHY),
        (RestrictionFacts("product", "Why", DAY, date(2026, 3, 11), words="X"), ENDS_BEFORE),
    ],
    ids=["nobody", "nothing", "no reason", "ends before it begins"],
)
def test_a_restriction_names_somebody_or_something_and_says_why(organisation, facts, objection):
    with pytest.raises(Refused) as refused:
        add_restriction(facts, by=SYSTEM)

    assert refused.value.objection == objection


def race(organisation, subjects, work):
    """The same work for many meetings at the same moment; returns what each got."""
    start = threading.Barrier(len(subjects))

    def one(subject):
        try:
            start.wait()
            with acting_in(organisation.pk):
                return work(subject)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(subjects)) as pool:
        return list(pool.map(one, subjects))


def ask_or_give_up(subject):
    """As an activity is submitted: what is blocked leaves nothing behind."""
    evaluation = ask(subject)
    if evaluation.result == "block":
        release_people(subject.type, subject.id, by=SYSTEM)
    return evaluation.result


def look_then_take(subject):
    """The negative control: the same rule, but nobody is held while it counts."""
    people = _people["meeting"](subject.id)
    free = people_facts(subject, people)["busiest_speaker_count"] <= 1
    threading.Event().wait(0.2)
    if free:
        Commitment.objects.create(
            clinician_id=people[0].clinician_id,
            subject_type="meeting",
            subject_id=subject.id,
            on=subject.on,
        )
    return "pass" if free else "block"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("work", "holds"), [(ask_or_give_up, True), (look_then_take, False)], ids=["held", "not held"]
)
def test_the_last_engagement_of_a_speaker_is_taken_once(speaks, work, holds):
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        policy("speaker_count_cap", "1")
        doctor = ClinicianFactory()
        subjects = [meeting(speaks, engaged(doctor)) for _ in range(6)]

    got = race(organisation, subjects, work)

    assert (got.count("block") == 5) is holds
