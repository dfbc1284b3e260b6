from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Access, Granted, Permission
from symposia.accounts.queries import access_of
from symposia.accounts.role_templates import ROLE_TEMPLATES
from symposia.activities.actions.series import make_occasions
from symposia.activities.models import Activity, Refresh, Series
from symposia.activities.owing import facts_hidden
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.activities.test_actions import complete
from tests.activities.test_applications import ANSWERS, facts, handed_in
from tests.activities.test_cloning import offered
from tests.activities.test_series import begun, made_by_a_worker
from tests.factories.accounts import OrganisationFactory, day_here, member

pytestmark = pytest.mark.django_db
NEW = {
    "mode": "independent",
    "title": "Grand rounds",
    "type": "grand_rounds",
    "repeats": "weekly",
    "interval": 1,
    "first_on": "2027-03-05",
    "until_on": "2027-03-26",
    "clock": "12:00:00",
    "minutes": 60,
    "zone": "America/New_York",
    "delivery": "in_person",
    "country": "US",
}


@pytest.fixture
def role():
    return "education_lead"


@pytest.fixture
def ask(client, organisation, role):
    """Calls the API as an education lead, unless a test says otherwise."""
    user = member(organisation, role)
    access = access_of(user, organisation, at=now())
    wanted = [Permission.VIEW_ACTIVITIES, Permission.PLAN_ACTIVITIES]
    _made, secret = make_personal_token(user, access, name="T", permissions=wanted, by=SYSTEM)
    headers = {"authorization": f"Bearer {secret}"}

    def call(method, path, body=None):
        send = getattr(client, method)
        if method == "get":
            return send(f"/api/v1{path}", headers=headers)
        return send(f"/api/v1{path}", body or {}, content_type="application/json", headers=headers)

    return call


def test_a_year_of_sessions_by_program(ask):
    made = ask("post", "/series", NEW)
    assert made.status_code == 201
    path = f"/series/{made.json()['id']}"

    moved = {"day": "2027-03-12", "moved_to": "2027-03-11", "reason": "Holiday"}
    assert ask("post", f"{path}/exceptions", moved).status_code == 200
    assert ask("post", f"{path}/days", {"day": "2027-03-08", "reason": "x"}).status_code == 200
    asked = ask("post", f"{path}/sessions")
    assert (asked.status_code, asked.json()) == (202, {"sessions": 5})
    made_by_a_worker(Series.objects.get())
    sessions = ask("get", path).json()["days"]

    assert [(each["day"], each["kind"]) for each in sessions][:3] == [
        ("2027-03-05", ""),
        ("2027-03-08", "added"),
        ("2027-03-12", "moved"),
    ]
    assert sessions[0]["conditions"]["faculty"] == "blocked"
    changed = {k: v for k, v in NEW.items() if k != "mode"} | {"title": "Rounds"}
    assert ask("put", path, changed | {"seen_version": 1}).json()["title"] == "Rounds"
    assert ask("put", path, changed | {"seen_version": 1, "title": "x"}).status_code == 409
    listed = ask("get", "/series").json()["items"]
    assert [each["title"] for each in listed] == ["Rounds"]
    assert ask("post", f"{path}/holidays").status_code == 200


@pytest.mark.parametrize("role", ["brand_manager"])
def test_a_series_behind_the_wall_is_looked_at_and_neither_begun_nor_changed(ask):
    series = begun()
    path = f"/series/{series.pk}"
    changed = {k: v for k, v in NEW.items() if k != "mode"} | {"seen_version": 1}

    assert ask("post", "/series", NEW).json()["code"] == "not_to_change"
    for method, below, body in [
        ("put", "", changed),
        ("post", "/sessions", None),
        ("post", "/copies", None),
        ("post", "/holidays", None),
        ("post", "/days", {"day": "2027-03-08", "reason": "x"}),
    ]:
        assert ask(method, f"{path}{below}", body).status_code == 404, below

    assert ask("get", path).status_code == 200
    assert Series.objects.get() == series
    assert not Activity.objects.exists()


@pytest.mark.parametrize("role", ["brand_manager"])
def test_conditions_of_sessions_that_the_wall_keeps_are_not_told(ask):
    series = begun()
    make_occasions(series, by=SYSTEM)

    told = ask("get", f"/series/{series.pk}").json()["days"][0]["conditions"]

    assert told
    assert not set(told) & facts_hidden(access_with("brand_manager"), series.mode)


@pytest.mark.parametrize("role", ["brand_manager"])
def test_applications_behind_the_wall_are_decided_by_others(ask):
    wish = handed_in()
    assert ask("get", f"/applications/{wish.pk}").status_code == 404
    assert ask("get", "/applications").json()["items"] == []


def access_with(role):
    template = next(each for each in ROLE_TEMPLATES if each.code == role)
    return Access(uuid4(), uuid4(), (Granted(role, template.permissions),))


def test_next_year_by_program(ask):
    series = begun()

    copy = ask("post", f"/series/{series.pk}/copies").json()
    assert ask("post", f"/series/{copy['id']}/sessions").status_code == 409
    for each in copy["taken_over"]:
        path = f"/series/{copy['id']}/refreshes/{each['id']}"
        assert ask("put", path, {"note": "Right"}).status_code == 200

    assert ask("post", f"/series/{copy['id']}/sessions").json() == {"sessions": 4}
    assert Series.objects.count() == 2


def test_activities_made_from_activities_by_program(ask):
    source = complete(state="held")
    starts = (source.wall_starts + timedelta(weeks=52)).isoformat()
    body = {"title": "Again", "wall_starts": starts, "take": ["agenda"]}
    copy = ask("post", f"/origins/activities/{source.pk}/clones", body)
    assert copy.status_code == 201
    assert (copy.json()["origin"], copy.json()["kind"]) == (source.number, "clone")
    term = {"released_on": "2027-04-01", "review_on": "2028-04-01", "ends_on": "2029-03-31"}
    recorded = term | {
        "title": "Recorded",
        "type": "internet_enduring",
        "online_address": "https://stream.example/1",
    }
    made = ask("post", f"/origins/activities/{source.pk}/recordings", recorded).json()
    assert made["kind"] == "recording"

    kin = ask("get", f"/origins/activities/{source.pk}").json()
    assert len(kin["made"]) == 2
    again = Activity.objects.get(title="Recorded")
    mark = Refresh.objects.of(again).first()
    path = f"/origins/activities/{again.pk}"
    assert ask("put", f"{path}/refreshes/{mark.pk}", {"note": "Right"}).status_code == 200
    assert ask("put", f"{path}/term", term | {"ends_on": "2029-01-01"}).status_code == 200
    review = {"outcome": "Fine", "review_on": "2028-06-01"}
    assert ask("post", f"{path}/reviews", review).json()["outcome"] == "Fine"
    assert len(ask("get", "/origins/enduring").json()["items"]) == 1


def test_applications_by_program(ask):
    body = {
        **{name: getattr(facts(), name) for name in ("applicant", "email", "department")},
        **{k: NEW[k] for k in ("mode", "type", "zone", "delivery", "country", "minutes")},
        "title": "Stroke",
        "need": "Late",
        "clock": "12:00:00",
        "day": (day_here() + timedelta(days=60)).isoformat(),
    }
    made = ask("post", "/applications", body)
    assert made.status_code == 201
    path = f"/applications/{made.json()['id']}"
    assert ask("put", f"{path}/answers", {"answers": ANSWERS}).status_code == 200
    assert ask("post", f"{path}/submission").json()["state"] == "submitted"
    asked_back = ask("post", f"{path}/returning", {"reason": "For whom?"})
    assert asked_back.json()["state"] == "returned"
    assert ask("post", f"{path}/submission").status_code == 200
    done = ask("post", f"{path}/acceptance", {"reason": "Gladly"}).json()

    assert (done["state"], done["became"]) == ("accepted", Activity.objects.get().number)
    refused = ask("post", f"/applications/{handed_in().pk}/refusal", {"reason": "No"})
    assert refused.json()["state"] == "refused"
    assert len(ask("get", "/applications").json()["items"]) == 2


def test_rows_of_others_do_not_exist_for_a_program(ask):
    with acting_in(OrganisationFactory().pk):
        series, made, wish = begun(), offered(complete(state="held")), handed_in()

    for path in (
        f"/series/{series.pk}",
        f"/origins/activities/{made.pk}",
        f"/applications/{wish.pk}",
    ):
        assert ask("get", path).status_code == 404
