"""The five tasks of somebody who teaches, and which of them are done."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from symposia.accounts.queries import local_day
from symposia.activities.control import latest_disclosure
from symposia.activities.models import Agreement, AgreementState, ContentItem, FacultyInvitation
from symposia.activities.reviewed import Content, contents_by


@dataclass(frozen=True)
class Task:
    """One thing to do: its code, its words, whether it is done, what is known of it."""

    code: str
    label: str
    is_done: bool
    detail: str = ""
    minutes: int = 2
    item_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Tasks:
    """All of them, in their order."""

    tasks: Sequence[Task]

    @property
    def left(self) -> list[Task]:
        return [task for task in self.tasks if not task.is_done]

    @property
    def minutes(self) -> int:
        return sum(task.minutes for task in self.left)

    @property
    def words(self) -> str:
        return ", ".join(task.label for task in self.left)


def tasks_of(invitation: FacultyInvitation) -> Tasks:
    """Answer, disclose, biography, slides, travel; after a no there is nothing to do."""
    if invitation.accepted is False:
        return Tasks([Task("answer", _("Your answer"), True, _("Declined"))])
    answered = _("Accepted") if invitation.accepted else ""
    person = invitation.contributor
    return Tasks(
        [
            Task("answer", _("Your answer"), bool(invitation.accepted), answered, 1),
            _disclosure(invitation, local_day()),
            *_agreement(invitation),
            Task("biography", _("Biography"), bool(person.biography), "", 2),
            *[_slides(content) for content in _content(invitation)],
            Task("travel", _("Travel and stay"), invitation.travel_at is not None, "", 2),
        ]
    )


def _disclosure(invitation: FacultyInvitation, today: date) -> Task:
    last = latest_disclosure(invitation.contributor)
    counts = last is not None and last.counts_on(today)
    until = date_format(last.expires_on, "j M Y") if last and counts else ""
    said = _("counts until %(day)s") % {"day": until} if until else ""
    return Task("disclosure", _("Disclosure"), counts, said, 3)


def _agreement(invitation: FacultyInvitation) -> list[Task]:
    """The agreement, once there is one to read."""
    rows = Agreement.objects.filter(contributor=invitation.contributor_id)
    found = rows.filter(
        activity=invitation.activity_id, state__in=[AgreementState.SENT, AgreementState.SIGNED]
    ).first()
    if found is None:
        return []
    words = _("Accepted") if found.accepted_at else ""
    return [Task("agreement", _("Agreement"), found.accepted_at is not None, words, 3)]


def _content(invitation: FacultyInvitation) -> list[Content]:
    rows = ContentItem.objects.of(invitation.activity)
    return contents_by(rows.filter(contributor=invitation.contributor))


def _slides(content: Content) -> Task:
    words = {
        "missing": "",
        "waiting": _("with the reviewer"),
        "changes": content.reviews[0].note if content.reviews else "",
        "released": _("released"),
    }
    done = content.condition in {"waiting", "released"}
    detail = words[content.condition]
    return Task("slides", content.item.title, done, detail, 2, content.item.pk)


def invitation_of(activity_id: uuid.UUID, contributor_id: uuid.UUID) -> FacultyInvitation | None:
    """Whether and when a person was asked."""
    rows = FacultyInvitation.objects.with_names()
    return rows.filter(activity=activity_id, contributor=contributor_id).first()


def invitations_of(activity_id: uuid.UUID) -> dict[uuid.UUID, FacultyInvitation]:
    """Everybody who was asked for an activity."""
    rows = FacultyInvitation.objects.with_names().filter(activity=activity_id)
    return {each.contributor_id: each for each in rows}
