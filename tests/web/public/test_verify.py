from decimal import Decimal

import pytest
from django.urls import reverse

from symposia.credits.actions.claims import (
    claim_credit,
    replace_certificate,
    revoke_certificate,
)
from symposia.credits.codes import grouped, new_code
from symposia.credits.models import Certificate
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.web.public.verify import masked
from tests.factories.accounts import OrganisationFactory
from tests.factories.credits import attended


@pytest.fixture
def certificate(organisation):
    entry = claim_credit(attended(), Decimal("1.25"), attested=True, by=SYSTEM)
    return Certificate.objects.get(entry=entry)


def checked(client, code):
    return client.get(reverse("verify", args=[code]))


def test_a_valid_certificate_is_confirmed_without_session_or_script(client, certificate):
    answer = checked(client, certificate.code)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Valid certificate" in page
    assert "<b>1.25</b>" in page
    assert "<script" not in page
    assert not answer.cookies


def test_the_name_is_shown_only_in_part(client, certificate):
    page = checked(client, certificate.code).content.decode()

    assert certificate.clinician.full_name not in page
    assert masked("Avery Example") in page
    assert masked("Radhika S. Iyer") == "R••• S••• I•••"


def test_a_code_typed_as_printed_is_found(client, certificate):
    answer = client.get(reverse("verify_form"), {"code": f" {grouped(certificate.code)} "})

    assert answer["Location"] == reverse("verify", args=[certificate.code])


def test_a_revoked_certificate_says_when_and_never_why(client, certificate):
    revoke_certificate(certificate, reason="Was in the cafeteria.", by=SYSTEM)

    page = checked(client, certificate.code).content.decode()

    assert "Revoked on" in page
    assert "cafeteria" not in page
    assert "Valid certificate" not in page


def test_a_replaced_certificate_leads_to_its_successor(client, certificate):
    after = replace_certificate(certificate, reason="Misspelt.", by=SYSTEM)

    page = checked(client, certificate.code).content.decode()

    assert "Replaced by version 2" in page
    assert reverse("verify", args=[after.code]) in page
    assert "Valid certificate" in checked(client, after.code).content.decode()


def test_the_revocation_of_a_later_version_is_told_of_the_earlier_too(client, certificate):
    after = replace_certificate(certificate, reason="Misspelt.", by=SYSTEM)
    revoke_certificate(after, reason="Was not there.", by=SYSTEM)

    assert "Revoked on" in checked(client, certificate.code).content.decode()


def test_unknown_and_malformed_codes_get_the_same_bytes(client, certificate, organisation):
    unknown_here = new_code(organisation.code)
    unknown_there = new_code("zzzzz")
    answers = [
        checked(client, code)
        for code in (unknown_here, unknown_there, "nonsense", "0" * 32, certificate.number)
    ]

    assert {a.status_code for a in answers} == {404}
    assert len({a.content for a in answers}) == 1


def test_another_organisation_confirms_nothing_of_ours(client, certificate):
    other = OrganisationFactory()
    forged = other.code + certificate.code[-27:]

    assert checked(client, forged).status_code == 404
    with acting_in(other.pk):
        assert not Certificate.objects.exists()
