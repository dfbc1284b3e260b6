"""Requests, findings and places tell of money and people: the wall keeps them as it keeps those."""

from html import unescape

import pytest
import time_machine
from django.urls import reverse

from symposia.accounts.models import Role
from symposia.accounts.permissions import Permission
from symposia.activities.actions.lifecycle import submit_activity
from symposia.approvals.models import ApprovalRequest
from symposia.compliance.models import Evaluation, Finding, Result
from symposia.registrations.models import Places
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import key_of, member
from tests.factories.activities import ActivityFactory
from tests.factories.approvals import access
from tests.factories.assessment import EvaluationFormFactory, QuestionFactory
from tests.factories.curriculum import ObjectiveFactory
from tests.factories.finance import complete, estimated

SECRET = "Hall of mirrors"
READS = ("approval", "approval_paper", "approval_rules_again")


@pytest.fixture(autouse=True)
def days_before():
    """Six days before the evening that `ActivityFactory` plans."""
    with time_machine.travel("2027-03-05T09:00Z"):
        yield


@pytest.fixture
def asked(organisation):
    """An independent activity in approval, with an estimate that the rules warn of."""
    activity = estimated(complete(), lines=(("venue", SECRET, "1800.00"),))
    submit_activity(activity, by=SYSTEM)
    request = ApprovalRequest.objects.get()
    assert SECRET in str(request.frozen)
    Evaluation.objects.get(subject_id=activity.pk)
    assert Finding.objects.current().exclude(result=Result.PASS).exists()
    return request


@pytest.fixture
def everything(organisation):
    """The wall alone stands between a brand manager and all of it."""
    held = [
        p for p in Permission if p not in {Permission.DECIDE_APPROVALS, Permission.MANAGE_RULES}
    ]
    Role.objects.filter(code="brand_manager").update(permissions=[str(p) for p in held])


def texts(client, asked):
    """Every answer that tells of the request, with what it says."""
    names = [reverse(name, args=[asked.pk]) for name in READS]
    names += [reverse("activity_rules", args=[asked.subject_id])]
    names += [reverse(name) for name in ("approvals", "approvals_csv", "findings", "findings_csv")]
    return {name: client.get(name) for name in [*names, f"{reverse('search')}?q={asked.number}"]}


def said(answer):
    return b"".join(answer).decode(errors="replace") if answer.streaming else answer.text


def test_a_request_and_its_findings_are_behind_the_wall_of_money(
    client, organisation, everything, asked
):
    client.force_login(member(organisation, "brand_manager"))

    for name, answer in texts(client, asked).items():
        if answer.status_code == 200:
            told = said(answer)
            assert SECRET not in told, name
            assert f"/approvals/{asked.pk}" not in told, name
            assert f"/activities/{asked.subject_id}/rules" not in told, name
        else:
            assert answer.status_code in {403, 404}, name


def test_the_api_keeps_them_too(client, organisation, everything, asked):
    who = member(organisation, "brand_manager")
    headers = key_of(who, organisation, [Permission.VIEW_APPROVALS, Permission.VIEW_RULES])

    assert client.get(f"/api/v1/approvals/{asked.pk}", headers=headers).status_code == 404
    assert client.get("/api/v1/approvals", headers=headers).json()["items"] == []
    assert client.get("/api/v1/rules/findings", headers=headers).json()["items"] == []
    here = f"/api/v1/rules/activities/{asked.subject_id}"
    assert client.get(here, headers=headers).json()["title"] == "Behind the wall"


@pytest.mark.parametrize("role", ["coordinator", "compliance_officer", "publisher"])
def test_whoever_plans_or_decides_sees_them(client, organisation, asked, role):
    """The negative control."""
    client.force_login(member(organisation, role))

    answers = texts(client, asked)

    assert SECRET in said(answers[reverse("approval", args=[asked.pk])])
    assert answers[reverse("activity_rules", args=[asked.subject_id])].status_code == 200
    assert Finding.objects.visible_to(access(member(organisation, role), organisation)).exists()


@pytest.mark.parametrize(
    ("role", "sees"),
    [("coordinator", True), ("supporter", False), ("agency", False), ("brand_manager", False)],
)
def test_the_overview_tells_findings_to_whoever_reads_rules(
    client, organisation, asked, role, sees
):
    client.force_login(member(organisation, role))

    page = client.get(reverse("activity", args=[asked.subject_id]))

    assert bool(page.context["findings"]) is sees
    assert ("What the rules say" in page.text) is sees
    warned = Finding.objects.current().exclude(result=Result.PASS).first()
    assert (warned.message in unescape(page.text)) is sees


def test_whoever_prepared_a_request_keeps_seeing_it(organisation, asked):
    who = member(organisation, "brand_manager")
    ApprovalRequest.objects.update(involved=[who.pk])

    assert ApprovalRequest.objects.visible_to(access(who, organisation)).get() == asked


@pytest.mark.parametrize(("taken", "is_told"), [(9, False), (10, True)])
def test_few_places_taken_are_not_counted_on_today_nor_on_the_activity(
    client, organisation, taken, is_told
):
    activity = ActivityFactory(state="open")
    Places.objects.update_or_create(activity=activity, defaults={"taken": taken})
    client.force_login(member(organisation, "brand_manager"))

    coming = client.get(reverse("today")).context["upcoming"][0]
    seats = client.get(reverse("activity", args=[activity.pk])).context["seats"]

    assert coming.taken == (taken if is_told else None)
    assert seats.taken == (taken if is_told else 0)


def test_who_stands_inside_is_told_few_places_too(client, organisation):
    """The negative control."""
    activity = ActivityFactory(state="open")
    Places.objects.update_or_create(activity=activity, defaults={"taken": 3})
    client.force_login(member(organisation, "coordinator"))

    assert client.get(reverse("today")).context["upcoming"][0].taken == 3


def test_questions_are_told_to_whoever_sees_the_evaluation(client, organisation):
    activity, objective = ActivityFactory(state="open"), ObjectiveFactory()
    activity.objective_links.create(objective=objective)
    form = EvaluationFormFactory(activity=activity, questions=[])
    QuestionFactory(form=form, objective=objective, text="Which dose?")
    here, seen = f"/api/v1/activities/{activity.pk}/objectives", {}

    for role in ("coordinator", "brand_manager"):
        who = member(organisation, role)
        headers = key_of(who, organisation, access(who, organisation).granted[0].permissions)
        seen[role] = client.get(here, headers=headers).json()[0]["questions"]

    assert seen == {"coordinator": ["Which dose?"], "brand_manager": []}
