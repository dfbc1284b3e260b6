import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.activities.actions.disclosures import (
    DisclosureFacts,
    give_disclosure,
    lock_statement,
)
from symposia.activities.actions.team import enter_own_contributor
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.team import ContributorFactory, TeamMemberFactory


@pytest.fixture
def ask(client, organisation):
    """Calls the API as a coordinator who has nothing to disclose."""
    user = member(organisation, "coordinator")
    own = enter_own_contributor(user, by=SYSTEM)
    give_disclosure(own, DisclosureFacts(nothing=True, attested=True), by=SYSTEM)
    access = access_of(user, organisation, at=now())
    wanted = [Permission.VIEW_PEOPLE_OF_ACTIVITY, Permission.PLAN_ACTIVITIES]
    _made, secret = make_personal_token(user, access, name="T", permissions=wanted, by=SYSTEM)
    headers = {"authorization": f"Bearer {secret}"}

    def call(method, path, body=None):
        send = getattr(client, method)
        if method == "get":
            return send(f"/api/v1/disclosures{path}", headers=headers)
        url = f"/api/v1/disclosures{path}"
        return send(url, body or {}, content_type="application/json", headers=headers)

    return call


def test_a_spoken_disclosure_is_written_down_decided_and_mitigated(ask):
    member = TeamMemberFactory(role="author")
    person, activity = member.contributor, member.activity
    row = {"company": "Acme", "nature": "speaker"}
    body = {"nothing": False, "relationships": [row], "attested": True}

    give = f"/contributors/{person.pk}/disclosures"
    assert ask("post", give, body | {"attested": False}).json()["code"] == "disclosure_not_attested"
    assert ask("post", give, body).status_code == 201
    (standing,) = ask("get", f"/activities/{activity.pk}").json()
    (matter,) = standing["relationships"]
    assert (standing["condition"], matter["company"]) == ("undecided", "Acme")
    here = f"/activities/{activity.pk}/relationships/{matter['relationship']}"
    (standing,) = ask("post", f"{here}/relevance", {"relevant": True, "reason": "Yes"}).json()
    assert standing["condition"] == "unmitigated"
    (standing,) = ask("post", f"{here}/mitigation", {"step": "evidence"}).json()
    assert standing["condition"] == "clear"
    assert [row["name"] for row in ask("get", "/contributors").json()["items"]][-1]


def test_an_exemption_is_stated_and_taken_back(ask):
    activity = TeamMemberFactory(role="author").activity
    here = f"/activities/{activity.pk}/exemption"

    stated = ask("post", here, {"code": "non_clinical", "reason": "A billing course"})
    twice = ask("post", here, {"code": "non_clinical", "reason": "A billing course"})
    ended = ask("post", f"{here}/ending", {"reason": "It is about treatment"})

    assert (stated.status_code, stated.json()["title"]) == (201, "The content is not clinical")
    assert twice.json()["code"] == "exempted_already"
    assert ended.json()["exemption"] == stated.json()["id"]
    assert ask("post", f"{here}/ending", {"reason": "Again"}).json()["code"] == "not_exempted"


def test_a_team_is_joined_and_learners_are_told_again(ask):
    activity = ActivityFactory(state="approved")
    person = ContributorFactory(name="Dr Meera Rao")
    here = f"/activities/{activity.pk}"

    joined = ask("post", f"{here}/members", {"contributor": str(person.pk), "role": "author"})
    early = ask("post", f"{here}/statements")
    lock_statement(activity, by=SYSTEM)
    give_disclosure(person, DisclosureFacts(nothing=True, attested=True), by=SYSTEM)
    second = TeamMemberFactory(activity=activity, role="planner").contributor
    give_disclosure(second, DisclosureFacts(nothing=True, attested=True), by=SYSTEM)
    told = ask("post", f"{here}/statements")

    assert joined.status_code == 201
    assert [each["name"] for each in joined.json()] == ["Dr Meera Rao"]
    assert early.json()["code"] == "statement_not_open"
    assert told.status_code == 201
    assert told.json()["number"] == 2
    assert second.name in told.json()["text"]


def test_the_address_of_a_person_is_said(ask):
    person = TeamMemberFactory(role="author").contributor

    answer = ask("put", f"/contributors/{person.pk}/address", {"email": "meera@example.org"})
    wrong = ask("put", f"/contributors/{person.pk}/address", {"email": "meera"})
    refused = ask("put", f"/contributors/{person.pk}/address", {"email": "meera@-example.org"})

    assert answer.json() == {
        "id": str(person.pk), "name": person.name, "email": "meera@example.org"
    }  # fmt: skip
    assert wrong.status_code == refused.status_code == 422
