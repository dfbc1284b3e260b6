"""The journal: what happened, and whether anybody changed it since."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from symposia.accounts.permissions import Permission
from symposia.audit.actions import record
from symposia.audit.verification import verify_journal
from symposia.web.gates import requires
from symposia.web.requests import UserRequest


@require_POST
@requires(Permission.VIEW_JOURNAL)
def verify(request: UserRequest) -> HttpResponse:
    """Compare chain, checkpoints and live rows now, and say what was found."""
    report = verify_journal()
    if report.first is None:
        text = ngettext(
            "The journal holds: %(n)d link compared, %(rows)d records as last written.",
            "The journal holds: %(n)d links compared, %(rows)d records as last written.",
            report.entries,
        )
        messages.success(request, text % {"n": report.entries, "rows": report.rows})
    else:
        messages.error(request, _("The journal is broken. %s") % report.first.sentence)
    record(request.actor, "journal.verified", details={"holds": report.holds})
    return redirect("journal")
