from symposia.activities.models import Booking
from tests.api.test_activity_types import ask
from tests.factories.activities import ActivityFactory, SessionFactory

__all__ = ["ask"]
HOUSE = {"name": "Pier House", "city": "Boston", "country": "US"}


def test_a_venue_is_entered_changed_and_retired(ask):
    made = ask("post", "/venues", HOUSE).json()
    here = f"/venues/{made['id']}"
    room = ask("post", f"{here}/rooms", {"name": "Blue", "seats": 40}).json()

    changed = ask("put", here, HOUSE | {"city": "Salem", "seen_version": 1})
    stale = ask("put", here, HOUSE | {"seen_version": 1})

    assert changed.json()["rooms"] == [room]
    assert stale.json()["code"] == "changed_meanwhile"
    assert ask("delete", f"/venues/rooms/{room['id']}").status_code == 204
    assert ask("post", f"{here}/retirement", {"reason": "Closed."}).json()["version"] == 3
    assert ask("get", here).json()["retired_because"] == "Closed."


def test_a_session_is_moved_into_a_room_once(ask):
    venue = ask("post", "/venues", HOUSE).json()
    room = ask("post", f"/venues/{venue['id']}/rooms", {"name": "Blue"}).json()
    first = SessionFactory(minutes=30)
    other = SessionFactory(minutes=30, activity=ActivityFactory())
    to = {"wall_starts": "2027-03-11T18:40", "minutes": 30, "place": room["id"], "seen_version": 1}

    moved = ask("put", f"/venues/sessions/{first.pk}/time", to)
    refused = ask("put", f"/venues/sessions/{other.pk}/time", to)

    assert (moved.json()["room"], moved.json()["version"]) == ("Blue", 2)
    assert refused.json()["code"] == "taken"
    assert Booking.objects.count() == 1


def test_a_thing_is_entered_chosen_and_retired(ask):
    thing = ask("post", "/venues/equipment", {"name": "Camera"}).json()
    session = SessionFactory()

    here = f"/venues/sessions/{session.pk}/equipment"
    chosen = ask("put", here, {"equipment": [thing["id"]]})

    assert chosen.status_code == 200
    assert Booking.objects.get().equipment.name == "Camera"
    assert ask("post", f"/venues/equipment/{thing['id']}/retirement").json() == thing
    assert ask("put", here, {"equipment": [thing["id"]]}).status_code == 404
