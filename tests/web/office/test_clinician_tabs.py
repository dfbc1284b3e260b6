import pytest
from django.urls import reverse

from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.outreach import InvitationFactory
from tests.factories.registrations import RegistrationFactory

TABS = ("participation", "presence", "credits", "money")


def tab(name, clinician):
    return reverse(f"clinician_{name}", args=[clinician.pk])


def test_a_representative_sees_invitations_and_places_and_nothing_of_learning_or_money(
    client, organisation
):
    mine = TerritoryFactory()
    one = ClinicianFactory(territory=mine)
    scope = {"scope_kind": "territory", "scope_id": mine.pk}
    client.force_login(member(organisation, "field_representative", **scope))

    page = client.get(reverse("clinician", args=[one.pk])).text

    assert tab("participation", one) in page
    for name in ("presence", "credits", "money"):
        assert tab(name, one) not in page
        assert client.get(tab(name, one)).status_code == 403
    far = ClinicianFactory(territory=TerritoryFactory())
    assert client.get(tab("participation", far)).status_code == 404


def test_participation_says_what_somebody_was_asked_to_and_has_a_place_at(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    activity = ActivityFactory(state="open", title="Acute stroke pathways")
    one = InvitationFactory(activity=activity).clinician
    RegistrationFactory(clinician=one, activity=ActivityFactory(title="Sepsis at night"))
    ActivityFactory(title="Nothing to do with it")

    page = client.get(tab("participation", one)).text

    assert "Acute stroke pathways" in page
    assert "No answer yet" in page
    assert "Sepsis at night" in page
    assert "Nothing to do with it" not in page


@pytest.mark.parametrize("name", TABS)
def test_each_tab_opens_for_whoever_may_see_it_and_says_when_it_is_empty(
    client, organisation, name
):
    client.force_login(member(organisation, "coordinator"))

    answer = client.get(tab(name, ClinicianFactory()))

    assert answer.status_code == 200
    assert 'aria-current="page"' in answer.text
    assert "Nothing here yet" in answer.text


def test_presence_tells_the_minutes_of_each_place(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    place = RegistrationFactory(activity=ActivityFactory(title="Sepsis at night"))

    assert "Sepsis at night" in client.get(tab("presence", place.clinician)).text
