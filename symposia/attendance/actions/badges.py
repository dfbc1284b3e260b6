import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.attendance.badge_bands import Band, objection_to_bands
from symposia.attendance.badges import (
    NO_DESIGN,
    NOBODY_WITHOUT,
    NONE_CHOSEN,
    NOTHING_WAITS,
    design_of,
    objection_to_design,
    objection_to_dropping,
    objection_to_logo,
    objection_to_queueing,
    without_badge,
)
from symposia.attendance.models import Badge, BadgeBand, BadgeDesign, BadgeState
from symposia.audit.actions import record, record_each
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if
from symposia.shared.states import move_each
from symposia.work.files import store_file
from symposia.work.kinds import PICTURES, kind_of

PURPOSE = "badge_logo"


@dataclass(frozen=True)
class Look:
    """Paper, what stands below the name in which order, the code, the bands, a new logo."""

    size: str
    shows: Sequence[str] = ()
    has_code: bool = True
    band: str = ""
    logo: bytes | None = None
    bands: Sequence[Band] = ()


@transaction.atomic
def design_badges(activity: Activity, look: Look, *, by: Actor) -> BadgeDesign:
    """Say how the badges of an activity look from now on; paper that was printed stays as it is."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)

    refuse_if(objection_to_design(look.size, look.shows))
    refuse_if(objection_to_logo(look.logo))
    refuse_if(objection_to_bands(look.bands))

    design = design_of(activity) or BadgeDesign(activity=activity)
    if look.logo:
        design.logo = store_file(
            look.logo,
            name="logo",
            content_type=kind_of(look.logo, PICTURES),
            purpose=PURPOSE,
            by=by,
            subject_id=activity.pk,
        )
    design.size, design.shows, design.has_code = look.size, list(look.shows), look.has_code
    design.band = look.band.strip()[:30]
    design.changed_at, design.changed_by_name = now(), by.name
    design.save()
    _paint(design, look.bands)
    words = {each.role: f"{each.word}, {each.colour}" for each in look.bands}
    record(by, "badge_design.set", design, details={"bands": words})
    return design


def _paint(design: BadgeDesign, bands: Sequence[Band]) -> None:
    """The bands as they are now in place of those that were."""
    BadgeBand.objects.filter(design=design).delete()
    BadgeBand.objects.bulk_create(
        BadgeBand(design=design, role=each.role, word=each.word.strip(), colour=each.colour)
        for each in bands
    )


@transaction.atomic
def queue_badge(registration: Registration, *, reason: str = "", by: Actor) -> Badge:
    """Send somebody's badge to the printer; a second one says why."""
    registration = Registration.objects.locked(registration.pk)
    badges = list(Badge.objects.filter(registration=registration))

    refuse_if(None if design_of(registration.activity) else NO_DESIGN)
    refuse_if(objection_to_queueing(registration, badges, reason=reason))

    badge = Badge.objects.create(
        activity_id=registration.activity_id,
        registration=registration,
        reason=reason.strip()[:300],
        queued_by_name=by.name,
    )
    record(by, "badge.queued", badge, reason=reason)
    return badge


@transaction.atomic
def queue_all_badges(activity: Activity, *, by: Actor) -> int:
    """Send the badges of everybody with a place who has none to the printer."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    people = without_badge(activity)

    refuse_if(None if design_of(activity) else NO_DESIGN)
    refuse_if(None if people else NOBODY_WITHOUT)

    badges = Badge.objects.bulk_create(
        [Badge(activity=activity, registration=one, queued_by_name=by.name) for one in people],
        batch_size=1000,
    )
    record_each(by, "badge.queued", badges)
    return len(badges)


@transaction.atomic
def print_badges(activity: Activity, *, by: Actor) -> uuid.UUID:
    """Print what waits; returns the run. Its paper is made anew whenever it is asked for, as badges
    look and tickets are signed by then."""
    waiting = list(Badge.objects.of(activity).waiting().select_for_update(of=("self",)))

    refuse_if(None if design_of(activity) else NO_DESIGN)
    refuse_if(None if waiting else NOTHING_WAITS)

    run, who = uuid.uuid4(), by.name
    move_each(waiting, BadgeState.PRINTED, run=run, printed_at=now(), printed_by_name=who)
    record_each(by, "badge.printed", waiting)
    return run


@transaction.atomic
def drop_badges(badges: Sequence[Badge], *, by: Actor) -> None:
    """Take badges out of the queue."""
    chosen = [one.pk for one in badges]
    found = list(Badge.objects.filter(pk__in=chosen).select_for_update(of=("self",)))

    refuse_if(None if found else NONE_CHOSEN)
    refuse_if(next(filter(None, map(objection_to_dropping, found)), None))

    for badge in found:
        badge.move(BadgeState.DROPPED)
    record_each(by, "badge.dropped", found)
