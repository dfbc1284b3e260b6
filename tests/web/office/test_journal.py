import pytest
from django.urls import reverse

from symposia.audit.actions import record
from symposia.audit.models import Entry
from symposia.audit.queries import entries_about
from symposia.shared.actors import SYSTEM, Actor, job_actor
from symposia.web.office.journal import JOURNAL
from symposia.web.office.record_history import history_with_roles, words_of
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


def test_who_did_it_stands_with_their_role_and_what_is_no_person_with_how_it_acted(
    administrator, organisation
):
    lead = member(organisation, "education_lead")
    record(lead.actor(), "thing.done", None)
    record(SYSTEM, "thing.kept", None)
    record(job_actor("checks of addresses"), "thing.looked_at", None)

    rows = {row.action: row for row in JOURNAL.rows_for(None, {})}
    said = JOURNAL.column("role").value

    assert said(rows["thing.done"]) == "Education lead"
    assert str(said(rows["thing.kept"])) == "the product"
    assert str(said(rows["thing.looked_at"])) == "a job"
    assert "Education lead" in administrator.get(reverse("journal")).text


def test_the_history_of_a_record_reads_as_sentences(administrator, organisation):
    activity, lead = ActivityFactory(), member(organisation, "education_lead")
    record(lead.actor(), "activity.changed", activity)
    record(SYSTEM, "activity.opened", activity)
    record(Actor("link", None, "Dr Rao"), "activity.confirmed", activity)
    record(job_actor("a reminder"), "activity.reminded", activity)
    record(Actor("person", None, "Ira Novak", on_behalf_of="Asha"), "activity.seen", activity)

    said = [entry.who for entry in history_with_roles(entries_about(activity.pk))]

    assert set(map(str, said)) == {
        f"{lead}, Education lead",
        "Symposia itself",
        "Dr Rao, by a personal link",
        "Symposia itself: a reminder",
        "Ira Novak for Asha",
    }
    page = administrator.get(reverse("journal_record", args=[activity.pk])).text
    assert f"by {lead}, Education lead" in page
