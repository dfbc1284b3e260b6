"""Every kept file of an activity under one roof: its own, and what contexts above keep for it."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from symposia.accounts.permissions import Access
from symposia.activities.models import (
    Activity,
    Agreement,
    ContentVersion,
    DocumentVersion,
)
from symposia.shared.archives import safe_name
from symposia.work.files import may_fetch
from symposia.work.models import StoredFile


@dataclass(frozen=True)
class Paper:
    """A kept file with what it is: the slot it was handed in for, and its version there."""

    group: str
    slot: str
    version: int
    file: StoredFile
    at: datetime
    by_name: str
    note: str = ""

    @property
    def path(self) -> str:
        """Its place in an archive: by group, slot and version."""
        name = f"v{self.version} {self.file.name}"
        return f"{safe_name(self.group)}/{safe_name(self.slot)}/{safe_name(name)}"


Reader = Callable[[uuid.UUID], Iterable[Paper]]
_readers: dict[str, Reader] = {}


def keeps_papers(name: str) -> Callable[[Reader], Reader]:
    """Mark a pure reader of the kept files of activities that a context holds."""

    def remember(read: Reader) -> Reader:
        _readers[name] = read
        return read

    return remember


def papers_kept(activity_id: uuid.UUID) -> list[Paper]:
    """Everything that is kept of an activity, whoever may fetch it."""
    every = [paper for _name, read in sorted(_readers.items()) for paper in read(activity_id)]
    return [paper for paper in every if paper.file.deleted_at is None]


def papers_for(access: Access, activity: Activity, *, at: datetime) -> tuple[list[Paper], int]:
    """The files that this person may fetch one by one, and how many more there are."""
    kept = papers_kept(activity.pk)
    allowed = [paper for paper in kept if may_fetch(access, paper.file, at=at)]
    allowed.sort(key=lambda paper: (paper.path, paper.file.pk))
    return allowed, len(kept) - len(allowed)


@keeps_papers("documents")
def documents_kept(activity_id: uuid.UUID) -> list[Paper]:
    """Every version of every document that was handed in."""
    rows = DocumentVersion.objects.filter(slot__activity=activity_id)
    return [
        Paper(
            "documents",
            each.slot.title,
            each.number,
            each.file,
            each.added_at,
            each.added_by_name,
            each.note,
        )
        for each in rows.select_related("slot", "file").order_by("slot", "number")
    ]


@keeps_papers("content")
def content_kept(activity_id: uuid.UUID) -> list[Paper]:
    """Every version of what learners will see."""
    rows = ContentVersion.objects.filter(item__activity=activity_id)
    return [
        Paper("content", each.item.title, each.number, each.file, each.at, each.file.made_by_name)
        for each in rows.select_related("item", "file").order_by("item", "number")
    ]


@keeps_papers("agreements")
def agreements_kept(activity_id: uuid.UUID) -> list[Paper]:
    """The letters of agreement that were sent."""
    sent = Agreement.objects.filter(activity=activity_id).exclude(file=None)
    return [
        Paper(
            "agreements",
            f"{each.number} {each.contributor.name}",
            each.version,
            each.file,
            each.sent_at or each.file.made_at,
            each.file.made_by_name,
        )
        for each in sent.select_related("contributor", "file").order_by("number")
        if each.file
    ]
