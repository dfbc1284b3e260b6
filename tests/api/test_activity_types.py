import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.activities.models import OwnType
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory

COPY = {
    "title": "Friday club",
    "delivery": "hybrid",
    "minutes": 45,
    "milestones": [{"title": "Paper chosen", "days": -10, "role": "education_lead"}],
    "documents": [],
    "fields": ["Paper"],
    "seen_version": 0,
}


@pytest.fixture
def ask(client, organisation):
    """Calls the API as an education lead."""
    user = member(organisation, "education_lead")
    access = access_of(user, organisation, at=now())
    wanted = [
        *(Permission.VIEW_ACTIVITIES, Permission.MANAGE_CURRICULUM),
        Permission.PLAN_ACTIVITIES,
    ]
    _made, secret = make_personal_token(user, access, name="T", permissions=wanted, by=SYSTEM)
    headers = {"authorization": f"Bearer {secret}"}

    def call(method, path, body=None, files=None):
        send = getattr(client, method)
        if files:
            return send(f"/api/v1{path}", files, headers=headers)
        if method == "get":
            return send(f"/api/v1{path}", headers=headers)
        return send(f"/api/v1{path}", body or {}, content_type="application/json", headers=headers)

    return call


def test_types_are_read_copied_and_given_up(ask):
    assert len(ask("get", "/activity-types").json()) == 23

    kept = ask("put", "/activity-types/journal_club", COPY)
    again = ask("put", "/activity-types/journal_club", COPY)

    assert kept.json()["title"] == "Friday club"
    assert kept.json()["is_own"] is True
    assert again.json()["code"] == "changed_meanwhile"
    assert ask("delete", "/activity-types/journal_club").status_code == 204
    assert not OwnType.objects.exists()


def test_the_organiser_and_the_answers_of_an_activity_are_told(ask):
    activity = ActivityFactory(type="journal_club")
    here = f"/activity-types/organisers/{activity.pk}"

    refused = ask("put", here, {"part": "joint", "name": "Pharma", "is_ineligible": True})
    named = ask("put", here, {"part": "joint", "name": "City College"})
    number = ask("put", f"{here}/approval", {"council": "MMC", "number": "1"})
    told = ask(
        "put", f"/activity-types/answers/{activity.pk}", {"answers": {"Paper": "Emberson 2014"}}
    )

    assert refused.json()["code"] == "ineligible_company"
    assert named.json()["name"] == "City College"
    assert number.json()["code"] == "no_approval_to_enter"
    assert told.json()[0] == {"question": "Paper", "answer": "Emberson 2014"}
    assert ask("delete", here).status_code == 204
    assert ask("put", f"{here}/approval", {"council": "M", "number": "1"}).status_code == 404
