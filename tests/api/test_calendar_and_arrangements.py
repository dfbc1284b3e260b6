import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.activities.models import Arrangement, CalendarFeed, ClosedDay
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory

MARCH = "first=2027-03-01&last=2027-03-31"


@pytest.fixture
def ask(client, organisation):
    """Calls the API as a coordinator who plans and sees money."""
    user = member(organisation, "coordinator")
    access = access_of(user, organisation, at=now())
    wanted = [Permission.VIEW_ACTIVITIES, Permission.PLAN_ACTIVITIES, Permission.VIEW_MONEY]
    _made, secret = make_personal_token(user, access, name="T", permissions=wanted, by=SYSTEM)
    headers = {"authorization": f"Bearer {secret}"}

    def call(method, path, body=None):
        more = {} if body is None else {"data": body, "content_type": "application/json"}
        return getattr(client, method)(f"/api/v1{path}", headers=headers, **more)

    return call


def meal(activity, **more):
    known = {
        "activity": str(activity.pk),
        "kind": "catering",
        "title": "Buffet",
        "supplier": "Bay Kitchen",
        "wall_starts": "2027-03-11T18:30:00",
        "heads": 80,
        "cost": "2000.00",
    }
    return known | more


def test_whoever_sees_no_money_is_told_no_cost(client, organisation, ask):
    made = ask("post", "/arrangements", meal(ActivityFactory())).json()
    user = member(organisation, "coordinator")
    access = access_of(user, organisation, at=now())
    wanted = [Permission.VIEW_ACTIVITIES, Permission.PLAN_ACTIVITIES]
    _made, secret = make_personal_token(user, access, name="T", permissions=wanted, by=SYSTEM)
    here = f"/api/v1/arrangements/{made['id']}"
    headers = {"authorization": f"Bearer {secret}"}

    seen = client.get(here, headers=headers)
    stepped = client.post(
        f"{here}/steps", {"state": "requested"}, content_type="application/json", headers=headers
    )

    assert (made["cost"], seen.status_code, seen.json()["title"]) == ("2000.00", 200, "Buffet")
    for told in (seen.json(), stepped.json()):
        assert (told["cost"], told["per_head"], told["per_night"]) == (None, None, None)


def test_a_meal_is_arranged_changed_and_taken_further(ask):
    activity = ActivityFactory()
    made = ask("post", "/arrangements", meal(activity)).json()
    here = f"/arrangements/{made['id']}"

    asked = meal(activity, cost="1800", seen_version=1)
    changed = ask("put", here, {k: v for k, v in asked.items() if k != "activity"})
    step = ask("post", f"{here}/steps", {"state": "requested"})
    refused = ask("post", f"{here}/steps", {"state": "cancelled"})

    assert (made["cost"], made["per_head"], made["state"]) == ("2000.00", "25.00", "planned")
    assert changed.json()["per_head"] == "22.50"
    assert step.json()["state"] == "requested"
    assert refused.json()["code"] == "arrangement_reason"
    assert ask("get", here).json()["version"] == 3
    assert ask("get", "/arrangements").json()["count"] == 1


@pytest.mark.parametrize("wrong", [{"heads": 0}, {"kind": "gift"}, {"title": ""}])
def test_nonsense_is_refused_before_anything_happens(ask, wrong):
    assert ask("post", "/arrangements", meal(ActivityFactory(), **wrong)).status_code == 422
    assert not Arrangement.objects.exists()


def test_a_session_of_another_activity_is_not_found(ask):
    sent = meal(ActivityFactory(), session=str(SessionFactory().pk))

    assert ask("post", "/arrangements", sent).status_code == 404


def test_the_calendar_tells_what_takes_place(ask):
    activity = ActivityFactory(type="course")
    ActivityFactory(type="webinar", title="Other")

    found = ask("get", f"/calendars/entries?{MARCH}&type=course").json()

    assert [(e["number"], e["is_tentative"]) for e in found] == [(activity.number, True)]
    assert ask("get", "/calendars/entries?first=2020-01-01&last=2020-02-01").json() == []


def test_holidays_come_with_their_source(ask):
    found = ask("get", "/calendars/holidays?first=2027-07-01&last=2027-07-31").json()

    assert [h["name"] for h in found if h["day"] == "2027-07-04"] == ["Independence Day"]
    assert found[0]["citation"].startswith("holidays ")
    named = ask("get", "/calendars/holidays?first=2027-02-19&last=2027-02-19&country=IN&region=MH")
    assert named.json()[0]["region"] == "MH"


def test_days_are_closed_and_opened_again(ask):
    sent = {"day": "2027-03-12", "name": "Founders' day"}
    made = ask("post", "/calendars/closed-days", sent).json()

    assert ask("get", "/calendars/closed-days").json()["count"] == 1
    assert ask("delete", f"/calendars/closed-days/{made['id']}").status_code == 204
    assert not ClosedDay.objects.exists()


def test_an_address_is_made_rotated_and_ended(ask):
    made = ask("post", "/calendars/feeds", {"name": "My phone"}).json()
    here = f"/calendars/feeds/{made['id']}"

    again = ask("post", f"{here}/rotations").json()
    ended = ask("post", f"{here}/revocation").json()

    assert made["address"].endswith("/calendar.ics")
    assert again["address"] != made["address"]
    assert ended["revoked_at"]
    assert ask("post", f"{here}/rotations").json()["code"] == "feed_ended"
    assert CalendarFeed.objects.count() == 1
