"""A certificate of nobody, to see how a design looks before anybody gets one."""

from typing import Any

from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.accounts.models import Organisation
from symposia.accounts.queries import local_day
from symposia.credits.codes import CHANCE
from symposia.credits.designs import Design, pictures_of
from symposia.credits.models import CertificateKind, CreditSystem
from symposia.credits.papers import (
    around,
    attendance_statement,
    dressed,
    in_words_of_the_body,
)
from symposia.credits.printing import compile_pdf, inputs_of, pages_as_pictures


def sample_pdf(organisation: Organisation, design: Design) -> bytes:
    """The paper of a design as it is printed, of an invented learner."""
    return compile_pdf(_inputs(organisation, design), now())


def sample_picture(organisation: Organisation, design: Design) -> bytes:
    """The first page of the same paper as PNG."""
    return pages_as_pictures(_inputs(organisation, design))[0]


def pages_of(organisation: Organisation, design: Design) -> int:
    """How many pages the paper takes; a certificate has one."""
    return len(pages_as_pictures(_inputs(organisation, design)))


def _inputs(organisation: Organisation, design: Design) -> str:
    return inputs_of(sample(organisation, design) | pictures_of(design))


def sample(organisation: Organisation, design: Design) -> dict[str, Any]:
    """What is printed of the invented learner, with the longest that a body's sentences get."""
    system = None if organisation.is_company else _system()
    kind = CertificateKind.CREDIT if system else CertificateKind.ATTENDANCE
    language = design.language or organisation.language
    with translation.override(language):
        values = {
            "provider": organisation.name,
            "name": _("Avery Example, MD"),
            "format": "live activity",
            "title": _("A sample: stroke in the first hour, and what comes after"),
            "date": "1 January 2026",
            "maximum": "6.50",
            "amount": "6.25",
        }
        said = system.statements if system else {}
        facts = {
            **values,
            "amount": values["amount"] if system else "",
            "heading": str(kind.label),
            "kind": str(kind),
            **in_words_of_the_body(
                said.get("unit", ""),
                said.get("award", attendance_statement()),
                said.get("designation", ""),
                values,
            ),
            "accreditation": organisation.accreditation_statement if system else "",
            "note": "" if system else _("This certificate awards no credit."),
            "holder_number": "",
            "number": _("SAMPLE"),
            "valid": "",
            "issued": _("Issued %s") % values["date"],
            **around(language, organisation.code + "x" * CHANCE),
        }
        return dressed(facts, organisation, design, 0)


def _system() -> CreditSystem | None:
    return CreditSystem.objects.in_force(local_day()).designated_by_providers().first()
