import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from symposia.credits.actions.certificates import make_files
from symposia.credits.letters import LEARNING
from symposia.credits.models import Certificate, CreditEntry
from symposia.registrations.letters import TICKET
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.credits import attended

pytestmark = pytest.mark.usefixtures("files")


def address(name, organisation, registration, purpose=LEARNING):
    return reverse(name, args=[make_link(purpose, registration.pk, organisation.code)])


def opened(client, organisation, registration, **query):
    return client.get(address("finish", organisation, registration), query).content.decode()


def claimed(client, organisation, registration, **values):
    sent = {"idempotency_key": uuid.uuid4(), "amount": "1.25", "attested": "on"} | values
    return client.post(
        address("finish_claim", organisation, registration),
        {k: v for k, v in sent.items() if v is not None},
    )


def test_the_page_explains_the_credit_line_by_line(client, organisation):
    page = opened(client, organisation, attended())

    assert "82 of 90 min" in page
    assert "60 minutes are 1 credit, to the nearest step of 0.25" in page
    assert "You may claim up to" in page
    assert "Claim 1.25 and get certificate" in page


def test_the_attestation_starts_empty(client, organisation):
    page = opened(client, organisation, attended())

    assert 'name="attested"' in page
    assert "checked" not in page


def test_the_amount_goes_down_a_step_without_script(client, organisation):
    registration = attended()

    page = opened(client, organisation, registration, amount="1.00")

    assert "Claim 1.00 and get certificate" in page
    assert not CreditEntry.objects.exists()


@pytest.mark.parametrize("amount", ["9.00", "x", "-1"])
def test_an_amount_that_cannot_be_claimed_is_not_offered(client, organisation, amount):
    page = opened(client, organisation, attended(), amount=amount)

    assert "Claim 1.25 and get certificate" in page


def test_claiming_records_the_credit_and_shows_the_certificate(client, organisation):
    registration = attended()

    answer = claimed(client, organisation, registration)

    assert answer.status_code == 302
    assert CreditEntry.objects.get().amount == Decimal("1.25")
    page = opened(client, organisation, registration)
    assert "<i>AMA PRA Category 1 Credit(s)</i>™" in page
    assert "Your certificate is being made." in page


def test_a_claim_without_attestation_is_told_in_words(client, organisation):
    answer = claimed(client, organisation, attended(), attested=None)

    assert "Confirm that you claim only the credit" in answer.content.decode()
    assert not CreditEntry.objects.exists()


def test_the_evaluation_comes_first_and_is_linked(client, organisation):
    registration = attended(answered=False)

    page = opened(client, organisation, registration)

    assert address("finish_evaluation", organisation, registration) in page
    assert "Claim 1.25" not in page


def test_whoever_was_not_seen_is_told_what_to_do(client, organisation):
    page = opened(client, organisation, attended(minutes=0, answered=False))

    assert "You were not seen at the door." in page


def test_a_nurse_gets_a_certificate_of_participation(client, organisation):
    registration = attended(profession="nurse")
    assert "Get my certificate" in opened(client, organisation, registration)

    client.post(
        address("finish_certificate", organisation, registration),
        {"idempotency_key": uuid.uuid4()},
    )

    assert Certificate.objects.get().kind == "participation"


def test_a_companys_page_speaks_of_no_credit(client, db):
    company = OrganisationFactory(kind="company", country="IN", currency="INR")
    with acting_in(company.pk):
        registration = attended(mode="scientific", answered=False, offer=False)

        page = opened(client, company, registration)

        assert "Get my certificate" in page
        assert "AMA" not in page
        assert "It awards no credit." in page


def test_the_certificate_is_downloaded_once_it_is_made(client, organisation):
    registration = attended()
    claimed(client, organisation, registration)
    pdf = address("finish_pdf", organisation, registration)
    assert client.get(pdf).status_code == 404

    make_files([Certificate.objects.get().pk], by=SYSTEM)

    answer = client.get(pdf)
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_a_ticket_opens_no_claim(client, organisation):
    registration = attended()

    answer = client.get(address("finish", organisation, registration, purpose=TICKET))

    assert answer.status_code == 404


def test_opening_the_steps_changes_nothing(client, organisation):
    registration = attended()
    for name in ("finish", "finish_claim", "finish_certificate", "finish_evaluation"):
        client.get(address(name, organisation, registration))

    assert not Certificate.objects.exists()


def test_my_learning_lists_the_own_credit_and_nobody_elses(client, organisation):
    registration = attended()
    user = member(organisation, "learner")
    registration.clinician.user = user
    registration.clinician.save()
    attended(activity=registration.activity)
    claimed(client, organisation, registration)
    client.force_login(user)

    page = client.get(reverse("learning")).content.decode()

    assert page.count(registration.activity.title) == 1
    assert "1.25 AMA PRA Category 1 Credit" in page
    assert "Certificate" in page
