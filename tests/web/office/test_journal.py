import pytest
from django.urls import reverse

from symposia.audit.models import Entry
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.notifications import message


@pytest.fixture
def administrator(client, organisation):
    client.force_login(member(organisation, "administrator"))
    return client


def test_a_message_stands_in_the_journal_by_what_it_is_and_leads_to_it(administrator):
    delivery = message()

    page = administrator.get(reverse("journal")).text

    assert "Message written" in page
    assert f"{delivery}</a>" in page
    assert reverse("message", args=[delivery.pk]) in page
    assert str(delivery.pk) not in str(delivery)
    assert delivery.to_name in str(delivery)


def test_files_hold_the_code_of_what_was_done(client, organisation):
    client.force_login(member(organisation, "compliance_officer"))
    message()

    answer = client.get(reverse("journal_csv"))
    file = b"".join(answer.streaming_content) if answer.streaming else answer.content

    assert b"message.queued" in file


def test_a_record_without_a_page_has_its_name_alone(administrator, organisation):
    ActivityFactory()
    entry = Entry.objects.filter(subject_type="accounts.Grant").first()

    page = administrator.get(reverse("journal")).text

    assert entry.subject_name in page
    assert f"{entry.subject_name}</a>" not in page
