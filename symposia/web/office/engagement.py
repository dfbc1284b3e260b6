"""Everything between one doctor and the organisation on one page, and a score with its parts."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.engagement.moments import Moment, MomentKind
from symposia.engagement.timeline import engagement_of
from symposia.web.gates import requires
from symposia.web.office.clinician_record import clinician_or_404, record_of
from symposia.web.parts import Tone
from symposia.web.requests import UserRequest

M = MomentKind
_SEES = Permission.VIEW_PEOPLE_OF_ACTIVITY
ICONS: dict[MomentKind, tuple[str, Tone]] = {
    M.INVITED: ("mail", ""),
    M.ACCEPTED: ("ok", "ok"),
    M.DECLINED: ("x", ""),
    M.CAME: ("pin", "ok"),
    M.LEARNED: ("book", "ok"),
    M.ASKED: ("help", ""),
    M.FOLLOWED_UP: ("ok", "ok"),
    M.NOT_FOLLOWED_UP: ("x", ""),
    M.OWED: ("clock", "warn"),
    M.GIVEN: ("file", ""),
    M.OPENED: ("out-link", "ok"),
    M.HANDED: ("up-tray", ""),
    M.CREDIT: ("seal", "seal"),
}


@dataclass(frozen=True)
class Line:
    """One moment as the timeline shows it."""

    what: str
    who: str
    detail: str
    at: datetime
    icon: str
    tone: Tone
    href: str
    hash: str = ""


@require_GET
@requires(_SEES)
def timeline(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What happened with somebody, the last first; each part for whoever may see it."""
    if not request.access.holds(Permission.VIEW_DIRECTORY):
        raise Http404
    clinician = clinician_or_404(request, pk, _SEES)
    found = engagement_of(request.access, clinician)
    context = record_of(request, clinician, "clinician_engagement") | {
        "lines": [_line(each) for each in found.moments],
        "score": found.score,
    }
    return render(request, "office/clinicians/engagement.html", context)


def _line(moment: Moment) -> Line:
    icon, tone = ICONS[moment.kind]
    detail = ": ".join(filter(None, (moment.activity, moment.detail)))
    href = reverse("activity", args=[moment.activity_id])
    return Line(moment.words, "", detail, moment.at, icon, tone, href)
