"""What was paid at a meeting: a receipt is handed in once, divided by who was there, decided by
another person, and never deleted."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from symposia.activities.facts import Stage, objections_to, read_facts
from symposia.audit.models import Entry
from symposia.compliance.actions.own_values import set_own_parameter
from symposia.compliance.models import RulePack
from symposia.compliance.queries import pack_of
from symposia.finance.actions.deciding import Acceptance
from symposia.finance.actions.expenses import (
    accept_expense,
    return_expense,
    withdraw_expense,
)
from symposia.finance.expenses import sharers_at, split_as_kept
from symposia.finance.expensing import Sharers, fault_words
from symposia.finance.models import BudgetLine, Expense
from symposia.finance.queries import budget_of
from symposia.finance.readiness import RECEIPTS_WAIT
from symposia.insights.today import needs_of
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from symposia.shared.states import IllegalMove
from symposia.shared.tenancy import acting_in
from symposia.work.files import open_stored
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import (
    ActivityFactory,
    SessionFactory,
    SessionFacultyFactory,
)
from tests.factories.approvals import access
from tests.factories.attendance import EvidenceFactory
from tests.factories.finance import PDF, committed, spent_at
from tests.factories.registrations import RegistrationFactory
from tests.work.pictures import photo

pytestmark = pytest.mark.django_db


def code_of(change):
    with pytest.raises(Refused) as refused:
        change()
    return refused.value.objection.code


@pytest.fixture
def officer(organisation):
    return member(organisation, "finance_officer")


@pytest.fixture
def representative(organisation):
    return member(organisation, "field_representative")


@pytest.fixture
def meeting(organisation):
    """Two doctors came, a third did not, and one teaches."""
    activity = committed()
    for came in (True, True, False):
        place = RegistrationFactory(activity=activity)
        if came:
            EvidenceFactory(registration=place)
    SessionFacultyFactory(session=SessionFactory(activity=activity))
    return activity


def meals(activity):
    return BudgetLine.objects.of(activity).get(category="meals")


def test_a_receipt_is_divided_by_everybody_who_was_there(meeting, representative):
    assert sharers_at(meeting) == Sharers(attendees=2, faculty=1)

    expense = spent_at(meeting, "200.00", by=representative.actor())

    assert (expense.attendees, expense.faculty, expense.staff) == (2, 1, 1)
    assert str(expense.per_head) == "USD 50.00"
    assert expense.number.startswith("EXP-")
    assert (expense.state, expense.handed_in_by_name) == ("handed_in", representative.full_name)
    entry = Entry.objects.get(action="expense.handed_in")
    assert entry.details["per_head"] == "USD 50.00"
    assert entry.details["sha256"] == expense.file.sha256


def test_whoever_teaches_and_was_checked_in_counts_once(meeting):
    place = RegistrationFactory(activity=meeting)
    EvidenceFactory(registration=place)
    SessionFacultyFactory(session=SessionFactory(activity=meeting), clinician=place.clinician)

    assert sharers_at(meeting) == Sharers(attendees=3, faculty=1)


def test_whoever_was_connected_ate_nothing(meeting):
    online = RegistrationFactory(activity=meeting)
    EvidenceFactory(registration=online, kind="span", source="virtual")
    gone = RegistrationFactory(activity=meeting)
    seen = EvidenceFactory(registration=gone)
    EvidenceFactory(registration=gone, kind="undo", undoes=seen.event_uuid)

    assert sharers_at(meeting) == Sharers(attendees=2, faculty=1)


def test_a_trial_before_the_door_opened_ate_nothing(meeting):
    tried = RegistrationFactory(activity=meeting)
    EvidenceFactory(registration=tried, occurred_at=meeting.starts_at - timedelta(hours=5))

    assert sharers_at(meeting) == Sharers(attendees=2, faculty=1)


def test_fewer_may_have_shared_it_but_never_more_than_were_there(meeting):
    fewer = spent_at(meeting, "90.00", attendees=1, faculty=0, staff=2)

    assert str(fewer.per_head) == "USD 30.00"
    more = {"attendees": 3}
    assert code_of(lambda: spent_at(meeting, **more)) == "more_than_came"
    assert code_of(lambda: spent_at(meeting, faculty=2)) == "more_than_taught"
    nobody = {"attendees": 0, "faculty": 0, "staff": 0}
    assert code_of(lambda: spent_at(meeting, **nobody)) == "shared_by_nobody"


def test_a_photograph_is_kept_upright_and_without_where_it_was_taken(meeting):
    expense = spent_at(meeting)

    with open_stored(expense.file) as kept:
        content = kept.read()
    assert content.startswith(b"\xff\xd8\xff")
    assert b"Paperphone" not in content
    assert expense.file.content_type == "image/jpeg"
    assert expense.sha256 == expense.file.sha256


def test_what_is_hard_to_read_is_said_and_refuses_nothing(meeting):
    expense = spent_at(meeting, content=photo(light=0.3, blur=5))

    assert expense.state == "handed_in"
    said = [str(each) for each in fault_words(expense.faults)]
    assert [each.split(":")[0] for each in said] == [
        "It is too dark to read",
        "It is blurred, or nothing is on it",
    ]
    assert spent_at(meeting, content=PDF).faults == []


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"PK\x03\x04", "not_a_paper"), (b"\xff\xd8\xff broken", "receipt_unreadable")],
)
def test_what_is_no_picture_is_refused(meeting, content, code):
    assert code_of(lambda: spent_at(meeting, content=content)) == code
    assert Expense.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"kind": "bribes"}, "no_such_expense_kind"),
        ({"paid_to": "  "}, "no_payee"),
        ({"amount": Money(Decimal(0), "USD")}, "amount_not_positive"),
        ({"amount": Money(Decimal(5), "us$")}, "no_such_currency"),
        ({"spent_on": date(2999, 1, 1)}, "spent_tomorrow"),
    ],
)
def test_an_expense_says_what_was_paid_to_whom(organisation, facts, code):
    assert code_of(lambda: spent_at(ActivityFactory(state="open"), **facts)) == code


@pytest.mark.parametrize(
    ("state", "code"), [("closed", "books_closed"), ("cancelled", "activity_cancelled")]
)
def test_no_receipt_comes_after_the_end(organisation, state, code):
    assert code_of(lambda: spent_at(ActivityFactory(state=state))) == code


def test_one_receipt_is_not_paid_twice(meeting, representative):
    first = spent_at(meeting, by=representative.actor())

    with pytest.raises(Refused, match=first.number):
        spent_at(committed(), paid_to="Somebody else")
    withdraw_expense(first, reason="Wrong meeting.", by=representative.actor())
    again = spent_at(committed(), by=representative.actor())

    assert again.sha256 == first.sha256
    assert Expense.objects.get(pk=first.pk).decided_because == "Wrong meeting."


def test_the_database_itself_keeps_a_second_standing_receipt_out(meeting):
    twin = Expense.objects.get(pk=spent_at(meeting).pk)
    twin.pk, twin.number = None, "EXP-2026-9999"
    twin._state.adding = True

    with pytest.raises(IntegrityError, match="one_standing_expense"), transaction.atomic():
        twin.save(force_insert=True)


def test_another_person_accepts_it_and_the_ledger_names_it(meeting, representative, officer):
    expense = spent_at(meeting, "200.00", by=representative.actor())

    accept_expense(expense, Acceptance(meals(meeting)), by=officer.actor())

    kept = Expense.objects.get(pk=expense.pk)
    assert (kept.state, kept.decided_by_name) == ("accepted", officer.full_name)
    assert (kept.posting.evidence, kept.posting.paid_to) == (expense.number, "Bay Hotels")
    assert str(budget_of(meeting).actual) == "USD 200.00"
    assert code_of(lambda: accept_expense(expense, Acceptance(meals(meeting)), by=SYSTEM)) == (
        "decided_already"
    )
    letter = Delivery.objects.get(to_address=representative.email)
    assert letter.template_code == "finance.expense_accepted"
    assert f"/expenses/{expense.pk}/" in letter.text
    assert mail.outbox == []


def test_nobody_accepts_what_they_handed_in(meeting, officer):
    expense = spent_at(meeting, by=officer.actor())

    own = Acceptance(meals(meeting))
    assert code_of(lambda: accept_expense(expense, own, by=officer.actor())) == "own_paper"
    assert code_of(lambda: return_expense(expense, reason="No", by=officer.actor())) == "own_paper"


def test_more_than_its_line_has_left_asks_for_a_reason(meeting, officer):
    expense = spent_at(meeting, "2100.00")
    line = meals(meeting)

    with pytest.raises(Refused, match=r"USD 100\.00 more"):
        accept_expense(expense, Acceptance(line), by=officer.actor())
    accept_expense(expense, Acceptance(line, reason="Two more came."), by=officer.actor())

    assert Entry.objects.get(action="expense.accepted").details["over"] == "USD 100.00"


def test_it_is_sent_back_with_words_and_comes_again(meeting, representative, officer):
    expense = spent_at(meeting, by=representative.actor())
    assert code_of(lambda: return_expense(expense, reason=" ", by=officer.actor())) == (
        "paper_reason"
    )

    return_expense(expense, reason="The total is not on it.", by=officer.actor())

    letter = Delivery.objects.get(to_address=representative.email)
    assert letter.template_code == "finance.expense_returned"
    assert "The total is not on it." in letter.text
    assert spent_at(meeting, by=representative.actor()).state == "handed_in"


def test_it_is_taken_back_by_whoever_handed_it_in_with_a_reason_and_stays(
    meeting, representative, officer
):
    expense = spent_at(meeting, by=representative.actor())

    assert code_of(lambda: withdraw_expense(expense, reason="x", by=officer.actor())) == (
        "not_your_paper"
    )
    mine = representative.actor()
    assert code_of(lambda: withdraw_expense(expense, reason=" ", by=mine)) == "withdraw_reason"
    gone = withdraw_expense(expense, reason="Paid twice.", by=mine)

    assert gone.file.deleted_at is None
    with pytest.raises(IllegalMove):
        gone.move("accepted")
    assert code_of(lambda: withdraw_expense(expense, reason="x", by=mine)) == "decided_already"


def test_a_rule_about_a_meal_reads_what_each_had():
    company = OrganisationFactory(kind="company", country="IN", currency="INR")
    with acting_in(company.pk):
        pack = pack_of(RulePack.objects.get(code="in-ucpmp", version="2026.2.2"))
        facts = {"effective_from": date(2020, 1, 1), "reason": "Policy 7"}
        set_own_parameter(pack, "meal_cap", value="2500", by=SYSTEM, **facts)
        activity = ActivityFactory(
            state="open", mode="scientific", type="round_table", country="IN"
        )
        EvidenceFactory(registration=RegistrationFactory(activity=activity))

        within = spent_at(activity, Money(Decimal(5000), "INR"))
        over = spent_at(activity, Money(Decimal(5002), "INR"), content=photo(lines=21))
        taxi = spent_at(activity, Money(Decimal(9000), "INR"), kind="other", content=PDF)

        [finding] = split_as_kept(over).findings
        assert (finding.facts["meal_per_head"], finding.result) == ("2501.00", "block")
        assert "2,501" in finding.message
        assert (within.finding, over.finding, taxi.finding) == ("pass", "block", "")
        entry = Entry.objects.filter(action="expense.handed_in", subject_id=over.pk).get()
        assert entry.details["findings"] == f"{finding.rule} block"


def test_rules_read_the_currency_of_the_books_alone(meeting):
    expense = spent_at(meeting, amount=Money(Decimal(50), "EUR"))

    split = split_as_kept(expense)
    assert split.findings == []
    assert str(split.objection) == (
        "Rules read amounts in USD; finance looks at what this comes to."
    )


def test_a_waiting_receipt_is_on_the_desk_of_finance_and_holds_the_books_open(
    meeting, officer, organisation
):
    expense = spent_at(meeting)
    at = expense.handed_in_at
    [need] = [
        each
        for each in needs_of(access(officer, organisation), at=at)
        if each.url_name == "expense"
    ]
    assert need.number == expense.number
    for state in ("open", "running", "held", "reconciling"):
        meeting.move(state)

    assert RECEIPTS_WAIT in objections_to(Stage.CLOSE, read_facts(meeting))
    accept_expense(expense, Acceptance(meals(meeting)), by=officer.actor())

    fresh = type(meeting).objects.get(pk=meeting.pk)
    readings = {known.fact.name: known.reading for known in read_facts(fresh)}
    assert readings["expenses"].state == "done"


def test_each_step_is_announced(meeting, officer, representative, monkeypatch):
    heard = []
    monkeypatch.setattr("symposia.finance.actions.expenses.announce", heard.append)
    mine = representative.actor()
    first = spent_at(meeting, by=mine)
    return_expense(first, reason="No", by=officer.actor())
    second = spent_at(meeting, by=mine)
    withdraw_expense(second, reason="No", by=mine)
    third = spent_at(meeting, by=mine)
    accept_expense(third, Acceptance(meals(meeting)), by=officer.actor())

    names = [type(each).__name__ for each in heard]
    assert [name for name in names if name.startswith("Expense")] == [
        "ExpenseHandedIn",
        "ExpenseReturned",
        "ExpenseHandedIn",
        "ExpenseWithdrawn",
        "ExpenseHandedIn",
        "ExpenseAccepted",
    ]


def test_a_photograph_is_called_what_it_is_kept_as(meeting):
    assert spent_at(meeting, name="IMG_0001.HEIC.PNG").file.name == "IMG_0001.HEIC.jpg"
    assert spent_at(meeting, name="taxi.pdf", content=PDF).file.name == "taxi.pdf"
