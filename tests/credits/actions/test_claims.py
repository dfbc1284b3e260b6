from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from symposia.activities.models import Organiser
from symposia.audit.models import Entry
from symposia.credits.actions.claims import (
    claim_credit,
    correct_credit,
    issue_certificate,
    issue_certificates,
    replace_certificate,
    revoke_certificate,
)
from symposia.credits.explaining import explain_all, explain_credit
from symposia.credits.models import Certificate, CreditEntry
from symposia.credits.policies import COMPANY, EVALUATION_FIRST, HAS_CERTIFICATE, OTHER_PROFESSION
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.credits import CreditEntryFactory, attended

CREDIT = Decimal("1.25")


@pytest.fixture
def company(db):
    made = OrganisationFactory(kind="company", country="IN", currency="INR", zone="Asia/Kolkata")
    with acting_in(made.pk):
        yield made


def claimed(**facts):
    return claim_credit(attended(**facts), CREDIT, attested=True, by=SYSTEM)


def sentence(certificate):
    return "".join(part["text"] for part in certificate.printed["statement"])


def test_a_physician_claims_up_to_what_the_minutes_allow(organisation):
    entry = claimed()

    assert (entry.amount, entry.evidence_minutes, entry.attested) == (CREDIT, 82, True)
    assert entry.rule["system"] == "ama_pra_1:2022-01-01"
    assert entry.rule["allowed"] == "1.25"


def test_a_claim_issues_a_certificate_in_the_words_of_the_body(organisation):
    entry = claimed()

    certificate = Certificate.objects.get(entry=entry)
    activity = certificate.activity
    assert certificate.kind == "credit"
    assert sentence(certificate) == (
        f"{organisation.name} certifies that {certificate.clinician.full_name}, MD has"
        f" participated in the live activity titled {activity.title} on"
        f" {certificate.printed['date']} and is awarded 1.25 AMA PRA Category 1 Credit(s)™."
    )
    assert "a maximum of 1.50" in "".join(p["text"] for p in certificate.printed["designation"])


def test_the_credit_may_be_less_than_the_minutes_allow(organisation):
    entry = claim_credit(attended(), Decimal("0.5"), attested=True, by=SYSTEM)

    assert entry.amount == Decimal("0.50")


@pytest.mark.parametrize("amount", ["1.50", "1.30", "0"])
def test_more_than_the_minutes_or_between_the_steps_is_refused(organisation, amount):
    with pytest.raises(Refused):
        claim_credit(attended(), Decimal(amount), attested=True, by=SYSTEM)

    assert not CreditEntry.objects.exists()
    assert not Certificate.objects.exists()


def test_a_claim_without_attestation_is_refused(organisation):
    with pytest.raises(Refused) as refused:
        claim_credit(attended(), CREDIT, attested=False, by=SYSTEM)

    assert refused.value.objection.code == "claim_not_attested"


def test_the_evaluation_comes_first(organisation):
    with pytest.raises(Refused) as refused:
        claimed(answered=False)

    assert refused.value.objection == EVALUATION_FIRST


def test_credit_is_claimed_once(organisation):
    registration = attended()
    claim_credit(registration, CREDIT, attested=True, by=SYSTEM)

    with pytest.raises(Refused) as refused:
        claim_credit(registration, CREDIT, attested=True, by=SYSTEM)

    assert refused.value.objection == HAS_CERTIFICATE
    assert CreditEntry.objects.count() == 1


def test_the_database_refuses_a_second_award_too(organisation):
    entry = CreditEntryFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        CreditEntryFactory(registration=entry.registration, offer=entry.offer)


def test_a_nurse_gets_a_certificate_of_participation_that_names_the_designation(organisation):
    registration = attended(profession="nurse")

    with pytest.raises(Refused) as refused:
        claim_credit(registration, CREDIT, attested=True, by=SYSTEM)
    certificate = issue_certificate(registration, by=SYSTEM)

    assert refused.value.objection == OTHER_PROFESSION
    assert certificate.kind == "participation"
    assert sentence(certificate).endswith(
        "This activity was designated for 1.50 AMA PRA Category 1 Credit(s)™."
    )
    assert not CreditEntry.objects.exists()


def test_a_company_certifies_attendance_and_never_credit(company):
    registration = attended(mode="scientific", answered=False)

    with pytest.raises(Refused) as refused:
        claim_credit(registration, CREDIT, attested=True, by=SYSTEM)
    certificate = issue_certificate(registration, by=SYSTEM)

    assert refused.value.objection == COMPANY
    assert certificate.kind == "attendance"
    assert "Credit(s)" not in str(certificate.printed)
    assert certificate.printed["note"] == "This certificate awards no credit."


def test_a_companys_certificate_names_the_councils_number_that_was_entered_in_time(company):
    registration = attended(mode="scientific", answered=False)
    activity = registration.activity
    facts = {"council": "Maharashtra Medical Council", "approval_number": "MMC/118"}
    Organiser.objects.create(
        activity=activity,
        part="association",
        name="Cardiology Society",
        approval_entered_at=activity.starts_at - timedelta(days=1),
        **facts,
    )

    certificate = issue_certificate(registration, by=SYSTEM)

    assert certificate.printed["note"] == (
        "Hours for it are given by Maharashtra Medical Council under its number MMC/118."
    )


def test_all_certificates_without_credit_are_issued_at_once(company):
    first = attended(mode="scientific", answered=False)
    attended(activity=first.activity, answered=False)
    attended(activity=first.activity, minutes=0, answered=False)

    issued = issue_certificates(first.activity, by=SYSTEM)

    assert [c.kind for c in issued] == ["attendance", "attendance"]
    assert len({c.number for c in issued}) == 2
    assert issue_certificates(first.activity, by=SYSTEM) == []


def test_every_certificate_has_its_own_line_in_the_journal(organisation):
    claimed()

    actions = set(Entry.objects.values_list("action", flat=True))
    assert {"credit.claimed", "certificate.issued"} <= actions


def test_a_misspelt_name_is_replaced_by_a_new_version(organisation):
    certificate = Certificate.objects.get(entry=claimed())
    clinician = certificate.clinician
    clinician.full_name = "Avery Spelt-Right"
    clinician.save()

    after = replace_certificate(certificate, reason="The name was misspelt.", by=SYSTEM)

    assert (after.number, after.version, after.replaces) == (certificate.number, 2, certificate)
    assert after.printed["name"] == "Avery Spelt-Right, MD"
    assert after.printed["number"] == f"{certificate.number}, version 2"
    assert after.code != certificate.code
    with pytest.raises(Refused):
        replace_certificate(certificate, reason="Again.", by=SYSTEM)


def test_a_correction_is_an_entry_that_says_why(organisation):
    certificate = Certificate.objects.get(entry=claimed())

    after = correct_credit(certificate, Decimal("1.00"), reason="Left early.", by=SYSTEM)

    entries = list(CreditEntry.objects.order_by("entered_at").values_list("amount", "reason"))
    assert entries == [(CREDIT, "award"), (Decimal("-0.25"), "correction")]
    assert CreditEntry.objects.all().total() == Decimal("1.00")
    assert after.printed["amount"] == "1.00"


def test_a_revocation_takes_the_credit_back(organisation):
    certificate = Certificate.objects.get(entry=claimed())

    revocation = revoke_certificate(certificate, reason="Was not there.", by=SYSTEM)

    assert revocation.certificate == certificate
    assert CreditEntry.objects.all().total() == 0
    with pytest.raises(Refused):
        revoke_certificate(certificate, reason="Again.", by=SYSTEM)


def test_the_explanation_of_one_and_of_all_agree(organisation):
    first = attended()
    attended(activity=first.activity, minutes=20)

    for each in explain_all(first.activity):
        alone = explain_credit(each.registration)
        assert (alone.lines, alone.allowed) == (each.lines, each.allowed)
    assert explain_credit(first).lines[0].counted == 82


def test_explaining_many_asks_no_more_than_explaining_one(organisation, django_assert_num_queries):
    first = attended()
    with django_assert_num_queries(13) as one:
        explain_all(first.activity)
    attended(activity=first.activity)
    attended(activity=first.activity)

    with django_assert_num_queries(len(one)):
        explain_all(first.activity)
