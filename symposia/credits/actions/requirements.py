import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.credits.events import LicenceTracked, RequirementChanged
from symposia.credits.letters import cycle_values
from symposia.credits.licence_rules import (
    LicenceFacts,
    PackFactsIn,
    objection_to_ending,
    objection_to_licence,
    objection_to_own_pack,
    objection_to_subjects,
)
from symposia.credits.models import (
    ActivitySubject,
    CycleReminder,
    Licence,
    OwnPack,
    RequirementPack,
)
from symposia.credits.queries import all_systems
from symposia.credits.tracked import Tracked, tracked
from symposia.credits.tracking import REMINDED, due_reminder
from symposia.directory.models import Clinician
from symposia.notifications.actions import queue_message
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if

# So many licences are worked out at once.
AT_ONCE = 500


@transaction.atomic
def track_licence(clinician: Clinician, facts: LicenceFacts, *, by: Actor) -> Licence:
    """Enter a licence somebody holds, with the cycle that runs, to see what it still needs."""
    clinician = Clinician.objects.locked(clinician.pk)

    refuse_if(objection_to_licence(facts, _twin(clinician, facts)))

    licence = Licence.objects.create(
        clinician=clinician,
        **_rule(facts),
        number=facts.number.strip(),
        cycle_starts_on=facts.cycle_starts_on,
        cycle_ends_on=facts.cycle_ends_on,
        left_out=sorted(set(facts.left_out)),
    )
    record(by, "licence.tracked", licence, details={"ends": str(licence.cycle_ends_on)})
    announce(LicenceTracked(licence.pk, clinician.pk))
    return licence


@transaction.atomic
def change_licence(licence: Licence, facts: LicenceFacts, *, by: Actor) -> Licence:
    """Set the cycle that runs now, the number, or what does not apply: after a renewal, say."""
    clinician = Clinician.objects.locked(licence.clinician_id)
    licence, number = Licence.objects.locked(licence.pk), facts.number.strip()
    is_renumbered = licence.pack_id is not None and number != licence.number

    refuse_if(objection_to_ending(licence))
    refuse_if(objection_to_licence(facts, _twin(clinician, facts) if is_renumbered else None))

    licence.number = number
    licence.cycle_starts_on, licence.cycle_ends_on = facts.cycle_starts_on, facts.cycle_ends_on
    licence.left_out = sorted(set(facts.left_out))
    licence.save(update_fields=["number", "cycle_starts_on", "cycle_ends_on", "left_out"])
    record(by, "licence.changed", licence, details={"ends": str(licence.cycle_ends_on)})
    announce(LicenceTracked(licence.pk, licence.clinician_id))
    return licence


def _rule(facts: LicenceFacts) -> dict[str, RequirementPack | OwnPack | None]:
    """Whose requirement it is, as the row keeps it: a shipped one or the organisation's own."""
    return {
        "pack": facts.asks if isinstance(facts.asks, RequirementPack) else None,
        "own_pack": facts.asks if isinstance(facts.asks, OwnPack) else None,
    }


def _twin(clinician: Clinician, facts: LicenceFacts) -> Licence | None:
    """What somebody tracks already by the same rule, and of a shipped one under the same number."""
    held = Licence.objects.of(clinician).held().filter(**_rule(facts))
    is_own = isinstance(facts.asks, OwnPack)
    return (held if is_own else held.filter(number=facts.number.strip())).first()


@transaction.atomic
def end_licence(licence: Licence, *, by: Actor) -> Licence:
    """Track it no more; what was earned stays."""
    licence = Licence.objects.locked(licence.pk)

    refuse_if(objection_to_ending(licence))

    licence.ended_at = now()
    licence.save(update_fields=["ended_at"])
    record(by, "licence.ended", licence)
    announce(LicenceTracked(licence.pk, licence.clinician_id))
    return licence


@transaction.atomic
def write_requirement(facts: PackFactsIn, *, before: OwnPack | None = None, by: Actor) -> OwnPack:
    """Write a rule of one's own, or its next version: whoever tracks it goes on with that one."""
    before = OwnPack.objects.locked(before.pk) if before else None
    there = OwnPack.objects.filter(name=facts.name.strip(), valid_from=facts.valid_from)

    refuse_if(
        objection_to_own_pack(
            facts,
            before,
            is_replaced=bool(before and OwnPack.objects.filter(replaces=before).exists()),
            is_there=there.exists(),
            known_systems={each.code for each in all_systems()},
        )
    )

    made = OwnPack.objects.create(
        name=facts.name.strip(),
        authority=facts.authority.strip(),
        cycle_months=facts.cycle_months,
        hours=facts.hours,
        core_hours=facts.core_hours,
        core_systems=sorted(set(facts.core_systems)),
        topics=facts.topics,
        notes=facts.notes.strip(),
        valid_from=facts.valid_from,
        citation=facts.citation.strip(),
        replaces=before,
        written_by_name=by.name,
    )
    record(by, "requirement.written", made, details={"hours": str(made.hours)})
    if before is not None:
        _hand_over(before, made, by=by)
    announce(RequirementChanged(made.pk))
    return made


def _hand_over(before: OwnPack, made: OwnPack, *, by: Actor) -> None:
    """The version before ends; cycles that end under the new one go on with it."""
    before.valid_until = made.valid_from - timedelta(days=1)
    before.save(update_fields=["valid_until"])
    record(by, "requirement.ended", before)
    going_on = Licence.objects.held().filter(own_pack=before, cycle_ends_on__gte=made.valid_from)
    asked = {topic["topic"] for topic in made.topics}
    for licence in going_on.select_for_update().order_by("pk"):
        licence.own_pack = made
        licence.left_out = [each for each in licence.left_out if each in asked]
        licence.save(update_fields=["own_pack", "left_out"])
        record(by, "licence.changed", licence, details={"requirement": str(made.pk)})


@transaction.atomic
def set_subjects(activity: Activity, hours: Mapping[str, Decimal], *, by: Actor) -> None:
    """Say which hours of an activity are about subjects that boards ask for, all at once."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_subjects(hours))

    known = {each.subject: each for each in ActivitySubject.objects.of(activity)}
    for subject in known.keys() - hours.keys():
        record(by, "subject.removed", known[subject])
        known[subject].delete()
    for subject, amount in hours.items():
        there = known.get(subject)
        if there is not None and there.hours == amount:
            continue
        line = there or ActivitySubject(activity=activity, subject=subject)
        line.hours = amount
        line.save()
        record(by, "subject.set", line, details={"hours": str(amount)})


@transaction.atomic
def remind_of_cycles(today: date, *, by: Actor) -> int:
    """Write to whoever's cycle ends in 180, 90, 30 or 7 days and is not done; to nobody twice."""
    due = _due(today)
    sent, ids = 0, sorted(due)
    for start in range(0, len(ids), AT_ONCE):
        rows = Licence.objects.with_packs().filter(pk__in=ids[start : start + AT_ONCE])
        for each in tracked(rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")):
            if not each.progress.is_done:
                _remind(each, due[each.licence.pk], today, by=by)
                sent += 1
    return sent


def _due(today: date) -> dict[uuid.UUID, int]:
    """The licences whose holder can be written to and has not heard of the reminder that is due;
    whether they are done is asked afterwards, of these alone."""
    last = today + timedelta(days=max(REMINDED))
    ending = Licence.objects.held().filter(cycle_ends_on__range=(today, last))
    chosen = ending.filter(~Q(clinician__email=""), clinician__deactivated_at=None)
    told = _told(today)
    due = {}
    for pk, ends_on in chosen.values_list("pk", "cycle_ends_on"):
        days = due_reminder(ends_on, told.get((pk, ends_on), ()), today)
        if days is not None:
            due[pk] = days
    return due


def _told(today: date) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    rows = CycleReminder.objects.filter(cycle_ends_on__gte=today)
    for licence, ends_on, days in rows.values_list("licence", "cycle_ends_on", "days"):
        found.setdefault((licence, ends_on), []).append(days)
    return found


def _remind(each: Tracked, days: int, today: date, *, by: Actor) -> None:
    licence = each.licence
    kept = CycleReminder.objects.create(
        licence=licence, cycle_ends_on=licence.cycle_ends_on, days=days
    )
    record(by, "licence.reminded", kept, details={"days": days})
    person = licence.clinician
    queue_message(
        "credits.cycle",
        to_address=person.email,
        to_name=person.called,
        language=person.language,
        values=cycle_values(each, today),
        about=(licence._meta.label, licence.pk),
        by=by,
    )
