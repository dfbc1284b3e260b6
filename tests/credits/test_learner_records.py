"""Transcripts as learner records (CLR 2.0): what they hold, that others verify them, what ends.

The official schema is not ours to keep: `make record-conformance` checks a record against it.
"""

import copy
import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now
from openbadgeslib.ob3 import (
    OB3LdpVerifier,
    OB3VerificationError,
    bundled_clr_contexts,
    resolve_verification_method,
    verify_data_integrity_proof,
)

from symposia.credits.actions.claims import claim_credit, revoke_certificate
from symposia.credits.actions.transcripts import share_transcript
from symposia.credits.badge_checking import Outcome, check_badge
from symposia.credits.badges import badge_of
from symposia.credits.issuer_keys import did_of, document_of
from symposia.credits.learner_records import as_file, record_of
from symposia.credits.models import Certificate, CertificateTerm, CreditSystem
from symposia.credits.queries import issuer_keys, signing_now
from symposia.credits.record_rules import MOST_LINES, objection_to_record
from symposia.credits.transcripts import transcript_of
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from symposia.shared.refusals import Refused
from tests.api.test_money_rules_approvals import API, key
from tests.factories.accounts import OrganisationFactory, day_here, member
from tests.factories.credits import ExternalCreditFactory, attended
from tests.factories.directory import ClinicianFactory

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)


def certified(months=None):
    registration = attended()
    if months:
        CertificateTerm.objects.create(activity=registration.activity, months=months)
    claim_credit(registration, Decimal("1.25"), attested=True, by=SYSTEM)
    return registration.clinician


def elsewhere(clinician, **facts):
    more = {"state": "accepted", "decided_at": now(), **facts}
    return ExternalCreditFactory(clinician=clinician, **more)


def record(clinician, organisation, *days, at=None):
    return record_of(transcript_of(clinician, *days), organisation, signing_now(), at or now())


def download(organisation):
    """What another verifier reads at our address."""
    return lambda _at: json.dumps(document_of(organisation.code, issuer_keys())).encode()


def verify(said, organisation):
    pem = resolve_verification_method(said["proof"]["verificationMethod"], download(organisation))
    verify_data_integrity_proof(said, pem, extra_contexts=bundled_clr_contexts())


@pytest.fixture
def clinician(organisation):
    held = certified()
    other = CreditSystem.objects.exclude(code="ama_pra_1").order_by("key").first()
    elsewhere(held, system=other, amount=other.step)
    return held


def test_a_record_is_of_the_form_that_the_standard_demands(clinician, organisation):
    said = record(clinician, organisation)
    subject = said["credentialSubject"]

    assert [each.rpartition("/")[2] for each in said["@context"][:3]] == [
        *("v2", "context-2.0.1.json", "context-3.0.3.json")
    ]
    assert said["type"] == ["VerifiableCredential", "ClrCredential"]
    assert said["issuer"]["id"] == did_of(organisation.code)
    assert said["partial"] is False
    assert subject["type"] == ["ClrSubject"]
    assert subject["identifier"][0]["identityHash"] == f"{clinician.full_name}, MD"
    assert len(subject["verifiableCredential"]) == 2
    assert all("proof" in each for each in subject["verifiableCredential"])


def test_what_a_certificate_says_is_its_badge_and_the_rest_says_whence_it_is(
    clinician, organisation
):
    signing, certificate = signing_now(), Certificate.objects.get()
    held = record(clinician, organisation)["credentialSubject"]["verifiableCredential"]
    badge = badge_of(certificate, organisation, signing.key, signing.seed)
    rest = next(each for each in held if each != badge)

    assert badge in held
    assert "credentialStatus" not in rest
    told = rest["credentialSubject"]["achievement"]["criteria"]["narrative"]
    assert told == "Earned at Elsewhere University, accepted on its proof: SHA-256 000000000000."


def test_each_line_belongs_to_its_credit_system_and_each_system_says_its_sum(
    clinician, organisation
):
    elsewhere(clinician)
    subject = record(clinician, organisation)["credentialSubject"]
    systems = {each["id"]: each for each in subject["achievement"]}
    lines = {
        each["credentialSubject"]["achievement"]["id"]: each["credentialSubject"]["creditsEarned"]
        for each in subject["verifiableCredential"]
    }

    sums = dict.fromkeys(systems, Decimal(0))
    for each in subject["association"]:
        assert each["associationType"] == "isPartOf"
        sums[each["targetId"]] += Decimal(str(lines[each["sourceId"]]))
    assert {systems[pk]["name"]: total for pk, total in sums.items()} == dict(
        transcript_of(clinician).by_system
    )
    assert {f"{sums[pk]:.2f} in all" for pk in systems} == {
        each["description"] for each in systems.values()
    }


def test_others_verify_the_whole_and_each_badge_in_it(clinician, organisation):
    said = record(clinician, organisation)

    verify(said, organisation)
    for each in said["credentialSubject"]["verifiableCredential"]:
        assert OB3LdpVerifier().verify(each, download=download(organisation))


CHANGES = {
    "its name": lambda r: r.update(name="Transcript of X"),
    "its words": lambda r: r.update(description="All years but one"),
    "whether it is all": lambda r: r.update(partial=True),
    "its moment": lambda r: r.update(validFrom="2020-01-01T00:00:00Z"),
    "its issuer": lambda r: r["issuer"].update(name="Somebody else"),
    "its holder": lambda r: r["credentialSubject"]["identifier"][0].update(identityHash="X"),
    "a line less": lambda r: r["credentialSubject"]["verifiableCredential"].pop(),
    "a sum": lambda r: r["credentialSubject"]["achievement"][0].update(description="99"),
    "a belonging": lambda r: r["credentialSubject"]["association"][0].update(targetId="urn:x:y"),
    "its schema": lambda r: r["credentialSchema"][0].update(id="https://example.com/other"),
}


def test_a_change_of_anything_verifies_nowhere(clinician, organisation):
    said = record(clinician, organisation)

    for name, change in CHANGES.items():
        changed = copy.deepcopy(said)
        change(changed)
        with pytest.raises(OB3VerificationError):
            verify(changed, organisation)
        assert check_badge(json.dumps(changed).encode()).outcome == Outcome.FORGED, name


UNCOVERED = {
    "a word nobody defines": lambda r: r.update(rank="Professor"),
    "one in its subject": lambda r: r["credentialSubject"].update(rank="Professor"),
    "one in its issuer": lambda r: r["issuer"].update(rank="Professor"),
    "one in a sum's criteria": lambda r: r["credentialSubject"]["achievement"][0][
        "criteria"
    ].update(rank="Professor"),
    "one beside a sum": lambda r: r["credentialSubject"]["achievement"][0].update(total="99"),
    "another context": lambda r: r["@context"].append({"rank": None}),
}


def test_what_its_proof_does_not_cover_is_not_said_to_hold(clinician, organisation):
    said = record(clinician, organisation)

    for name, change in UNCOVERED.items():
        changed = copy.deepcopy(said)
        change(changed)
        assert check_badge(json.dumps(changed).encode()).outcome == Outcome.FORGED, name


def test_the_same_moment_makes_the_same_bytes_and_days_make_it_a_part(clinician, organisation):
    made = {as_file(record(clinician, organisation, at=AT)) for _ in range(2)}
    part = record(clinician, organisation, day_here() - timedelta(days=2), None, at=AT)

    assert len(made) == 1
    assert part["partial"] is True
    assert len(part["credentialSubject"]["verifiableCredential"]) == 1


def test_nothing_and_too_much_are_no_record(organisation):
    with pytest.raises(Refused) as refused:
        record_of(transcript_of(ClinicianFactory()), organisation, None, AT)

    assert refused.value.objection.code == "record_of_nothing"
    assert objection_to_record(MOST_LINES) is None
    assert objection_to_record(MOST_LINES + 1).code == "record_too_long"


def test_the_check_of_badges_takes_ours_and_says_how_many_hold(clinician, organisation):
    text = as_file(record(clinician, organisation))
    whole = check_badge(text)
    revoke_certificate(Certificate.objects.get(), reason="Was not there.", by=SYSTEM)
    later = check_badge(text)

    assert whole.outcome == Outcome.VALID
    assert [step.holds for step in whole.steps] == [True] * 4
    assert str(whole.steps[-1].said) == "2 of 2"
    assert later.outcome == Outcome.VOID
    assert str(later.steps[-1].said) == "1 of 2"


def test_what_ended_meanwhile_is_void_and_taken_anew_it_is_a_line(organisation):
    clinician = certified(months=12)
    text = as_file(record(clinician, organisation))

    with time_machine.travel(now() + timedelta(days=400)):
        assert check_badge(text).outcome == Outcome.VOID
        anew = record(clinician, organisation)

        assert "credentialStatus" not in anew["credentialSubject"]["verifiableCredential"][0]
        assert check_badge(as_file(anew)).outcome == Outcome.VALID


def test_a_record_of_others_is_not_looked_at(clinician, organisation):
    said = record(clinician, organisation)
    theirs = said | {"issuer": {"id": "did:web:elsewhere.example"}}
    own = said | {"issuer": {"id": "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"}}

    for each in (theirs, own):
        found = check_badge(json.dumps(each).encode())
        assert found.outcome == Outcome.UNKNOWN
        assert found.credential is None


@pytest.fixture
def learner(client, organisation):
    user = member(organisation, "learner")
    client.force_login(user)
    held = certified()
    held.user = user
    held.save()
    cache.clear()
    return held


def test_the_learner_takes_it_from_the_transcript(client, learner, organisation):
    address = reverse("transcript_record")
    assert address in client.get(reverse("transcript")).text

    answer = client.get(address)

    assert answer["Content-Type"] == "application/vc"
    assert answer["Content-Disposition"] == 'attachment; filename="learner-record.json"'
    assert check_badge(answer.content).outcome == Outcome.VALID
    nothing = client.get(address, {"until_on": "2001-01-01"})
    assert nothing.status_code == 404
    page = client.get(reverse("transcript"), {"until_on": "2001-01-01"}).text
    assert address not in page


def test_a_board_takes_it_by_the_link_and_not_after_its_end(client, learner, organisation):
    share = share_transcript(learner, "Board", now() + timedelta(days=9), by=SYSTEM)
    token = make_link("transcript", share.pk, organisation.code)
    address = reverse("transcript_shared_record", args=[token])
    client.logout()
    assert address in client.get(reverse("transcript_shared", args=[token])).text

    assert check_badge(client.get(address).content).outcome == Outcome.VALID
    with time_machine.travel(now() + timedelta(days=10)):
        assert client.get(address).status_code == 404
    assert client.get(reverse("transcript_shared_record", args=["no.such.link"])).status_code == 404


def test_the_office_takes_that_of_whom_it_sees(client, learner, organisation):
    client.force_login(member(organisation, "coordinator"))
    page = reverse("clinician_transcript", args=[learner.pk])
    address = reverse("clinician_transcript_record", args=[learner.pk])
    assert address in client.get(page).text
    assert check_badge(client.get(address).content).outcome == Outcome.VALID

    client.force_login(member(OrganisationFactory(), "coordinator"))
    assert client.get(address).status_code in {403, 404}


def test_programs_take_it_with_the_same_words(client, learner, organisation):
    office = key(organisation, "coordinator")
    address = f"{API}/transcripts/{learner.pk}/learner-record"

    said = client.get(address, headers=office)
    assert check_badge(said.content).outcome == Outcome.VALID
    nothing = client.get(address, {"until_on": "2001-01-01"}, headers=office)
    assert nothing.status_code == 409
    assert "no credit in these days" in nothing.text


def test_the_public_page_checks_it(client, clinician, organisation):
    file = SimpleUploadedFile("learner-record.json", as_file(record(clinician, organisation)))

    page = client.post(reverse("badge_check"), {"file": file}).text

    assert "This learner record holds." in page
    assert "It is a learner record (CLR 2.0)" in page
    assert "2 of 2" in page
