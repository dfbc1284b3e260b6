"""A transcript as a Comprehensive Learner Record 2.0: one credential of all of somebody's credit.

Each line is a badge with a proof of its own: that of its certificate, or, where none says exactly
this (credit from elsewhere, from before Symposia, of a second system), one that is made here. What
belongs to one credit system hangs together. The whole is signed as badges are; no context is
fetched. https://www.imsglobal.org/spec/clr/v2p0/
"""

import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openbadgeslib.ob3 import (
    CLR_CONTEXT_URL,
    OB_V3_CONTEXT,
    VCDM_V2_CONTEXT,
    Achievement,
    IdentityObject,
    Issuer,
    OB3LdpSigner,
    OpenBadgeCredential,
    add_data_integrity_proof,
    bundled_clr_contexts,
)

from symposia.accounts.models import Organisation
from symposia.credits.badges import badge_of
from symposia.credits.issuer_keys import did_of, method_of, private_pem
from symposia.credits.papers import number_of, printed_name
from symposia.credits.queries import Signing
from symposia.credits.record_rules import objection_to_record, objection_to_size_of_record
from symposia.credits.transcript_papers import days_in_words
from symposia.credits.transcripts import Transcript, TranscriptLine
from symposia.shared.refusals import refuse_if
from symposia.shared.times import day_at

KIND = "application/vc"
# The order is that of the standard: whoever checks it by the schema insists on it.
_CONTEXTS = [
    VCDM_V2_CONTEXT,
    CLR_CONTEXT_URL,
    OB_V3_CONTEXT,
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]
_SCHEMA = {
    "id": "https://purl.imsglobal.org/spec/clr/v2p0/schema/json/clr_v2p0_clrcredential_schema.json",
    "type": "1EdTechJsonSchemaValidator2019",
}

_PARTS = {
    *("@context", "id", "type", "name", "description", "partial", "issuer", "validFrom"),
    *("credentialSubject", "credentialSchema", "proof"),
}
_PARTS_OF_SUBJECT = {"type", "identifier", "achievement", "association", "verifiableCredential"}
_SMALL = {
    "issuer": {"id", "type", "name", "url"},
    "credentialSchema": {"id", "type"},
    "proof": {
        *("type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"),
    },
}
_SMALL_OF_SUBJECT = {
    "identifier": {"type", "hashed", "identityHash", "identityType"},
    "association": {"type", "associationType", "sourceId", "targetId"},
    "achievement": {"id", "type", "name", "description", "criteria", "achievementType"},
}


def record_of(
    transcript: Transcript, organisation: Organisation, signing: Signing, at: datetime
) -> dict[str, Any]:
    """The credential of a transcript as it is at a moment, signed. Raises Refused where the days
    hold nothing, or more than one record may carry."""
    refuse_if(objection_to_record(len(transcript.lines)))

    with translation.override(organisation.language):
        members = [
            _member(line, transcript, organisation, signing, at) for line in transcript.lines
        ]
        unsigned = _credential(transcript, organisation, members, at)
    size = len(json.dumps(unsigned, ensure_ascii=False, separators=(",", ":")).encode())
    refuse_if(objection_to_size_of_record(size))
    signed: dict[str, Any] = add_data_integrity_proof(
        unsigned,
        private_pem(signing.key),
        method_of(organisation.code, signing.key),
        created=at,
        extra_contexts=bundled_clr_contexts(),
    )
    return signed


def has_our_form(said: dict[str, Any]) -> bool:
    """Whether a record has the parts of ours and no other: what a context does not define is
    outside of what a proof covers. The badges in it are looked at on their own."""
    subject = said.get("credentialSubject")
    return (
        said.get("@context") == _CONTEXTS
        and said.keys() <= _PARTS
        and isinstance(subject, dict)
        and subject.keys() <= _PARTS_OF_SUBJECT
        and all(_is_small(said.get(part), keys) for part, keys in _SMALL.items())
        and all(_is_small(subject.get(part), keys) for part, keys in _SMALL_OF_SUBJECT.items())
    )


def _is_small(value: Any, keys: set[str]) -> bool:
    """Whether it is one or more objects with these keys, each a word, or words."""
    listed = value if isinstance(value, list) else [value]
    return all(
        isinstance(each, dict) and each.keys() <= keys and all(map(_is_plain, each.values()))
        for each in listed
    )


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return value.keys() == {"narrative"} and isinstance(value["narrative"], str)
    listed = value if isinstance(value, list) else [value]
    return all(isinstance(each, str | bool) for each in listed)


def as_file(record: dict[str, Any]) -> bytes:
    """The record to be kept: whoever opens it can read it."""
    return json.dumps(record, indent=1, ensure_ascii=False).encode()


def _credential(
    transcript: Transcript,
    organisation: Organisation,
    members: Sequence[dict[str, Any]],
    at: datetime,
) -> dict[str, Any]:
    clinician, did = transcript.clinician, did_of(organisation.code)
    days = (transcript.from_on, transcript.until_on)
    return {
        "@context": _CONTEXTS,
        "id": _name_of(did, "record", clinician.pk, *days, at.isoformat()),
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": _("Transcript of %(name)s") % {"name": printed_name(clinician)},
        "description": days_in_words(transcript),
        # Not everything that is known here: only what was asked for.
        "partial": any(days),
        "issuer": _issuer(organisation).to_dict(),
        "validFrom": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "credentialSubject": {
            "type": ["ClrSubject"],
            "identifier": [each.to_dict() for each in _holder(transcript)],
            "achievement": _systems(transcript, did),
            "association": [
                _belongs(member, _system_id(did, line.system.name))
                for line, member in zip(transcript.lines, members, strict=True)
            ],
            "verifiableCredential": list(members),
        },
        "credentialSchema": [_SCHEMA],
    }


def _systems(transcript: Transcript, did: str) -> list[dict[str, Any]]:
    """What the lines come to, one achievement for each credit system."""
    return [
        Achievement(
            id=_system_id(did, name),
            name=name,
            description=_("%(amount)s in all") % {"amount": f"{amount:.2f}"},
            criteria_narrative=_("What the credits of this system in this record come to."),
            achievement_type="Achievement",
        ).to_dict()
        for name, amount in transcript.by_system
    ]


def _belongs(member: dict[str, Any], system_id: str) -> dict[str, str]:
    return {
        "type": "Association",
        "associationType": "isPartOf",
        "sourceId": member["credentialSubject"]["achievement"]["id"],
        "targetId": system_id,
    }


def _member(
    line: TranscriptLine,
    transcript: Transcript,
    organisation: Organisation,
    signing: Signing,
    at: datetime,
) -> dict[str, Any]:
    """A line as a badge: that of its certificate while it is good, or one of the line itself."""
    today = day_at(at, organisation.zone)
    if line.certificate and not line.certificate.is_expired(today):
        return badge_of(line.certificate, organisation, signing.key, signing.seed)
    signer = OB3LdpSigner(private_pem(signing.key), method_of(organisation.code, signing.key))
    signed: dict[str, Any] = signer.sign(_of_line(line, transcript, organisation), created=at)
    return signed


def _of_line(
    line: TranscriptLine, transcript: Transcript, organisation: Organisation
) -> OpenBadgeCredential:
    what = (transcript.clinician.pk, line.on, line.system.key, line.title, line.proof, line.amount)
    did = did_of(organisation.code)
    achievement = Achievement(
        id=_name_of(did, "achievement", *what),
        name=line.title,
        description=f"{line.title}, {line.provider}, {date_format(line.on, 'j F Y')}",
        criteria_narrative=_whence(line),
        achievement_type="CertificateOfCompletion",
        tags=[
            f"{line.amount:.2f} {line.unit}",
            *(f"{subject} {hours}" for subject, hours in line.subjects),
        ],
    )
    return OpenBadgeCredential(
        id=_name_of(did, "line", *what),
        name=f"{line.system.name}: {line.title}",
        issuer=_issuer(organisation),
        recipient_id=None,
        identifiers=_holder(transcript),
        achievement=achievement,
        credits_earned=float(line.amount),
        issuance_date=datetime.combine(line.on, time(), ZoneInfo(organisation.zone)),
    )


def _whence(line: TranscriptLine) -> str:
    """On what we say so."""
    said = {"provider": line.provider, "proof": line.proof}
    if line.is_external:
        return _("Earned at %(provider)s, accepted on its proof: %(proof)s.") % said
    if line.imported_from:
        return _("Earned at %(provider)s under the certificate %(proof)s (imported).") % said
    return _("Awarded by %(provider)s.") % said


def _issuer(organisation: Organisation) -> Issuer:
    url = f"{settings.ORIGIN}/e/{organisation.code}/"
    return Issuer(did_of(organisation.code), organisation.name, url=url)


def _holder(transcript: Transcript) -> list[IdentityObject]:
    """Whose it is, as the transcript on paper says it: a name, and a number where there is one."""
    clinician = transcript.clinician
    said = ((printed_name(clinician), "name"), (number_of(clinician), "identifier"))
    return [IdentityObject(value, kind, hashed=False) for value, kind in said if value]


def _system_id(did: str, name: str) -> str:
    return _name_of(did, "system", name)


def _name_of(did: str, *facts: object) -> str:
    """A name that the same facts of the same organisation always get."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ' '.join(map(str, (did, *facts))))}"
