import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.audit.models import Entry
from symposia.notifications.actions import suppress_address
from symposia.notifications.models import Delivery, Suppression
from symposia.notifications.redaction import HIDDEN
from symposia.shared.actors import SYSTEM
from symposia.web.content.letters import letter_url
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.directory import ClinicianFactory
from tests.factories.notifications import VALUES, message
from tests.notifications.test_reports import failure


def test_the_outbox_lists_messages(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    delivery = message()

    assert delivery.subject in client.get(reverse("outbox")).text


def test_a_message_is_shown_without_the_personal_links_in_it(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    delivery = message()

    page = client.get(reverse("message", args=[delivery.pk])).text

    assert HIDDEN in page
    assert "/r/abc/" not in page


def test_another_organisations_message_does_not_exist(client, organisation):
    delivery = message()
    client.force_login(member(OrganisationFactory(), "administrator"))

    assert client.get(reverse("message", args=[delivery.pk])).status_code == 404


@pytest.mark.parametrize("role", ["executive", "door_staff", "learner"])
def test_who_may_not_read_the_outbox_is_told_so(client, organisation, role):
    client.force_login(member(organisation, role))

    assert client.get(reverse("message", args=[message().pk])).status_code == 403


def test_only_those_who_manage_messages_keep_them_back(client, organisation):
    delivery = message()
    client.force_login(member(organisation, "coordinator"))
    assert client.post(reverse("message_cancellation", args=[delivery.pk])).status_code == 403

    client.force_login(member(organisation, "administrator"))
    client.post(reverse("message_cancellation", args=[delivery.pk]))

    assert Delivery.objects.get().state == "cancelled"


def test_a_message_that_did_not_fail_is_not_sent_again(client, organisation):
    client.force_login(member(organisation, "administrator"))

    response = client.post(reverse("message_retry", args=[message().pk]), follow=True)

    assert "Only a message that failed" in response.text


@pytest.mark.parametrize(("follows", "seen"), [(True, "/r/abc/"), (False, HIDDEN)])
def test_the_look_of_a_message_comes_from_the_content_origin(
    client, organisation, settings, follows, seen
):
    address = letter_url(message(), follows_links=follows)
    path = address.removeprefix(settings.CONTENT_ORIGIN)

    with override_settings(ROOT_URLCONF="config.urls_content"):
        response = client.get(path)
        forged = client.get(path.replace("/m/", "/m/x"))

    assert forged.status_code == 404
    assert seen in response.text
    assert (VALUES["reply_link"].split("?")[0] in response.text) == follows
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "sandbox" in response["Content-Security-Policy"]
    assert "<script" not in response.text


@pytest.mark.parametrize("count", [1, 3])
def test_addresses_that_are_not_invited_are_listed_in_as_many_statements(
    client, organisation, count, django_assert_max_num_queries
):
    client.force_login(member(organisation, "coordinator"))
    for n in range(count):
        suppress_address(f"stop{n}@example.org", by=SYSTEM)

    with django_assert_max_num_queries(30):
        page = client.get(reverse("suppressions")).text

    assert page.count("@example.org</a>") == count


def test_an_address_is_invited_again_with_a_reason(client, organisation):
    client.force_login(member(organisation, "administrator"))
    suppression = suppress_address("stop@example.org", by=SYSTEM)
    lifting = reverse("suppression_lifting", args=[suppression.pk])
    assert "How they asked for it" in client.get(reverse("suppression", args=[suppression.pk])).text

    assert client.post(lifting, {"reason": " "}).status_code == 422
    client.post(lifting, {"reason": "Wrote to us on Monday."})

    assert not Suppression.objects.exists()
    assert Entry.objects.get(action="address.unsuppressed").reason == "Wrote to us on Monday."


def test_who_only_reads_the_outbox_lifts_nothing(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    suppression = suppress_address("stop@example.org", by=SYSTEM)

    page = client.get(reverse("suppression", args=[suppression.pk])).text

    assert "Invite it again" not in page
    lifting = reverse("suppression_lifting", args=[suppression.pk])
    assert client.post(lifting, {"reason": "x"}).status_code == 403


def test_a_suppressed_address_of_another_organisation_does_not_exist(client, organisation):
    suppression = suppress_address("stop@example.org", by=SYSTEM)
    client.force_login(member(OrganisationFactory(), "administrator"))

    assert client.get(reverse("suppression", args=[suppression.pk])).status_code == 404


def test_the_api_lists_and_lifts_them_with_the_same_rights(client, organisation):
    user = member(organisation, "administrator")
    _token, secret = make_personal_token(
        user,
        access_of(user, organisation, at=now()),
        name="Test",
        permissions=[Permission.VIEW_OUTBOX, Permission.MANAGE_MESSAGES],
        by=SYSTEM,
    )
    headers = {"authorization": f"Bearer {secret}"}
    suppression = suppress_address("stop@example.org", by=SYSTEM)

    known = client.get("/api/v1/messages/suppressions", headers=headers).json()
    assert [each["address"] for each in known["items"]] == ["stop@example.org"]
    path = f"/api/v1/messages/suppressions/{suppression.pk}/lifting"
    lifted = client.post(
        path, {"reason": "Asked."}, content_type="application/json", headers=headers
    )

    assert lifted.status_code == 204
    assert not Suppression.objects.exists()


def test_an_address_that_a_server_does_not_know_waits_to_be_mended(client, organisation):
    client.force_login(member(organisation, "administrator"))
    clinician = ClinicianFactory()
    found = suppress_address(
        clinician.email, cause="bounced", diagnostic="550 5.1.1 User unknown", by=SYSTEM
    )
    suppress_address("asked@example.org", by=SYSTEM)

    listed = client.get(reverse("addresses")).text
    one = client.get(reverse("suppression", args=[found.pk])).text

    assert clinician.full_name in listed
    assert "550 5.1.1 User unknown" in listed
    assert "asked@example.org" not in listed
    assert "550 5.1.1 User unknown" in one
    assert "1 address is unknown to its mail server" in client.get(reverse("today")).text


def test_a_report_is_handed_in_as_a_file_or_refused_in_words(client, organisation):
    client.force_login(member(organisation, "administrator"))
    delivery = message()
    Delivery.objects.filter(pk=delivery.pk).update(state="sending")
    Delivery.objects.filter(pk=delivery.pk).update(state="sent")
    good = SimpleUploadedFile("returned.eml", failure(delivery))
    bad = SimpleUploadedFile("holiday.eml", b"Subject: away\n\nBack on Monday.")

    refused = client.post(reverse("mail_reports"), {"report": bad})
    taken = client.post(reverse("mail_reports"), {"report": good}, follow=True)

    assert refused.status_code == 422
    assert "This is no report of a mail server" in refused.text
    assert "1 report was taken in." in taken.text
    assert Suppression.objects.get().cause == "bounced"
