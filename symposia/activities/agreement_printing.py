"""An agreement as PDF: tagged, in the language of the organisation, alike each time."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from symposia.accounts.models import Organisation
from symposia.activities.agreeing import blocks_of
from symposia.activities.models import Agreement
from symposia.shared.paper import set_paper

TEMPLATE = Path(__file__).with_name("agreement.typ")


def print_agreement(agreement: Agreement, organisation: Organisation) -> bytes:
    """The frozen words of an agreement with room for both signatures."""
    (_is_heading, title), *rest = blocks_of(agreement.text)
    paper: dict[str, Any] = {
        "organisation": organisation.name,
        "language": organisation.language.partition("-")[0],
        "number": agreement.number,
        "title": title,
        "blocks": [{"is_heading": heading, "text": text} for heading, text in rest],
        "signatures": [
            {"who": agreement.contributor.name, "line": _("Signature, date")},
            {"who": organisation.name, "line": _("Signature, date")},
        ],
    }
    return set_paper(TEMPLATE, paper, agreement.made_at)
