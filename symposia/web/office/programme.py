"""The programme as it is handed out: a page to print, a PDF to send."""

import uuid
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.activities.board import days_of, wall_end
from symposia.activities.control import statements_of
from symposia.activities.lasting import is_enduring
from symposia.activities.models import Activity, DisclosureStatement, Session
from symposia.activities.printing import print_programme
from symposia.activities.queries import Agenda, Slot, agenda_of
from symposia.web.formats import clock, credits_amount, zone_name
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, offers_shown
from symposia.web.pdfs import pdf_file
from symposia.web.requests import UserRequest


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def paper(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The programme as a page that prints well."""
    activity = activity_or_404(request, pk)
    agenda = agenda_of(activity)
    context = {
        "activity": activity,
        "agenda": agenda,
        "days": [(day, _on(agenda, day)) for day in days_of(agenda.slots)],
        "offers": offers_shown(activity),
        "is_enduring": is_enduring(activity),
        "statement": _statement(activity),
    }
    return render(request, "office/activities/agenda_paper.html", context)


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def pdf(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The programme as a file, in the reader's language."""
    activity = activity_or_404(request, pk)
    facts = programme_of(request, activity)
    content = print_programme(facts, activity.changed_at)
    return pdf_file(content, f"{activity.number}-programme")


def _on(agenda: Agenda, day: Any) -> list[Slot]:
    return [slot for slot in agenda.slots if slot.session.wall_starts.date() == day]


def _statement(activity: Activity) -> DisclosureStatement | None:
    """What learners are told of relationships, as it is locked; nothing until it is."""
    statements = statements_of(activity) if activity.is_independent else []
    return max(statements, key=lambda each: each.number, default=None)


def programme_of(request: UserRequest, activity: Activity) -> dict[str, Any]:
    """Everything the paper says, in words."""
    agenda, statement = agenda_of(activity), _statement(activity)
    zone = zone_name(activity.starts_at.astimezone(ZoneInfo(activity.zone)))
    return {
        "provider": request.organisation.name,
        "language": (get_language() or "en").partition("-")[0],
        "rtl": get_language_bidi(),
        "number": activity.number,
        "title": activity.title,
        "summary": activity.summary,
        "when": _when(activity, zone),
        "place": _place(activity),
        "offers": _offers(activity),
        "heads": [_("Time"), _("Session"), _("Room")],
        "days": [
            {
                "title": formats.date_format(day, "l j F Y"),
                "sessions": [_session(slot) for slot in _on(agenda, day)],
            }
            for day in days_of(agenda.slots)
        ],
        "disclosure_title": _("Disclosure of financial relationships"),
        "disclosure": statement.text.split("\n\n") if statement else [],
        "disclosure_note": _locked(statement) if statement else "",
        "note": _("All times are local at the venue (%(zone)s).") % {"zone": activity.zone},
    }


def _when(activity: Activity, zone: str) -> str:
    starts, ends = activity.wall_starts, activity.wall_ends
    first = formats.date_format(starts, "l j F Y")
    if starts.date() == ends.date():
        return f"{first}, {clock(starts)}–{clock(ends)} {zone}"  # noqa: RUF001  # a range
    last = formats.date_format(ends, "l j F Y")
    return f"{first}, {clock(starts)} – {last}, {clock(ends)} {zone}"  # noqa: RUF001  # a range


def _place(activity: Activity) -> str:
    place = [activity.venue_name, activity.venue_address, activity.city]
    if activity.online_address:
        place.append(_("online"))
    return ", ".join(filter(None, place))


def _offers(activity: Activity) -> Sequence[str]:
    return [
        f"{credits_amount(offer.maximum)} {''.join(part.text for part in offer.unit)}"
        for offer in offers_shown(activity)
    ]


def _session(slot: Slot) -> dict[str, Any]:
    session = slot.session
    people = [
        person.name if person.role == "faculty" else f"{person.name} ({person.get_role_display()})"
        for person in slot.faculty
    ]
    return {
        "time": f"{clock(session.wall_starts)}–{clock(wall_end(session))}",  # noqa: RUF001  # a range
        "title": _labelled(session),
        "people": ", ".join(people),
        "room": session.room,
        "is_break": session.is_break,
    }


def _labelled(session: Session) -> str:
    """What is not education is called so wherever the programme is read."""
    if not session.is_marketing:
        return session.title
    words = _("%(title)s (not part of the education: arranged by a company)")
    return words % {"title": session.title}


def _locked(statement: DisclosureStatement) -> str:
    return _("Version %(n)d, locked on %(day)s. SHA-256: %(hash)s") % {
        "n": statement.number,
        "day": formats.date_format(statement.made_at, "j F Y"),
        "hash": statement.sha256,
    }
