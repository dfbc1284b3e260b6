"""Groups of staff at the office: whose they are, who looks after them, who is on their list."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from symposia.accounts.memberships import member_of_address
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.directory.actions.staff import (
    Appointment,
    appoint_manager,
    change_staff_group,
    end_listing,
    end_manager,
    import_staff,
    list_staff,
    make_staff_group,
    retire_staff_group,
)
from symposia.directory.line_files import NO_LINES
from symposia.directory.lines import People
from symposia.directory.models import GroupManager, StaffGroup, StaffMember
from symposia.directory.queries import colleagues_who_lead
from symposia.directory.staff_lines import COLUMNS, StaffLine, judge_staff
from symposia.registrations.staffing import staff_today
from symposia.shared.refusals import Objection, Refused, needed, refuse_if
from symposia.web.gates import requires
from symposia.web.office.asking import Question, WhyForm, ask, given
from symposia.web.office.clinician_record import directory_views, groups_view
from symposia.web.office.line_files import LinesForm, handed_in
from symposia.web.office.staff_forms import (
    EndForm,
    LastDayForm,
    ListingForm,
    ManagerForm,
    StaffGroupForm,
)
from symposia.web.requests import UserRequest

FOLDER = "office/staff"
_KEEPS = Permission.MANAGE_REGISTRATIONS
NO_SUCH_COLLEAGUE = Objection(
    "no_such_colleague", gettext_lazy("Nobody who works here has this e-mail address.")
)
NO_SUCH_PERSON = Objection("no_such_person", gettext_lazy("%(why)s"))


def listed(request: UserRequest) -> dict[str, Any]:
    """Beside the list: the other lists of the directory."""
    sees = request.access.holds(Permission.VIEW_DIRECTORY)
    others = directory_views("staff_groups") if sees else []
    return {"views": [*others, *groups_view(request.access, current=True)]}


def shown(request: UserRequest, group_pk: uuid.UUID) -> dict[str, Any]:
    """Around the people on a list: whose staff it is, and who looks after it."""
    group, today = _group(request, group_pk), local_day()
    return {
        "group": group,
        "today": today,
        "managers": [(each, _standing(each, today)) for each in colleagues_who_lead(group)],
        "count": staff_today(group).count(),
    }


def _standing(manager: GroupManager, today: date) -> str:
    if manager.is_over(today):
        return "over"
    return "later" if manager.from_on > today else "now"


@require_http_methods(["GET", "POST"])
@requires(_KEEPS, of_all=True)
def new(request: UserRequest) -> HttpResponse:
    """Begin a group."""
    form = StaffGroupForm(given(request))

    def act(_said: dict[str, Any]) -> str:
        made = make_staff_group(form.facts(), by=request.actor)
        return reverse("staff_group", args=[made.pk])

    back = reverse("staff_groups")
    return ask(
        request, form, Question(_("New group"), _("Groups of staff"), back, _("Begin it")), act
    )


@require_http_methods(["GET", "POST"])
@requires(_KEEPS, of_all=True)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Call it otherwise, or say whose staff it is."""
    group, back = _group(request, pk), reverse("staff_group", args=[pk])
    house = group.institution.name if group.institution else ""
    first = {"name": group.name, "institution": house, "department": group.department}
    form = StaffGroupForm(given(request), initial=first)

    def act(_said: dict[str, Any]) -> str:
        change_staff_group(group, form.facts(), by=request.actor)
        return back

    note = _("Whoever looks after it sees the people who belong to it then, and nobody else.")
    return ask(request, form, Question(_("Edit"), group.name, back, _("Save"), note), act)


@require_http_methods(["GET", "POST"])
@requires(_KEEPS, of_all=True)
def retire(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let nobody look after it any more."""
    group, back = _group(request, pk), reverse("staff_group", args=[pk])

    def act(said: dict[str, Any]) -> str:
        retire_staff_group(group, by=request.actor, reason=said["reason"])
        return reverse("staff_groups")

    note = _("Nobody looks after it from now on. Places that were asked for stay.")
    question = Question(_("Retire the group"), group.name, back, _("Retire it"), note)
    return ask(request, WhyForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(_KEEPS, of_all=True)
def appoint(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Put it into somebody's hands."""
    group, back = _group(request, pk), reverse("staff_group", args=[pk])
    form = ManagerForm(given(request), initial={"from_on": local_day()})

    def act(said: dict[str, Any]) -> str:
        colleague = needed(member_of_address(said.pop("email")), NO_SUCH_COLLEAGUE)
        days = Appointment(**said)
        appoint_manager(group, colleague, days, access=request.access, by=request.actor)
        return back

    note = _(
        "They enrol the people of the group, take them out again, remind them and read how far they"
        " are. They edit no activity and no course, and read no answers."
    )
    question = Question(_("Appoint a manager"), group.name, back, _("Appoint"), note)
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(_KEEPS, of_all=True)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take it out of somebody's hands, now or after a day."""
    rows = GroupManager.objects.visible_to(request.access).with_people()
    manager = get_object_or_404(rows, pk=pk)
    back = reverse("staff_group", args=[manager.group_id])

    def act(said: dict[str, Any]) -> str:
        end_manager(manager, on=said["on"], reason=said["reason"], by=request.actor)
        return back

    title = _("%(person)s looks after it no more") % {"person": manager.membership}
    note = _("After the last day nobody of the group is seen any more, by no page and no program.")
    question = Question(title, manager.group.name, back, _("End it"), note)
    return ask(request, EndForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(_KEEPS, of_all=True)
def add(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Put one person on the list."""
    group, back = _group(request, pk), reverse("staff_group", args=[pk])
    form = ListingForm(given(request), initial={"from_on": local_day()})

    def act(said: dict[str, Any]) -> str:
        people = People(request.access, [said["person"]], _KEEPS)
        found, why = people.named(said["person"])
        person = needed(found, NO_SUCH_PERSON.about(why=why))
        list_staff(group, person, said["from_on"], said["until_on"], by=request.actor)
        return back

    note = _("Whoever works there as the group says belongs to it without standing on the list.")
    question = Question(_("Put somebody on the list"), group.name, back, _("Add"), note)
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(_KEEPS, of_all=True)
def leave(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say the last day of somebody on the list."""
    rows = StaffMember.objects.visible_to(request.access).for_list()
    member = get_object_or_404(rows, pk=pk)
    back = reverse("staff_group", args=[member.group_id])
    form = LastDayForm(given(request), initial={"on": local_day()})

    def act(said: dict[str, Any]) -> str:
        end_listing(member, said["on"], by=request.actor)
        return back

    title = _("The last day of %(person)s") % {"person": member.clinician.called}
    return ask(request, form, Question(title, member.group.name, back, _("Let it end")), act)


@require_http_methods(["GET", "POST"])
@requires(_KEEPS, of_all=True)
def many(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What a file says, line by line; taken once somebody has seen what would be."""
    group = _group(request, pk)
    form = LinesForm(given(request), request.FILES or None)
    judged: list[StaffLine] = []
    text = name = ""
    if form.is_bound and form.is_valid():
        try:
            text, name = handed_in(request, form)
            judged = judge_staff(request.access, group, text)
            refuse_if(None if judged else NO_LINES)
            if request.POST.get("take"):
                done = import_staff(group, judged, file_name=name, by=request.actor)
                said = ngettext("%d line was taken.", "%d lines were taken.", done) % done
                messages.success(request, said)
                return redirect("staff_group", pk)
        except Refused as no:
            form.add_error(None, str(no))
    context = {
        "group": group,
        "form": form,
        "text": text,
        "name": name,
        "judged": judged,
        "taken": sum(line.is_taken for line in judged),
        "columns": COLUMNS,
    }
    return render(request, f"{FOLDER}/many.html", context, status=422 if form.errors else 200)


def _group(request: UserRequest, pk: uuid.UUID) -> StaffGroup:
    rows = StaffGroup.objects.visible_to(request.access).standing()
    return get_object_or_404(rows.select_related("institution"), pk=pk)
