"""Requirements at the office: shipped packs, rules of one's own, who is at risk, subjects."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.permissions import Permission
from symposia.credits.actions.requirements import set_subjects, write_requirement
from symposia.credits.licence_rules import PackFactsIn
from symposia.credits.models import ActivitySubject, Licence, OwnPack
from symposia.credits.subjects import every_in_words, subject_choices, subject_words
from symposia.credits.tracked import RuleImpact, impact_of, pack_by_key, packs_in_force, tracked
from symposia.credits.tracking import asked_of
from symposia.web.gates import requires
from symposia.web.learner.requirements import shown
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.meeting_forms import DAY
from symposia.web.requests import UserRequest

FOLDER = "office/requirements"
SEES, WRITES = Permission.VIEW_CREDITS, Permission.AWARD_CREDITS
SUBJECT_LINES = 5


class OwnPackForm(forms.Form):
    """A rule of one's own: a hospital's, or a board's that is not shipped."""

    name = forms.CharField(label=gettext_lazy("Name of the rule"), max_length=160)
    authority = forms.CharField(label=gettext_lazy("Who asks for it"), max_length=200)
    cycle_months = forms.IntegerField(label=gettext_lazy("Months of a cycle"), min_value=1)
    hours = forms.DecimalField(
        label=gettext_lazy("Hours of a cycle"), min_value=0, max_digits=6, decimal_places=2
    )
    core_hours = forms.DecimalField(
        label=gettext_lazy("Of them of certain systems"),
        min_value=0,
        max_digits=6,
        decimal_places=2,
        required=False,
    )
    core_systems = forms.CharField(
        label=gettext_lazy("Which systems"),
        help_text=gettext_lazy("Their codes, with commas: ama_pra_1, aoa_1a"),
        max_length=300,
        required=False,
    )
    subject = forms.ChoiceField(label=gettext_lazy("Subject that is asked for"), required=False)
    subject_hours = forms.DecimalField(
        label=gettext_lazy("Hours about the subject"),
        min_value=0,
        max_digits=5,
        decimal_places=2,
        required=False,
    )
    notes = forms.CharField(label=gettext_lazy("Also"), max_length=300, required=False)
    valid_from = forms.DateField(label=gettext_lazy("Applies from"), widget=DAY)
    citation = forms.CharField(
        label=gettext_lazy("Where it stands"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", _("None")), *subject_choices()]  # type: ignore[attr-defined]

    def facts(self) -> PackFactsIn:
        said = dict(self.cleaned_data)
        subject, hours = said.pop("subject"), said.pop("subject_hours")
        codes = [each.strip() for each in said["core_systems"].split(",") if each.strip()]
        return PackFactsIn(**said | {"core_systems": codes, "topics": topics_of(subject, hours)})


def topics_of(subject: str, hours: Decimal | None) -> list[dict[str, object]]:
    """One subject that a rule of one's own asks for in each cycle; none where none is chosen."""
    if not subject:
        return []
    amount = str(hours) if hours else None
    return [{"topic": subject, "hours": amount, "share": None, "every": "cycle", "condition": ""}]


class SubjectsForm(forms.Form):
    """Hours of an activity by subject, a few lines."""

    def __init__(self, *args: Any, known: list[ActivitySubject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("None")), *subject_choices()]
        self.numbers = range(max(SUBJECT_LINES, len(known) + 1))
        for number in self.numbers:
            line = known[number] if number < len(known) else None
            self.fields[f"subject_{number}"] = forms.ChoiceField(
                label=_("Subject %d") % (number + 1),
                choices=choices,
                required=False,
                initial=line.subject if line else "",
            )
            self.fields[f"hours_{number}"] = forms.DecimalField(
                label=_("Hours of subject %d") % (number + 1),
                min_value=0,
                max_digits=5,
                decimal_places=2,
                required=False,
                initial=line.hours if line else None,
            )

    def hours(self) -> dict[str, Decimal]:
        said = self.cleaned_data
        pairs = [(said[f"subject_{n}"], said[f"hours_{n}"]) for n in self.numbers]
        return {subject: hours or Decimal(0) for subject, hours in pairs if subject}


@require_GET
@requires(Permission.VIEW_RULES)
def packs(request: UserRequest) -> HttpResponse:
    """Every requirement that can be tracked, the organisation's own first."""
    context = {
        "packs": packs_in_force(localdate()),
        "may_write": request.access.everywhere(WRITES),
    }
    return render(request, f"{FOLDER}/packs.html", context)


@require_GET
@requires(Permission.VIEW_RULES)
def pack(request: UserRequest, key: str) -> HttpResponse:
    """One requirement: hours, subjects, source, and how sure we are."""
    found = pack_by_key(key)
    if found is None:
        raise Http404
    context = {
        "pack": found,
        "is_own": isinstance(found, OwnPack),
        "may_write": request.access.everywhere(WRITES),
        "topics": [
            (subject_words(each["topic"]), each, every_in_words(each["every"]))
            for each in found.topics
        ],
    }
    return render(request, f"{FOLDER}/pack.html", context)


@require_http_methods(["GET", "POST"])
@requires(WRITES, of_all=True)
def new_pack(request: UserRequest) -> HttpResponse:
    """Write a rule of one's own."""
    form, back = OwnPackForm(given(request)), reverse("requirement_packs")

    def act(_said: dict[str, Any]) -> str:
        made = write_requirement(form.facts(), by=request.actor)
        return reverse("requirement_pack", args=[made.pk])

    return ask(
        request, form, Question(_("Write a rule"), _("Requirements"), back, _("Write it")), act
    )


@require_http_methods(["GET", "POST"])
@requires(WRITES, of_all=True)
def new_version(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Write the next version; before anybody does, who would be done before and after is shown."""
    before = get_object_or_404(OwnPack.objects.visible_to(request.access, WRITES), pk=pk)
    back = reverse("requirement_pack", args=[pk])
    form = OwnPackForm(given(request), initial=_said_now(before))
    impact = _tried(request, form, before)

    def act(_said: dict[str, Any]) -> str:
        made = write_requirement(form.facts(), before=before, by=request.actor)
        return reverse("requirement_pack", args=[made.pk])

    question = Question(
        *(_("New version of %s") % before.name, _("Requirements"), back, _("Write it")),
        template=f"{FOLDER}/version.html",
        more={"impact": impact},
    )
    if impact is not None:
        return render(
            request, question.template, {"form": form, "question": question, "impact": impact}
        )
    return ask(request, form, question, act)


def _tried(request: UserRequest, form: OwnPackForm, before: OwnPack) -> RuleImpact | None:
    """What the version would do, where somebody asked to see that first."""
    if "try" not in request.POST or not form.is_valid():
        return None
    facts = form.facts()
    draft = OwnPack(
        cycle_months=facts.cycle_months,
        hours=facts.hours,
        core_hours=facts.core_hours,
        core_systems=list(facts.core_systems),
        topics=facts.topics,
    )
    return impact_of(before, asked_of(draft))


def _said_now(before: OwnPack) -> dict[str, Any]:
    names = ("name", "authority", "cycle_months", "hours", "core_hours", "notes", "citation")
    topic = next(iter(before.topics), None)
    return {name: getattr(before, name) for name in names} | {
        "core_systems": ", ".join(before.core_systems),
        "subject": topic["topic"] if topic else "",
        "subject_hours": topic["hours"] if topic else None,
        "valid_from": max(localdate(), before.valid_from),
    }


@require_GET
@requires(SEES)
def licence(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """How far one person is with one licence."""
    rows = Licence.objects.visible_to(request.access).with_packs()
    found = get_object_or_404(rows, pk=pk)
    context = {"each": shown(tracked([found])[0]), "licence": found}
    return render(request, f"{FOLDER}/licence.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def subjects(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Which hours of an activity are about subjects that boards ask for."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    back = reverse("activity_credits", args=[pk])
    known = list(ActivitySubject.objects.of(activity))
    form = SubjectsForm(given(request), known=known)

    def act(_said: dict[str, Any]) -> str:
        set_subjects(activity, form.hours(), by=request.actor)
        return back

    note = _("Learners' requirements count these hours for the subject.")
    question = Question(_("Subjects that boards ask for"), activity.title, back, _("Save"), note)
    return ask(request, form, question, act)
