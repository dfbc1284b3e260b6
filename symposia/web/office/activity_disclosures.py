"""The team of an activity with its disclosures: decided, mitigated, told to learners."""

import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.memberships import members
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import user_by_email
from symposia.activities.actions.disclosures import (
    Judgement,
    decide_relevance,
    mitigate_relationship,
)
from symposia.activities.actions.faculty_invitations import invite_faculty
from symposia.activities.actions.team import (
    add_team_member,
    enter_contributor,
    enter_own_contributor,
    remove_team_member,
)
from symposia.activities.control import (
    InControl,
    Matter,
    contributor_among,
    exemption_of,
    in_control_of,
    statements_of,
    team_of,
)
from symposia.activities.disclosing import (
    objection_to_exempting,
    objection_to_roles,
    objection_to_telling,
)
from symposia.activities.models import (
    Activity,
    Contributor,
    FacultyInvitation,
    TeamMember,
    TeamRole,
)
from symposia.activities.reading import loaded_once, one_reading
from symposia.activities.signed import asked_again_by
from symposia.activities.standards.reading import citation_of, steps_for, titles
from symposia.activities.tasks_of_faculty import invitations_of, tasks_of
from symposia.activities.teachers import teacher_meant
from symposia.activities.telling import exemption_called, statement_text
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, workspace
from symposia.web.office.asking import Question, ask, do, given, warned_of
from symposia.web.requests import UserRequest

STANDING: dict[str, tuple[str, Any]] = {
    "missing": ("stop", gettext_lazy("Not disclosed")),
    "expired": ("stop", gettext_lazy("Ran out")),
    "excluded": ("stop", gettext_lazy("Excluded")),
    "undecided": ("warn", gettext_lazy("To decide")),
    "unmitigated": ("warn", gettext_lazy("To mitigate")),
    "clear": ("ok", gettext_lazy("Clear")),
}
_LINES = {"rows": 3}


class TeamForm(forms.Form):
    """Who joins the team, in which role."""

    person = forms.CharField(
        label=gettext_lazy("Person"),
        help_text=gettext_lazy(
            "A name from outside, the number of a clinician, or the e-mail of a colleague."
        ),
        max_length=200,
    )
    role = forms.ChoiceField(label=gettext_lazy("Content role"), choices=TeamRole.choices)


class RelevanceForm(forms.Form):
    """Whether a relationship is related to what the person controls here."""

    relevant = forms.ChoiceField(
        label=gettext_lazy("Is it related to the content this person controls?"),
        choices=[("yes", gettext_lazy("Yes, relevant")), ("no", gettext_lazy("Not relevant"))],
        widget=forms.RadioSelect,
    )
    exception = forms.ChoiceField(label=gettext_lazy("Ground for admission"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why"), widget=forms.Textarea(attrs=_LINES), max_length=2000
    )

    def __init__(self, *args: Any, excludes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if excludes:
            choices = [("", _("None applies")), *titles("exceptions", on=localdate())]
            self.fields["exception"].choices = choices  # type: ignore[attr-defined]
            self.fields["exception"].help_text = citation_of("exceptions")
        else:
            del self.fields["exception"]


class StepForm(forms.Form):
    """What was done about a relevant relationship."""

    step = forms.ChoiceField(label=gettext_lazy("Step"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        widget=forms.Textarea(attrs=_LINES),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, is_planner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = steps_for(is_planner=is_planner, on=localdate())
        self.fields["step"].choices = steps  # type: ignore[attr-defined]


@require_GET
@requires(Permission.VIEW_PEOPLE_OF_ACTIVITY)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Everybody in control of the content, how it stands with each, and what learners are told."""
    with one_reading():
        context = workspace(request, pk, "activity_disclosures")
        activity: Activity = context["activity"]
        people = loaded_once(activity, in_control_of)
        team = loaded_once(activity, team_of)
        exemption = loaded_once(activity, exemption_of)
        statements = statements_of(activity)
    preview = statement_text(people, exemption)
    last = statements[0] if statements else None
    asked = invitations_of(activity.pk)
    context |= {
        "people": [
            (person, *STANDING[person.condition], _parcel(person, asked)) for person in people
        ],
        "team": team,
        "asks_again": warned_of(asked_again_by(activity, "team")) if team else "",
        "exemption": exemption,
        "exempting": objection_to_exempting(activity, has_one=exemption is not None),
        "exemption_title": exemption_called(exemption) if exemption else "",
        "statements": statements,
        "preview": preview,
        "has_changed": last is not None and last.text != preview,
        "telling": objection_to_telling(activity, preview, last, people),
        "all_clear": bool(exemption) or objection_to_roles(people) is None,
    }
    return render(request, "office/disclosures/activity.html", context)


def _parcel(person: InControl, asked: dict[uuid.UUID, FacultyInvitation]) -> str:
    """How far somebody who was asked is."""
    invitation = asked.get(person.contributor_id) if person.contributor_id else None
    if invitation is None:
        return ""
    found = tasks_of(invitation)
    return _("%(done)d of %(all)d tasks done; left: %(left)s") % {
        "done": len(found.tasks) - len(found.left),
        "all": len(found.tasks),
        "left": found.words or _("nothing"),
    }


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def join(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Give somebody a content role in the whole activity."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)

    def act(data: dict[str, Any]) -> str:
        person = person_meant(request, data["person"])
        add_team_member(activity, person, role=data["role"], by=request.actor)
        return reverse("activity_disclosures", args=[pk])

    note = warned_of(asked_again_by(activity, "team"))
    question = _question(activity, _("Add to the team"), note)
    return ask(request, TeamForm(given(request)), question, act)


def person_meant(request: UserRequest, text: str) -> Contributor:
    """A colleague by e-mail, somebody of the directory, or a name from outside."""
    user = user_by_email(text.strip()) if "@" in text else None
    if user and any(each.membership.user_id == user.pk for each in members()):
        return enter_own_contributor(user, by=request.actor)
    known = teacher_meant(request.access, text)
    return enter_contributor(clinician=known, name=text, by=request.actor)


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def ask_faculty(request: UserRequest, pk: uuid.UUID, person_pk: uuid.UUID) -> HttpResponse:
    """Send somebody the link to their tasks."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    person = get_object_or_404(Contributor.objects.visible_to(request.access), pk=person_pk)
    back = reverse("activity_disclosures", args=[pk])
    done = _("The link to all tasks is on its way.")
    return do(request, lambda: invite_faculty(activity, person, by=request.actor), back, done)


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def leave(request: UserRequest, pk: uuid.UUID, member_pk: uuid.UUID) -> HttpResponse:
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    member = get_object_or_404(TeamMember, activity=activity, pk=member_pk)
    back = reverse("activity_disclosures", args=[pk])
    return do(request, lambda: remove_team_member(member, by=request.actor), back)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def decide(request: UserRequest, pk: uuid.UUID, relationship_pk: uuid.UUID) -> HttpResponse:
    """Say whether one relationship is relevant in this activity."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    person, matter = _matter(activity, relationship_pk)
    form = RelevanceForm(given(request), excludes=matter.excludes)

    def act(data: dict[str, Any]) -> str:
        exception = data.get("exception", "")
        relevant = data["relevant"] == "yes"
        said = Judgement(matter.relationship, relevant, data["reason"], exception)
        decide_relevance(activity, _who(person), said, by=request.actor)
        return reverse("activity_disclosures", args=[pk])

    return ask(request, form, _question(activity, _about(person, matter)), act)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def mitigate(request: UserRequest, pk: uuid.UUID, relationship_pk: uuid.UUID) -> HttpResponse:
    """Note what was done about a relevant relationship."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    person, matter = _matter(activity, relationship_pk)
    form = StepForm(given(request), is_planner=person.is_planner)

    def act(data: dict[str, Any]) -> str:
        mitigate_relationship(activity, _who(person), matter.relationship, by=request.actor, **data)
        return reverse("activity_disclosures", args=[pk])

    question = _question(activity, _about(person, matter), citation_of("mitigations"))
    return ask(request, form, question, act)


def _matter(activity: Activity, relationship_pk: uuid.UUID) -> tuple[InControl, Matter]:
    """The relationship, if somebody in control of this activity's content disclosed it."""
    for person in in_control_of(activity):
        for matter in person.matters:
            if matter.relationship.pk == relationship_pk:
                return person, matter
    raise Http404


def _who(person: InControl) -> Contributor:
    known = person.contributor_id
    found = contributor_among([person], known) if known else None
    if found is None:
        raise Http404
    return found


def _about(person: InControl, matter: Matter) -> str:
    return f"{person.name}: {matter.relationship.company}, {matter.nature}"


def _question(activity: Activity, title: str, note: str = "") -> Question:
    back = reverse("activity_disclosures", args=[activity.pk])
    return Question(title, str(activity), back, _("Save"), note)
