"""Cases over the API: the same actions as the pages, with the same refusals."""

import pytest

from symposia.learning.actions.studying import confirm_start
from symposia.learning.notice import notice_of
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import key_of, member
from tests.factories.cases import case_lesson, content
from tests.factories.learning import enduring
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db
API = "/api/v1/courses/cases"
HELD = [
    *("view_people_of_activity", "plan_activities", "view_attendance", "use_api"),
    *("view_evaluations", "manage_registrations"),
]


@pytest.fixture
def headers(organisation):
    return key_of(member(organisation, "coordinator"), organisation, HELD)


def send(client, method, address, headers, body):
    act = getattr(client, method)
    return act(API + address, body, content_type="application/json", headers=headers)


def test_a_case_is_written_checked_and_published(client, headers, organisation):
    lesson = case_lesson(enduring(state="draft"), is_published=False)
    wrong = {"content": content(s2={"options": []})}

    looked = send(client, "post", "/checks", headers, wrong).json()
    assert looked[0]["code"] == "case_leads_nowhere"
    draft = send(client, "put", f"/{lesson.pk}", headers, wrong | {"seen_version": 2}).json()
    assert draft["problems"] == looked
    refused = send(client, "post", f"/{lesson.pk}/versions", headers, {"seen_version": 3})
    assert (refused.status_code, refused.json()["code"]) == (409, "case_problems")
    right = {"content": content(), "seen_version": 3}
    assert send(client, "put", f"/{lesson.pk}", headers, right).json()["problems"] == []
    made = send(client, "post", f"/{lesson.pk}/versions", headers, {"seen_version": 4})

    assert made.status_code == 201
    assert [each["number"] for each in made.json()["versions"]] == [1]
    read = client.get(f"{API}/{lesson.pk}", headers=headers).json()
    assert read["content"]["steps"][0]["title"] == "In the ward"


def test_a_learner_is_led_through_a_case(client, headers, organisation):
    lesson = case_lesson()
    place = RegistrationFactory(activity=lesson.activity)
    confirm_start(place, seen=notice_of(lesson.activity).sha256, by=SYSTEM)
    who, at = {"registration": str(place.pk)}, f"/{lesson.pk}"
    assert client.get(f"{API}{at}/runs/{place.pk}", headers=headers).status_code == 404

    begun = send(client, "post", f"{at}/runs", headers, who).json()
    assert (begun["step"], begun["values"]["v1"]) == ("s1", "4.2")
    asked = send(client, "post", f"{at}/findings", headers, who | {"step": "s1", "finding": "f1"})
    assert asked.json()["findings"] == []
    for step, option in (("s1", "o1"), ("s1", "o1"), ("s2", "o1")):
        body = who | {"step": step, "option": option}
        decided = send(client, "post", f"{at}/decisions", headers, body)
        assert decided.status_code == 201, decided.content

    end = client.get(f"{API}{at}/runs/{place.pk}", headers=headers).json()
    assert (end["ending"], end["percent"], len(end["moves"])) == ("good", 90, 3)
    assert end["feedback"]["source"] == "Guideline 2021"
    listed = client.get(f"{API}/runs", headers=headers).json()
    assert "Sepsis in the first hour" in str(listed)
    ways = client.get(f"{API}{at}/paths/1", headers=headers).json()
    assert (ways["begun"], ways["steps"][0]["came"]) == (None, None)
    assert client.get(f"{API}{at}/paths/99999", headers=headers).status_code == 404
