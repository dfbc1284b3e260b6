"""The journal: what happened, and whether anybody changed it since."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Concat, Left, Lower, Replace, Substr, Upper
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.role_words import first_role_of
from symposia.audit.export_keys import public_key
from symposia.audit.lists import ACTED_AS, ENTRIES
from symposia.audit.models import Entry
from symposia.audit.queries import entries_about, verification_of_id
from symposia.shared.ids import uuid7
from symposia.shared.lists import Column
from symposia.shared.times import day_ends
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.meeting_forms import DAY
from symposia.web.office.record_history import WORDS, history_with_roles
from symposia.web.requests import UserRequest
from symposia.work.background import request_job
from symposia.work.models import Job
from symposia.work.queries import job_leading_to
from symposia.work.tasks import export_journal, verify_journal

# As many entries of one record as a page can show; the list has the rest.
MOST = 500
# Which page shows a record, by its kind; of others their history is shown.
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


# What whoever acted is here now; of what is no person, how it acted.
_AS = Case(
    When(actor_kind="person", then=first_role_of("actor_id")),
    default="actor_kind",
    output_field=CharField(choices=ACTED_AS),
)


def _page_of(entry: Entry) -> tuple[str, list[uuid.UUID]] | None:
    """The page of the record itself, or else of its history."""
    page = _PAGES.get(entry.subject_type, "journal_record")
    return (page, [entry.subject_id]) if entry.subject_id else None


def _for_people(column: Column) -> Iterator[Column]:
    """What happened in words, its code for files alone; records with their pages."""
    if column.name == "subject":
        yield replace(column, url=_page_of)
    elif column.name == "actor":
        yield column
        yield Column("role", _lazy("As"), _AS)
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
    """Ask for a comparison of chain, checkpoints and live rows; its page says what was found."""
    pk = uuid7()
    href = reverse("journal_verification_found", args=[pk])
    request_job(
        verify_journal,
        kind="journal_verification",
        title=_("Verify the journal"),
        by=request.actor,
        href=href,
        verification_id=str(pk),
    )
    return redirect(href)


@require_GET
@requires(Permission.VIEW_JOURNAL)
def verification(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What was found; while it is being looked for, the page says so and looks again."""
    found = verification_of_id(pk)
    job = job_leading_to(reverse("journal_verification_found", args=[pk]))
    if found is None and job is None:
        raise Http404
    context = {"verification": found, "job": job, "waits": found is None and not _ended(job)}
    return render(request, "office/journal/verification.html", context)


def _ended(job: Job | None) -> bool:
    return job is not None and job.finished_at is not None


class ExportForm(forms.Form):
    """Which days of the journal are taken home; none means all of it."""

    since = forms.DateField(label=_lazy("From"), required=False, widget=DAY)
    until = forms.DateField(label=_lazy("To"), required=False, widget=DAY)

    def span(self, zone: str) -> dict[str, str]:
        """The days as instants on the organisation's clock, the last day whole."""
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        first = day_ends(since - timedelta(days=1), zone).isoformat() if since else ""
        return {"since": first, "until": day_ends(until, zone).isoformat() if until else ""}


@require_http_methods(["GET", "POST"])
@requires(Permission.VIEW_JOURNAL, Permission.EXPORT)
def export(request: UserRequest) -> HttpResponse:
    """Ask for the signed file; it waits among the jobs of whoever asked."""
    form = ExportForm(given(request))

    def act(_said: dict[str, Any]) -> str:
        request_job(
            export_journal,
            kind="journal_export",
            title=_("Signed export of the journal"),
            by=request.actor,
            **form.span(request.organisation.zone),
        )
        return reverse("jobs")

    note = _(
        "A file with every entry and its place in the chain, and a detached signature. Anybody"
        " checks it with this public key: %s"
    )
    question = Question(
        _("Signed export"),
        _("Journal"),
        reverse("journal"),
        _("Make the file"),
        note % public_key(),
    )
    return ask(request, form, question, act)


@require_GET
@requires(Permission.VIEW_JOURNAL)
def record_history(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Everything that happened to one record, whatever kind it is."""
    entries = list(entries_about(pk)[:MOST])
    if not entries:
        raise Http404
    newest = entries[0]
    page = _PAGES.get(newest.subject_type)
    context = {
        "name": newest.subject_name,
        "kind": newest.subject_type.rpartition(".")[2],
        "page": reverse(page, args=[pk]) if page else "",
        "entries": history_with_roles(entries),
        "list_href": f"{reverse('journal')}?record={pk}",
    }
    return render(request, "office/journal/record.html", context)
