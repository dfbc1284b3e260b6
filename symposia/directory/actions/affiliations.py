"""Where clinicians work, as what, from when until when: noted, changed, ended, taken away."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import local_day
from symposia.audit.actions import record
from symposia.directory.actions.clinicians import add_institution, write_facts
from symposia.directory.actions.workplaces import let_place_end, note_place, take_place_away
from symposia.directory.affiliating import AffiliationFacts, Earlier
from symposia.directory.events import AffiliationChanged
from symposia.directory.models import Affiliation, Clinician, Institution
from symposia.directory.policies.affiliations import (
    objection_to_affiliation,
    objection_to_ending_affiliation,
    objection_to_primary,
    objection_to_removing_affiliation,
)
from symposia.directory.queries import (
    institution_meant,
    of_same_post,
    primary_places_to_follow,
)
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if

_DAY = timedelta(days=1)
_WRITTEN = ("role", "department", "from_on", "until_on", "is_primary", "source")


@transaction.atomic
def add_affiliation(clinician: Clinician, facts: AffiliationFacts, *, by: Actor) -> Affiliation:
    """Note where somebody works; another primary place makes room from the first day on."""
    clinician = _held(clinician)
    others, meant = _primary_meeting(clinician, facts), _meant(clinician, facts)

    refuse_if(objection_to_affiliation(facts, of_same_post(clinician, meant, facts)))
    refuse_if(objection_to_primary(facts, others))

    _make_room(others, facts, by=by)
    place = meant or _new_place(clinician, facts, by=by)
    said = {name: getattr(facts, name) for name in _WRITTEN}
    row = note_place(clinician, place, by=by, **said)
    _follow(clinician, by=by)
    announce(AffiliationChanged(clinician.pk))
    return row


@transaction.atomic
def change_affiliation(row: Affiliation, facts: AffiliationFacts, *, by: Actor) -> Affiliation:
    """Say it better; the journal names what became different."""
    clinician = _held(row.clinician)
    row = Affiliation.objects.for_list().locked(row.pk)
    others = [each for each in _primary_meeting(clinician, facts) if each.pk != row.pk]
    meant = _meant(clinician, facts)
    same = [each for each in of_same_post(clinician, meant, facts) if each.pk != row.pk]

    refuse_if(objection_to_affiliation(facts, same))
    refuse_if(objection_to_primary(facts, others))

    _make_room(others, facts, by=by)
    place = meant or _new_place(clinician, facts, by=by)
    said = {name: getattr(facts, name) for name in _WRITTEN} | {"institution_id": place.pk}
    changed = {
        name: [getattr(row, name), value]
        for name, value in said.items()
        if getattr(row, name) != value
    }
    if changed:
        for name, (_was, value) in changed.items():
            setattr(row, name, value)
        row.institution = place
        row.save(update_fields=list(said))
        record(by, "affiliation.changed", row, details=row.told | {"changed": changed})
        _follow(clinician, by=by)
        announce(AffiliationChanged(clinician.pk))
    return row


@transaction.atomic
def end_affiliation(row: Affiliation, on: date, *, by: Actor, reason: str = "") -> Affiliation:
    """Say the last day somewhere, past or to come."""
    clinician = _held(row.clinician)
    row = Affiliation.objects.for_list().locked(row.pk)

    refuse_if(objection_to_ending_affiliation(row, on, today=local_day(now())))

    let_place_end(row, on, by=by, reason=reason)
    _follow(clinician, by=by)
    announce(AffiliationChanged(clinician.pk))
    return row


@transaction.atomic
def remove_affiliation(row: Affiliation, *, by: Actor, reason: str) -> None:
    """Take away what was never so."""
    clinician = _held(row.clinician)
    row = Affiliation.objects.for_list().locked(row.pk)

    refuse_if(objection_to_removing_affiliation(reason))

    take_place_away(row, by=by, reason=reason)
    _follow(clinician, by=by)
    announce(AffiliationChanged(clinician.pk))


@transaction.atomic
def follow_primary_places(*, by: Actor) -> int:
    """Whose primary place began or ended these days is known by the one of today; how many."""
    people = list(primary_places_to_follow(local_day(now())))
    held = Clinician.objects.filter(pk__in=people).order_by("pk")
    return sum(_follow(each, by=by) for each in held.select_for_update(of=["self"]))


def _held(clinician: Clinician) -> Clinician:
    return Clinician.objects.locked(clinician.pk)


def _meant(clinician: Clinician, facts: AffiliationFacts) -> Institution | None:
    return institution_meant(facts.institution, facts.city.strip(), near=clinician.city)


def _new_place(clinician: Clinician, facts: AffiliationFacts, *, by: Actor) -> Institution:
    """A house nobody named before; without a city it stands where the person is."""
    where = {"region": clinician.region, "country": clinician.country}
    if facts.city.strip():
        where = {"country": clinician.country}
    name, city = facts.institution.strip(), facts.city.strip() or clinician.city
    return add_institution(name=name[:200], city=city[:100], by=by, **where)


def _primary_meeting(clinician: Clinician, facts: AffiliationFacts) -> list[Affiliation]:
    if not facts.is_primary:
        return []
    rows = Affiliation.objects.of(clinician).primary().meeting(facts.from_on, facts.until_on)
    return list(rows.select_related("institution").order_by("from_on", "pk"))


def _make_room(others: list[Affiliation], facts: AffiliationFacts, *, by: Actor) -> None:
    """What began before ends the day before, or goes on from then as a side place."""
    if facts.from_on is None:
        return
    for other in others:
        ended = other.until_on
        let_place_end(other, facts.from_on - _DAY, by=by)
        if facts.earlier == Earlier.STAYS:
            said = {"role": other.role, "department": other.department, "source": other.source}
            days = {"from_on": facts.from_on, "until_on": ended}
            note_place(other.clinician, other.institution, by=by, **said, **days)


def _follow(clinician: Clinician, *, by: Actor) -> bool:
    """The person is known by the primary place of today; whether that changed anything."""
    primary = Affiliation.objects.of(clinician).primary().on(local_day(now()))
    standing = primary.select_related("institution").first()
    place = standing.institution if standing else None
    return bool(write_facts(clinician, {"institution": place}, by=by))
