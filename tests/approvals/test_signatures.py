"""A signature stands under one subject, one version, one meaning, and nowhere else."""

import pytest

from symposia.approvals.models import Decision, RequestVersion
from symposia.approvals.queries import signatures_of
from symposia.approvals.signing import ALTERED, FACTS_ALTERED, fault_of, mac_of
from symposia.shared.ids import uuid7
from tests.factories.accounts import member
from tests.factories.approvals import FROZEN, sign, submitted

# Another value for each fact that a signature is bound to.
ELSEWHERE = {
    "version": 2,
    "step": 1,
    "step_name": "Finance",
    "verdict": "refuse",
    "reason": "Read and found in orden.",
    "meaning": "budget",
    "subject_hash": "0" * 64,
    "factor": "webauthn",
    "role": "publisher",
    "decided_by_id": uuid7(),
    "decided_by_name": "Somebody Else",
    "on_behalf_of_id": uuid7(),
    "on_behalf_of_name": "Somebody Else",
}


@pytest.fixture
def signed(organisation):
    request = submitted(organisation)
    return sign(request, member(organisation, "compliance_officer"), organisation)


def version_of(decision):
    return RequestVersion.objects.get(request=decision.request, version=decision.version)


def test_a_signature_holds_as_it_was_given(signed):
    assert fault_of(signed, signed.request, version_of(signed)) is None
    assert [s.fault for s in signatures_of(signed.request)] == [None]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_signature_with_another_fact_is_no_signature(signed, name):
    kept = version_of(signed)
    setattr(signed, name, ELSEWHERE[name])

    assert fault_of(signed, signed.request, kept) == ALTERED


def test_a_signature_cannot_be_given_another_day(signed):
    signed.decided_at = signed.decided_at.replace(year=signed.decided_at.year - 1)

    assert fault_of(signed, signed.request, version_of(signed)) == ALTERED


def test_a_signature_cannot_be_put_under_another_request(organisation, signed):
    other = submitted(organisation)
    kept = RequestVersion.objects.get(request=other)

    assert other.frozen == signed.request.frozen
    assert fault_of(signed, other, kept) == ALTERED


def test_a_copy_of_a_signature_is_none(signed):
    copy = Decision.objects.get(pk=signed.pk)
    copy.pk = uuid7()

    assert fault_of(copy, signed.request, version_of(signed)) == ALTERED


@pytest.mark.parametrize(
    "frozen",
    [
        FROZEN | {"venue": "Hotel Raigad Views"},
        FROZEN | {"doctors": 13},
        FROZEN | {"documents": [{"id": "1", "title": "Agenda", "sha256": "b"}]},
        {name: value for name, value in FROZEN.items() if name != "venue"},
    ],
    ids=["a letter", "a number", "a file more", "a fact less"],
)
def test_facts_that_were_altered_do_not_carry_the_signature(signed, frozen):
    kept = version_of(signed)
    kept.frozen = frozen

    assert fault_of(signed, signed.request, kept).code == FACTS_ALTERED.code


def test_a_signature_does_not_count_for_the_next_version(organisation, signed):
    request = signed.request
    request.refresh_from_db()
    sign(request, member(organisation, "finance_officer"), organisation, "return")
    again = submitted(
        organisation, subject_id=request.subject_id, frozen=FROZEN | {"venue": "Hotel Sinhagad"}
    )
    newer = RequestVersion.objects.get(request=again, version=2)

    assert fault_of(signed, again, newer).code == FACTS_ALTERED.code
    faults = {s.decision.pk: s.fault for s in signatures_of(again)}
    assert faults[signed.pk].code == "signature_voided"


def test_another_key_signs_otherwise(signed, settings):
    mac = mac_of(signed, signed.request)
    settings.JOURNAL_KEY = "another key"

    assert mac_of(signed, signed.request) != mac
