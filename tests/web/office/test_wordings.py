import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from symposia.accounts.actions import add_member
from symposia.accounts.models import Role, User
from symposia.notifications.models import Delivery, MessageTemplate, MessageVersion
from symposia.shared.actors import SYSTEM
from symposia.web.content.wordings import wording_url
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory

CODE = "outreach.invitation"
HERE = (CODE, "en")


@pytest.fixture
def administrator(client, organisation):
    client.force_login(member(organisation, "administrator"))
    return client


def test_messages_of_sign_in_are_not_theirs_to_word(administrator):
    page = administrator.get(reverse("wordings")).text

    assert CODE in page
    assert "accounts.sign_in_link" not in page
    own = reverse("wording", args=["accounts.sign_in_link", "en"])
    assert administrator.get(own).status_code == 404


GIVEN = {"subject": "Come to {activity}", "body": "Dear {name}\n\n[Answer]({reply_link})"}


def test_new_words_are_looked_at_tried_and_then_used(administrator, organisation):
    ActivityFactory(state="open", title="Sepsis in the first hour")

    page = administrator.post(reverse("wording", args=HERE), GIVEN, follow=True).text

    version = MessageVersion.objects.get()
    assert "Come to Sepsis in the first hour" in page
    assert not MessageTemplate.objects.exists()
    tried = reverse("message_version_test", args=[version.pk])
    assert "A test to" in administrator.post(tried, {"as": ""}, follow=True).text
    assert Delivery.objects.get().subject == "Come to Sepsis in the first hour"
    used = reverse("message_version_use", args=[version.pk])
    assert "worded like this" in administrator.post(used, follow=True).text
    assert MessageTemplate.objects.get().version == version
    assert "Come to {activity}" in administrator.get(reverse("wordings")).text
    again = administrator.post(used, follow=True).text
    assert "in use already" in again


def test_a_version_is_seen_as_somebody_of_the_directory(client, organisation):
    user = member(organisation, "administrator")
    add_member(user, Role.objects.get(code="coordinator"), by=SYSTEM)
    client.force_login(user)
    ada = ClinicianFactory(display_name="Dr Ada Moreno")
    client.post(reverse("wording", args=HERE), GIVEN)
    address = reverse("message_version", args=[MessageVersion.objects.get().pk])

    assert "Dear Dr Ada Moreno" in client.get(f"{address}?as={ada.pk}").text
    assert "Dear Dr Ada Moreno" not in client.get(f"{address}?as=nobody").text


def test_the_letter_of_a_version_is_on_the_content_origin_for_five_minutes(administrator, client):
    administrator.post(reverse("wording", args=HERE), GIVEN)
    version = MessageVersion.objects.get()
    values = {"organisation": "Here", "activity": "<b>Sepsis</b>", "name": "Ada"}
    values["reply_link"] = values["unsubscribe_link"] = "https://x.example/"
    path = wording_url(version, values).removeprefix(settings.CONTENT_ORIGIN)

    with override_settings(ROOT_URLCONF="config.urls_content"):
        page = client.get(path)
        assert page.status_code == 200
        assert "Dear Ada" in page.text
        assert client.get(path[:-2] + "/").status_code == 404


def test_a_message_is_worded_in_another_language_and_goes_back(administrator):
    chosen = {"code": CODE, "language": "hi"}
    form = administrator.get(reverse("wording_language"), chosen, follow=True).text
    assert "no words in this language" in form
    assert administrator.get(reverse("wording", args=[CODE, "xx"])).status_code == 404

    administrator.post(reverse("wording", args=[CODE, "hi"]), GIVEN)
    version = MessageVersion.objects.get()
    administrator.post(reverse("message_version_use", args=[version.pk]))
    assert "hi" in administrator.get(reverse("wordings")).text
    back = reverse("wording_shipped", args=[CODE, "hi"])
    assert "as the product does" in administrator.post(back, follow=True).text
    assert administrator.post(back).status_code == 404


def test_versions_are_a_list(administrator):
    administrator.post(reverse("wording", args=HERE), GIVEN)

    page = administrator.get(reverse("message_versions")).text

    assert "Come to {activity}" in page
    assert "Not in use" in page


def test_words_that_would_break_the_message_come_back_with_the_reason(administrator):
    given = {"subject": "Come", "body": "{password}\n\n[Answer]({reply_link})"}

    response = administrator.post(reverse("wording", args=HERE), given)

    assert response.status_code == 422
    assert "knows no {password}" in response.text
    assert "{password}" in response.text
    assert not MessageVersion.objects.exists()


def test_a_test_message_goes_to_oneself(administrator):
    administrator.post(reverse("message_test"))

    delivery = Delivery.objects.get()
    assert delivery.to_address == User.objects.get().email
    assert "You asked for this message" in delivery.text


def test_a_coordinator_words_no_messages(client, organisation):
    client.force_login(member(organisation, "coordinator"))

    assert client.get(reverse("wordings")).status_code == 403
    assert client.post(reverse("message_test")).status_code == 403


def test_a_personal_link_never_stands_in_a_subject_that_the_outbox_shows(administrator):
    given = {"subject": "{reply_link}", "body": "Dear {name}\n\n[Answer]({reply_link})"}

    response = administrator.post(reverse("wording", args=HERE), given)

    assert response.status_code == 422
    assert not MessageVersion.objects.exists()
