import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from symposia.accounts.actions import add_member
from symposia.accounts.models import Role
from symposia.credits.actions.claims import claim_credit
from symposia.credits.models import Certificate, CreditEntry, CreditOffer
from symposia.shared.actors import SYSTEM
from symposia.work.models import Job
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.credits import ama, attended


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def certified(**facts):
    entry = claim_credit(attended(**facts), Decimal("1.25"), attested=True, by=SYSTEM)
    return Certificate.objects.get(entry=entry)


def get(client, name, *args):
    return client.get(reverse(name, args=args))


def post(client, name, *args, **values):
    return client.post(reverse(name, args=args), {"idempotency_key": uuid.uuid4(), **values})


def test_credit_is_offered_from_the_agenda_and_withdrawn(client, coordinator):
    activity = ActivityFactory(state="draft")
    SessionFactory(activity=activity)
    assert "Offer this credit" in get(client, "activity_credits", activity.pk).content.decode()

    post(client, "credit_offer", activity.pk, system=ama().pk)

    offer = CreditOffer.objects.get()
    page = get(client, "activity_credits", activity.pk).content.decode()
    assert "for a maximum of 1.50 <i>AMA PRA Category 1 Credit(s)</i>™" in page
    post(client, "credit_withdrawal", activity.pk, offer.pk)
    assert not CreditOffer.objects.exists()


def test_a_refused_offer_is_told_in_words(client, coordinator):
    activity = ActivityFactory(state="approved")
    SessionFactory(activity=activity)

    answer = client.post(
        reverse("credit_offer", args=[activity.pk]),
        {"idempotency_key": uuid.uuid4(), "system": ama().pk},
        follow=True,
    )

    assert "never afterwards" in answer.content.decode()


def test_the_tab_lists_certificates_and_the_file_has_the_same_rows(client, coordinator):
    certificate, elsewhere = certified(), certified()
    activity = certificate.activity

    page = get(client, "activity_credits", activity.pk).content.decode()
    file = b"".join(
        client.get(
            reverse("activity_credits_csv", kwargs={"activity_pk": activity.pk})
        ).streaming_content
    )

    assert certificate.number in page
    assert elsewhere.number not in page
    assert file.decode().count("Certificate of credit") == 1


def test_the_tab_takes_as_many_statements_for_three_as_for_one(client, coordinator):
    activity = certified().activity
    counted = _statements(client, activity)
    certified(activity=activity)
    certified(activity=activity)

    assert _statements(client, activity) == counted


def _statements(client, activity):
    get(client, "activity_credits", activity.pk)
    with CaptureQueriesContext(
        connection,
    ) as found:
        get(client, "activity_credits", activity.pk)
    return len(found)


def test_certificates_of_everybody_entitled_are_asked_for_as_a_job(client, coordinator):
    registration = attended(profession="nurse")
    page = get(client, "activity_credits", registration.activity_id).content.decode()
    assert "Make 1 certificate" in page

    post(client, "certificates_issue", registration.activity_id)

    assert Job.objects.get().kind == "certificates"


def test_a_certificate_is_replaced_corrected_and_revoked_with_a_reason(client, coordinator):
    first = certified()

    post(client, "certificate_replacement", first.pk, reason="Misspelt.")
    second = Certificate.objects.get(version=2)
    post(client, "certificate_correction", second.pk, amount="1.00", reason="Left early.")
    third = Certificate.objects.get(version=3)
    post(client, "certificate_revocation", third.pk, reason="Was not there.")

    assert CreditEntry.objects.all().total() == 0
    page = get(client, "certificate", third.pk).content.decode()
    assert "Revoked" in page
    assert "Left early." in page
    assert "Replaced" in get(client, "certificate", first.pk).content.decode()


@pytest.mark.parametrize(
    "name", ["certificate_replacement", "certificate_correction", "certificate_revocation"]
)
def test_nothing_changes_without_a_reason(client, coordinator, name):
    certificate = certified()

    answer = post(client, name, certificate.pk, amount="1.00")

    assert answer.status_code == 422
    assert Certificate.objects.count() == 1


def test_whoever_may_not_award_sees_no_way_to_change(client, organisation):
    client.force_login(member(organisation, "education_lead"))
    certificate = certified()

    page = get(client, "certificate", certificate.pk).content.decode()

    assert "Revoke this certificate" not in page
    refused = post(client, "certificate_revocation", certificate.pk, reason="No.")
    assert refused.status_code == 403


def test_the_evaluation_tab_hides_few_answers(client, coordinator):
    registration = attended()

    page = get(client, "activity_evaluation", registration.activity_id).content.decode()

    assert "2 more answers are needed." in page
    assert "1 of 1 people" in page


def test_the_ledger_and_the_register_are_lists(client, coordinator):
    certificate = certified()

    assert certificate.number in get(client, "certificates").content.decode()
    assert "Claimed by the learner" in get(client, "credit_entries").content.decode()


def test_whoever_reads_every_certificate_voids_only_those_of_the_own_activity(client, organisation):
    user, foreign = member(organisation, "education_lead"), certified()
    elsewhere = ActivityFactory(state="draft")
    own = Role.objects.get(code="coordinator")
    add_member(user, own, by=SYSTEM, scope_kind="activity", scope_id=elsewhere.pk)
    client.force_login(user)

    assert get(client, "certificate", foreign.pk).status_code == 200
    assert post(client, "certificate_revocation", foreign.pk, reason="No").status_code == 404
    assert CreditEntry.objects.count() == 1
