"""How it goes: the thread of an activity, and of the organisation, in numbers that open."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.activities.wall import only_counts
from symposia.insights.lists import FIGURES
from symposia.insights.queries import (
    Figures,
    counts_of,
    figures_of,
    latest_count,
    organisation_figures,
)
from symposia.shared.money import Money
from symposia.web import formats
from symposia.web.gates import requires
from symposia.web.lists import list_context
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.openings import link_to
from symposia.web.parts import Fact, Figure, Step
from symposia.web.requests import UserRequest
from symposia.web.shell import address


@require_GET
@requires(Permission.VIEW_INSIGHTS)
def organisation(request: UserRequest) -> HttpResponse:
    """All activities within reach on one page, as of the last count seconds ago."""
    figures = organisation_figures(request.access, request.organisation.currency)
    everything = reverse("insights_activities")
    links = dict.fromkeys(
        ("invited", "registered", "attended", "evaluated", "credited"), everything
    )
    context = {
        **list_context(request, FIGURES),
        "list_href": everything,
        "figures": _leading(figures, links | {"money": address("money")}),
        "steps": _steps(figures, links),
        "funnel": _funnel_of_all(figures),
        "money": figures,
        "money_title": _money_title(figures),
        "as_of": latest_count(request.access),
    }
    return render(request, "office/insights/organisation.html", context)


@require_GET
@requires(Permission.VIEW_INSIGHTS)
def activity(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One activity as its rows are now."""
    shown = activity_or_404(request, pk, Permission.VIEW_INSIGHTS)
    if shown.mode in only_counts(request.access):
        return _counts(request, shown)
    figures = figures_of(shown, request.organisation.currency)
    links = _links(request, shown)
    context = {
        **frame_of(request, shown, "activity_insights"),
        "figures": _leading(figures, links),
        "steps": _steps(figures, links),
        "funnel": _funnel_title(figures),
        "money": figures,
        "money_title": _money_title(figures),
    }
    return render(request, "office/insights/activity.html", context)


_COUNTED = {
    "invited": gettext_lazy("Invited"),
    "accepted": gettext_lazy("Accepted"),
    "registered": gettext_lazy("Registered"),
    "attended": gettext_lazy("Attended"),
    "evaluated": gettext_lazy("Evaluated"),
    "credited": gettext_lazy("Credited"),
}


def _counts(request: UserRequest, shown: Activity) -> HttpResponse:
    """Behind the wall: counts of ten people or more, and nothing that could name one."""
    counts = [
        Fact(_COUNTED[name], _("fewer than ten") if count is None else formats.number(count))
        for name, count in counts_of(shown)
    ]
    context = {**frame_of(request, shown, "activity_insights"), "counts": counts}
    return render(request, "office/insights/counts.html", context)


def _links(request: UserRequest, activity: Activity) -> dict[str, str]:
    """The list behind each number of an activity, where this person may open it."""
    found = {
        name: (link_to(request.access, url, [activity.pk], mode=activity.mode), query)
        for name, (url, query) in ROWS_BEHIND.items()
    }
    return {name: href + query for name, (href, query) in found.items() if href}


# Number → (list, filter): where a click on it goes.
ROWS_BEHIND: dict[str, tuple[str, str]] = {
    "invited": ("invitations", ""),
    "accepted": ("invitations", "?state=accepted"),
    "registered": ("activity_people", "?state=confirmed"),
    "attended": ("activity_attendance", ""),
    "evaluated": ("activity_evaluation", ""),
    "credited": ("activity_credits", ""),
    "money": ("activity_money", ""),
}


def _leading(figures: Figures, links: dict[str, str]) -> list[Figure]:
    """At most seven numbers, each with the list it counts."""
    shown = [
        Figure(_("Attended"), formats.number(figures.attended), links.get("attended", "")),
        Figure(
            _("Minutes each"),
            formats.number(figures.minutes_each),
            links.get("attended", ""),
            _("%s creditable in all") % formats.number(figures.minutes),
        ),
        *(
            Figure(
                c.unit,
                formats.credits_amount(c.amount),
                links.get("credited", ""),
                ngettext("to %d person", "to %d people", c.people) % c.people,
            )
            for c in figures.credits[:2]
        ),
        Figure(_("Spent"), _money(figures.actual), links.get("money", "")),
    ]
    if each := figures.cost_per_attendee:
        shown.append(Figure(_("Cost per attendee"), _money(each), links.get("money", "")))
    return shown


def _money(value: Money) -> str:
    return f"{value.currency} {formats.money_amount(value)}"


def _steps(figures: Figures, links: dict[str, str]) -> list[Step]:
    return [
        Step(_("Invited"), figures.invited, links.get("invited", "")),
        Step(_("Registered"), figures.registered, links.get("registered", "")),
        Step(_("Attended"), figures.attended, links.get("attended", "")),
        Step(_("Evaluated"), figures.evaluated, links.get("evaluated", "")),
        Step(_("Credited"), figures.credited, links.get("credited", "")),
    ]


def _funnel_title(figures: Figures) -> str:
    """The answer to the chart's question, in words."""
    if not figures.registered:
        return _("Nobody has registered yet.")
    if not figures.attended:
        return _("%d registered; nobody has been there yet.") % figures.registered
    return _("%(attended)d of %(registered)d who registered were there.") % {
        "attended": figures.attended,
        "registered": figures.registered,
    }


def _funnel_of_all(figures: Figures) -> str:
    """Of an organisation: those who registered for what is still to come are among them."""
    return _("%(attended)d attended; %(registered)d hold a place, also at what is to come.") % {
        "attended": figures.attended,
        "registered": figures.registered,
    }


def _money_title(figures: Figures) -> str:
    if not figures.estimate:
        return _("There is no estimate yet.")
    over = max(figures.actual.minor, figures.committed.minor) - figures.estimate.minor
    if over > 0:
        return _("%s over the estimate.") % _money(
            Money.from_minor(over, figures.estimate.currency)
        )
    return _("The estimate holds.")
