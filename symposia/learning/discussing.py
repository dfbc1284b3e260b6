"""Who speaks in a discussion, and what was said there: threads as each reader may see them."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from symposia.accounts.queries import local_day, person_behind, zone_here
from symposia.activities.models import Activity, FacultyInvitation
from symposia.learning.models import (
    Contribution,
    ContributionReport,
    ContributionState,
    Discussion,
    Following,
    Practice,
    Speaking,
)
from symposia.registrations.models import Registration
from symposia.registrations.models import State as PlaceState
from symposia.shared.actors import Actor
from symposia.shared.counting import CountOf
from symposia.shared.times import day_ends


@dataclass(frozen=True)
class Voice:
    """Somebody who speaks: a learner by a place, faculty by an invitation, the office by name."""

    speaks_as: Speaking
    person_id: uuid.UUID | None
    name: str
    activity_id: uuid.UUID | None = None
    registration: Registration | None = None
    # Whether the place is held, or the invitation was not declined.
    is_there: bool = True

    @property
    def is_office(self) -> bool:
        return self.speaks_as == Speaking.OFFICE

    def wrote(self, contribution: Contribution) -> bool:
        """Whether these are the own words."""
        if self.registration is not None:
            return contribution.registration_id == self.registration.pk
        same = contribution.speaks_as == self.speaks_as
        return same and contribution.person_id == self.person_id


def voice_of_place(registration: Registration) -> Voice:
    """A learner, by the own place."""
    return Voice(
        Speaking.LEARNER,
        registration.clinician_id,
        registration.clinician.called,
        registration.activity_id,
        registration,
        registration.is_confirmed,
    )


def voice_of_faculty(invitation: FacultyInvitation) -> Voice:
    """Somebody who teaches, by the own invitation."""
    return Voice(
        Speaking.FACULTY,
        invitation.contributor_id,
        invitation.contributor.name,
        invitation.activity_id,
        is_there=invitation.accepted is not False,
    )


def voice_of_office(by: Actor) -> Voice:
    """Whoever works on it in the office."""
    return Voice(Speaking.OFFICE, person_behind(by), by.name)


@dataclass(frozen=True)
class Thread:
    """What somebody began, with the replies to it, the oldest first."""

    head: Contribution
    replies: Sequence[Contribution]


def _seen_by(voice: Voice) -> Q:
    """What is shown, and the own words whatever became of them; the office sees all."""
    if voice.is_office:
        return Q()
    own = Q(speaks_as=voice.speaks_as, person_id=voice.person_id)
    if voice.registration is not None:
        own = Q(registration=voice.registration)
    return Q(state=ContributionState.SHOWN) | (own & ~Q(state=ContributionState.WITHDRAWN))


def threads_of(place: Discussion | Practice, voice: Voice) -> list[Thread]:
    """What was said in a discussion or about a practice: what is pinned first, then the latest. A
    beginning that is hidden takes its replies along."""
    held = {"discussion": place} if isinstance(place, Discussion) else {"practice": place}
    rows = Contribution.objects.filter(_seen_by(voice), **held).order_by("written_at", "pk")
    heads: list[Contribution] = []
    replies: dict[uuid.UUID, list[Contribution]] = defaultdict(list)
    for each in rows.with_reports():
        if each.head_id is None:
            heads.append(each)
        else:
            replies[each.head_id].append(each)
    heads.sort(key=lambda each: (each.pinned_at is not None, each.written_at), reverse=True)
    return [Thread(each, replies[each.pk]) for each in heads]


def reports_about(contributions: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[ContributionReport]]:
    """What was reported of some contributions, the latest first."""
    found: dict[uuid.UUID, list[ContributionReport]] = defaultdict(list)
    rows = ContributionReport.objects.filter(contribution__in=contributions).order_by("-at", "-pk")
    for each in rows:
        found[each.contribution_id].append(each)
    return found


def discussions_of(activity: Activity | uuid.UUID) -> list[Discussion]:
    """The discussions of an activity with how much was said in each, in the order they open."""
    said = _counted(Q(state=ContributionState.SHOWN))
    waiting = _counted(Q(state=ContributionState.WAITING))
    return list(Discussion.objects.of(activity).annotate(said=said, waiting=waiting))


def _counted(which: Q) -> CountOf:
    return CountOf(Contribution.objects.filter(which, discussion=OuterRef("pk")).values("pk"))


def discussion_of_id(pk: uuid.UUID) -> Discussion | None:
    """A discussion by its id, where it is still there."""
    return Discussion.objects.filter(pk=pk).select_related("activity").first()


def has_discussions(activity: Activity) -> bool:
    """Whether an activity has a discussion at all."""
    return Discussion.objects.of(activity).exists()


def stands_of(registration: Registration) -> dict[str, int]:
    """How many contributions a learner has in each state, in the discussions of the activity."""
    rows = Contribution.objects.filter(registration=registration, discussion__isnull=False)
    counted = rows.order_by().values("state").annotate(n=Count("pk"))
    return {each["state"]: each["n"] for each in counted}


def who_took_part(activity: Activity, contributions: int) -> set[uuid.UUID]:
    """Who has that many contributions that stand, by registration."""
    rows = Contribution.objects.shown().filter(activity=activity, discussion__isnull=False)
    counted = rows.exclude(registration=None).order_by().values("registration")
    counted = counted.annotate(n=Count("pk")).filter(n__gte=contributions)
    return set(counted.values_list("registration", flat=True))


def following_of(discussion: Discussion, registration: Registration) -> Following | None:
    """That a learner follows a discussion, if so."""
    return Following.objects.filter(discussion=discussion, registration=registration).first()


def news_for(following: Following) -> QuerySet[Contribution]:
    """What others said since a follower last heard."""
    rows = Contribution.objects.shown().filter(
        discussion=following.discussion_id, shown_at__gt=following.told_at
    )
    return rows.exclude(speaks_as=Speaking.LEARNER, registration=following.registration_id)


def following_due(at: datetime) -> QuerySet[Following]:
    """Who follows a discussion, has not heard today, and would hear something new."""
    own = Q(speaks_as=Speaking.LEARNER, registration=OuterRef("registration"))
    news = Contribution.objects.shown().filter(
        discussion=OuterRef("discussion"), shown_at__gt=OuterRef("told_at")
    )
    yesterday = day_ends(local_day(at) - timedelta(days=1), zone_here())
    rows = Following.objects.filter(
        Exists(news.exclude(own)), registration__state=PlaceState.CONFIRMED, told_at__lte=yesterday
    )
    rows = rows.select_related("discussion", "registration__clinician", "registration__activity")
    return rows.order_by("told_at", "pk")


def said_where(activity: Activity) -> QuerySet[Contribution]:
    """What people of an activity may come to: what was said in its discussions, and about
    practices published at activities of the same mode."""
    read = Practice.objects.published().filter(activity__mode=activity.mode)
    here = Q(discussion__activity=activity) | Q(practice__in=read.values("pk"))
    rows = Contribution.objects.filter(here).exclude(state=ContributionState.WITHDRAWN)
    return rows.select_related("discussion__activity", "practice")


def talked_of_among(activities: Iterable[Activity]) -> set[uuid.UUID]:
    """Which of some activities have a discussion, by id."""
    rows = Discussion.objects.filter(activity__in=[each.pk for each in activities])
    return set(rows.values_list("activity_id", flat=True))
