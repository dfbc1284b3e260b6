"""The journal: what happened, and whether anybody changed it since."""

import uuid
from collections.abc import Iterator
from dataclasses import replace

from django.contrib import messages
from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Concat, Left, Lower, Replace, Substr, Upper
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from symposia.accounts.permissions import Permission
from symposia.audit.actions import record
from symposia.audit.lists import ENTRIES
from symposia.audit.models import Entry
from symposia.audit.verification import verify_journal
from symposia.shared.lists import Column
from symposia.web.gates import requires
from symposia.web.office.record_history import WORDS
from symposia.web.requests import UserRequest

# Which page shows a record, by its kind; of others the journal only says the name.
_PAGES = {
    "activities.Activity": "activity",
    "approvals.ApprovalRequest": "approval",
    "credits.Certificate": "certificate",
    "curriculum.Gap": "gap",
    "directory.Clinician": "clinician",
    "notifications.Delivery": "message",
    "registrations.Registration": "registration",
}


# As `words_of` says it, said by the database: journals are taken home whole.
_BLANKS = Replace(Replace("action", Value("."), Value(" ")), Value("_"), Value(" "))
_DID = Case(
    When(action__in=list(WORDS), then="action"),
    default=Concat(Upper(Left(_BLANKS, 1)), Lower(Substr(_BLANKS, 2))),
    output_field=CharField(choices=list(WORDS.items())),
)


def _page_of(entry: Entry) -> tuple[str, list[uuid.UUID]] | None:
    page = _PAGES.get(entry.subject_type)
    return (page, [entry.subject_id]) if page and entry.subject_id else None


def _for_people(column: Column) -> Iterator[Column]:
    """What happened in words, its code for files alone; records with their pages."""
    if column.name == "subject":
        yield replace(column, url=_page_of)
    elif column.name == "action":
        yield Column("did", column.label, _DID, sort="action")
        yield replace(column, label=_lazy("Code of the action"), in_page=False)
    else:
        yield column


JOURNAL = replace(
    ENTRIES, columns=tuple(shown for one in ENTRIES.columns for shown in _for_people(one))
)


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
