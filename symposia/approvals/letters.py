"""What whoever asked for signatures is told of each decision."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from symposia.accounts.models import Organisation, User
from symposia.approvals.models import ApprovalRequest, Decision, State, Verdict
from symposia.notifications.actions import queue_message
from symposia.shared.actors import Actor


def tell_requester(request: ApprovalRequest, decision: Decision, *, by: Actor) -> None:
    """Write to whoever submitted the request; nobody is written to about their own decision."""
    if request.opened_by_id in {None, decision.decided_by_id}:
        return
    asked_by = User.objects.filter(pk__in=[request.opened_by_id], is_active=True).first()
    if asked_by is None:
        return
    here = Organisation.objects.get(pk=request.organisation_id)
    language = asked_by.language or here.language
    with translation.override(language):
        decided, follows = _words(request, decision)
    queue_message(
        "approvals.decided",
        to_address=asked_by.email,
        to_name=asked_by.full_name,
        values={
            "organisation": here.name,
            "name": str(asked_by),
            "title": request.title,
            "number": request.number,
            "decided": decided,
            "step": decision.step_name,
            "by": decision.decided_by_name,
            "reason": decision.reason,
            "follows": follows,
            "request_link": f"{settings.ORIGIN}/approvals/{request.pk}/",
        },
        language=language,
        about=(request._meta.label, request.pk),
        by=by,
    )


def _words(request: ApprovalRequest, decision: Decision) -> tuple[str, str]:
    """What was decided, and what follows from it."""
    if decision.verdict == Verdict.RETURN:
        return _("Returned for change"), _("Change what is asked for, then submit it again.")
    if decision.verdict == Verdict.REFUSE:
        return _("Refused"), _("This request is over.")
    if request.state == State.APPROVED:
        return _("Approved"), _("All signatures are given.")
    return _("Signed"), _("Next it waits for: %(step)s") % {"step": request.step.name}
