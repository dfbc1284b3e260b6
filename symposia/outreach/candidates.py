"""Before a representative asks anybody: who may be asked, why the others not, how often more."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.directory.asking import may_be_asked
from symposia.directory.models import Channel, Clinician, Purpose
from symposia.notifications.queries import causes_among
from symposia.outreach.allotted import Allotted, allotted_to, is_left_out
from symposia.outreach.allotting import (
    NOT_APPROVED,
    objection_to_any_more,
)
from symposia.outreach.fatigue import asked_lately
from symposia.outreach.lists import CANDIDATES
from symposia.outreach.models import (
    Aim,
    Invitation,
    Recipient,
    RecipientState,
    State,
    Wave,
    WaveState,
)
from symposia.outreach.policies import (
    objection_to_inviting_clinician,
)
from symposia.outreach.queries import Known, known_about
from symposia.outreach.selection import Sorted, sort_out_again
from symposia.shared.lists import Rows
from symposia.shared.refusals import Objection

# Whoever was invited or reminded is left in peace for so long.
PEACE = timedelta(days=1)
REMINDED_LATELY = Objection("reminded_lately", _("was invited or reminded within the last day"))


@dataclass(frozen=True)
class Candidate:
    """A clinician whom somebody may want to ask, with what stands against it."""

    clinician: Clinician
    objection: Objection | None
    # How often they were asked within the month, and how often the own policy allows.
    asked: int
    cap: int | None
    invitation: Invitation | None = None
    # Whether what stands against it is the allotment, which is said once for all of them.
    for_all: bool = False

    @property
    def left(self) -> int | None:
        """How often more they may be asked this month; nothing where no cap is set."""
        return None if self.cap is None else max(0, self.cap - self.asked)


def candidates_among(clinicians: Sequence[Clinician], *, at: datetime) -> list[Candidate]:
    """Whether these may be asked to anything at all."""
    lately = asked_lately([each.pk for each in clinicians], at=at)
    known = Known(
        {},
        causes_among(each.email for each in clinicians if each.email),
        may_be_asked(clinicians, Channel.EMAIL, Purpose.INVITATIONS),
        fatigue=lately,
    )
    return [_candidate(each, known, lately.invitations) for each in clinicians]


@dataclass(frozen=True)
class Choice:
    """What somebody chooses from for one activity: what they hold of it, and each clinician."""

    allotted: Allotted | None
    candidates: list[Candidate]
    # What stands against asking anybody: no allotment, one that has ended, or none of it left.
    objection: Objection | None = None


def doctors_for(access: Access, activity: Activity, text: str = "") -> Rows:
    """Whom somebody chooses from for an activity: those approved for them, or everybody of their
    territory; `text` is a part of a name or number."""
    rows = CANDIDATES.rows_for(access, {"q": [text]}, pk=activity.pk)
    allotted = allotted_to(activity, access.user_id)
    return rows.filter(pk__in=allotted.approved) if allotted and allotted.approved else rows


def choice_for(
    activity: Activity, clinicians: Sequence[Clinician], access: Access, *, at: datetime
) -> Choice:
    """Of each clinician whether this person may invite them to the activity now."""
    known = known_about(activity, clinicians)
    lately = asked_lately([each.pk for each in clinicians], at=at)
    allotted = allotted_to(activity, access.user_id)
    whole = objection_to_any_more(
        allotted, left_out=is_left_out(activity, access), on=local_day(at)
    )
    found = [_candidate(each, known, lately.invitations) for each in clinicians]
    return Choice(allotted, [_within(each, allotted, whole) for each in found], whole)


def _candidate(clinician: Clinician, known: Known, lately: Mapping[uuid.UUID, int]) -> Candidate:
    cap = known.fatigue.invitation_cap
    return Candidate(
        clinician,
        objection_to_inviting_clinician(clinician, known),
        lately.get(clinician.pk, 0),
        None if cap is None else int(cap),
        known.invited.get(clinician.pk),
    )


def _within(candidate: Candidate, allotted: Allotted | None, whole: Objection | None) -> Candidate:
    """What the allotment adds, where nothing else stands against it."""
    if candidate.objection:
        return candidate
    if allotted and not allotted.approves(candidate.clinician.pk):
        return replace(candidate, objection=NOT_APPROVED)
    return replace(candidate, objection=whole, for_all=whole is not None)


def own_invitations(activity: Activity, access: Access) -> list[Invitation]:
    """Whom this person has invited to the activity, or took over, those without an answer
    first."""
    mine = Invitation.objects.visible_to(access, Permission.INVITE).of(activity)
    mine = mine.stood_for_by(access.user_id).exclude(state=State.WITHDRAWN).for_list()
    by_name = mine.order_by("clinician__search_text", "pk")
    return sorted(by_name, key=lambda each: each.state != State.SENT)


def unanswered_by(activity: Activity, access: Access, *, at: datetime) -> Sorted:
    """Whom of the own invited a reminder would reach now, and who is left in peace."""
    waiting = [each for each in own_invitations(activity, access) if each.state == State.SENT]
    answer = sort_out_again(activity, waiting)
    lately = set(
        Recipient.objects.filter(
            activity=activity,
            wave__aim=Aim.UNANSWERED,
            state=RecipientState.SENT,
            settled_at__gt=at - PEACE,
        ).values_list("clinician_id", flat=True)
    )
    lately |= {each.clinician_id for each in waiting if each.sent_at > at - PEACE}
    kept = Sorted(skipped=list(answer.skipped))
    for clinician in answer.invited:
        kept.add(clinician, REMINDED_LATELY if clinician.pk in lately else None)
    return kept


@dataclass(frozen=True)
class Leaving:
    """A wave that can still be recalled, with those whose letter has not left."""

    wave: Wave
    people: list[Clinician]
    at: datetime

    @property
    def is_late(self) -> bool:
        """Whether its minute is over and nobody has sent it yet."""
        return self.wave.leaves_from <= self.at

    @property
    def is_reminder(self) -> bool:
        return self.wave.aim == Aim.UNANSWERED


def waves_under_way(activity: Activity, user_id: uuid.UUID, *, at: datetime) -> list[Leaving]:
    """What somebody released for the activity and can still recall, the latest first."""
    mine = Wave.objects.filter(
        campaign__activity=activity, released_by_id=user_id, state=WaveState.RELEASED
    )
    waves = list(mine.select_related("campaign").order_by("-released_at", "-pk"))
    rows = Recipient.objects.filter(
        wave__in=[each.pk for each in waves], state=RecipientState.WAITING
    )
    people: dict[uuid.UUID | None, list[Clinician]] = defaultdict(list)
    for row in rows.select_related("clinician").order_by("clinician__search_text", "pk"):
        people[row.wave_id].append(row.clinician)
    return [Leaving(each, people[each.pk], at) for each in waves]
