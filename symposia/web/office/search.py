"""The search box: straight to what a number names, else what a text may mean, by kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.activities.application_lists import APPLICATIONS
from symposia.activities.lists import ACTIVITIES
from symposia.activities.series_lists import SERIES
from symposia.approvals.lists import APPROVALS
from symposia.credits.lists import CERTIFICATES
from symposia.curriculum.lists.curricula import CURRICULA
from symposia.curriculum.lists.gaps import GAPS
from symposia.curriculum.lists.guidelines import GUIDELINES
from symposia.curriculum.lists.meetings import MEETINGS
from symposia.curriculum.lists.news import NEWS
from symposia.curriculum.lists.office_policies import OFFICE_POLICIES
from symposia.curriculum.lists.plans import PLANS
from symposia.curriculum.lists.surveys import SURVEYS
from symposia.directory.models import Clinician
from symposia.directory.queries import SHOWN, exact_clinicians, find_clinicians
from symposia.outreach.campaign_lists import CAMPAIGNS
from symposia.shared.lists import ListOf
from symposia.web.finders import Hit, find, finder
from symposia.web.gates import signed_in
from symposia.web.requests import UserRequest


@require_GET
@signed_in
def search(request: UserRequest) -> HttpResponse:
    """One exact hit is opened at once; anything else is listed by kind."""
    text = request.GET.get("q", "")
    hits = find(request, text) if request.access else []
    if len(hits) == 1 and hits[0].exact:
        return redirect(hits[0].url)
    groups = [(kind, list(of_kind)) for kind, of_kind in groupby(hits, key=lambda hit: hit.kind)]
    return render(request, "office/search.html", {"text": text, "groups": groups})


@finder
def clinicians(request: Any, text: str) -> list[Hit]:
    """People by number, e-mail, beginning of a name, or nearly a name."""
    if not request.access.holds(Permission.VIEW_DIRECTORY):
        return []
    if exact := exact_clinicians(request.access, text):
        return [_person(clinician, exact=True) for clinician in exact]
    return [_person(clinician) for clinician in find_clinicians(request.access, text)]


def _person(clinician: Clinician, *, exact: bool = False) -> Hit:
    about = (clinician.credential, clinician.specialty, clinician.city, clinician.number)
    return Hit(
        _("People"),
        clinician.called,
        reverse("clinician", args=[clinician.pk]),
        ", ".join(filter(None, about)),
        exact,
    )


@dataclass(frozen=True)
class Numbered:
    """A list whose rows have a number people read, and the page that shows one of them."""

    listed: ListOf
    url_name: str
    # Asked only for texts that begin so; empty: for any words.
    prefix: str = ""

    def hits(self, request: Any, text: str) -> Iterator[Hit]:
        """What the list's own search finds, with the rows its own page would show."""
        if not request.access.holds(self.listed.permission):
            return
        if not text.upper().startswith(self.prefix):
            return
        for row in self.listed.rows_for(request.access, {"q": [text]})[:SHOWN]:
            yield Hit(
                self.listed.title,
                str(getattr(row, "title", "") or row),
                reverse(self.url_name, args=[row.pk]),
                row.number,
                row.number.casefold() == text.casefold(),
            )


NUMBERED = (
    Numbered(ACTIVITIES, "activity"),
    Numbered(GAPS, "gap"),
    Numbered(APPROVALS, "approval"),
    Numbered(CERTIFICATES, "certificate"),
    Numbered(APPLICATIONS, "application", "APP-"),
    Numbered(CAMPAIGNS, "campaign", "CAM-"),
    Numbered(CURRICULA, "curriculum", "CUR-"),
    Numbered(GUIDELINES, "guideline", "GDL-"),
    Numbered(MEETINGS, "meeting", "MTG-"),
    Numbered(NEWS, "news_item", "NWS-"),
    Numbered(OFFICE_POLICIES, "office_policy", "POL-"),
    Numbered(PLANS, "plan", "PLN-"),
    Numbered(SERIES, "series", "SER-"),
    Numbered(SURVEYS, "survey", "SUR-"),
)


@finder
def numbered(request: Any, text: str) -> list[Hit]:
    """Activities, gaps, approval requests and certificates, by number or words."""
    return [hit for each in NUMBERED for hit in each.hits(request, text)]
