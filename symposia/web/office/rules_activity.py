"""What the rules say of one activity, what they still ask, and its exceptions."""

import re
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.activities.actions.rules import check_rules
from symposia.activities.models import Activity
from symposia.activities.queries import evaluation_of, rule_facts_of, rule_subject_of
from symposia.activities.wall import may
from symposia.compliance.actions.evaluating import state_facts
from symposia.compliance.lists import RESULT_TONES
from symposia.compliance.models import Result
from symposia.compliance.packfile import Ask
from symposia.compliance.policies import objection_to_overriding, worst
from symposia.compliance.queries.evaluations import Preview, findings_of, overrides_of, preview_of
from symposia.compliance.queries.packs import pack_of
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.requests import UserRequest

PAGE = "office/rules/activity.html"
_YES_NO = (
    ("", gettext_lazy("Not stated")),
    ("yes", gettext_lazy("Yes")),
    ("no", gettext_lazy("No")),
)
_AMOUNT = re.compile(r"^\d+(\.\d+)?$")


class FactsForm(forms.Form):
    """The questions of the rules that no record answers."""

    def __init__(self, preview: Preview, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, ask in preview.still_asked.items():
            self.fields[name] = _field(ask, preview.stated.get(name))

    def answers(self) -> dict[str, Any]:
        """What was given, as rules read it; nothing takes a statement back."""
        return {
            name: _answer(field, self.cleaned_data[name]) for name, field in self.fields.items()
        }


def _field(ask: Ask, stated: Any) -> forms.Field:
    if ask.kind == "yes_no":
        now = {True: "yes", False: "no"}.get(stated, "")
        field: forms.Field = forms.ChoiceField(choices=_YES_NO, initial=now, required=False)
    elif ask.kind == "choice":
        options = [("", _("Not stated")), *ask.options.items()]
        field = forms.ChoiceField(choices=options, initial=stated or "", required=False)
    elif ask.kind == "number":
        field = forms.IntegerField(min_value=0, initial=stated, required=False)
    else:
        field = forms.RegexField(_AMOUNT, initial=stated or "", required=False, max_length=20)
    field.label = ask.question
    return field


def _answer(field: forms.Field, given: Any) -> Any:
    if isinstance(field, forms.ChoiceField) and given in {"yes", "no"}:
        return given == "yes"
    return None if given in {"", None} else given


@require_GET
@requires(Permission.VIEW_RULES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What the rules would say now while it is planned; afterwards what they said."""
    activity = activity_or_404(request, pk)
    return render(request, PAGE, _context(request, activity, _preview(activity)))


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def state(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """State what no record holds."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    preview = _preview(activity)
    form = FactsForm(preview, request.POST)
    if not form.is_valid():
        return render(request, PAGE, _context(request, activity, preview, form), status=422)
    subject, facts = rule_subject_of(activity), rule_facts_of(activity)
    try:
        state_facts(subject, form.answers(), facts=facts, by=request.actor)
        messages.success(request, _("Stated; the rules have read it."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("activity_rules", pk)


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def check(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let the rules look at a plan now, and keep what they say."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    check_rules(activity, by=request.actor)
    messages.success(request, _("Checked and kept."))
    return redirect("activity_rules", pk)


def _preview(activity: Activity) -> Preview:
    return preview_of(rule_subject_of(activity), rule_facts_of(activity), local_day())


def _context(
    request: UserRequest, activity: Activity, preview: Preview, form: FactsForm | None = None
) -> dict[str, Any]:
    kept = evaluation_of(activity)
    findings = preview.findings if activity.in_planning else findings_of(kept)
    may_plan = may(request.access, activity.mode, Permission.PLAN_ACTIVITIES)
    is_settled = activity.is_past
    kept_keys = {(f.spoken_by.code, f.rule): f for f in findings_of(kept)}
    return frame_of(request, activity, "activity_rules") | {
        "open_rows": [_row(f, kept_keys) for f in findings if f.result != Result.PASS],
        "holding": [_row(f, kept_keys) for f in findings if f.result == Result.PASS],
        "result_tone": RESULT_TONES[worst(findings)],
        "result_label": worst(findings).label,
        "kept": kept,
        "is_preview": activity.in_planning,
        "form": form or FactsForm(preview) if may_plan and not is_settled else None,
        "overrides": overrides_of("activity", activity.pk),
        "today": local_day(),
        "may_manage": request.access.holds(Permission.MANAGE_RULES),
    }


def _row(finding: Any, kept: dict[tuple[str, str], Any]) -> dict[str, Any]:
    """A finding with its tone, and the kept one that an exception would be made from."""
    spoke = finding.spoken_by
    stored = kept.get((spoke.code, finding.rule)) if finding.holds_back else None
    rule = pack_of(spoke).rule(finding.rule)
    return {
        "finding": finding,
        "pack": spoke,
        "tone": RESULT_TONES[finding.result],
        "exception_of": stored.pk if stored else None,
        "objection": objection_to_overriding(stored, rule, None, today=local_day())
        if stored
        else None,
    }
