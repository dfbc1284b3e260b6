"""The page of the organisation's own directory."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.actions import synced
from symposia.accounts.actions.synced import (
    forget_sync_steps,
    note_sync_step,
    suspend_member,
)
from symposia.accounts.models import DirectoryGroup, Grant, Membership, PersonalToken, SyncStep
from symposia.accounts.tasks import forget_steps
from symposia.audit.models import Entry
from symposia.audit.verification import verify_journal
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member


@pytest.fixture
def administrator(client, organisation):
    made = member(organisation, "administrator")
    client.force_login(made)
    return made


def test_the_page_says_how_to_connect_and_what_waits(client, organisation, administrator):
    leaver = member(organisation, "coordinator")
    suspend_member(Membership.objects.get(user=leaver), by=SYSTEM)
    DirectoryGroup.objects.create(display_name="Event team")
    note_sync_step("User", "POST", of="lena", status=409, note="There is one.", by=SYSTEM)

    page = client.get(reverse("scim")).text

    assert "/scim/v2" in page
    assert f"Review what {leaver} leaves" in page
    assert "Event team" in page
    assert "There is one." in page
    assert reverse("scim") in client.get(reverse("access")).text


def test_a_key_is_shown_once_and_opens_the_directory_alone(client, administrator):
    page = client.post(reverse("scim_key"))

    secret = page.text.split('id="secret"><bdi>')[1].split("</bdi>")[0]
    assert PersonalToken.objects.get().permissions == ["sync_directory"]
    assert secret not in client.get(reverse("scim")).text
    headers = {"authorization": f"Bearer {secret}"}
    assert client.get("/scim/v2/Users", headers=headers).status_code == 200
    assert client.get("/api/v1/members", headers=headers).status_code == 403


def test_a_group_gets_its_role_on_a_page(client, organisation, administrator):
    group = DirectoryGroup.objects.create(display_name="Event team")
    address = reverse("directory_group_role", args=[group.pk])

    assert "Event team" in client.get(address).text
    assert client.post(address, {"role": "emperor"}).status_code == 422
    client.post(address, {"role": "coordinator"})

    group.refresh_from_db()
    assert (group.role.code, group.mapped_by_name) == ("coordinator", str(administrator))


def test_a_group_of_another_organisation_does_not_exist_here(client, administrator):
    other = OrganisationFactory()
    with acting_in(other.pk):
        theirs = DirectoryGroup.objects.create(display_name="Theirs")

    assert client.get(reverse("directory_group_role", args=[theirs.pk])).status_code == 404


def test_only_whoever_manages_access_sees_it(client, organisation):
    client.force_login(member(organisation, "coordinator"))

    for name in ("scim", "directory_groups", "sync_steps"):
        assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse("scim_key")).status_code == 403


def test_who_left_the_directory_cannot_go_on_and_is_let_go_on_the_page(
    client, organisation, administrator
):
    leaver = member(organisation, "coordinator")
    pk = Membership.objects.get(user=leaver).pk
    suspend_member(Membership.objects.get(pk=pk), by=SYSTEM)
    gone = client.get(reverse("members"), {"state": "gone"}).text
    assert leaver.email in gone
    client.force_login(leaver)
    assert client.get(reverse("activities")).status_code == 403

    client.force_login(administrator)
    client.post(reverse("membership_end", args=[pk]), {"reason": "Left the house"})

    assert Membership.objects.get(pk=pk).ended_at
    assert not Grant.objects.filter(membership=pk).exists()
    assert str(leaver) not in client.get(reverse("scim")).text


def test_the_log_is_filtered_by_what_came_of_it(client, administrator):
    note_sync_step("User", "POST", of="lena", status=201, note="", by=SYSTEM)
    note_sync_step("User", "POST", of="omar", status=400, note="No name.", by=SYSTEM)

    refused = client.get(reverse("sync_steps"), {"outcome": "refused"}).text

    assert "omar" in refused
    assert "lena" not in refused


def steps(*days, at):
    return [
        SyncStep.objects.create(
            kind="User", operation="POST", status=201, at=at - timedelta(days=each)
        ).pk
        for each in days
    ]


def test_what_was_asked_long_ago_is_removed_and_the_journal_keeps_that(client, administrator):
    at = now()
    old, edge, new = steps(91, 89, 0, at=at)

    assert forget_sync_steps(at=at, by=SYSTEM) == 1

    assert set(SyncStep.objects.values_list("pk", flat=True)) == {edge, new}
    assert Entry.objects.get(action="directory_step.removed").subject_id == old
    assert forget_sync_steps(at=at, by=SYSTEM) == 0
    assert "is kept for 90 days, at most 20,000 requests" in client.get(reverse("scim")).text


def test_only_so_much_is_kept_however_new_it_is(organisation, monkeypatch):
    at = now()
    monkeypatch.setattr(synced, "MOST_KEPT", 2)
    monkeypatch.setattr(synced, "MOST_FORGOTTEN", 2)
    first, second, third, fourth, fifth = steps(5, 4, 3, 2, 1, at=at)

    assert forget_sync_steps(at=at, by=SYSTEM) == 2
    assert set(SyncStep.objects.values_list("pk", flat=True)) == {third, fourth, fifth}
    assert forget_sync_steps(at=at, by=SYSTEM) == 1
    assert set(SyncStep.objects.values_list("pk", flat=True)) == {fourth, fifth}
    assert first != second


def test_the_journal_stands_after_steps_were_removed(organisation):
    note_sync_step("User", "POST", of="lena", status=201, note="", by=SYSTEM)

    forget_sync_steps(at=now() + timedelta(days=91), by=SYSTEM)

    assert SyncStep.objects.count() == 0
    assert [each.kind for each in verify_journal().faults] == []


def test_each_organisation_forgets_its_own(organisation):
    other = OrganisationFactory()
    with acting_in(other.pk):
        steps(91, at=now())
    steps(91, 1, at=now())

    forget_steps()

    assert SyncStep.objects.count() == 1
    with acting_in(other.pk):
        assert SyncStep.objects.count() == 0
