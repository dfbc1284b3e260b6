"""The learner's transcript and requirements, and what the office does with them."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.credits.actions.claims import claim_credit
from symposia.credits.actions.transcripts import share_transcript
from symposia.credits.letters import LEARNING
from symposia.credits.models import (
    CreditAppeal,
    ExternalCredit,
    Licence,
    OwnPack,
    TranscriptShare,
)
from symposia.directory.actions.merging import merge_clinicians
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from symposia.shared.tenancy import acting_in
from symposia.work.files import may_fetch
from tests.factories.accounts import OrganisationFactory, day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.credits import PDF, ExternalCreditFactory, LicenceFactory, ama, attended
from tests.factories.directory import ClinicianFactory, TerritoryFactory

TODAY = day_here()


@pytest.fixture
def learner(client, organisation):
    user = member(organisation, "learner")
    client.force_login(user)
    return ClinicianFactory(user=user)


@pytest.fixture
def coordinator(organisation):
    return member(organisation, "coordinator")


def accepted(clinician, **more):
    return ExternalCreditFactory(clinician=clinician, state="accepted", decided_at=now(), **more)


def post(client, page, *args, **values):
    address = reverse(page, args=args)
    return client.post(address, {"idempotency_key": uuid.uuid4(), **values}, follow=True)


def said(**more):
    return {
        "title": "Stroke update",
        "provider": "Elsewhere University",
        "earned_on": (TODAY - timedelta(days=3)).isoformat(),
        "system": ama().pk,
        "amount": "4.00",
        "subjects": ["medical_ethics"],
        "file": SimpleUploadedFile("proof.pdf", PDF, content_type="application/pdf"),
    } | more


def test_a_learner_enters_credit_and_the_office_accepts_it(client, learner, coordinator):
    page = post(client, "external_credit_new", **said())
    assert "Waits for the office" in page.text
    credit = ExternalCredit.objects.get()
    assert (credit.amount, credit.subjects) == (Decimal(4), ["medical_ethics"])

    client.force_login(coordinator)
    assert "Stroke update" in client.get(reverse("external_credits")).text
    shown = client.get(reverse("external_credit", args=[credit.pk])).text
    assert "proof.pdf" in shown
    page = post(client, "external_credit_acceptance", credit.pk)
    assert "counts from now on" in page.text

    whole = client.get(reverse("clinician_transcript", args=[learner.pk])).text
    assert "4.00" in whole
    paper = client.get(reverse("clinician_transcript_pdf", args=[learner.pk]))
    assert paper.content.startswith(b"%PDF-")


def test_what_is_wrong_is_said_in_the_form(client, learner):
    page = client.post(
        reverse("external_credit_new"),
        said(amount="0.10", idempotency_key=uuid.uuid4()),
    )

    assert page.status_code == 422
    assert "steps of 0.25" in page.text
    assert not ExternalCredit.objects.exists()


def test_what_is_sent_back_says_why_to_the_learner(client, learner, coordinator):
    credit = ExternalCreditFactory(clinician=learner)
    client.force_login(coordinator)
    post(client, "external_credit_return", credit.pk, reason="The paper names nobody.")

    client.force_login(learner.user)
    assert "The paper names nobody." in client.get(reverse("transcript")).text


def test_a_record_that_was_merged_leads_to_the_transcript_of_the_one_kept(client, organisation):
    here, there = TerritoryFactory.create_batch(2)
    kept = ClinicianFactory(territory=there)
    merged = ClinicianFactory(territory=here, npi=False)
    accepted(merged, title="Under the other record")
    merge_clinicians(kept, merged, by=SYSTEM)
    pages = [
        reverse(name, args=[merged.pk])
        for name in ("clinician_transcript", "clinician_transcript_pdf")
    ]

    client.force_login(member(organisation, "coordinator"))
    page = client.get(pages[0]).text
    assert "Under the other record" in page
    assert kept.full_name in page
    assert client.get(pages[1]).content.startswith(b"%PDF-")

    client.force_login(
        member(organisation, "coordinator", scope_kind="territory", scope_id=here.pk)
    )
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_the_transcript_keeps_to_the_days_that_were_asked(client, learner):
    accepted(learner, title="Last year", earned_on=TODAY - timedelta(days=400))
    accepted(learner, title="This week")
    since = (TODAY - timedelta(days=30)).isoformat()

    page = client.get(reverse("transcript"), {"from_on": since}).text
    sheet = client.get(reverse("transcript_csv"), {"from_on": since}).text

    assert "This week" in sheet
    assert "Last year" not in sheet
    assert page.count("This week") > page.count("Last year")
    assert client.get(reverse("transcript_pdf")).content.startswith(b"%PDF-")


def test_nobody_sees_or_takes_back_what_is_another_learners(client, learner, organisation):
    theirs = ExternalCreditFactory()
    licence = LicenceFactory()
    share = share_transcript(theirs.clinician, "Board", now() + timedelta(days=5), by=SYSTEM)

    for name, pk in (
        ("external_credit_withdrawal", theirs.pk),
        ("transcript_share_revocation", share.pk),
        ("licence_end", licence.pk),
        ("licence_edit", licence.pk),
    ):
        assert post(client, name, pk).status_code == 404
    assert client.get(reverse("external_credit", args=[theirs.pk])).status_code == 403
    access = access_of(learner.user, organisation, at=now())
    assert not may_fetch(access, theirs.file, at=now())
    assert may_fetch(access, ExternalCreditFactory(clinician=learner).file, at=now())


def test_a_board_reads_by_its_link_until_it_is_ended(client, organisation, learner):
    accepted(learner)
    until = (TODAY + timedelta(days=30)).isoformat()
    page = post(client, "transcript_share_new", board="Board of Alabama", expires_on=until)
    assert "Board of Alabama" in page.text
    share = TranscriptShare.objects.get()
    address = reverse(
        "transcript_shared", args=[make_link("transcript", share.pk, organisation.code)]
    )
    client.logout()
    assert "Course elsewhere" in client.get(address).text
    assert client.get(f"{address}transcript.pdf").content.startswith(b"%PDF-")

    client.force_login(learner.user)
    post(client, "transcript_share_revocation", share.pk)

    client.logout()
    assert client.get(address).status_code == 410
    assert client.get(f"{address}transcript.pdf").status_code == 404


def test_a_learner_tracks_a_licence_and_sees_the_arithmetic(client, learner):
    accepted(learner, amount=Decimal(10))
    asks = "us_al:2025-10-01"
    led = post(client, "licence_which", asks=asks)
    assert "Alabama" in led.text
    starts = (TODAY - timedelta(days=100)).isoformat()
    page = client.post(
        f"{reverse('licence_new')}?asks={asks}",
        {"idempotency_key": uuid.uuid4(), "number": "MD.1", "cycle_starts_on": starts},
        follow=True,
    )

    licence = Licence.objects.get()
    assert (licence.cycle_ends_on - licence.cycle_starts_on).days in {364, 365}
    assert "10.00 of 25.00 hours" in page.text
    assert "Federation of State Medical Boards" in page.text
    post(client, "licence_end", licence.pk)
    assert "No licence yet" in client.get(reverse("requirements")).text


def test_the_office_sees_who_is_at_risk_and_writes_a_rule(client, organisation, coordinator):
    licence = LicenceFactory()
    client.force_login(coordinator)
    page = client.get(reverse("licences"), {"standing": "at_risk"}).text
    assert licence.clinician.full_name in page
    assert "At risk" in client.get(reverse("licence", args=[licence.pk])).text

    rule = {
        "name": "House rule",
        "authority": "Harbor",
        "cycle_months": "12",
        "hours": "10",
        "valid_from": TODAY.isoformat(),
        "citation": "Bylaws",
        "subject": "medical_ethics",
        "subject_hours": "1",
    }
    page = post(client, "requirement_pack_new", **rule)
    assert "Bylaws" in page.text
    made = OwnPack.objects.get()
    assert made.topics[0]["topic"] == "medical_ethics"

    LicenceFactory(pack=None, own_pack=made)
    later = rule | {"hours": "20", "valid_from": (TODAY + timedelta(days=9)).isoformat()}
    tried = post(client, "requirement_pack_version", made.pk, **later, **{"try": "1"})
    assert "Complete as it would be" in tried.text
    assert OwnPack.objects.count() == 1
    post(client, "requirement_pack_version", made.pk, **later)
    assert OwnPack.objects.count() == 2


def test_subjects_of_an_activity_are_said_on_its_page(client, organisation, coordinator):
    activity = ActivityFactory(state="draft")
    client.force_login(coordinator)

    post(client, "activity_subjects", activity.pk, subject_0="medical_ethics", hours_0="1.5")

    page = client.get(reverse("activity_subjects", args=[activity.pk])).text
    assert 'value="1.50"' in page


def test_systems_and_requirements_show_their_source(client, organisation):
    client.force_login(member(organisation, "administrator"))

    assert "To verify" in client.get(reverse("credit_systems")).text
    page = client.get(reverse("credit_system", args=["ama_pra_1"])).text
    assert "manuscript review activity" in page
    assert client.get(reverse("credit_system", args=["none"])).status_code == 404
    assert "Alabama" in client.get(reverse("requirement_packs")).text
    page = client.get(reverse("requirement_pack", args=["us_al:2025-10-01"])).text
    assert "Controlled substances" in page
    assert client.get(reverse("requirement_pack", args=["none"])).status_code == 404


def test_another_organisation_has_no_such_rows(client, coordinator):
    far = OrganisationFactory()
    with acting_in(far.pk):
        theirs, licence = ExternalCreditFactory(), LicenceFactory()
    client.force_login(coordinator)

    assert client.get(reverse("external_credit", args=[theirs.pk])).status_code == 404
    assert client.get(reverse("licence", args=[licence.pk])).status_code == 404


def test_a_learner_appeals_and_the_office_decides(client, organisation, coordinator):
    registration = attended()
    token = make_link(LEARNING, registration.pk, organisation.code)
    page = post(client, "finish_appeal", token, said="I was there to the end.")
    assert "I was there to the end." in page.text
    appeal = CreditAppeal.objects.get()

    client.force_login(coordinator)
    assert "I was there" in client.get(reverse("credit_appeals")).text
    assert "1.36" in client.get(reverse("credit_appeal", args=[appeal.pk])).text
    post(client, "credit_appeal_decision", appeal.pk, granted="no", reason="The door saw you go.")

    client.logout()
    assert "The door saw you go." in client.get(reverse("finish", args=[token])).text


@pytest.mark.parametrize("name", ["transcript", "requirements", "learning"])
def test_a_learner_with_much_costs_no_more_statements_than_one_with_little(client, learner, name):
    accepted(learner)
    LicenceFactory(clinician=learner)
    few = statements_of(client, name)
    for _ in range(3):
        accepted(learner)
        LicenceFactory(clinician=learner)
        claim_credit(attended_by(learner), Decimal("1.25"), attested=True, by=SYSTEM)
    claimed = statements_of(client, name)
    claim_credit(attended_by(learner), Decimal("1.25"), attested=True, by=SYSTEM)

    assert statements_of(client, name) == claimed <= 15
    assert few <= claimed


def attended_by(clinician):
    """A place of this person at an activity of its own day."""
    days = Registration.objects.filter(clinician=clinician).count() + 1
    registration = attended(starts=now() - timedelta(days=days))
    registration.clinician = clinician
    registration.save()
    return registration


def statements_of(client, name):
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(name))
    return len(asked)
