import pytest
from django.urls import reverse

from symposia.audit.actions import record
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.web.office.journal import JOURNAL
from symposia.web.office.record_history import words_of
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


def test_a_record_without_a_page_leads_to_its_history(administrator, organisation):
    ActivityFactory()
    entry = Entry.objects.filter(subject_type="accounts.Grant").first()

    page = administrator.get(reverse("journal")).text

    assert f"{entry.subject_name}</a>" in page
    assert reverse("journal_record", args=[entry.subject_id]) in page


def test_the_database_says_what_was_done_as_the_history_of_a_record_does(organisation):
    message()
    record(SYSTEM, "thing_of.never_Named", None)

    rows = JOURNAL.rows_for(None, {})

    said = {row.action: str(JOURNAL.column("did").value(row)) for row in rows}
    assert said == {action: words_of(action) for action in said}
    assert said["thing_of.never_Named"] == "Thing of never named"
