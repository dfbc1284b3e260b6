"""What the messages about credit say, and the personal link every learner finishes with."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import ngettext

from symposia.accounts.models import Organisation
from symposia.assessment.models import Purpose
from symposia.credits.codes import grouped
from symposia.credits.models import Certificate, CreditAppeal, ExternalCredit, TranscriptShare
from symposia.credits.papers import dates_of
from symposia.credits.subjects import need_in_words
from symposia.credits.tracked import Tracked
from symposia.credits.wording import filled, from_json, plain
from symposia.learning.letters import LEARNING, learning_path
from symposia.registrations.models import Registration
from symposia.shared.links import make_link

__all__ = ["LEARNING", "certificate_values", "finishing_values", "learning_path"]

# The purpose of the links that let a board read a transcript.
SHARED = "transcript"


def finishing_values(registration: Registration) -> dict[str, str]:
    """What is filled into the message that asks a learner to finish."""
    organisation = Organisation.objects.get(pk=registration.organisation_id)
    return {
        "organisation": organisation.name,
        "name": registration.clinician.called,
        "activity": registration.activity.title,
        "date": dates_of(registration.activity),
        "finish_link": settings.ORIGIN + learning_path(organisation.code, registration.pk),
    }


def session_values(registration: Registration, titles: str) -> dict[str, str]:
    """What is filled into the message that asks a learner about sessions that are over."""
    organisation = Organisation.objects.get(pk=registration.organisation_id)
    path = learning_path(organisation.code, registration.pk, "finish_evaluation")
    return {
        "organisation": organisation.name,
        "name": registration.clinician.called,
        "activity": registration.activity.title,
        "sessions": titles,
        "evaluation_link": settings.ORIGIN + path,
    }


def attempts_values(registration: Registration, purpose: str, attempts: int) -> dict[str, str]:
    """What is filled into the message that a test may be taken again."""
    organisation = Organisation.objects.get(pk=registration.organisation_id)
    path = learning_path(organisation.code, registration.pk, "finish_test", purpose)
    more = ngettext("%(n)d more attempt", "%(n)d more attempts", attempts) % {"n": attempts}
    return {
        "organisation": organisation.name,
        "name": registration.clinician.called,
        "activity": registration.activity.title,
        "test": str(Purpose(purpose).label),
        "attempts": more,
        "test_link": settings.ORIGIN + path,
    }


def commitment_values(registration: Registration) -> dict[str, str]:
    """What is filled into the message that asks what became of what a learner wanted to change;
    the words themselves stay behind the link."""
    organisation = Organisation.objects.get(pk=registration.organisation_id)
    path = learning_path(organisation.code, registration.pk, "finish_commitments")
    return {
        "organisation": organisation.name,
        "name": registration.clinician.called,
        "activity": registration.activity.title,
        "date": dates_of(registration.activity),
        "commitments_link": settings.ORIGIN + path,
    }


def certificate_values(certificate: Certificate) -> dict[str, str]:
    """What is filled into the message that brings a certificate."""
    unit = plain(from_json(certificate.printed["unit"]))
    amount = certificate.printed["amount"]
    return finishing_values(certificate.registration) | {
        "number": str(certificate),
        "kind": certificate.printed["heading"],
        "credit": f"{amount} {unit}" if amount else "",
        "code": grouped(certificate.code),
        "verify_link": certificate.printed["verify_url"],
    }


def external_values(credit: ExternalCredit) -> dict[str, str]:
    """What is filled into the message that says what became of credit from elsewhere."""
    return {
        "organisation": Organisation.objects.get(pk=credit.organisation_id).name,
        "name": credit.clinician.as_kept.called,
        "title": credit.title,
        "credit": f"{credit.amount:.2f} {plain(filled(credit.system.statements['unit'], {}))}",
        "state": str(credit.get_state_display()),
        "said": credit.decided_because or "-",
        "transcript_link": settings.ORIGIN + reverse("transcript"),
    }


def cycle_values(each: Tracked, today: date) -> dict[str, str]:
    """What is filled into the message that a cycle ends and something is left."""
    licence, progress = each.licence, each.progress
    whole = next((need for need in progress.needs if not need.subject), None)
    missing = ", ".join(need_in_words(need) for need in progress.open_needs)
    return {
        "organisation": Organisation.objects.get(pk=licence.organisation_id).name,
        "name": licence.clinician.called,
        "licence": str(licence),
        "ends": date_format(licence.cycle_ends_on, "j F Y"),
        "days": str(progress.days_left(today)),
        "held": f"{whole.held:.2f} / {whole.needed:.2f}" if whole else "-",
        "missing": missing,
        "requirements_link": settings.ORIGIN + reverse("requirements"),
    }


def shared_address(share: TranscriptShare, organisation_code: str) -> str:
    """Where a board reads a transcript that was shared with it."""
    token = make_link(SHARED, share.pk, organisation_code)
    return settings.ORIGIN + reverse("transcript_shared", args=[token])


def appeal_values(appeal: CreditAppeal) -> dict[str, str]:
    """What is filled into the message that says what was decided on an appeal."""
    values = finishing_values(appeal.registration)
    return values | {
        "appeal": appeal.said,
        "state": str(appeal.get_state_display()),
        "said": appeal.decided_because,
    }
