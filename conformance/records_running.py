"""Makes records and badges and holds them against the schemas; needs the frame's settings."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema_rs
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.credits.actions.claims import claim_credit
from symposia.credits.actions.issuer_keys import provide_token_key
from symposia.credits.badges import badge_of, token_of
from symposia.credits.learner_records import record_of
from symposia.credits.models import Certificate, CertificateTerm
from symposia.credits.queries import signing_now
from symposia.credits.transcripts import transcript_of
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, day_here
from tests.factories.credits import ExternalCreditFactory, attended


def run(record_schema: Path, badge_schema: Path) -> int:
    """Print what each document came to; 0 when every one is of the form."""
    record, badge = _validator(record_schema), _validator(badge_schema)
    organisation = OrganisationFactory()
    failed = 0
    with acting_in(organisation.pk):
        for name, said in _documents(organisation):
            validator = record if name.startswith("record") else badge
            problems = [str(each).splitlines()[0] for each in validator.iter_errors(said)]
            if validator.is_valid(said | {"@context": said["@context"][::-1]}):
                problems.append("the schema takes contexts in any order: it is another one")
            print(json.dumps({"document": name, "problems": problems[:5]}), flush=True)
            failed += bool(problems)
    return int(failed > 0)


def _validator(schema: Path) -> Any:
    return jsonschema_rs.validator_for(json.loads(schema.read_text(encoding="utf-8")))


def _documents(organisation: Organisation) -> Iterator[tuple[str, dict[str, Any]]]:
    """A badge in both forms with and without an end, and records of one, several and some days."""
    for name, months in (("badge", None), ("badge with an end", 12)):
        certificate = _certified(months)
        signing = signing_now()
        assert signing, "whoever has a certificate has a key"
        yield name, badge_of(certificate, organisation, signing.key, signing.seed)
        key = provide_token_key(organisation, by=SYSTEM)
        token = token_of(certificate, organisation, key, signing.seed)
        yield f"{name}, its token", _claims(token)
        clinician = certificate.clinician
        yield (
            f"record of a {name}",
            record_of(transcript_of(clinician), organisation, signing, now()),
        )
        ExternalCreditFactory(clinician=clinician, state="accepted", decided_at=now())
        yield (
            f"record of a {name} and of credit from elsewhere",
            record_of(transcript_of(clinician), organisation, signing, now()),
        )
        since = day_here() - timedelta(days=2)
        yield (
            f"record of a {name} of some days",
            record_of(transcript_of(clinician, since), organisation, signing, now()),
        )


def _certified(months: int | None) -> Certificate:
    registration = attended()
    if months:
        CertificateTerm.objects.create(activity=registration.activity, months=months)
    entry = claim_credit(registration, Decimal("1.25"), attested=True, by=SYSTEM)
    return Certificate.objects.get(entry=entry)


def _claims(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    said: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return said
