"""What people are told about the directory: how a change was decided, where their own page is."""

from django.conf import settings
from django.utils import translation

from symposia.accounts.models import Organisation, User
from symposia.directory.changing import shown
from symposia.directory.models import ChangeRequest, Clinician
from symposia.notifications.actions import queue_message
from symposia.shared.actors import Actor
from symposia.shared.links import make_link


def tell_whoever_asked(request: ChangeRequest, organisation: Organisation, *, by: Actor) -> None:
    """Write how a change was decided, with the reason of a no; nobody to write to, nothing sent."""
    asker = request.proposed_by_id
    user = User.objects.filter(pk=asker).first() if asker else None
    address = request.answer_to or (user.email if user else "")
    if not address:
        return
    language = (user.language if user else request.clinician.language) or organisation.language
    with translation.override(language):
        values = {
            "organisation": organisation.name,
            "name": request.proposed_by_name,
            "person": request.clinician.called,
            "field": request.called,
            "wanted": shown(request.field, request.now, request.own_field) or "—",
            "by": by.name,
            "reason": request.reason,
        }
    queue_message(
        f"directory.change_{request.state}",
        to_address=address,
        to_name=request.proposed_by_name,
        values=values,
        language=language,
        about=(request._meta.label, request.pk),
        by=by,
    )


def own_page_token(clinician: Clinician, organisation_code: str) -> str:
    """The link to somebody's own page; it ends with the address it was sent to."""
    return make_link("person", clinician.pk, organisation_code, sent_to=clinician.email)


def write_own_page(clinician: Clinician, organisation: Organisation, *, by: Actor) -> None:
    """Send somebody the address of their own page; nobody else gets it."""
    token = own_page_token(clinician, organisation.code)
    queue_message(
        "directory.own_page",
        to_address=clinician.email,
        to_name=clinician.full_name,
        values={
            "organisation": organisation.name,
            "name": clinician.called,
            "own_page_link": f"{settings.ORIGIN}/d/{token}/",
        },
        language=clinician.language or organisation.language,
        about=(clinician._meta.label, clinician.pk),
        by=by,
    )
