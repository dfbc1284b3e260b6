"""The pages of whoever looks after a group of staff: enrol, take out, remind, see how far it is.

Each asks on its own whether the group is in this person's hands today; nothing else lets anybody
in, and nobody outside the group is ever read (ADR 0036).
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.credits.actions.staff import remind_staff
from symposia.credits.catalogue import Listed, open_to_everybody
from symposia.credits.staff_lists import STAFF
from symposia.credits.staff_progress import OWED, matrix_of, progress_rows
from symposia.directory.models import StaffGroup
from symposia.registrations.actions.staff import enrol_staff, take_staff_out
from symposia.registrations.models import Registration
from symposia.registrations.staff_rules import modes_closed
from symposia.registrations.staffing import groups_led_by, preview_of, staff_today
from symposia.shared.lists import page_of
from symposia.shared.refusals import Objection, Refused
from symposia.web.gates import requires
from symposia.web.learner.staff_forms import EnrolForm
from symposia.web.office.asking import given
from symposia.web.parts import Tab
from symposia.web.requests import UserRequest

FOLDER = "learner/staff"
_OWN = Permission.OWN_LEARNING
# So many people stand on one page of the table, and may be chosen at once.
ON_A_PAGE, MOST = 40, 300
TABS = (
    ("my_group", gettext_lazy("Overview")),
    ("my_staff", gettext_lazy("People")),
    ("my_staff_progress", gettext_lazy("Progress")),
    ("my_staff_licences", gettext_lazy("Licences")),
)
# The filters of the progress that are links, each with what stands in its address.
VIEWS = (
    ("", gettext_lazy("Everything")),
    ("standing=owes", gettext_lazy("Not finished")),
    ("standing=to_come", gettext_lazy("To come")),
    ("standing=waiting", gettext_lazy("No place yet")),
    ("standing=missed", gettext_lazy("Not there")),
    ("standing=done", gettext_lazy("Done")),
    *((f"owes={code}", label) for code, label in OWED),
)


@require_GET
@requires(_OWN)
def mine(request: UserRequest) -> HttpResponse:
    """The groups that somebody looks after; of one alone its page."""
    groups = groups_led_by(request.user.pk)
    if len(groups) == 1:
        return redirect("my_group", groups[0].pk)
    return render(request, f"{FOLDER}/mine.html", {"groups": groups})


@require_GET
@requires(_OWN)
def show(request: UserRequest, group_pk: uuid.UUID) -> HttpResponse:
    """People beside activities: who stands where with what."""
    group = led_or_404(request, group_pk)
    asked = {"after": request.GET.getlist("after")}
    people = STAFF.rows_for(request.access, asked, group_pk=group.pk)
    page = page_of(STAFF, people, asked, size=ON_A_PAGE)
    shown = staff_today(group).filter(pk__in=[each.pk for each in page.rows])
    rows = list(progress_rows(shown, request.access, now()))
    context = around(request, group, "my_group") | {
        "matrix": matrix_of(page.rows, rows),
        "left": sum(row.standing == "owes" for row in rows),
        "next_href": f"{request.path}?after={page.next_key}" if page.next_key else "",
        "is_later": "after" in request.GET,
    }
    return render(request, f"{FOLDER}/show.html", context)


def listed(name: str) -> Any:
    """What stands around a list of a group."""

    def extra(request: UserRequest, group_pk: uuid.UUID) -> dict[str, Any]:
        group = led_or_404(request, group_pk)
        here = around(request, group, name)
        asked = request.GET.urlencode()
        here["links"] = [
            Tab(label, f"{request.path}?{query}" if query else request.path, asked == query)
            for query, label in VIEWS
        ]
        return here

    return extra


def around(request: UserRequest, group: StaffGroup, current: str) -> dict[str, Any]:
    """The head of each page of a group and its tabs."""
    reads = StaffGroup.objects.with_licences(request.user.pk, local_day()).filter(pk=group.pk)
    names = [each for each in TABS if each[0] != "my_staff_licences" or reads.exists()]
    return {
        "group": group,
        "tabs": [
            Tab(label, reverse(name, args=[group.pk]), name == current) for name, label in names
        ],
    }


@require_http_methods(["GET", "POST"])
@requires(_OWN)
def enrol(request: UserRequest, group_pk: uuid.UUID) -> HttpResponse:
    """First what each would get, then, with a second press, the places; then the way back."""
    group = led_or_404(request, group_pk)
    offered = _offered(request)
    people = list(staff_today(group).order_by("search_text", "pk")[: MOST + 1])
    first = {"activity": request.GET.get("activity", ""), "people": request.GET.getlist("person")}
    form = EnrolForm(given(request), offered=offered, people=people[:MOST], initial=first)
    context = around(request, group, "my_group") | {"form": form, "is_cut": len(people) > MOST}
    context |= {"has_offer": bool(offered), "most": MOST}
    if not form.is_bound or not form.is_valid():
        return render(request, f"{FOLDER}/enrol.html", context, status=422 if form.errors else 200)
    activity = next(x.activity for x in offered if x.activity.pk == form.activity_id)
    if "confirmed" not in request.POST:
        preview = preview_of(activity, form.chosen, request.access, at=now())
        context |= {"preview": preview, "activity": activity, "said": form.cleaned_data}
        return render(request, f"{FOLDER}/enrol.html", context)
    return _enrolled(request, group, activity, form, context)


def _enrolled(
    request: UserRequest,
    group: StaffGroup,
    activity: Activity,
    form: EnrolForm,
    context: dict[str, Any],
) -> HttpResponse:
    attending = form.cleaned_data.get("attending", "")
    try:
        done = enrol_staff(
            group,
            form.chosen,
            activity,
            attending=attending,
            access=request.access,
            by=request.actor,
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return render(request, f"{FOLDER}/enrol.html", context, status=422)
    context |= {
        "activity": activity,
        "done": [(who, one, isinstance(one, Registration)) for who, one in done],
        "made": [one for _who, one in done if isinstance(one, Registration)],
    }
    return render(request, f"{FOLDER}/enrolled.html", context)


def _offered(request: UserRequest) -> list[Listed]:
    """What anybody may ask for a place at, as far as the wall lets this person enrol there."""
    closed = set(modes_closed(request.access))
    coming = open_to_everybody("", at=now())
    return [each for each in coming if each.activity.mode not in closed]


@require_POST
@requires(_OWN)
def take_out(request: UserRequest, group_pk: uuid.UUID) -> HttpResponse:
    """Give up places that a manager asked for: the chosen ones, or those of a moment ago."""
    group = led_or_404(request, group_pk)
    reason = request.POST.get("reason", "").replace("\x00", "")[:300]
    try:
        done = take_staff_out(
            group,
            _chosen(request, group),
            access=request.access,
            by=request.actor,
            reason=reason,
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        out = _said(request, done)
        text = ngettext("%(n)d place was given up.", "%(n)d places were given up.", out)
        messages.success(request, text % {"n": out}) if out else None
    return redirect("my_staff_progress", group.pk)


@require_POST
@requires(_OWN)
def remind(request: UserRequest, group_pk: uuid.UUID) -> HttpResponse:
    """Write to those of the chosen who have not finished."""
    group = led_or_404(request, group_pk)
    try:
        done = remind_staff(group, _chosen(request, group), access=request.access, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        sent = _said(request, done)
        text = ngettext("%(n)d person is written to.", "%(n)d people are written to.", sent)
        messages.success(request, text % {"n": sent}) if sent else None
    return redirect("my_staff_progress", group.pk)


def _said(request: UserRequest, done: Iterable[tuple[Registration, Objection | None]]) -> int:
    """Say of each why not, if so; answers of how many it was done."""
    count = 0
    for each, objection in done:
        if objection is None:
            count += 1
        else:
            messages.error(request, f"{each.clinician.called}: {objection}")
    return count


def _chosen(request: UserRequest, group: StaffGroup) -> list[Registration]:
    """Places of people of the group alone, whatever ids were sent."""
    ids = []
    for text in request.POST.getlist("registration")[:MOST]:
        try:
            ids.append(uuid.UUID(text))
        except ValueError:
            continue
    rows = progress_rows(staff_today(group), request.access, now())
    return list(rows.filter(pk__in=ids).order_by("pk"))


def led_or_404(request: UserRequest, group_pk: uuid.UUID) -> StaffGroup:
    """The group, if it is in this person's hands today; else it does not exist."""
    rows = StaffGroup.objects.led_by(request.user.pk, local_day())
    return get_object_or_404(rows.select_related("institution"), pk=group_pk)
