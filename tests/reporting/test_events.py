"""Applications and returns of one activity, and the programme of a year."""

from decimal import Decimal

import pytest
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.models import ConsentSource, Purpose
from symposia.reporting.actions.facts import FactsOfActivity, keep_activity_facts, note_support
from symposia.reporting.actions.submissions import begin_submission, check_submission
from symposia.reporting.models import SubmissionRow
from symposia.reporting.policies import ONE_AT_A_TIME
from symposia.reporting.programme_list import PROGRAMME
from symposia.reporting.queries import files_of
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from symposia.work.files import open_stored
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.credits import CreditEntryFactory, CreditOfferFactory, attended
from tests.factories.directory import ClinicianFactory, IdentifierFactory


def content_of(submission, ending):
    kept = next(each for each in files_of(submission) if each.format == ending)
    with open_stored(kept.file) as file:
        return file.read()


def test_a_council_reads_of_one_activity_at_a_time(organisation):
    with pytest.raises(Refused) as refused:
        begin_submission("council_return", 2026, by=SYSTEM)

    assert refused.value.objection == ONE_AT_A_TIME


def test_a_return_names_who_agreed_and_counts_the_others(organisation):
    place = attended(country="IN", city="Pune", mode="scientific", offer=False)
    attended(activity=place.activity, offer=False)
    IdentifierFactory(clinician=place.clinician, scheme="smc", value="MMC20010312")
    said = ConsentFacts(
        Purpose.REPORTING, "", given=True, source=ConsentSource.PAPER, proof="Sheet 1"
    )
    state_consent(place.clinician, said, by=SYSTEM)
    year, activity = place.activity.wall_ends.year, place.activity

    made = begin_submission("council_return", year, activity=activity, by=SYSTEM)

    (row,) = SubmissionRow.objects.of(made)
    assert row.problems_said == ["Enter the observer whom the council sent."]
    assert row.facts["attendees"] == [[place.clinician.full_name, "MMC20010312", "82"]]
    assert (row.facts["present"], row.facts["unnamed"]) == (2, 1)
    keep_activity_facts(activity, FactsOfActivity(observer="Dr. Invented"), by=SYSTEM)
    checked = check_submission(made, by=SYSTEM)
    assert content_of(checked, "pdf").startswith(b"%PDF-")
    assert place.clinician.full_name in content_of(checked, "csv").decode()


def test_an_application_holds_the_programme_before_it_takes_place(organisation):
    coming = ActivityFactory(
        state="approved", country="IN", city="Pune", mode="scientific", summary="Sepsis"
    )
    SessionFactory(activity=coming)

    made = begin_submission(
        "council_application", coming.wall_ends.year, activity=coming, by=SYSTEM
    )

    (row,) = SubmissionRow.objects.of(made)
    assert row.facts["minutes"] == 90
    assert [p["code"] for p in row.problems] == ["report_no_faculty"]
    assert "present" not in row.facts


def test_the_programme_of_a_year_counts_hours_learners_and_support(organisation):
    held = ActivityFactory(state="held")
    SessionFactory(activity=held)
    offer = CreditOfferFactory(activity=held)
    for profession in ("physician", "physician", "nurse", "dentist"):
        clinician = ClinicianFactory(profession=profession)
        CreditEntryFactory(
            registration__activity=held, registration__clinician=clinician, offer=offer
        )
    entry = CreditEntryFactory(registration__activity=held, offer=offer)
    CreditEntryFactory(
        registration=entry.registration,
        offer=offer,
        amount=-entry.amount,
        reason="revocation",
        explanation="Not there",
        attested=False,
    )
    note_support(held, "Invented Pharma", Money(Decimal(500), "USD"), by=SYSTEM)
    ActivityFactory(state="draft")
    access = access_of(member(organisation, "coordinator"), organisation, at=now())

    (row,) = PROGRAMME.rows_for(access, {"year": [str(held.wall_ends.year)]})

    assert (row.hours, row.physicians, row.nurses, row.pharmacists, row.others) == (
        Decimal("1.5"),
        2,
        1,
        0,
        1,
    )
    assert row.support_minor == 50_000
    assert not PROGRAMME.rows_for(access, {"q": ["nothing of that name"]}).exists()
