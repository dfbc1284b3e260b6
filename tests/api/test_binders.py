"""Binders, guests, clocks and holds by program as by hand."""

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from symposia.accounts.actions import add_member
from symposia.accounts.models import Role
from symposia.accounts.permissions import Permission
from symposia.audit.models import Entry
from symposia.reporting.models import BinderEdition, BinderInvitation, LegalHold
from symposia.reporting.tasks import make_binder
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, day_here, key_of, member
from tests.reporting.bound import held_activity, made_binder

JSON = "application/json"
DRAW = {"title": "Review", "from_year": 2026, "until_year": 2026, "seed": "a1"}


@pytest.fixture
def client(db):
    """A program with the rights of somebody who makes binders and keeps the rules."""
    made = OrganisationFactory()
    user = member(made, "coordinator")
    with acting_in(made.pk):
        add_member(user, Role.objects.get(code="compliance_officer"), by=SYSTEM)
        held = [Permission.VIEW_CREDITS, Permission.AWARD_CREDITS, Permission.EXPORT]
        headers = key_of(user, made, [*held, Permission.VIEW_JOURNAL, Permission.MANAGE_RULES])
    client = Client(headers=headers)
    client.organisation, client.user = made, user
    return client


def test_a_program_draws_reads_and_invites(client):
    with acting_in(client.organisation.pk):
        held_activity()
    drawn = client.post("/api/v1/binders/draws", DRAW, content_type=JSON)

    assert drawn.status_code == 201
    assert drawn.json()["seed"] == "a1"
    assert drawn.json()["edition"] is None
    again = client.post(f"/api/v1/binders/{drawn.json()['id']}/editions", content_type=JSON)
    assert again.json()["code"] == "binder_being_made"
    assert client.get(f"/api/v1/binders/{drawn.json()['id']}/content").status_code == 404


def test_what_a_program_asks_for_is_bound_in_the_name_of_its_owner(client):
    with acting_in(client.organisation.pk):
        held_activity()
    client.post("/api/v1/binders/draws", DRAW, content_type=JSON)

    asked = ProcrastinateJob.objects.get(task_name="reporting.make_binder").args
    make_binder.run(**asked)

    with acting_in(client.organisation.pk):
        entry = Entry.objects.get(action="binder.made")
        assert (entry.actor_kind, entry.actor_id) == ("person", client.user.pk)
        assert BinderEdition.objects.get().paper.made_by_id == client.user.pk


def test_a_program_reads_what_a_binder_says_and_looks_after_its_guests(client):
    with acting_in(client.organisation.pk):
        binder = made_binder(held_activity())
    address = f"/api/v1/binders/{binder.pk}"

    assert b"".join(client.get(f"{address}/archive").streaming_content)[:2] == b"PK"
    said = client.get(f"{address}/content").json()
    assert said["content"]["activities"][0]["criteria"]
    guest = {"name": "Dr R", "email": "r@accme.example", "until": day_here().isoformat()}
    made = client.post(f"{address}/guests", guest, content_type=JSON)
    assert made.status_code == 201
    wrong = client.post(f"{address}/guests", guest | {"email": "r@accme,"}, content_type=JSON)
    assert wrong.status_code == 422
    client.delete(f"/api/v1/binders/guests/{made.json()['id']}")
    with acting_in(client.organisation.pk):
        assert BinderInvitation.objects.get().revoked_at


def test_a_program_holds_and_lifts_and_reads_the_clocks(client):
    held = client.post("/api/v1/retention/holds", {"because": "A case"}, content_type=JSON)
    kinds = client.get("/api/v1/retention").json()
    lifting = f"/api/v1/retention/holds/{held.json()['id']}/lifting"
    lifted = client.post(lifting, {"reason": "Settled"}, content_type=JSON)

    assert {each["kind"] for each in kinds} >= {"learner_records", "money"}
    assert lifted.json()["lifted_because"] == "Settled"
    with acting_in(client.organisation.pk):
        assert not LegalHold.objects.standing().exists()
