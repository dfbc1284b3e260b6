import uuid

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from symposia.audit.models import Entry
from symposia.registrations.letters import TICKET
from symposia.registrations.models import TicketKey
from symposia.registrations.tickets import public_key
from symposia.shared.links import make_link
from tests.factories.accounts import member
from tests.factories.registrations import RegistrationFactory


@pytest.fixture
def administrator(client, organisation):
    user = member(organisation, "administrator")
    client.force_login(user)
    return user


def change(client, reason="A device was lost"):
    values = {"idempotency_key": uuid.uuid4(), "reason": reason}
    return client.post(reverse("ticket_key_new"), values, follow=True)


def test_the_key_that_signs_is_shown_and_changed(client, administrator, organisation):
    before = client.get(reverse("ticket_keys")).content.decode()
    after = change(client).content.decode()

    assert public_key(organisation.code, 1) in before
    assert "Key 2 signs tickets now" in after
    assert public_key(organisation.code, 2) in after
    assert "A device was lost" in after
    assert Entry.objects.get(action="ticket_key.changed").reason == "A device was lost"


def test_a_ticket_shows_the_new_code_at_once(client, administrator, organisation):
    registration = RegistrationFactory()
    address = reverse("ticket", args=[make_link(TICKET, registration.pk, organisation.code)])
    before = client.get(address).content

    change(client)

    assert client.get(address).content != before


def test_a_change_needs_its_reason(client, administrator):
    assert change(client, reason=" ").status_code == 422
    assert not TicketKey.objects.exists()


def test_what_was_said_of_a_key_stands(client, administrator):
    change(client)

    with pytest.raises(DatabaseError), transaction.atomic():
        TicketKey.objects.update(reason="Nothing")
