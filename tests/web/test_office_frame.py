"""The frame of the office: journal, organisation; what a role may not open it does not get."""

import io
import zipfile
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from symposia.accounts.actions import add_member
from symposia.accounts.models import Organisation, Role
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.web.office.record_history import words_of
from tests.factories.accounts import OrganisationFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(client):
    """An organisation and its administrator, signed in."""
    organisation = OrganisationFactory()
    client.force_login(member(organisation, "administrator"))
    return organisation


def test_the_journal_shows_what_happened_here_and_nowhere_else(client, place):
    other = OrganisationFactory(name="Somewhere else entirely")

    page = client.get(reverse("journal"))

    assert page.status_code == 200
    assert words_of("organisation.created") in page.content.decode()
    assert other.name not in page.content.decode()


def test_the_journal_comes_out_as_it_is_on_screen(client, place):
    member(place, "door_staff")

    text = b"".join(client.get(reverse("journal_csv") + "?q=access.").streaming_content).decode()

    assert text.count("access.granted") == 2
    assert "organisation.created" not in text


def test_a_workbook_opens(client, place):
    response = client.get(reverse("journal_xlsx"))

    book = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert "xl/worksheets/sheet1.xml" in book.namelist()


def test_a_role_without_the_permission_is_told_whom_to_ask(client):
    client.force_login(member(OrganisationFactory(), "door_staff"))

    assert client.get(reverse("journal")).status_code == 403


def test_settings_are_changed_and_journalled(client, place):
    form = {"name": "New name", "zone": "Europe/Vienna", "accreditation_statement": "As given."}

    client.post(reverse("organisation_change"), form)

    assert Organisation.objects.get(pk=place.pk).name == "New name"


def test_wrong_settings_lose_nothing(client, place):
    page = client.post(reverse("organisation_change"), {"name": "Kept", "zone": "Mars/Base"})

    assert page.status_code == 422
    assert "Kept" in page.content.decode()


def test_a_person_switches_only_to_an_own_organisation(client):
    first, second, foreign = OrganisationFactory.create_batch(3)
    user = member(first, "administrator")
    with acting_in(second.pk):
        add_member(user, Role.objects.get(code="administrator"), by=SYSTEM)
    client.force_login(user)

    client.post(reverse("organisation_switch"), {"organisation": str(second.pk)})
    assert second.name in client.get(reverse("organisation")).content.decode()

    client.post(reverse("organisation_switch"), {"organisation": str(foreign.pk)})
    assert foreign.name not in client.get(reverse("organisation")).content.decode()


def test_the_same_form_twice_changes_once_and_answers_alike(client, place):
    form = {"name": "Once", "zone": "UTC", "idempotency_key": "k1"}

    first = client.post(reverse("organisation_change"), form)
    second = client.post(reverse("organisation_change"), form)
    other = client.post(reverse("organisation_change"), form | {"name": "Twice"})

    assert (first.status_code, second.status_code, other.status_code) == (302, 302, 422)
    with acting_in(place.pk):
        assert Entry.objects.filter(action="organisation.changed").count() == 1


def test_times_stand_on_the_readers_clock(client, place):
    """The organisation is in New York; the reader works in Vienna."""
    user = member(place, "administrator")
    user.zone = "Europe/Vienna"
    user.save(update_fields=["zone"])
    client.force_login(user)
    with acting_in(place.pk):
        at = Entry.objects.order_by("-at").first().at

    text = client.get(reverse("journal")).content.decode()

    assert f"{at.astimezone(ZoneInfo('Europe/Vienna')):%H:%M}" in text
