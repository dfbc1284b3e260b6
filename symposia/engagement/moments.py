"""What stands on the timeline of a clinician: kinds of moments, in words."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class MomentKind(StrEnum):
    """What happened between a clinician and the organisation."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CAME = "came"
    LEARNED = "learned"
    ASKED = "asked"
    FOLLOWED_UP = "followed_up"
    NOT_FOLLOWED_UP = "not_followed_up"
    OWED = "owed"
    GIVEN = "given"
    OPENED = "opened"
    HANDED = "handed"
    CREDIT = "credit"


M = MomentKind
MOMENT_WORDS: dict[str, Promise] = {
    M.INVITED: _("Invited"),
    M.ACCEPTED: _("Accepted"),
    M.DECLINED: _("Declined"),
    M.CAME: _("Was there"),
    M.LEARNED: _("Completed a lesson"),
    M.ASKED: _("Asked a question"),
    M.FOLLOWED_UP: _("Followed up"),
    M.NOT_FOLLOWED_UP: _("Not followed up"),
    M.OWED: _("To be followed up"),
    M.GIVEN: _("Was given a material"),
    M.OPENED: _("Opened a material"),
    M.HANDED: _("Handed on to others"),
    M.CREDIT: _("Earned credit"),
}


@dataclass(frozen=True)
class Moment:
    """One thing that happened, of which activity, and what may be said of it here."""

    at: datetime
    kind: MomentKind
    activity_id: uuid.UUID
    activity: str
    detail: str = ""

    @property
    def words(self) -> str:
        return str(MOMENT_WORDS[self.kind])
