"""The mission and the policies of the office: editions, owner, review day, who has read them."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.audit.queries import entries_about
from symposia.curriculum.actions.office_policies import (
    PolicyFacts,
    acknowledge_policy,
    end_policy,
    publish_edition,
    review_policy,
    write_policy,
)
from symposia.curriculum.models import OfficePolicy, PolicyKind
from symposia.curriculum.policies.office_policies import objection_to_changing_policy
from symposia.curriculum.queries.office_policies import (
    editions_of_policy,
    has_acknowledged,
    named_rules,
    readers_of,
    rule_choices,
)
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.meeting_forms import DAY, PersonForm
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest


class ReviewForm(PersonForm):
    """Who owns it, when it is looked at again, which rules it carries out."""

    field_order = ["title", "owner", "review_on", "rules"]

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    review_on = forms.DateField(label=gettext_lazy("Review due"), widget=DAY)
    rules = forms.MultipleChoiceField(
        label=gettext_lazy("Rules it carries out"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].label = _("Owner")
        self.fields["rules"].choices = rule_choices()  # type: ignore[attr-defined]

    def facts(self) -> PolicyFacts:
        data = self.cleaned_data
        return PolicyFacts(data["title"], data["review_on"], self.person(), data["rules"])


class WriteForm(ReviewForm):
    """A new policy with its words."""

    field_order = ["kind", "title", "text", "owner", "review_on", "rules"]

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=PolicyKind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("Text"), widget=forms.Textarea(attrs={"rows": 12}), max_length=60_000
    )


class EditionForm(forms.Form):
    """Other words, and what is different."""

    text = forms.CharField(
        label=gettext_lazy("Text"), widget=forms.Textarea(attrs={"rows": 12}), max_length=60_000
    )
    what_changed = forms.CharField(
        label=gettext_lazy("What changed"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )


class EndForm(forms.Form):
    """Why it is taken out of force."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def new(request: UserRequest) -> HttpResponse:
    form = WriteForm(given(request), initial={"owner": str(request.user.pk)})

    def act(data: dict[str, Any]) -> str:
        made = write_policy(data["kind"], form.facts(), text=data["text"], by=request.actor)
        return reverse("office_policy", args=[made.pk])

    question = Question(
        _("Mission, policy or procedure"),
        _("Mission and policies"),
        reverse("policies"),
        _("Put it in force"),
    )
    return ask(request, form, question, act)


@require_GET
@requires(Permission.VIEW_TODAY)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The words in force, who has read them, earlier editions."""
    policy = _policy(request, pk)
    editions = editions_of_policy(policy)
    latest = editions[0] if editions else None
    may_manage = request.access.holds(Permission.MANAGE_CURRICULUM)
    readers = readers_of(latest) if may_manage else []
    context = {
        "policy": policy,
        "latest": latest,
        "earlier": editions[1:],
        "rules": named_rules(policy.rules),
        "readers": readers,
        "have_read": sum(reader.acknowledged_at is not None for reader in readers),
        "has_read": has_acknowledged(latest, request.user),
        "entries": history_of(entries_about(policy.pk)[:50]),
        "may_manage": may_manage,
        "changing": objection_to_changing_policy(policy),
    }
    return render(request, "office/policies/detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def review(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say who owns it and when it is looked at again."""
    policy = _policy(request, pk)
    first = {
        "title": policy.title,
        "owner": str(policy.owner_id or ""),
        "review_on": policy.review_on,
        "rules": policy.rules,
    }
    form = ReviewForm(given(request), initial=first)

    def act(_data: dict[str, Any]) -> str:
        review_policy(policy, form.facts(), by=request.actor)
        return reverse("office_policy", args=[pk])

    return ask(request, form, _question(policy, _("Review"), _("Save the review")), act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def edition(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Put other words in force."""
    policy = _policy(request, pk)
    editions = editions_of_policy(policy)
    form = EditionForm(given(request), initial={"text": editions[0].text if editions else ""})

    def act(data: dict[str, Any]) -> str:
        publish_edition(policy, by=request.actor, **data)
        return reverse("office_policy", args=[pk])

    return ask(request, form, _question(policy, _("Next edition"), _("Put it in force")), act)


@require_POST
@requires(Permission.VIEW_TODAY)
def acknowledge(request: UserRequest, pk: uuid.UUID, edition_pk: uuid.UUID) -> HttpResponse:
    """Say that one has read the words in force."""
    policy = _policy(request, pk)
    read = get_object_or_404(policy.editions, pk=edition_pk)
    back, user = reverse("office_policy", args=[pk]), request.user
    return do(request, lambda: acknowledge_policy(read, user, by=request.actor), back)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take it out of force."""
    policy = _policy(request, pk)

    def act(data: dict[str, Any]) -> str:
        end_policy(policy, reason=data["reason"], by=request.actor)
        return reverse("office_policy", args=[pk])

    question = _question(policy, _("Take it out of force"), _("Take it out of force"))
    return ask(request, EndForm(given(request)), question, act)


def _question(policy: OfficePolicy, title: str, submit: str) -> Question:
    back = reverse("office_policy", args=[policy.pk])
    objection = objection_to_changing_policy(policy)
    return Question(title, str(policy), back, submit, objection=objection)


def _policy(request: UserRequest, pk: uuid.UUID) -> OfficePolicy:
    rows = OfficePolicy.objects.visible_to(request.access).select_related("owner")
    return get_object_or_404(rows, pk=pk)
