"""What approvers sign beside the plan itself: who shapes it, who stands for it, which files."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from symposia.accounts.permissions import Access
from symposia.activities.models import (
    Activity,
    ContentVersion,
    DocumentVersion,
    Organiser,
    TeamMember,
)
from symposia.activities.policies import AMENDABLE
from symposia.activities.wall import Subject, shut
from symposia.approvals.actions import DEFAULT_STEPS
from symposia.approvals.parts import adds_part, hides_parts, must_be_answered_for
from symposia.approvals.places import kept_back, lies_in
from symposia.approvals.queries import asked_again

# What a plan is. Files are judged by their own review, so a route that wants them signed with the
# plan names `documents` or `content`.
PLAN_FACTS = (
    *("title", "summary", "mode", "type", "when", "place", "places", "objectives", "sessions"),
    *("plan", "codes", "budget", "team", "organiser"),
)
# The route that every organisation starts with.
ACTIVITY_STEPS: list[dict[str, Any]] = [
    {"covers": list(PLAN_FACTS), **step} for step in DEFAULT_STEPS
]
must_be_answered_for("activity", *PLAN_FACTS)


@lies_in("activity")
def territories_of(activity_id: uuid.UUID) -> set[uuid.UUID]:
    """The territory of an activity and those around it, for approvers and readers of a region."""
    around = ("territory", "territory__parent", "territory__parent__parent")
    found = Activity.objects.filter(pk=activity_id).values_list(*around)
    return {each for row in found for each in row if each}


@kept_back("activity")
def behind_the_wall(access: Access) -> QuerySet[Activity, Any] | None:
    """Those whose money somebody is not shown: what is signed and what rules say names it."""
    modes = shut(access, Subject.MONEY)
    return Activity.objects.filter(mode__in=modes).values("pk") if modes else None


@hides_parts("activity")
def content_behind_the_wall(access: Access, activity_id: uuid.UUID) -> list[str]:
    """The files that learners will see, where somebody is shown no content."""
    modes = shut(access, Subject.CONTENT)
    if not modes or not Activity.objects.filter(pk=activity_id, mode__in=modes).exists():
        return []
    return ["content"]


@adds_part("activity", "team")
def team_as_signed(activity_id: uuid.UUID) -> list[dict[str, str]]:
    """Everybody with a content role in the whole activity."""
    team = TeamMember.objects.filter(activity=activity_id).select_related("contributor")
    return [
        {"id": str(each.pk), "name": each.contributor.name, "role": each.get_role_display()}
        for each in team.order_by("contributor__name", "role", "pk")
    ]


@adds_part("activity", "organiser")
def organiser_as_signed(activity_id: uuid.UUID) -> dict[str, str]:
    """Who stands for it beside the organisation, and the council's approval they hold."""
    found = Organiser.objects.filter(activity=activity_id).first()
    if found is None:
        return {}
    return {
        "name": found.name,
        "part": found.get_part_display(),
        "council": found.council,
        "approval": found.approval_number,
    }


@adds_part("activity", "documents")
def documents_as_signed(activity_id: uuid.UUID) -> list[dict[str, str]]:
    """The latest file of every document that is due by the day itself."""
    found = DocumentVersion.objects.filter(slot__activity=activity_id, slot__days__lte=0)
    newest = found.order_by("slot", "-number").distinct("slot").select_related("slot", "file")
    return sorted(
        (
            {"id": str(each.slot_id), "title": each.slot.title, "sha256": each.file.sha256}
            for each in newest
        ),
        key=lambda each: each["title"],
    )


@adds_part("activity", "content")
def content_as_signed(activity_id: uuid.UUID) -> list[dict[str, str]]:
    """The latest file of everything that learners will see."""
    found = ContentVersion.objects.filter(item__activity=activity_id)
    newest = found.order_by("item", "-number").distinct("item").select_related("item")
    return sorted(
        (
            {"id": str(each.item_id), "title": each.item.title, "sha256": each.sha256}
            for each in newest
        ),
        key=lambda each: each["title"],
    )


@dataclass(frozen=True)
class SignedFile:
    """A file that is signed with a plan, as people know it: its hash says that it is the same."""

    name: str
    number: int
    size: int


def files_signed(frozen: Mapping[str, Any]) -> dict[tuple[str, str], SignedFile]:
    """The files of a signed plan, each by what it is the file of and its hash."""
    return {
        (str(of), sha256): SignedFile(name, number, size)
        for part, rows in (("content", _content), ("documents", _documents))
        if (records := frozen.get(part))
        for of, sha256, name, number, size in rows(
            [uuid.UUID(each["id"]) for each in records], [each["sha256"] for each in records]
        )
    }


def _content(ids: list[uuid.UUID], hashes: list[str]) -> Iterable[tuple[Any, ...]]:
    found = ContentVersion.objects.filter(item__in=ids, sha256__in=hashes).order_by("number")
    return found.values_list("item", "sha256", "file__name", "number", "file__size")


def _documents(ids: list[uuid.UUID], hashes: list[str]) -> Iterable[tuple[Any, ...]]:
    found = DocumentVersion.objects.filter(slot__in=ids, file__sha256__in=hashes)
    rows = found.order_by("number")
    return rows.values_list("slot", "file__sha256", "file__name", "number", "file__size")


# Which signed parts a change after approval touches: its page says so before anybody makes it.
CHANGES: dict[str, tuple[str, ...]] = {
    "agenda": ("sessions",),
    "budget": ("budget",),
    "content": ("content",),
    "date": ("when", "sessions"),
    "document": ("documents",),
    "organiser": ("organiser",),
    "team": ("team",),
}


def asked_again_by(activity: Activity, change: str) -> list[str]:
    """Whose signature a change would take back, by the names of their steps."""
    if activity.state not in AMENDABLE:
        return []
    return asked_again("activity", activity.pk, CHANGES[change])
