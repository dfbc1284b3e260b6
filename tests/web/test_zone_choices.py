"""Time zones are found under their part of the world, by the name of a city."""

from django import forms

from symposia.shared.times import ZONES
from symposia.web.venue_fields import zone_field
from symposia.web.zone_choices import zone_choices


def test_every_zone_can_still_be_chosen_once():
    offered = [zone for _part, zones in zone_choices() for zone, _city in zones]

    assert sorted(offered) == sorted(ZONES)


def test_a_zone_is_called_after_its_city_under_its_part_of_the_world():
    parts = {str(part): dict(zones) for part, zones in zone_choices()}

    assert parts["Asia"]["Asia/Kolkata"] == "Kolkata"
    assert parts["America"]["America/New_York"] == "New York"
    assert parts["America"]["America/Kentucky/Louisville"] == "Louisville (Kentucky)"
    assert parts["UTC"] == {"UTC": "UTC"}
    assert "US/Eastern" in parts["Older names"]
    assert "US" not in parts


def test_the_form_shows_groups_and_keeps_what_was_chosen():
    class Venue(forms.Form):
        zone = zone_field()

    form = Venue({"zone": "Asia/Kolkata"})

    assert form.is_valid()
    assert '<optgroup label="Asia">' in str(form["zone"])
    assert '<option value="Asia/Kolkata" selected>Kolkata</option>' in str(form["zone"])
    assert not Venue({"zone": "Mars/Olympus"}).is_valid()
