from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.learning.models import Adopting, Adoption, Practice, PracticeKind, PracticeState
from symposia.shared.counting import CountOf
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, Words

PRACTICE_TONES: dict[str, str] = {
    PracticeState.DRAFT: "",
    PracticeState.WAITING: "warn",
    PracticeState.RETURNED: "info",
    PracticeState.PUBLISHED: "ok",
    PracticeState.WITHDRAWN: "",
}


def _adopted(kind: str) -> CountOf:
    return CountOf(Adoption.objects.filter(practice=OuterRef("pk"), kind=kind).values("pk"))


def _practices(access: Any, **_kwargs: Any) -> Rows:
    """What colleagues sent, with how many took it up."""
    rows = Practice.objects.visible_to(access).with_names()
    found: Rows = rows.annotate(doing=_adopted(Adopting.DOING), trying=_adopted(Adopting.TRYING))
    return found


def _specialties() -> Sequence[tuple[str, Words]]:
    known = Practice.objects.exclude(specialty="").order_by("specialty")
    return [(each, each) for each in known.values_list("specialty", flat=True).distinct()]


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


PRACTICES = ListOf(
    name="practices",
    title=_("Shared practice"),
    permission=Permission.VIEW_EVALUATIONS,
    rows=_practices,
    columns=(
        Column(
            "title", _("Title"), "title", sort="title", url=lambda each: ("practice", [each.pk])
        ),
        Column("kind", _("Kind"), "kind"),
        Column("by", _("By"), "author_name", sort="author_name"),
        Column("specialty", _("Specialty"), "specialty", sort="specialty"),
        Column("activity", _("Activity"), "activity__title", sort="activity__title"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda each: PRACTICE_TONES[each.state],
        ),
        Column("doing", _("Do this too"), "doing", kind="n"),
        Column("trying", _("Will try"), "trying", kind="n"),
        Column("sent", _("Sent"), "sent_at", sort="sent_at", kind="moment"),
        Column("published", _("Published"), "published_at", kind="moment", in_page=False),
        Column("decided_by", _("Decided by"), "decided_by_name", in_page=False),
        Column("because", _("Words to the author"), "decided_because", in_page=False),
        Column("number", _("Number"), "activity__number", kind="id", in_page=False),
    ),
    filters=(
        Search("q", _("Words or name"), _search),
        Choice("state", _("State"), "state", PracticeState.choices[1:]),
        Choice("kind", _("Kind"), "kind", PracticeKind.choices),
        Choice("specialty", _("Specialty"), "specialty", _specialties),
    ),
    sort="-sent_at",
    empty=_("Nobody has shared a case or practice yet. Learners do so from their own page."),
)


def _adoptions(access: Any, **_kwargs: Any) -> Rows:
    """Who does the same or will try it, by name."""
    rows: Rows = Adoption.objects.visible_to(access)
    return rows.select_related("practice", "clinician", "activity")


ADOPTIONS = ListOf(
    name="adoptions",
    title=_("Taken up"),
    permission=Permission.VIEW_EVALUATIONS,
    rows=_adoptions,
    columns=(
        Column("name", _("Name"), "clinician__full_name", sort="clinician__search_text"),
        Column(
            "practice",
            _("Practice"),
            "practice__title",
            sort="practice__title",
            url=lambda each: ("practice", [each.practice_id]),
        ),
        Column("kind", _("How far"), "kind", sort="kind"),
        Column("note", _("In their words"), "note"),
        Column("at", _("Said"), "at", sort="at", kind="moment"),
        Column("activity", _("Activity"), "activity__number", kind="id", in_page=False),
    ),
    filters=(
        Search("q", _("Name or words"), _search),
        Choice("kind", _("How far"), "kind", Adopting.choices),
    ),
    sort="-at",
    empty=_("Nobody has taken up a practice yet."),
)
