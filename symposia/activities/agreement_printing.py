"""An agreement as PDF: tagged, in the language of the organisation, alike each time."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from symposia.accounts.models import Organisation
from symposia.activities.models import Agreement
from symposia.approvals.printing import set_paper

TEMPLATE = Path(__file__).with_name("agreement.typ")


def print_agreement(agreement: Agreement, organisation: Organisation) -> bytes:
    """The frozen words of an agreement with room for both signatures."""
    title, *rest = agreement.text.strip().splitlines()
    paper: dict[str, Any] = {
        "organisation": organisation.name,
        "language": organisation.language.partition("-")[0],
        "number": agreement.number,
        "title": title,
        "blocks": [_block(line) for line in rest if line.strip()],
        "signatures": [
            {"who": agreement.contributor.name, "line": _("Signature, date")},
            {"who": organisation.name, "line": _("Signature, date")},
        ],
    }
    return set_paper(TEMPLATE, paper, agreement.made_at)


def _block(line: str) -> dict[str, str]:
    is_heading = line.startswith("# ")
    return {"kind": "heading" if is_heading else "text", "text": line.removeprefix("# ").strip()}
