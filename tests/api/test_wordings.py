import pytest

from symposia.notifications.models import MessageTemplate
from tests.factories.accounts import key_of, member

WORDS = {
    "code": "outreach.invitation",
    "language": "en",
    "subject": "Come to {activity}",
    "body": "Dear {name}\n\n[Answer]({reply_link})",
}


@pytest.fixture
def call(client, organisation):
    """A program that may look after the messages."""
    user = member(organisation, "administrator")
    headers = key_of(user, organisation, ["manage_messages"])

    def run(path, body=None):
        address = f"/api/v1/wordings{path}"
        if body is None:
            return client.get(address, headers=headers)
        return client.post(address, body, content_type="application/json", headers=headers)

    return run


def test_a_version_is_written_used_and_given_up(call):
    made = call("", WORDS)
    assert made.status_code == 201
    version = made.json()
    assert call(f"/{version['id']}").json()["number"] == 1

    assert call(f"/{version['id']}/adoption", {}).status_code == 204
    assert MessageTemplate.objects.get().subject == "Come to {activity}"
    assert call("").json()["items"][0]["state"] == "In use"
    assert call("/returning", {"code": WORDS["code"], "language": "en"}).status_code == 204
    assert call("/returning", {"code": WORDS["code"], "language": "en"}).status_code == 404
    assert not MessageTemplate.objects.exists()


def test_what_would_break_a_message_is_refused_and_sign_in_is_not_theirs(call):
    refused = call("", WORDS | {"body": "No way to answer"})

    assert refused.json()["code"] == "lost_link"
    assert call("", WORDS | {"code": "accounts.sign_in_link"}).status_code == 404
    assert call("", WORDS | {"language": "xx"}).status_code == 404
