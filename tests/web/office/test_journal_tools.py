"""Searching the journal, verifying it as a job, taking it home signed, the history of a record."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from symposia.accounts.models import Role
from symposia.audit.actions import check_journal, record
from symposia.audit.models import Entry, Verification
from symposia.shared.actors import SYSTEM
from symposia.shared.ids import uuid7
from symposia.work.models import Job
from tests.factories.accounts import member


@pytest.fixture
def officer(client, organisation):
    user = member(organisation, "compliance_officer")
    client.force_login(user)
    return user


@pytest.fixture
def entry(organisation):
    role = Role.objects.get(code="faculty")
    return record(
        SYSTEM, "role.changed", role, reason="Clinics closed", details={"new": "teaches twice"}
    )


def listed(client, **filters):
    return client.get(reverse("journal"), filters).text


@pytest.mark.parametrize(
    ("filters", "is_there"),
    [
        ({"who": "symposia"}, True),
        ({"who": "nobody"}, False),
        ({"what": "role.ch"}, True),
        ({"what": "changed"}, False),
        ({"record": "facul"}, True),
        ({"record": "publisher of nothing"}, False),
        ({"text": "clinics"}, True),
        ({"text": "teaches TWICE"}, True),
        ({"text": "teaches thrice"}, False),
        ({"since": "today", "until": "today"}, True),
        ({"since": "tomorrow"}, False),
        ({"until": "yesterday"}, False),
        ({"since": "no day"}, True),
        ({"until": "9999-12-31"}, True),
        ({"who": "symposia", "what": "role", "text": "closed"}, True),
        ({"who": "symposia", "what": "role", "text": "open"}, False),
    ],
    ids=str,
)
def test_the_journal_is_searched(client, organisation, officer, entry, filters, is_there):
    today = localdate(timezone=ZoneInfo(organisation.zone))
    days = {"today": 0, "tomorrow": 1, "yesterday": -1}
    given = {
        name: str(today + timedelta(days=days[value])) if value in days else value
        for name, value in filters.items()
    }

    assert ("Clinics closed" in listed(client, **given)) is is_there


def test_a_record_is_searched_by_its_id_and_has_its_history(client, officer, entry):
    assert "Clinics closed" in listed(client, record=str(entry.subject_id))

    page = client.get(reverse("journal_record", args=[entry.subject_id])).text

    assert "Clinics closed" in page
    assert client.get(reverse("journal_record", args=[uuid7()])).status_code == 404


def test_verify_now_is_a_job_whose_page_says_what_was_found(client, officer, organisation, entry):
    answer = client.post(reverse("journal_verification"))
    job = Job.objects.get(kind="journal_verification")

    assert answer.url == job.href
    assert "looks again by itself" in client.get(answer.url).text
    verification_id = UUID(answer.url.rstrip("/").rpartition("/")[2])
    found = check_journal(verification_id, by=officer.actor())
    again = check_journal(verification_id, by=officer.actor())

    assert (found.pk, Verification.objects.count()) == (again.pk, 1)
    assert "The journal holds" in client.get(answer.url).text
    assert str(found.links) in client.get(reverse("journal_verifications")).text
    assert Entry.objects.filter(action="journal.verified").count() == 1


def test_nobody_sees_a_verification_that_was_never_asked_for(client, officer):
    page = reverse("journal_verification_found", args=[uuid7()])

    assert client.get(page).status_code == 404


def test_the_page_names_the_first_broken_position(client, officer):
    broken = Verification.objects.create(
        asked_by_name="M. Nair",
        links=40,
        unsealed=0,
        rows=12,
        result="broken",
        first_position=17,
        first_sentence="The entry at position 17 was changed after it was written.",
        faults=[{"position": 17, "sentence": "The entry at position 17 was changed."}],
        fault_count=1,
    )

    page = client.get(reverse("journal_verification_found", args=[broken.pk])).text

    assert "The journal is broken" in page
    assert "position 17" in page


def test_a_signed_export_is_asked_for_by_those_who_may_export(client, officer, organisation):
    asked = client.post(reverse("journal_export"), {"since": "2026-01-01", "until": "2026-12-31"})

    assert asked.url == reverse("jobs")
    assert Job.objects.get(kind="journal_export").requested_by_id == officer.pk
    client.force_login(member(organisation, "publisher"))
    assert client.get(reverse("journal_export")).status_code == 403
