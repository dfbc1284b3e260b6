"""What whoever asked for a change of the directory is told about it."""

from django.utils import translation

from symposia.accounts.models import Organisation, User
from symposia.directory.changing import shown
from symposia.directory.models import ChangeRequest
from symposia.notifications.actions import queue_message
from symposia.shared.actors import Actor


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
            "field": request.get_field_display(),
            "wanted": shown(request.field, request.now) or "—",
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
