"""What the data model of credentials demands, by example: one that is right, and each fault."""

import copy

import pytest

from symposia.credits.credential_rules import BASE, problem_with

GOOD = {
    "@context": [BASE, "https://example.com/context", {"rank": "https://example.com/rank"}],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": {"@value": "Alumni", "@language": "en", "@direction": "ltr"},
    "description": [{"@value": "Alumni"}, "Alumni"],
    "issuer": {"id": "did:web:example.com", "name": "Example"},
    "validFrom": "2026-01-01T00:00:00Z",
    "validUntil": "2026-12-31T23:59:59.5+05:00",
    "credentialSubject": [{"id": "did:example:a", "alumniOf": "Example"}, {"alumniOf": "Other"}],
    "credentialStatus": {"type": "BitstringStatusListEntry"},
    "credentialSchema": [{"id": "https://example.com/schema", "type": "JsonSchema"}],
    "evidence": {"type": ["Evidence"]},
    "relatedResource": [{"id": "https://example.com/a", "digestSRI": "sha384-x"}],
    "proof": {"type": "DataIntegrityProof"},
}
FAULTS = {
    "no context": {"@context": []},
    "a context that is a word": {"@context": BASE},
    "the base is not first": {"@context": ["https://example.com/context", BASE]},
    "a context that is a number": {"@context": [BASE, 7]},
    "an id with a space": {"id": "not a url"},
    "two ids": {"id": ["urn:a:b", "urn:a:c"]},
    "an id without a scheme": {"id": "example"},
    "another type": {"type": ["AlumniCredential"]},
    "a type that is no word": {"type": ["VerifiableCredential", {}]},
    "no issuer": {"issuer": None},
    "an issuer without id": {"issuer": {"name": "Example"}},
    "an issuer that is a word": {"issuer": "Example"},
    "an issuer whose name is a number": {"issuer": {"id": "did:a:b", "name": 7}},
    "no subject": {"credentialSubject": None},
    "no subjects": {"credentialSubject": []},
    "an empty subject": {"credentialSubject": [{"a": 1}, {}]},
    "a subject with two ids": {"credentialSubject": {"id": ["did:a:b", "did:a:c"]}},
    "a day": {"validFrom": "2026-01-01"},
    "a clock without a zone": {"validFrom": "2026-01-01T00:00:00"},
    "a day that is none": {"validFrom": "2026-02-31T00:00:00Z"},
    "the end before the beginning": {"validUntil": "2025-12-31T23:59:59Z"},
    "a status without type": {"credentialStatus": {"id": "https://example.com/1"}},
    "a status with two ids": {"credentialStatus": {"type": "A", "id": ["urn:a:b", "urn:a:c"]}},
    "a schema without id": {"credentialSchema": {"type": "JsonSchema"}},
    "evidence that is a word": {"evidence": "a letter"},
    "terms without type": {"termsOfUse": {"id": "https://example.com/terms"}},
    "a refresh without type": {"refreshService": {"id": "https://example.com/again"}},
    "a proof without type": {"proof": {"proofValue": "z"}},
    "a name in no language": {"name": {"@value": "A", "more": "B"}},
    "a resource that is a word": {"relatedResource": ["https://example.com/a"]},
    "a resource without digest": {"relatedResource": {"id": "https://example.com/a"}},
    "a resource twice": {"relatedResource": GOOD["relatedResource"] * 2},
    "an address that is none": {"id": "https://[::1"},
}


def test_what_is_right_has_no_problem():
    assert problem_with(GOOD) == ""
    assert problem_with({**GOOD, "issuer": "https://example.com/issuers/1"}) == ""


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_each_fault_is_told(fault):
    assert problem_with(copy.deepcopy(GOOD) | fault)
