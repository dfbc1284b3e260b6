"""The signatures of a request as a document to file: what was signed, by whom, what it meant."""

import re
import uuid
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.approvals.models import ApprovalRequest
from symposia.approvals.parts import without_parts
from symposia.approvals.printing import print_signatures
from symposia.approvals.queries import Signature, signatures_of
from symposia.web.gates import requires
from symposia.web.office.approval_sight import asked_or_404, hidden_here
from symposia.web.office.frozen import label_of, sheet_of
from symposia.web.pdfs import pdf_file
from symposia.web.requests import UserRequest

_NO_TABLE: dict[str, list[Any]] = {"heads": [], "rows": []}
_LONG_HASH = re.compile(r"([0-9a-f]{16})(?=[0-9a-f]{16})")


@require_GET
@requires(Permission.VIEW_APPROVALS)
def paper(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The version on the table, and every signature with what it is worth now."""
    asked = asked_or_404(request, pk)
    signatures = signatures_of(asked)
    moments = [asked.opened_at, *(each.decision.decided_at for each in signatures)]
    content = print_signatures(_paper(request, asked, signatures), max(moments))
    return pdf_file(content, asked.number)


def _paper(
    request: UserRequest, asked: ApprovalRequest, signatures: list[Signature]
) -> dict[str, Any]:
    hidden = hidden_here(request, asked)
    sheet = sheet_of(without_parts(asked.frozen, hidden))
    kept = _("Signed with it, and not shown to roles like yours.")
    kept_back = [[str(label_of(name)), kept] for name in sorted(hidden & asked.frozen.keys())]
    sections: list[dict[str, Any]] = [
        {
            "title": _("What was submitted"),
            "facts": [[str(fact.label), str(fact.value)] for fact in sheet.facts] + kept_back,
            **_NO_TABLE,
        }
    ]
    for table in sheet.tables:
        heads = [str(head.label) for head in table.heads]
        rows = [[_breakable(str(cell.value)) for cell in row] for row in table.rows]
        sections.append({"title": str(table.label), "facts": [], "heads": heads, "rows": rows})
    return {
        "provider": request.organisation.name,
        "language": (get_language() or "en").partition("-")[0],
        "title": asked.title,
        "number": asked.number,
        "version": _("version %(n)d") % {"n": asked.version},
        "state": asked.get_state_display(),
        "hash_label": _("Hash of what was submitted (SHA-256):"),
        "hash": asked.frozen_hash,
        "sections": sections,
        "signatures_title": _("Signatures"),
        "nobody": _("Nobody has signed."),
        "signatures": [_signature(each) for each in reversed(signatures)],
        "how_to_check": _(
            "Each signature is bound to the facts whose hash stands under it, to its meaning and to"
            " this request. Its page says at any time whether it still counts."
        ),
    }


def _signature(signature: Signature) -> dict[str, Any]:
    decision = signature.decision
    at = timezone.localtime(decision.decided_at)
    who = f"{decision.decided_by_name}, {at:%Y-%m-%d %H:%M:%S} {at.tzname()}"
    if decision.on_behalf_of_name:
        who += ", " + _("in the place of %(giver)s") % {"giver": decision.on_behalf_of_name}
    if decision.factor:
        factors = {"webauthn": _("passkey"), "totp": _("code")}
        who += ", " + factors.get(decision.factor, decision.factor)
    version = _("version %(n)d") % {"n": decision.version}
    meaning = decision.get_meaning_display()
    return {
        "title": f"{decision.step_name}: {decision.said} ({version})",
        "who": who,
        "meaning": _("Meaning of the signature: %(meaning)s.") % {"meaning": meaning},
        "reason": _("Reason: %(reason)s") % {"reason": decision.reason},
        "fault": str(signature.fault or ""),
        "counts": signature.fault is None,
        "hash": decision.subject_hash,
    }


def _breakable(text: str) -> str:
    """A long hash may go on in the next line of its cell."""
    return _LONG_HASH.sub("\\1\u200b", text)
