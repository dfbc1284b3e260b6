import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.queries import access_of
from symposia.notifications.models import Delivery, State
from symposia.outreach.models import Invitation
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.notifications import message
from tests.factories.outreach import InvitationFactory
from tests.notifications.test_reports import failure


def token(organisation, *permissions):
    user = member(organisation, "administrator")
    from_role = member(organisation, "coordinator")
    holder = user if "manage_messages" in permissions else from_role
    access = access_of(holder, organisation, at=now())
    _made, secret = make_personal_token(
        holder, access, name="Test", permissions=permissions, by=SYSTEM
    )
    return {"authorization": f"Bearer {secret}"}


def post(client, path, headers, body):
    return client.post(f"/api/v1{path}", body, content_type="application/json", headers=headers)


def test_clinicians_are_invited_and_the_others_named_with_the_reason(client, organisation):
    activity = ActivityFactory(state="open")
    fine, without = ClinicianFactory(), ClinicianFactory(email="")
    body = {"activity": str(activity.pk), "clinicians": [str(fine.pk), str(without.pk)]}

    answer = post(
        client, "/invitations", token(organisation, "invite", "view_directory"), body
    ).json()

    assert answer["invited"] == [str(fine.pk)]
    assert [(s["clinician"], s["code"]) for s in answer["skipped"]] == [
        (str(without.pk), "no_address")
    ]
    assert Invitation.objects.get().clinician == fine


def test_a_refusal_is_a_problem_with_its_code(client, organisation):
    body = {
        "activity": str(ActivityFactory(state="draft").pk),
        "clinicians": [str(ClinicianFactory().pk)],
    }

    answer = post(client, "/invitations", token(organisation, "invite", "view_directory"), body)

    assert answer.json()["code"] == "not_open"


def test_the_list_has_the_answers(client, organisation):
    invitation = InvitationFactory()

    answer = client.get(
        "/api/v1/invitations",
        headers=token(organisation, "view_people_of_activity", "view_directory"),
    ).json()

    assert [item["id"] for item in answer["items"]] == [str(invitation.pk)]


def test_an_invitation_is_withdrawn(client, organisation):
    invitation = InvitationFactory()
    headers = token(organisation, "invite", "view_people_of_activity", "view_directory")

    answer = post(client, f"/invitations/{invitation.pk}/withdrawal", headers, {"reason": "x"})

    assert answer.json()["state"] == "withdrawn"


def test_a_token_without_the_permission_invites_nobody(client, organisation):
    body = {"activity": str(ActivityFactory().pk), "clinicians": [str(ClinicianFactory().pk)]}

    answer = post(client, "/invitations", token(organisation, "view_directory"), body)

    assert answer.status_code == 403


def test_the_fate_of_a_message_is_told_without_its_words(client, organisation):
    delivery = message()
    headers = token(organisation, "view_outbox")

    one = client.get(f"/api/v1/messages/{delivery.pk}", headers=headers)
    listed = client.get("/api/v1/messages", headers=headers)

    assert one.json()["state"] == "waiting"
    assert "/r/abc/" not in one.text + listed.text


def test_a_failed_message_is_sent_again(client, organisation):
    delivery = message()
    Delivery.objects.filter(pk=delivery.pk).update(state=State.SENDING)
    Delivery.objects.filter(pk=delivery.pk).update(state=State.FAILED)
    headers = token(organisation, "view_outbox", "manage_messages")

    answer = post(client, f"/messages/{delivery.pk}/retries", headers, {})

    assert answer.json()["state"] == "waiting"


@pytest.mark.parametrize(
    ("path", "permissions"),
    [
        ("/invitations", ["view_people_of_activity", "view_directory"]),
        ("/messages", ["view_outbox"]),
    ],
)
def test_another_organisations_rows_do_not_exist(client, organisation, path, permissions):
    InvitationFactory()
    message()
    other = OrganisationFactory()
    with acting_in(other.pk):
        headers = token(other, *permissions)

    assert client.get(f"/api/v1{path}", headers=headers).json()["items"] == []


def test_a_report_of_a_mail_server_marks_the_address(client, organisation):
    delivery = message()
    Delivery.objects.filter(pk=delivery.pk).update(state=State.SENDING)
    Delivery.objects.filter(pk=delivery.pk).update(state=State.SENT)
    headers = token(organisation, "view_outbox", "manage_messages")

    taken = post(client, "/messages/reports", headers, {"message": failure(delivery).decode()})
    refused = post(client, "/messages/reports", headers, {"message": "Back on Monday."})

    assert [(r["kind"], r["address"]) for r in taken.json()] == [("bounced", delivery.to_address)]
    assert refused.json()["code"] == "not_a_report"
    listed = client.get("/api/v1/messages/addresses", headers=headers).json()
    assert [item["diagnostic"] for item in listed["items"]] == ["550 5.1.1 User unknown"]
