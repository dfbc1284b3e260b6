"""What is owed and given after activities, as lists."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.nearness import Near
from symposia.accounts.permissions import Permission
from symposia.activities.modes import Mode
from symposia.directory.models import Territory
from symposia.engagement.models import (
    ApprovedMaterial,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    MaterialKind,
    MaterialState,
)
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, either

FOLLOW_UP_TONES: dict[str, str] = {
    FollowUpState.OPEN: "warn",
    FollowUpState.DONE: "ok",
    FollowUpState.DECLINED: "",
    FollowUpState.DROPPED: "",
}
MATERIAL_TONES: dict[str, str] = {
    MaterialState.PROPOSED: "warn",
    MaterialState.APPROVED: "ok",
    MaterialState.WITHDRAWN: "",
}
_SOON = timedelta(days=7)
WHEN = [("late", _("Late")), ("soon", _("Within 7 days")), ("later", _("Later"))]


def _follow_ups(access: Any, **_kwargs: Any) -> Rows:
    rows = FollowUp.objects.visible_to(access).for_list().select_related("clinician__territory")
    return rows.annotate(given=Count("shares", distinct=True), opened=Count("shares__openings"))


def _search(rows: Rows, text: str) -> Rows:
    said = Q(activity__number__iexact=text.strip()) | Q(activity__title__icontains=text)
    return rows.filter(said | Q(clinician__full_name__icontains=text))


def _by_owner(rows: Rows, text: str) -> Rows:
    return rows.filter(Q(owner__full_name__icontains=text) | Q(owner__email__iexact=text))


def _territories() -> Any:
    return list(Territory.objects.for_choice())


FOLLOW_UPS = ListOf(
    name="follow_ups",
    title=_("Follow-ups"),
    permission=Permission.INVITE,
    rows=_follow_ups,
    columns=(
        Column("due_on", _("By"), "due_on", sort="due_on", kind="day"),
        Column("kind", _("What"), "kind", sort="kind", url=lambda f: ("follow_up", [f.pk])),
        Column(
            "clinician",
            _("Doctor"),
            either("clinician__display_name", "clinician__full_name"),
            sort="clinician__search_text",
        ),
        Column(
            *("number", _("Number"), "activity__number"),
            sort="activity__number",
            kind="id",
        ),
        Column("activity", _("Activity"), "activity__title", in_page=False),
        Column("mode", _("Mode"), "activity__mode", in_page=False),
        Column("territory", _("Territory"), "clinician__territory__name"),
        Column("owner", _("Representative"), either("owner__full_name", "owner__email")),
        Column(
            *("state", _("State"), "state"),
            sort="state",
            kind="state",
            tone=lambda f: FOLLOW_UP_TONES[f.state],
        ),
        Column("came", _("Was there"), "came", in_page=False),
        Column("given", _("Materials given"), "given", kind="n", in_page=False),
        Column("opened", _("Opened"), "opened", kind="n"),
        Column("way", _("How"), "way", in_page=False),
        Column("said", _("What was said"), "said", in_page=False),
        Column("closed_at", _("Closed"), "closed_at", kind="moment", in_page=False),
        Column("rule", _("Rule"), "rule", in_page=False),
    ),
    filters=(
        Search("q", _("Doctor or activity"), _search),
        Search("owner", _("Representative"), _by_owner),
        Choice("territory", _("Territory"), "clinician__territory", _territories),
        Choice("kind", _("What"), "kind", FollowUpKind.choices),
        Choice("state", _("State"), "state", FollowUpState.choices),
        Choice("mode", _("Mode"), "activity__mode", Mode.choices),
        Near("when", _("By"), "due_on", WHEN, within=_SOON, still=FollowUpState.OPEN),
    ),
    sort="due_on",
    empty=_(
        "Nobody is to be followed up. Once an activity is over, what its mode allows stands here"
        " for whoever looks after its doctors."
    ),
)


def _materials(access: Any, **_kwargs: Any) -> Rows:
    return ApprovedMaterial.objects.visible_to(access).for_list()


def _material_search(rows: Rows, text: str) -> Rows:
    return rows.filter(Q(name__icontains=text) | Q(wording__icontains=text))


MATERIALS = ListOf(
    name="materials",
    title=_("Materials for follow-up"),
    permission=Permission.VIEW_CURRICULUM,
    rows=_materials,
    columns=(
        Column("name", _("Name"), "name", sort="name", url=lambda m: ("material", [m.pk])),
        Column("version", _("Version"), "version", kind="n"),
        Column("kind", _("Kind"), "kind"),
        Column("activity", _("Of activity"), "activity__number", kind="id"),
        Column("modes", _("After activities that are"), lambda m: m.mode_words),
        Column("valid_until", _("Until"), "valid_until", sort="valid_until", kind="day"),
        Column(
            *("state", _("State"), "state"),
            sort="state",
            kind="state",
            tone=lambda m: MATERIAL_TONES[m.state],
        ),
        Column("proposed_by", _("Proposed by"), "proposed_by_name", in_page=False),
        Column("approved_by", _("Approved by"), "approved_by_name"),
        Column("approved_at", _("Approved"), "approved_at", kind="moment", in_page=False),
        Column("wording", _("Words"), "wording", in_page=False),
        Column("because", _("Withdrawn because"), "withdrawn_because", in_page=False),
    ),
    filters=(
        Search("q", _("Name or words"), _material_search),
        Choice("kind", _("Kind"), "kind", MaterialKind.choices),
        Choice("state", _("State"), "state", MaterialState.choices),
    ),
    sort="name",
    empty=_("Nothing is approved to be given after an activity. Propose a material."),
)
