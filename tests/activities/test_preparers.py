"""Whoever changes what is signed has prepared it and does not sign it."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from symposia.activities.actions.agreements import draft_agreement
from symposia.activities.actions.amending import note_preparer
from symposia.activities.actions.arrangements import ArrangementFacts, arrange
from symposia.activities.actions.duties import HandedIn, add_document, hand_in_document
from symposia.activities.actions.lifecycle import submit_activity
from symposia.activities.actions.planning import choose_objectives
from symposia.activities.actions.sessions import SessionFacts, add_session, assign_faculty
from symposia.activities.actions.team import add_team_member
from symposia.activities.agreed import AgreementFacts
from symposia.activities.models import Activity
from symposia.activities.queries import objectives_of
from symposia.approvals.queries import latest_of, requests_waiting_for
from symposia.audit.hashing import row_hash
from symposia.finance.actions.budgets import EstimateLine, set_estimate
from symposia.finance.models import BudgetLine
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.ids import uuid7
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.approvals import access, sign
from tests.factories.finance import complete, estimated, usd
from tests.factories.team import ContributorFactory

PDF = b"%PDF-1.7\n% generated for a test\n%%EOF\n"
AFTER_DINNER = timedelta(minutes=60)


@pytest.fixture(autouse=True)
def weeks_before():
    with time_machine.travel("2027-01-10T09:00Z"):
        yield


@pytest.fixture
def draft(organisation):
    return estimated(complete(), lines=(("venue", "Hall A", "1800.00"),))


def estimate(activity, by):
    set_estimate(activity, [EstimateLine("venue", "Hall B", usd("2400.00"))], by=by)


def agenda(activity, by):
    add_session(activity, SessionFacts("Cases", activity.wall_starts + AFTER_DINNER, 15, 0), by=by)


def faculty(activity, by):
    assign_faculty(activity.sessions.first(), name="Dr Anil Kulkarni", by=by)


def promises(activity, by):
    found = objectives_of(activity)
    choose_objectives(activity, [], by=SYSTEM)
    choose_objectives(activity, found, by=by)


def team(activity, by):
    add_team_member(activity, ContributorFactory(), role="author", by=by)


def file(activity, by):
    slot = add_document(activity, title="Flyer", days=-10, by=SYSTEM)
    hand_in_document(slot, HandedIn(PDF, "flyer.pdf"), by=by)


def dinner(activity, by):
    evening = datetime.fromisoformat("2027-03-11T18:30")
    facts = {"supplier": "Bay Kitchen", "wall_starts": evening, "heads": 20}
    arrange(activity, ArrangementFacts("catering", "Dinner", cost=usd("900"), **facts), by=by)


def fee(activity, by):
    terms = {"tier": "national", "unit": "hour", "quantity": Decimal(1), "each": usd("300")}
    facts = AgreementFacts("speaker", services="A talk", above_because="The only one", **terms)
    draft_agreement(activity, ContributorFactory(), facts, by=by)


CHANGES = (estimate, agenda, faculty, promises, team, file, dinner, fee)


def test_whoever_says_again_what_stands_in_the_estimate_has_prepared_nothing(draft, organisation):
    by = member(organisation, "finance_officer").actor()
    [line] = BudgetLine.objects.of(draft)
    same = EstimateLine(line.category, line.description, usd("1800.00"), id=line.pk)

    set_estimate(draft, [same], by=by)

    draft.refresh_from_db()
    assert by.id not in draft.prepared_by


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__)
def test_whoever_changed_a_draft_does_not_sign_it(organisation, draft, change):
    """A coordinator submits what a compliance officer wrote: another of the office signs."""
    officer, other = (member(organisation, "compliance_officer") for _ in range(2))
    change(draft, officer.actor())

    submit_activity(draft, by=member(organisation, "coordinator").actor())

    request = latest_of("activity", draft.pk)
    assert request.waiting_roles == ["compliance_officer"]
    assert not requests_waiting_for(access(officer, organisation))
    with pytest.raises(Refused) as refused:
        sign(request, officer, organisation)
    assert refused.value.objection.code == "own_request"
    assert "You prepared this" in str(refused.value.objection)
    sign(request, other, organisation)
    request.refresh_from_db()
    assert request.waiting_roles == ["finance_officer"]


def test_the_finance_officer_who_wrote_the_estimate_does_not_sign_for_it(organisation, draft):
    officer = member(organisation, "finance_officer")
    estimate(draft, officer.actor())
    submit_activity(draft, by=member(organisation, "coordinator").actor())
    request = latest_of("activity", draft.pk)
    sign(request, member(organisation, "compliance_officer"), organisation)
    request.refresh_from_db()

    with pytest.raises(Refused) as refused:
        sign(request, officer, organisation)

    assert refused.value.objection.code == "own_request"
    sign(request, member(organisation, "finance_officer"), organisation)


def test_whoever_changed_what_nobody_signs_may_sign(organisation, draft):
    """The negative control: a file that is due afterwards is no part of the plan."""
    officer = member(organisation, "compliance_officer")
    photos = add_document(draft, title="Photos", days=3, by=SYSTEM)
    hand_in_document(photos, HandedIn(PDF, "photos.pdf"), by=officer.actor())
    submit_activity(draft, by=member(organisation, "coordinator").actor())

    sign(latest_of("activity", draft.pk), officer, organisation)

    assert latest_of("activity", draft.pk).waiting_roles == ["finance_officer"]


def test_a_new_version_forgets_nobody(organisation, draft):
    officer = member(organisation, "compliance_officer")
    estimate(draft, officer.actor())
    coordinator = member(organisation, "coordinator").actor()
    submit_activity(draft, by=coordinator)
    first = latest_of("activity", draft.pk)
    sign(first, member(organisation, "compliance_officer"), organisation, "return", reason="More")
    agenda(Activity.objects.get(pk=draft.pk), coordinator)

    submit_activity(draft, by=coordinator)

    again = latest_of("activity", draft.pk)
    assert (again.pk, again.version) == (first.pk, 2)
    assert officer.pk in again.involved


def test_those_who_prepare_are_noted_beside_the_row(organisation, draft):
    """Links are nobody who could sign; the line in the journal stays true for the row."""
    before, person = row_hash(draft), member(organisation)
    stale = Activity.objects.get(pk=draft.pk)
    note_preparer(draft, by=person.actor())
    note_preparer(draft, by=Actor("link", uuid7(), "Dr Meera Rao"))
    other = member(organisation)
    note_preparer(stale, by=other.actor())

    draft.refresh_from_db()
    assert draft.prepared_by == sorted([person.pk, other.pk])
    assert row_hash(draft) == before
