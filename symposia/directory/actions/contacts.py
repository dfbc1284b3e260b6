"""Ways to reach clinicians: noted, described, tried, preferred, ended, taken away."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from symposia.accounts.queries import local_day
from symposia.audit.actions import record
from symposia.directory.actions.changes import correct_clinician
from symposia.directory.actions.clinicians import write_facts
from symposia.directory.contacting import ContactFacts, as_noted
from symposia.directory.events import ContactsChanged
from symposia.directory.models import ChangeRequest, Clinician, ContactKind, ContactPoint
from symposia.directory.policies.contacts import (
    objection_to_contact,
    objection_to_days,
    objection_to_ending_contact,
    objection_to_preferring,
    objection_to_removing_contact,
    objection_to_verifying,
)
from symposia.directory.reaching import IN_RECORD, used_in_record
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if

# So long one that is over is looked for, should nobody have looked meanwhile.
_LOOK_BACK = timedelta(days=35)


@transaction.atomic
def add_contact(clinician: Clinician, facts: ContactFacts, *, by: Actor) -> ContactPoint:
    """Note another way to reach somebody; the first of its kind is the one that is used."""
    clinician, facts = _held(clinician), as_noted(facts)
    known = ContactPoint.objects.of_people([clinician.pk]).of_kind(facts.kind)

    refuse_if(objection_to_contact(facts, known.filter(value=facts.value).first()))

    row = _note(clinician, facts, by=by)
    column = IN_RECORD.get(ContactKind(facts.kind))
    is_first = column and not getattr(clinician, column)
    if is_first and column and row.holds_on(local_day(now())) and not _has_others(row):
        write_facts(clinician, {column: facts.value}, by=by)
    announce(ContactsChanged(clinician.pk))
    return row


@transaction.atomic
def describe_contact(row: ContactPoint, facts: ContactFacts, *, by: Actor) -> ContactPoint:
    """Say better what it is for, since when and until when, and who says so; what it is stays."""
    clinician = _held(row.clinician)
    row = ContactPoint.objects.for_list().locked(row.pk)
    row.clinician = clinician
    is_used, today = used_in_record(row), local_day(now())

    refuse_if(objection_to_days(facts))
    refuse_if(objection_to_ending_contact(is_used=is_used, until_on=facts.until_on, today=today))

    said = {name: getattr(as_noted(facts), name) for name in ("label", "from_on", "until_on")}
    said["source"] = facts.source.strip()
    changed = {
        name: [getattr(row, name), value]
        for name, value in said.items()
        if getattr(row, name) != value
    }
    if changed:
        for name, value in said.items():
            setattr(row, name, value)
        row.save(update_fields=list(said))
        record(by, "contact.changed", row, details=_told(row) | {"changed": changed})
        announce(ContactsChanged(clinician.pk))
    return row


@transaction.atomic
def prefer_contact(row: ContactPoint, *, by: Actor) -> ContactPoint | ChangeRequest:
    """Use this one from now on; what was used stays noted. Where two people change it, the record
    goes on saying the other until the second agrees."""
    clinician = _held(row.clinician)
    row = ContactPoint.objects.for_list().locked(row.pk)
    row.clinician = clinician

    refuse_if(objection_to_preferring(row, today=local_day(now())))

    row.preferred_at = now()
    row.save(update_fields=["preferred_at"])
    record(by, "contact.preferred", row, details=_told(row))
    announce(ContactsChanged(clinician.pk))
    column = IN_RECORD.get(ContactKind(row.kind))
    if column is None:
        return row
    _keep_former(clinician, row.kind, getattr(clinician, column), by=by)
    evidence = row.verified_how or row.source or str(row.added_by_name)
    done = correct_clinician(clinician, {column: row.value}, by=by, evidence=evidence)
    return done.waiting[0] if done.waiting else row


@transaction.atomic
def verify_contact(row: ContactPoint, how: str, *, by: Actor) -> ContactPoint:
    """Say that it reaches the person, and how one knows."""
    row = ContactPoint.objects.for_list().locked(row.pk)

    refuse_if(objection_to_verifying(how))

    row.verified_at, row.verified_by_name = now(), by.name[:200]
    row.verified_how = how.strip()[:200]
    row.save(update_fields=["verified_at", "verified_by_name", "verified_how"])
    record(by, "contact.verified", row, reason=how, details=_told(row))
    return row


@transaction.atomic
def remove_contact(row: ContactPoint, *, by: Actor, reason: str) -> None:
    """Take away what never reached the person."""
    clinician = _held(row.clinician)
    row = ContactPoint.objects.for_list().locked(row.pk)
    row.clinician = clinician

    refuse_if(
        objection_to_removing_contact(
            is_used=used_in_record(row), is_last_known=_is_last_known(row), reason=reason
        )
    )

    record(by, "contact.removed", row, reason=reason, details=_told(row))
    ContactPoint.objects.filter(pk=row.pk).delete()
    announce(ContactsChanged(clinician.pk))


@transaction.atomic
def leave_ended_contacts(*, by: Actor) -> int:
    """Whose way was used and is over is reached by it no more; how many. Which one is used instead
    two people say (`prefer_contact`)."""
    today, left = local_day(now()), 0
    for kind, column in IN_RECORD.items():
        ended = ContactPoint.objects.of_kind(kind).filter(
            until_on__gte=today - _LOOK_BACK, until_on__lt=today
        )
        for row in ended.filter(**{f"clinician__{column}": F("value")}).order_by("pk"):
            clinician = _held(row.clinician)
            left += bool(write_facts(clinician, {column: ""}, by=by))
    return left


def _has_others(row: ContactPoint) -> bool:
    """Whether another way of this kind was noted, also one that is over."""
    known = ContactPoint.objects.of_people([row.clinician_id]).of_kind(row.kind)
    return known.exclude(pk=row.pk).exists()


def _is_last_known(row: ContactPoint) -> bool:
    """Nothing of its kind is used today, and this was noted: taken away, nothing would tell that
    another one was ever used."""
    column = IN_RECORD.get(ContactKind(row.kind))
    has_begun = row.from_on is None or row.from_on <= local_day(now())
    return column is not None and not getattr(row.clinician, column) and has_begun


def _held(clinician: Clinician) -> Clinician:
    return Clinician.objects.locked(clinician.pk)


def _note(clinician: Clinician, facts: ContactFacts, *, by: Actor) -> ContactPoint:
    row = ContactPoint.objects.create(
        clinician=clinician,
        kind=facts.kind,
        value=facts.value,
        label=facts.label[:60],
        from_on=facts.from_on,
        until_on=facts.until_on,
        source=facts.source[:200],
        added_by_name=by.name[:200],
    )
    record(by, "contact.added", row, details=_told(row))
    return row


def _keep_former(clinician: Clinician, kind: str, value: str, *, by: Actor) -> None:
    """What the record alone said is noted, so that it is not lost."""
    known = ContactPoint.objects.of_people([clinician.pk]).of_kind(kind).filter(value=value)
    if value and not known.exists():
        _note(clinician, ContactFacts(kind, value), by=by)


def _told(row: ContactPoint) -> dict[str, object]:
    """What the journal says of it: whose, and of which kind; the row keeps what it is."""
    days: list[date | None] = [row.from_on, row.until_on]
    return {"clinician": row.clinician_id, "kind": row.kind, "label": row.label, "days": days}
