"""What a signature is bound to, and what is wrong with one that was moved or altered."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.approvals.models import (
    ApprovalRequest,
    Decision,
    RequestVersion,
    Voiding,
    hash_of,
)
from symposia.audit.hashing import canonical, code
from symposia.shared.refusals import Objection

ALTERED = Objection(
    "signature_altered",
    _("This signature is not as it was given: somebody altered it or put it elsewhere."),
)
FACTS_ALTERED = Objection(
    "signed_facts_altered", _("The facts of version %(version)s are not those that were signed.")
)
VOIDED = Objection("signature_voided", _("No longer counts since version %(version)s: %(because)s"))


def mac_of(decision: Decision, request: ApprovalRequest) -> str:
    """The keyed hash over who signed what, when, how, with which meaning, under which subject."""
    bound = [
        "signature/1",
        decision.organisation_id,
        decision.pk,
        request.pk,
        request.number,
        request.subject_type,
        request.subject_id,
        *(getattr(decision, name) for name in _BOUND),
    ]
    return code(json.dumps(canonical(bound), separators=(",", ":"), ensure_ascii=False))


_BOUND = (
    "version",
    "step",
    "step_name",
    "verdict",
    "reason",
    "meaning",
    "subject_hash",
    "factor",
    "role",
    "decided_by_id",
    "decided_by_name",
    "on_behalf_of_id",
    "on_behalf_of_name",
    "decided_at",
)


def fault_of(
    decision: Decision,
    request: ApprovalRequest,
    version: RequestVersion | None,
    voiding: Voiding | None = None,
) -> Objection | None:
    """Why a signature does not count; nothing when it does; `version` is its own."""
    if decision.mac != mac_of(decision, request):
        return ALTERED
    if not _is_of(decision, version):
        return FACTS_ALTERED.about(version=decision.version)
    if voiding:
        return VOIDED.about(version=voiding.version, because=voiding.get_because_display())
    return None


def _is_of(decision: Decision, version: RequestVersion | None) -> bool:
    """Whether the facts kept of a version are those whose hash was signed."""
    kept: Any = version.frozen if version else None
    return (
        kept is not None
        and version is not None
        and version.version == decision.version
        and hash_of(kept) == decision.subject_hash == version.frozen_hash
    )
