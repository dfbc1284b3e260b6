from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Left
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.learning.models import (
    Contribution,
    ContributionState,
    Discussion,
    DiscussionKind,
    Moderation,
)
from symposia.shared.counting import CountOf
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search

CONTRIBUTION_TONES: dict[str, str] = {
    ContributionState.WAITING: "warn",
    ContributionState.SHOWN: "ok",
    ContributionState.HIDDEN: "stop",
    ContributionState.WITHDRAWN: "",
}
SHOWN_OF_TEXT = 140


class Looking(TextChoices):
    """Whether a moderator is to look at a contribution."""

    WAITS = "waits", _("Waits for a moderator")
    REPORTED = "reported", _("Reported")
    NOTHING = "nothing", _("Nothing to do")


def _contributions(access: Any, **_kwargs: Any) -> Rows:
    """What was said in discussions and about practices, with what a moderator has to look at."""
    rows = Contribution.objects.visible_to(access)
    rows = rows.select_related("activity", "discussion", "practice")
    reported = Contribution.objects.reported().filter(pk=OuterRef("pk"))
    found: Rows = rows.annotate(
        looking=Case(
            When(state=ContributionState.WAITING, then=Value(Looking.WAITS.value)),
            When(Exists(reported), then=Value(Looking.REPORTED.value)),
            default=Value(Looking.NOTHING.value),
            output_field=CharField(choices=Looking.choices),
        )
    )
    return found


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


def _where(row: Any) -> tuple[str, list[Any]]:
    """The page on which it stands."""
    if row.discussion_id:
        return ("discussion", [row.discussion_id])
    return ("practice", [row.practice_id])


CONTRIBUTIONS = ListOf(
    name="contributions",
    title=_("Contributions"),
    permission=Permission.VIEW_EVALUATIONS,
    rows=_contributions,
    columns=(
        Column("said", _("Said"), Left("text", SHOWN_OF_TEXT), url=_where),
        Column("by", _("By"), "author_name", sort="author_name"),
        Column("as", _("As"), "speaks_as"),
        Column(
            "where",
            _("In"),
            Coalesce("discussion__title", "practice__title", output_field=CharField()),
        ),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda each: CONTRIBUTION_TONES[each.state],
        ),
        Column(
            "looking",
            _("To look at"),
            ExpressionWrapper(F("looking"), output_field=CharField(choices=Looking.choices)),
        ),
        Column("written", _("Written"), "written_at", sort="written_at", kind="moment"),
        Column("text", _("In full"), "text", in_page=False),
        Column("because", _("Hidden because"), "settled_because", in_page=False),
        Column("settled_by", _("Looked at by"), "settled_by_name", in_page=False),
        Column("activity", _("Activity"), "activity__number", kind="id", in_page=False),
    ),
    filters=(
        Search("q", _("Words or name"), _search),
        Choice("looking", _("To look at"), "looking", Looking.choices),
        Choice("state", _("State"), "state", ContributionState.choices),
    ),
    sort="-written_at",
    empty=_("Nobody has said anything yet. Open a discussion in an activity."),
)


def _discussions(access: Any, **_kwargs: Any) -> Rows:
    """Every discussion with how much was said, by how many, and what waits."""
    rows: Rows = Discussion.objects.visible_to(access).select_related("activity")
    here = Contribution.objects.filter(discussion=OuterRef("pk"))
    people = here.shown().values("person_id").distinct()
    found: Rows = rows.annotate(
        said=CountOf(here.shown().values("pk")),
        waiting=CountOf(here.filter(state=ContributionState.WAITING).values("pk")),
        people=CountOf(people),
    )
    return found


DISCUSSIONS = ListOf(
    name="discussions",
    title=_("Discussions"),
    permission=Permission.VIEW_EVALUATIONS,
    rows=_discussions,
    columns=(
        Column(
            "title",
            _("Discussion"),
            "title",
            sort="title",
            url=lambda each: ("discussion", [each.pk]),
        ),
        Column("kind", _("Kind"), "kind"),
        Column("activity", _("Activity"), "activity__title", sort="activity__title"),
        Column("number", _("Number"), "activity__number", kind="id", in_page=False),
        Column("opens", _("From"), "opens_on", sort="opens_on", kind="day"),
        Column("closes", _("Until"), "closes_on", sort="closes_on", kind="day"),
        Column("moderation", _("Moderated"), "moderation"),
        Column("said", _("Contributions"), "said", kind="n"),
        Column("people", _("People"), "people", kind="n"),
        Column("waiting", _("Waiting"), "waiting", kind="n"),
        Column("citation", _("Paper"), "citation", in_page=False),
        Column("doi", _("DOI"), "doi", in_page=False),
    ),
    filters=(
        Search("q", _("Words"), _search),
        Choice("kind", _("Kind"), "kind", DiscussionKind.choices),
        Choice("moderation", _("Moderated"), "moderation", Moderation.choices),
    ),
    sort="-opens_on",
    empty=_("No activity has a discussion yet. Open one under its tab “Discussions”."),
)
