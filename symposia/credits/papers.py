"""What a certificate says, word for word, from the facts of its learner, activity and rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity
from symposia.credits.awarding import rule_of
from symposia.credits.codes import grouped, new_code
from symposia.credits.designs import PLACEHOLDERS, Design, as_printed
from symposia.credits.explaining import Explanation
from symposia.credits.models import Certificate, CertificateKind, CreditEntry, Reason
from symposia.credits.wording import as_json, filled
from symposia.directory.models import Clinician
from symposia.shared.times import day_at

# Paper is cut by country.
_LETTER = {"US", "CA", "MX", "PH"}


@dataclass(frozen=True)
class Terms:
    """What holds for the certificates that are issued now: for how many months they are good (none:
    without end), how they look, and which version of the look that is."""

    months: int | None = None
    design: Design = field(default_factory=Design)
    design_number: int = 0


def entry_of(
    explained: Explanation, amount: Decimal, reason: Reason, *, at: datetime, why: str = ""
) -> CreditEntry:
    """A line for the ledger of credit, with the rule as it was applied."""
    offer = explained.offer
    if offer is None:
        raise TypeError("credit without an offer")
    system, rule = offer.system, rule_of(offer.system, offer.format_key)
    return CreditEntry(
        clinician=explained.registration.clinician,
        activity=explained.activity,
        registration=explained.registration,
        offer=offer,
        system=system,
        amount=amount,
        reason=reason,
        evidence_minutes=explained.minutes,
        rule={
            "system": system.key,
            "format": offer.format_key,
            "minutes_per_credit": rule.minutes_per_credit,
            "step": str(system.step),
            "rounding": system.rounding,
            "day_ceiling": str(rule.day_ceiling) if rule.day_ceiling else None,
            "ceiling": str(rule.ceiling) if rule.ceiling else None,
            "maximum": str(offer.maximum),
            "allowed": str(explained.allowed),
        },
        attested=reason == Reason.AWARD,
        explanation=why,
        entered_at=at,
    )


def certificate_of(
    explained: Explanation,
    number: str,
    *,
    credit: Decimal,
    entry: CreditEntry | None,
    at: datetime,
    terms: Terms,
) -> Certificate:
    """A first version for the register, with everything its paper says."""
    organisation = explained.frame.organisation
    code = new_code(organisation.code)
    on = day_at(at, organisation.zone)
    until = on + relativedelta(months=terms.months) if terms.months else None
    printed = _printed(explained, code, credit=credit, on=on, terms=terms) | {"number": number}
    return Certificate(
        number=number,
        kind=explained.kind,
        clinician=explained.registration.clinician,
        activity=explained.activity,
        registration=explained.registration,
        entry=entry,
        code=code,
        issued_at=at,
        valid_until=until,
        printed=printed | {"valid": _until(printed["language"], until)},
    )


def as_version(certificate: Certificate, before: Certificate, reason: str) -> Certificate:
    """The same paper as the next version of a number: it is good for as long as the first was."""
    version, printed = before.version + 1, certificate.printed
    with translation.override(printed["language"]):
        said = _("%(number)s, version %(version)d") % {
            "number": before.number,
            "version": version,
        }
    certificate.version, certificate.replaces, certificate.reason = version, before, reason[:300]
    certificate.valid_until = before.valid_until
    valid = _until(printed["language"], before.valid_until)
    certificate.printed = printed | {"number": said, "valid": valid}
    return certificate


def _printed(
    explained: Explanation, code: str, *, credit: Decimal, on: date, terms: Terms
) -> dict[str, Any]:
    """Everything the paper shows and the public check repeats."""
    organisation, design = explained.frame.organisation, terms.design
    is_accredited = explained.kind != CertificateKind.ATTENDANCE
    language = design.language or organisation.language
    with translation.override(language):
        values = _values(explained, credit)
        facts = {
            **values,
            "heading": str(explained.kind.label),
            "kind": str(explained.kind),
            "amount": values["amount"] if explained.is_credit else "",
            **in_words_of_the_body(
                _of_the_body(explained, "unit"),
                _statement(explained),
                _of_the_body(explained, "designation"),
                values,
            ),
            "accreditation": organisation.accreditation_statement if is_accredited else "",
            "note": "" if is_accredited else _note(explained),
            "holder_number": number_of(explained.registration.clinician),
            "issued": _("Issued %s") % _day(on),
            **around(language, code),
        }
        return dressed(facts, organisation, design, terms.design_number)


def in_words_of_the_body(
    unit: str, statement: str, designation: str, values: Mapping[str, str]
) -> dict[str, Any]:
    """The sentences of a certificate as the template reads them, with their variables filled in."""
    return {
        "unit": as_json(filled(unit, {})),
        "statement": as_json(filled(statement, values)),
        "designation": as_json(filled(designation, values)),
    }


def attendance_statement() -> str:
    """What a certificate says on which no body has a word."""
    return _("{provider} certifies that {name} attended {title} on {date}.")


def around(language: str, code: str) -> dict[str, str]:
    """What stands on every certificate whatever its design: how it is checked."""
    return {
        "language": language,
        "check": _("Check this certificate at"),
        "verify_address": f"{settings.ORIGIN.partition('://')[2]}/verify/",
        "verify_url": f"{settings.ORIGIN}/verify/{code}/",
        "code": grouped(code),
        "qr_says": _("QR code that opens the public check of this certificate"),
    }


def dressed(
    facts: dict[str, Any], organisation: Organisation, design: Design, number: int
) -> dict[str, Any]:
    """The facts of a paper with the look of a version of the design."""
    looks = as_printed(design, number, {name: facts[name] for name in PLACEHOLDERS})
    return facts | looks | {"paper": design.paper or usual_paper(organisation)}


def usual_paper(organisation: Organisation) -> str:
    """What paper is cut to where the organisation is."""
    return "us-letter" if organisation.country in _LETTER else "a4"


def _until(language: str, until: date | None) -> str:
    with translation.override(language):
        return _("Valid until %s") % _day(until) if until else ""


def _note(explained: Explanation) -> str:
    """Whose hours somebody was there for, or that there are none."""
    hours = explained.frame.hours
    if hours is None or hours.organiser is None or hours.objection:
        return _("This certificate awards no credit.")
    return _("Hours for it are given by %(council)s under its number %(number)s.") % {
        "council": hours.organiser.council,
        "number": hours.organiser.approval_number,
    }


def printed_name(clinician: Clinician) -> str:
    """The name as on the licence, with the credential after it."""
    return ", ".join(filter(None, (clinician.full_name, clinician.credential)))


def _values(explained: Explanation, credit: Decimal) -> dict[str, str]:
    offer = explained.offer
    return {
        "provider": explained.frame.organisation.name,
        "name": printed_name(explained.registration.clinician),
        "format": offer.learning_format if offer else "",
        "title": explained.activity.title,
        "date": _dates(explained),
        "maximum": f"{offer.maximum:.2f}" if offer else "",
        "amount": f"{credit:.2f}",
    }


def _statement(explained: Explanation) -> str:
    if explained.offer is None or explained.kind == CertificateKind.ATTENDANCE:
        return attendance_statement()
    statements = explained.offer.system.statements
    return str(statements["award" if explained.is_credit else "participation"])


def _of_the_body(explained: Explanation, statement: str) -> str:
    """A sentence that only a certificate of credit carries."""
    if explained.offer is None or not explained.is_credit:
        return ""
    return str(explained.offer.system.statements[statement])


def number_of(clinician: Clinician) -> str:
    """The first number of somebody, as a paper says it."""
    first = next(iter(clinician.identifiers.all()), None)
    return str(first) if first else ""


def _dates(explained: Explanation) -> str:
    """When somebody was there; of what is studied at any time, when it was done."""
    done = explained.studied.completed_at if explained.studied else None
    if done is None:
        return dates_of(explained.activity)
    return _day(day_at(done, explained.activity.zone))


def dates_of(activity: Activity) -> str:
    """The day or days of an activity on the wall of its venue."""
    first, last = activity.wall_starts.date(), activity.wall_ends.date()
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"  # noqa: RUF001 - a range
    return f"{_day(first)} – {_day(last)}"  # noqa: RUF001 - a range


def _day(on: date) -> str:
    return date_format(on, "j F Y")
