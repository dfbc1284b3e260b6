"""Who had what follows the books and the doors, edition by edition; the register says why."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.audit.models import Entry
from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.models import Clinician, ConsentSource, Purpose
from symposia.finance.actions.budgets import reverse_entry
from symposia.reporting.actions.attributing import (
    Sharers,
    attribute_costs,
    judge_of_clinician,
    judge_unclear,
    say_who_had,
)
from symposia.reporting.actions.disputes import (
    AskedOfRecipient,
    answer_dispute,
    dispute_transfer,
    keep_recipient_facts,
    withdraw_dispute,
)
from symposia.reporting.actions.years import owe_year_again, reckon_years, waive_year
from symposia.reporting.attributing import attribution_of, of_institution
from symposia.reporting.models import (
    AttributedShare,
    Party,
    TransferDispute,
    TransferOfValue,
    YearlyDue,
)
from symposia.reporting.transfers.sharing import Had, PassedOn
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory, InstitutionFactory
from tests.reporting.valued import arrive, company, meeting, paid


@pytest.fixture(autouse=True)
def sells(organisation):
    return company(organisation)


def code_of(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.objection.code


def shares(activity):
    return list(AttributedShare.objects.of(activity).standing())


def attributed(activity):
    attribute_costs(activity, by=SYSTEM)
    return list(TransferOfValue.objects.filter(activity=activity).order_by("name"))


def test_a_dinner_is_divided_and_the_hall_is_not():
    activity = meeting()
    paid(activity, amount="100.00")
    paid(activity, "venue", "900.00")

    found = attributed(activity)

    assert [each.amount_minor for each in found] == [2500] * 4
    assert {(e.scheme, e.category, e.outcome) for e in found} == {
        ("open_payments", "food", "individual")
    }
    assert found[0].why == "USD 25.00 is at least USD 13.82."
    shown = attribution_of(activity, "USD")
    assert all(line.adds_up for line in shown.lines)
    assert str(shown.per_head) == "USD 250.00"
    assert not shown.is_stale


def test_nothing_is_said_before_it_took_place():
    activity = meeting(state="open")

    assert code_of(attribute_costs, activity, by=SYSTEM) == "attribution_not_over"


def test_somebody_more_in_the_room_makes_a_further_edition_and_the_sum_stays():
    activity = meeting()
    paid(activity, amount="100.00")
    before = attributed(activity)
    arrive(activity)
    assert attribution_of(activity, "USD").is_stale

    after = attributed(activity)

    assert [each.amount_minor for each in after] == [2000] * 5
    assert {each.pk for each in before} < {each.pk for each in after}
    assert sum(row.amount_minor for row in shares(activity)) == 10_000
    assert AttributedShare.objects.filter(activity=activity).count() == 4 + 5
    assert {row.edition for row in shares(activity)} == {1, 2}


def test_the_same_again_writes_nothing():
    activity = meeting()
    paid(activity)
    attributed(activity)

    assert attribute_costs(activity, by=SYSTEM) == 0


def test_a_posting_that_is_taken_back_leaves_nothing_and_keeps_its_editions():
    activity = meeting()
    posting = paid(activity)
    attributed(activity)
    reverse_entry(posting, reason="Twice", by=SYSTEM)

    found = attributed(activity)

    assert {(each.state, each.amount_minor) for each in found} == {("withdrawn", 0)}
    assert shares(activity) == []
    assert AttributedShare.objects.filter(activity=activity).count() == 8


def test_who_had_it_is_said_and_stands_instead(organisation):
    activity = meeting(came=2)
    posting = paid(activity, "travel", "300.00")
    attributed(activity)
    assert [row.party for row in shares(activity)] == ["unnamed"]
    traveller = Clinician.objects.order_by("pk").first()
    had = Had(traveller.full_name, clinician_id=traveller.pk)

    say_who_had(posting, Sharers([had]), by=SYSTEM)

    (found,) = TransferOfValue.objects.filter(activity=activity)
    assert (found.clinician, found.amount_minor) == (traveller, 30_000)
    say_who_had(posting, Sharers(staff=1), by=SYSTEM)
    found.refresh_from_db()
    assert found.state == "withdrawn"
    assert [row.party for row in shares(activity)] == ["staff"]
    assert code_of(say_who_had, posting, Sharers(), by=SYSTEM) == "cost_nobody_said"


def test_a_grant_is_its_hospitals_and_its_faculty_is_left_out_unless_known():
    activity = meeting(mode="independent")
    posting = paid(activity, "faculty", "5000.00")
    hospital, speaker = InstitutionFactory(), ClinicianFactory()
    passed = PassedOn(
        Had(speaker.full_name, clinician_id=speaker.pk), 80_000, directed=False, learned_on=None
    )
    granted = Sharers((), 0, of_institution(hospital), [passed])

    say_who_had(posting, granted, by=SYSTEM)
    kinds = {e.kind: e for e in TransferOfValue.objects.filter(activity=activity)}
    assert (kinds["grant"].outcome, kinds["passed_on"].outcome) == ("individual", "left_out")
    assert "neither directed it nor learned of it by 2027-06-30" in kinds["passed_on"].why
    assert all(line.adds_up for line in attribution_of(activity, "USD").lines)

    known = replace(passed, learned_on=date(2027, 2, 1))
    say_who_had(posting, replace(granted, passed_on=[known]), by=SYSTEM)
    kinds["passed_on"].refresh_from_db()
    assert kinds["passed_on"].outcome == "individual"
    more = replace(granted, passed_on=[replace(passed, minor=500_001)])
    assert code_of(say_who_had, posting, more, by=SYSTEM) == "cost_passed_more"
    alone = Sharers((), 0, None, [passed])
    assert code_of(say_who_had, posting, alone, by=SYSTEM) == "cost_passed_without_grant"


def test_small_amounts_are_told_once_the_year_is_large():
    doctor = ClinicianFactory()
    first = meeting(came=0, taught=doctor)
    paid(first, amount="10.00")
    (small,) = attributed(first)
    assert small.reason_code == "tov_too_small"

    second = meeting(came=0, taught=doctor)
    paid(second, amount="200.00")
    attributed(second)

    small.refresh_from_db()
    assert (small.outcome, small.reason_code) == ("individual", "tov_small_but_many")


def agree(clinician, *, given=True):
    said = ConsentFacts(Purpose.SHARING, "", given=given, source=ConsentSource.PAPER, proof="p. 1")
    state_consent(clinician, said, by=SYSTEM)


def test_who_has_not_agreed_is_told_in_a_sum_and_may_change_it():
    doctor = ClinicianFactory(country="DE", city="Berlin", region="")
    activity = meeting(came=0, taught=doctor)
    fee = paid(activity, "faculty", "450.00")
    say_who_had(fee, Sharers([Had(doctor.full_name, clinician_id=doctor.pk)]), by=SYSTEM)
    found = TransferOfValue.objects.get(activity=activity)
    assert (found.scheme, found.outcome) == ("efpia", "aggregate")

    agree(doctor)
    judge_of_clinician(doctor.pk, by=SYSTEM)
    found.refresh_from_db()
    assert found.outcome == "individual"

    agree(doctor, given=False)
    judge_of_clinician(doctor.pk, by=SYSTEM)
    found.refresh_from_db()
    assert found.outcome == "aggregate"


def test_a_provider_keeps_what_was_given_and_reports_none_of_it(organisation):
    company(organisation, kind="provider")
    activity = meeting()
    paid(activity)

    assert {e.reason_code for e in attributed(activity)} == {"tov_not_a_company"}
    assert reckon_years(by=SYSTEM) == 0


def test_an_objection_is_answered_once_and_corrected_only_after_a_change():
    activity = meeting()
    posting = paid(activity)
    transfer = attributed(activity)[0]
    doctor = transfer.clinician
    assert code_of(dispute_transfer, transfer, doctor, " ", by=SYSTEM) == "dispute_words"
    dispute = dispute_transfer(transfer, doctor, "I did not eat.", by=SYSTEM)
    again = code_of(dispute_transfer, transfer, doctor, "Really", by=SYSTEM)
    assert again == "disputed_already"
    corrected = (dispute, "corrected", "You are right.")
    assert code_of(answer_dispute, *corrected, by=SYSTEM) == "dispute_not_corrected"

    say_who_had(posting, Sharers(staff=4), by=SYSTEM)
    answered = answer_dispute(*corrected, by=SYSTEM)

    assert (answered.state, answered.answer) == ("corrected", "You are right.")
    assert code_of(answer_dispute, *corrected, by=SYSTEM) == "dispute_answered"
    transfer.refresh_from_db()
    assert transfer.state == "withdrawn"
    nothing = code_of(dispute_transfer, transfer, doctor, "Again", by=SYSTEM)
    assert nothing == "dispute_nothing"
    verbs = set(Entry.objects.filter(subject_id=dispute.pk).values_list("action", flat=True))
    assert verbs == {"transfer.disputed", "dispute.corrected"}


def test_an_objection_is_taken_back_by_whoever_made_it():
    activity = meeting()
    paid(activity)
    transfer = attributed(activity)[0]
    dispute = dispute_transfer(transfer, transfer.clinician, "Not me", by=SYSTEM)

    withdraw_dispute(dispute, by=SYSTEM)

    assert not TransferDispute.objects.open().exists()
    dispute.refresh_from_db()
    assert dispute.state == "withdrawn"


def test_a_year_with_transfers_is_owed_by_its_day_and_set_aside_with_a_reason():
    activity = meeting()
    paid(activity)
    attributed(activity)

    assert reckon_years(by=SYSTEM) == 1
    assert reckon_years(by=SYSTEM) == 0

    due = YearlyDue.objects.get()
    assert (due.kind, due.year, due.due_on) == ("open_payments", 2026, date(2027, 3, 31))
    assert code_of(waive_year, due, reason=" ", by=SYSTEM) == "year_why"
    assert waive_year(due, reason="Told by the parent company", by=SYSTEM).state == "waived"
    assert code_of(waive_year, due, reason="Again", by=SYSTEM) == "year_not_open"
    assert owe_year_again(due, by=SYSTEM).state == "open"
    assert code_of(owe_year_again, due, by=SYSTEM) == "year_not_waived"


def test_a_teaching_hospital_has_its_number():
    place = InstitutionFactory()
    wrong = AskedOfRecipient(hospital_number="12")
    assert code_of(keep_recipient_facts, place, wrong, by=SYSTEM) == "hospital_number"

    kept = keep_recipient_facts(place, AskedOfRecipient(hospital_number="220071"), by=SYSTEM)
    again = keep_recipient_facts(place, AskedOfRecipient("1 Quay", "02110", "220071"), by=SYSTEM)

    assert (kept.pk, again.street) == (again.pk, "1 Quay")


@pytest.mark.parametrize(
    ("role", "mode", "sees"),
    [
        ("finance_officer", "scientific", True),
        ("compliance_officer", "independent", True),
        ("brand_manager", "scientific", False),
        ("brand_manager", "promotional", True),
        ("medical_affairs", "independent", False),
        ("field_representative", "promotional", False),
    ],
)
def test_the_wall_keeps_names_of_recipients_from_whoever_may_not_know_them(
    organisation, role, mode, sees
):
    activity = meeting(mode=mode)
    paid(activity)
    attributed(activity)
    access = access_of(member(organisation, role), organisation, at=now())

    assert TransferOfValue.objects.visible_to(access).exists() is sees
    assert AttributedShare.objects.visible_to(access).exists() is sees


def test_dividing_asks_as_often_for_ten_as_for_three():
    counts = []
    for came in (3, 10):
        activity = meeting(came=came)
        paid(activity)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            attribute_costs(activity, by=SYSTEM)
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert Party.STAFF not in {row.party for row in shares(activity)}


@pytest.mark.parametrize("sharers", [Sharers(staff=1), None], ids=["nobody", "one more"])
def test_changing_what_people_had_asks_as_often_for_ten_as_for_three(sharers):
    counts = []
    for came in (3, 10):
        activity = meeting(came=came)
        posting = paid(activity)
        attributed(activity)
        if sharers is None:
            arrive(activity)
        with CaptureQueriesContext(connection) as asked:
            if sharers is None:
                attribute_costs(activity, by=SYSTEM)
            else:
                say_who_had(posting, sharers, by=SYSTEM)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_what_was_to_be_clarified_is_judged_again_once_it_is_known():
    doctor = ClinicianFactory(country="")
    activity = meeting(came=0, taught=doctor)
    paid(activity)
    (found,) = attributed(activity)
    assert found.reason_code == "tov_no_country"
    Clinician.objects.filter(pk=doctor.pk).update(country="US")

    assert judge_unclear(by=SYSTEM) == 1
    found.refresh_from_db()
    assert found.outcome == "individual"
    assert judge_unclear(by=SYSTEM) == 0
