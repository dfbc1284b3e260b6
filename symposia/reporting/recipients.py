"""Who the recipients of transfers are to schemes: where they practise, as what, and how bodies
know them; a few statements for all of them."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from symposia.directory.asking import may_be_asked
from symposia.directory.models import Clinician, Identifier, Institution, Purpose, Scheme
from symposia.reporting.attributing import of_institution
from symposia.reporting.models import LearnerIdentity, Party, RecipientFacts, TransferOfValue
from symposia.reporting.transfers.sharing import Had


@dataclass(frozen=True)
class Recipients:
    """Everything that judging and files ask of several recipients."""

    people: dict[uuid.UUID, Clinician]
    places: dict[uuid.UUID, Institution]
    agreed: frozenset[uuid.UUID]
    identities: dict[uuid.UUID, LearnerIdentity] = field(default_factory=dict)
    numbers: dict[uuid.UUID, list[Identifier]] = field(default_factory=dict)
    facts: dict[uuid.UUID, RecipientFacts] = field(default_factory=dict)

    def country(self, transfer: TransferOfValue) -> str:
        """Of the principal practice."""
        if transfer.institution_id:
            return self.places[transfer.institution_id].country
        if transfer.clinician_id is None:
            return ""
        person = self.people[transfer.clinician_id]
        return person.country or (person.institution.country if person.institution else "")

    def what(self, transfer: TransferOfValue) -> tuple[str, str]:
        """The profession of a person or the kind of an organisation; the same in words."""
        if transfer.institution_id:
            place = self.places[transfer.institution_id]
            return place.kind, str(place.get_kind_display())
        if transfer.clinician_id is None:
            return "", str(Party.OUTSIDE.label)
        person = self.people[transfer.clinician_id]
        return person.profession, str(person.get_profession_display())

    def has_agreed(self, transfer: TransferOfValue) -> bool:
        return transfer.clinician_id in self.agreed

    def asked_of(self, transfer: TransferOfValue) -> dict[str, Any]:
        """What the files ask of whoever had it, each field by our name."""
        if transfer.institution_id:
            return self._of_place(self.places[transfer.institution_id])
        if transfer.clinician_id is None:
            return {"name": transfer.name, "is_person": True, "agreed": False}
        return self._of_person(self.people[transfer.clinician_id])

    def _of_person(self, person: Clinician) -> dict[str, Any]:
        known, place = self.identities.get(person.pk), person.institution
        beside = self.facts.get(person.pk)
        numbers = self.numbers.get(person.pk, [])
        return {
            "is_person": True,
            "name": person.full_name,
            "agreed": person.pk in self.agreed,
            "given_name": known.given_name if known else "",
            "family_name": known.family_name if known else "",
            "profession": person.profession,
            "npi": next((n.value for n in numbers if n.scheme == Scheme.NPI), ""),
            "licence_state": next((n.issuer for n in numbers if n.scheme == Scheme.LICENCE), ""),
            "local_number": str(next(iter(numbers), "")),
            "city": person.city or (place.city if place else ""),
            "region": person.region or (place.region if place else ""),
            "country": person.country or (place.country if place else ""),
            "street": beside.street if beside else "",
            "postal_code": beside.postal_code if beside else "",
            "body_type": beside.body_type if beside else "",
        }

    def _of_place(self, place: Institution) -> dict[str, Any]:
        beside = self.facts.get(place.pk)
        return {
            "is_person": False,
            "name": place.name,
            "agreed": True,
            "city": place.city,
            "region": place.region,
            "country": place.country,
            "street": beside.street if beside else "",
            "postal_code": beside.postal_code if beside else "",
            "hospital_number": beside.hospital_number if beside else "",
        }


def recipients_of(transfers: Iterable[TransferOfValue], *, for_files: bool = False) -> Recipients:
    """Whoever had these transfers, each by the record that was kept of them."""
    transfers = list(transfers)
    wanted = {t.clinician_id for t in transfers if t.clinician_id}
    rows = Clinician.objects.filter(pk__in=wanted).select_related("institution", "merged_into")
    people = {each.pk: each for each in rows}
    asked = may_be_asked([each.as_kept for each in people.values()], "", Purpose.SHARING)
    agreed = frozenset(pk for pk, each in people.items() if asked[each.as_kept.pk] is None)
    ids = {t.institution_id for t in transfers if t.institution_id}
    places = Institution.objects.in_bulk(list(ids))
    if not for_files:
        return Recipients(people, places, agreed)
    numbers: dict[uuid.UUID, list[Identifier]] = defaultdict(list)
    for number in Identifier.objects.filter(clinician__in=wanted).order_by("pk"):
        numbers[number.clinician_id].append(number)
    identities = {e.clinician_id: e for e in LearnerIdentity.objects.filter(clinician__in=wanted)}
    said = [*RecipientFacts.objects.filter(clinician__in=wanted)]
    said += RecipientFacts.objects.filter(institution__in=ids)
    facts = {key: each for each in said if (key := each.clinician_id or each.institution_id)}
    return Recipients(people, places, agreed, identities, numbers, facts)


def institution_named(name: str) -> Had | None:
    """The one organisation of the directory with this name."""
    found = list(Institution.objects.filter(name__iexact=name.strip())[:2])
    return of_institution(found[0]) if len(found) == 1 else None


def facts_of_recipient(transfer: TransferOfValue) -> RecipientFacts | None:
    """What was said of whoever had it, where anything was."""
    rows = RecipientFacts.objects
    if transfer.institution_id:
        return rows.filter(institution=transfer.institution_id).first()
    return rows.filter(clinician=transfer.clinician_id).first() if transfer.clinician_id else None


def recipient_of(transfer: TransferOfValue) -> Clinician | Institution | None:
    """Whoever had it, as far as the directory knows them."""
    return transfer.institution or transfer.clinician
