import pytest
from django.urls import reverse

from symposia.accounts.models import User
from symposia.notifications.models import Delivery, MessageTemplate
from tests.factories.accounts import member

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


def test_new_words_are_used_from_now_on(administrator):
    given = {"subject": "Come to {activity}", "body": "Dear {name}\n\n[Answer]({reply_link})"}

    administrator.post(reverse("wording", args=HERE), given)

    assert MessageTemplate.objects.get().subject == "Come to {activity}"
    assert "Come to {activity}" in administrator.get(reverse("wording", args=HERE)).text


def test_words_that_would_break_the_message_come_back_with_the_reason(administrator):
    given = {"subject": "Come", "body": "{password}\n\n[Answer]({reply_link})"}

    response = administrator.post(reverse("wording", args=HERE), given)

    assert response.status_code == 422
    assert "knows no {password}" in response.text
    assert not MessageTemplate.objects.exists()


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
    assert not MessageTemplate.objects.exists()
