import pytest
from django.test import override_settings
from django.urls import reverse

from symposia.notifications.models import Delivery
from symposia.notifications.redaction import HIDDEN
from symposia.web.content.letters import letter_url
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.notifications import VALUES, message


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
