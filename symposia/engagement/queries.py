import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Value
from django.utils.translation import gettext as _

from symposia.accounts.models import Grant, ScopeKind
from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.attendance.queries import presence_by_registration
from symposia.directory.asking import may_be_asked, ways_of
from symposia.directory.models import Clinician, Territory
from symposia.directory.policies.asking import MERGED, objection_to_restricted
from symposia.directory.queries import barred_on
from symposia.engagement.models import (
    AdverseEvent,
    ApprovedMaterial,
    FollowUp,
    HandedQuestion,
    MaterialShare,
    SafetyMailbox,
    SafetySending,
)
from symposia.outreach.models import Invitation
from symposia.registrations.models import Registration
from symposia.shared.refusals import Objection

# A page for a phone; the list of the office has the rest.
MOST = 100


def people_after(activity: Activity) -> dict[Clinician, bool]:
    """Whoever had a place or was there, each by the record that is kept of them, and whether they
    were there by what the doors know."""
    seen = {key for key, each in presence_by_registration(activity).items() if each.was_there}
    places = Registration.objects.of(activity).with_people()
    found: dict[Clinician, bool] = {}
    for place in places.select_related("clinician__merged_into").order_by("pk"):
        came = place.pk in seen
        if came or place.is_confirmed:
            person = place.clinician.as_kept
            found[person] = found.get(person, False) or came
    return found


def owners_of(
    activity: Activity, people: Iterable[Clinician], *, at: datetime
) -> dict[uuid.UUID, uuid.UUID]:
    """Of each clinician who follows them up: whoever asks doctors of their territory to come, of
    several whoever invited them, else who has done it longest; where the territory has nobody,
    whoever holds the part of the map around it. Clinicians whom nobody looks after are left out."""
    people = list(people)
    above = dict(Territory.objects.values_list("pk", "parent_id"))
    held, invited = _holders(at), _inviters(activity, people)
    found = {}
    for person in people:
        near = next(
            (held[each] for each in _around(person.territory_id, above) if each in held), ()
        )
        if near:
            inviter = invited.get(person.pk)
            found[person.pk] = inviter if inviter in near else near[0]
    return found


def _holders(at: datetime) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Of each territory who asks its doctors to come, the longest there first."""
    grants = Grant.objects.in_force(at).filter(
        scope_kind=ScopeKind.TERRITORY, role__permissions__contains=[Permission.INVITE]
    )
    rows = grants.order_by("granted_at", "pk").values_list("scope_id", "membership__user_id")
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for territory_id, user_id in rows:
        if territory_id:
            found[territory_id].append(user_id)
    return dict(found)


def _inviters(activity: Activity, people: Iterable[Clinician]) -> dict[uuid.UUID, uuid.UUID]:
    asked = Invitation.objects.of(activity).to_any_of(people)
    return {
        each.clinician_id: by
        for each in asked
        if (by := each.taken_over_by_id or each.invited_by_id) is not None
    }


def _around(
    pk: uuid.UUID | None, above: Mapping[uuid.UUID, uuid.UUID | None]
) -> Iterable[uuid.UUID]:
    while pk is not None:
        yield pk
        pk = above.get(pk)


def kinds_there(activity: Activity, clinician: Clinician) -> list[str]:
    """The kinds of follow-up that somebody has of an activity, done or not."""
    rows = FollowUp.objects.of(activity).filter(clinician=clinician)
    return list(rows.exclude(state="dropped").values_list("kind", flat=True))


def objection_to_writing(clinician: Clinician, channel: str, purpose: str) -> Objection | None:
    """Why somebody is not written to this way for this: what they, or the directory, said."""
    return may_be_asked([clinician], channel, purpose)[clinician.pk]


def objections_by_channel(clinician: Clinician, purpose: str) -> dict[str, Objection | None]:
    """Of each channel the same, in few statements: what they said, and what the directory says."""
    barred = objection_to_restricted(barred_on([clinician.pk], local_day()).get(clinician.pk))
    shut = (MERGED if clinician.is_merged else None) or barred
    asked = next(each for each in ways_of(clinician) if each.purpose == purpose)
    return {way.channel: shut or way.objection for way in asked.ways}


def materials_for(follow_up: FollowUp, *, day: date) -> list[ApprovedMaterial]:
    """What may be given in a follow-up on a day, whoever looks."""
    rows = ApprovedMaterial.objects.approved(day).for_activity(follow_up.activity)
    return list(rows.for_list().order_by("name"))


def material_named(pk: uuid.UUID) -> ApprovedMaterial | None:
    """A version by its id; whether it may be given is for the action to say."""
    return ApprovedMaterial.objects.filter(pk=pk).first()


def shares_of(follow_up: FollowUp) -> Sequence[MaterialShare]:
    """What was given in a follow-up, the last first, each with its openings."""
    rows = MaterialShare.objects.of(follow_up).select_related("material")
    return list(rows.prefetch_related("openings").order_by("-at", "pk"))


def safety_mailbox() -> SafetyMailbox | None:
    """Where drug safety reads its mail now; nothing while nobody has said so."""
    return SafetyMailbox.objects.order_by("-set_at", "-pk").first()


@dataclass(frozen=True)
class OwnFollowUps:
    """What somebody owes, as far as a page for a phone goes, and how many more there are."""

    shown: list[FollowUp]
    more: int


def own_follow_ups(access: Access, user_id: uuid.UUID) -> OwnFollowUps:
    """What somebody owes doctors that they still reach, the most urgent first."""
    rows = FollowUp.objects.visible_to(access).open().owned_by(user_id).for_list()
    found = list(rows.order_by("due_on", "pk")[: MOST + 1])
    more = rows.count() - MOST if len(found) > MOST else 0
    return OwnFollowUps(found[:MOST], more)


@dataclass(frozen=True)
class HandedOn:
    """Something that went to others: what, when, by whom. What they did with it is not told."""

    what: str
    at: datetime
    by: str


def handed_on(follow_up: FollowUp) -> list[HandedOn]:
    """What a follow-up handed on, the last first."""
    asked, told = HandedQuestion.objects.filter(follow_up=follow_up), AdverseEvent.objects
    rows = asked.values_list(Value("question"), "at", "by_name").union(
        told.filter(follow_up=follow_up).values_list(Value("event"), "recorded_at", "by_name"),
        all=True,
    )
    words = {
        "question": _("Question to medical affairs"),
        "event": _("Adverse event to drug safety"),
    }
    found = [HandedOn(words[what], at, by) for what, at, by in rows]
    return sorted(found, key=lambda each: each.at, reverse=True)


def safety_sending(event: AdverseEvent) -> SafetySending | None:
    """When and where drug safety was told; nothing while it waits for a mailbox."""
    return SafetySending.objects.filter(event=event).first()
