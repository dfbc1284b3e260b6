"""What changes after approval reopens exactly the steps that read it, and nothing else."""

from decimal import Decimal

import pytest
import time_machine
from django.template.defaultfilters import filesizeformat

from symposia.activities.actions.content_reviews import Upload, expect_content, hand_in_content
from symposia.activities.actions.duties import HandedIn, add_document, hand_in_document
from symposia.activities.actions.lifecycle import submit_activity
from symposia.activities.actions.organisers import (
    CouncilApproval,
    OrganiserFacts,
    enter_council_approval,
    name_organiser,
)
from symposia.activities.actions.sessions import assign_faculty, remove_faculty
from symposia.activities.actions.team import add_team_member, enter_contributor
from symposia.activities.models import Session, SessionFaculty
from symposia.activities.signed import CHANGES as CHANGED
from symposia.activities.signed import PLAN_FACTS, asked_again_by, files_signed
from symposia.approvals.actions import RouteFacts, publish_route
from symposia.approvals.models import ApprovalRequest, Step, Voiding
from symposia.approvals.queries import latest_of, signatures_of
from symposia.finance.actions.budgets import EstimateLine, set_estimate
from symposia.finance.models import BudgetLine
from symposia.finance.queries import budget_of
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from symposia.web.office.frozen import files_of, sheet_of
from tests.activities.slides import pdf
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import (
    ActivityFactory,
    ActivityObjectiveFactory,
    SessionFactory,
    SessionFacultyFactory,
)
from tests.factories.approvals import sign
from tests.factories.team import ContributorFactory

REST = sorted(set(PLAN_FACTS) - {"sessions", "team", "organiser", "budget"})
STEPS = (
    Step("Medical", "medical_affairs", False, "review", covers=["sessions", "team"]),
    Step("Compliance", "compliance_officer", False, "compliance", covers=["organiser", "budget"]),
    Step("Finance", "finance_officer", False, "budget", beside=True, covers=["budget"]),
    Step("Publish", "publisher", False, "publication", covers=["documents", "content", *REST]),
)
ROLES = {step.name: step.role for step in STEPS}
PDF = b"%PDF-1.7\n% generated for a test\n%%EOF\n"


@pytest.fixture
def company(db):
    made = OrganisationFactory(kind="company")
    with acting_in(made.pk), time_machine.travel("2027-01-10T09:00Z"):
        yield made


@pytest.fixture
def asked(company):
    """A scientific meeting of a company with everything a change may touch, submitted."""
    publish_route(RouteFacts("activity", "Meeting", STEPS), by=SYSTEM)
    found = ActivityFactory(mode="scientific", type="symposium")
    ActivityObjectiveFactory(activity=found)
    SessionFacultyFactory(session=SessionFactory(activity=found))
    name_organiser(found, OrganiserFacts("association", "Society of Neurology"), by=SYSTEM)
    money = Money(Decimal("250.00"), company.currency)
    set_estimate(found, [EstimateLine("venue", "Hall", money)], by=SYSTEM)
    slot = add_document(found, title="Flyer", days=-10, by=SYSTEM)
    hand_in_document(slot, HandedIn(PDF, "flyer.pdf"), by=SYSTEM)
    submit_activity(found, by=member(company, "coordinator").actor())
    found.refresh_from_db()
    return found


@pytest.fixture
def activity(asked, company):
    """The same, approved by all four."""
    for role in ROLES.values():
        sign(latest_of("activity", asked.pk), member(company, role), company)
    asked.refresh_from_db()
    assert asked.state == "approved"
    return asked


def speaker(activity):
    assign_faculty(Session.objects.of(activity).first(), name="Dr Anil Kulkarni", by=SYSTEM)


def speaker_leaves(activity):
    remove_faculty(SessionFaculty.objects.of(activity).first(), by=SYSTEM)


def planner(activity):
    person = enter_contributor(name="Asha Deshpande", by=SYSTEM)
    add_team_member(activity, person, role="planner", by=SYSTEM)


def dearer(activity):
    line = BudgetLine.objects.of(activity).first()
    amount = Money(Decimal("400.00"), budget_of(activity).currency)
    set_estimate(activity, [EstimateLine("venue", "Hall", amount, line.pk)], by=SYSTEM)


def flyer(activity):
    slot = activity.documents.get(title="Flyer")
    hand_in_document(slot, HandedIn(PDF + b"again", "flyer.pdf"), by=SYSTEM)


def photos(activity):
    slot = add_document(activity, title="Photos", days=3, by=SYSTEM)
    hand_in_document(slot, HandedIn(PDF, "photos.pdf"), by=SYSTEM)


def organiser(activity):
    name_organiser(activity, OrganiserFacts("association", "College of Physicians"), by=SYSTEM)


def council(activity):
    found = activity.organisers.get()
    enter_council_approval(found, CouncilApproval("State council", "SMC/12"), by=SYSTEM)


CHANGES = [
    (speaker, ["sessions"], ["Medical"]),
    (speaker_leaves, ["sessions"], ["Medical"]),
    (planner, ["team"], ["Medical"]),
    (dearer, ["budget"], ["Compliance", "Finance"]),
    (flyer, ["documents"], ["Publish"]),
    (photos, [], []),
    (organiser, ["organiser"], ["Compliance"]),
    (council, ["organiser"], ["Compliance"]),
]


@pytest.mark.parametrize(
    ("change", "parts", "reopened"), CHANGES, ids=[each[0].__name__ for each in CHANGES]
)
def test_a_change_reopens_exactly_the_steps_that_read_it(activity, change, parts, reopened):
    named = {touched: name for name, touched in CHANGED.items()}
    said_before = asked_again_by(activity, named[tuple(parts)]) if parts else []

    change(activity)

    asked = latest_of("activity", activity.pk)
    assert said_before == reopened
    assert sorted(step.name for step in waiting(asked)) == sorted(reopened)
    assert asked.state == ("open" if reopened else "approved")
    fallen = {each.decision.step_name: each for each in Voiding.objects.all()}
    assert sorted(fallen) == sorted(reopened)
    for each in fallen.values():
        assert {path.split(".")[0] for path in each.changed} <= set(parts)
    struck = [s.decision.step_name for s in signatures_of(asked) if s.fault]
    assert sorted(struck) == sorted(reopened)


def waiting(asked):
    """Every step that is not signed, of whatever stage."""
    signed = {s.decision.step_name for s in signatures_of(asked) if not s.fault}
    return [step for step in asked.route_steps if step.name not in signed]


def test_the_files_that_are_signed_stand_beside_the_signature(activity):
    item = expect_content(activity, ContributorFactory(), "Slides on lysis", by=SYSTEM)
    hand_in_content(item, Upload("lysis.pdf", pdf()), by=SYSTEM)

    frozen = latest_of("activity", activity.pk).frozen
    found = files_of(frozen, files_signed(frozen))

    version = item.versions.get()
    size = filesizeformat(version.file.size)
    assert found[0].name.startswith("Flyer: ")
    assert found[1].name == f"Slides on lysis: lysis.pdf (version 1, {size})"
    assert found[1].hash == version.sha256
    table = sheet_of(frozen, files_signed(frozen)).tables[-1]
    assert [str(head.label) for head in table.heads] == ["Title", "File", "Version", "Size", "Hash"]
    assert [cell.value for cell in table.rows[0]] == [
        "Slides on lysis",
        "lysis.pdf",
        "1",
        size,
        f"{version.sha256[:4]}…{version.sha256[-4:]}",
    ]
    (whole,) = [each for each in sheet_of(frozen).tables if str(each.label) == "Content"]
    assert version.sha256 in {cell.value for cell in whole.rows[0]}


def test_what_was_promised_follows_the_estimate_once_it_is_signed_again(activity, company):
    dearer(activity)
    before = budget_of(activity).committed.amount

    for name in ("Compliance", "Finance"):
        sign(latest_of("activity", activity.pk), member(company, ROLES[name]), company)

    assert latest_of("activity", activity.pk).state == "approved"
    assert str(before) == "250.00"
    assert str(budget_of(activity).committed.amount) == "400.00"


def test_while_approvers_read_nothing_of_this_changes(asked):
    for change in (speaker, speaker_leaves, dearer, organiser):
        with pytest.raises(Refused):
            change(asked)
    assert ApprovalRequest.objects.get().version == 1


def test_what_is_over_is_signed_no_more(activity):
    for state in ("open", "running", "held"):
        activity.move(state)

    flyer(activity)

    assert ApprovalRequest.objects.get().state == "approved"
