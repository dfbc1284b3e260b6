"""How somebody can be reached: every way that is known, and the one of each kind that is used.

E-mail and telephone are those that the record says; a postal address is the one chosen last, else
the one noted last. Other contexts ask here, or read the record, and nowhere else.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from symposia.directory.models import Clinician, ContactKind, ContactPoint
from symposia.notifications.models import Suppression

# The kinds whose preferred one stands in the record itself.
IN_RECORD = {ContactKind.EMAIL: "email", ContactKind.PHONE: "phone"}


@dataclass(frozen=True)
class Contact:
    """One way to reach somebody, and what is known of it."""

    kind: str
    value: str
    is_preferred: bool
    # What somebody noted of it; nothing where the record alone says it.
    row: ContactPoint | None = None
    # Under another record that was found to be the same person.
    is_former: bool = False
    suppression: Suppression | None = None

    @property
    def kind_label(self) -> str:
        return str(ContactKind(self.kind).label)


def used_in_record(row: ContactPoint) -> bool:
    """Whether the record of the person says this one."""
    column = IN_RECORD.get(ContactKind(row.kind))
    return bool(column) and getattr(row.clinician, str(column)) == row.value


def says_otherwise(clinician: Clinician, column: str, value: str) -> bool:
    """Whether a record says something else in a field; of e-mail and telephone also whether another
    one was ever noted, so that what came to its end is not replaced by one person."""
    said = getattr(clinician, column)
    said = "" if said is None else str(said)
    if said or not value:
        return said != value
    kind = next((kind for kind, name in IN_RECORD.items() if name == column), None)
    noted = ContactPoint.objects.of_people([clinician.pk]).of_kind(kind or "")
    return kind is not None and noted.exclude(value=value).exists()


def contacts_of(clinician: Clinician, day: date) -> list[Contact]:
    """Every way that is known, by kind, the preferred one first, what is over last."""
    rows = list(ContactPoint.objects.of_people([clinician.pk]).preferred_first())
    noted = {(row.kind, row.value): row for row in rows}
    said = [*_of_record(clinician), *_of_merged(clinician)]
    bare = [each for each in said if (each.kind, each.value) not in noted]
    address = next((row for row in rows if _is_postal(row) and row.holds_on(day)), None)
    held = [
        Contact(
            row.kind,
            row.value,
            is_preferred=row is address or (row.kind, row.value) in _preferred(clinician),
            row=row,
        )
        for row in rows
    ]
    return _in_order([*held, *_once(bare)], day)


def _is_postal(row: ContactPoint) -> bool:
    return row.kind == ContactKind.ADDRESS


def _preferred(clinician: Clinician) -> set[tuple[str, str]]:
    return {(kind, getattr(clinician, column)) for kind, column in IN_RECORD.items()}


def _of_record(clinician: Clinician) -> list[Contact]:
    return [
        Contact(kind, value, is_preferred=True)
        for kind, column in IN_RECORD.items()
        if (value := getattr(clinician, column))
    ]


def _of_merged(clinician: Clinician) -> list[Contact]:
    merged = Clinician.objects.filter(merged_into=clinician.pk).order_by("pk")
    return [
        Contact(kind, value, is_preferred=False, is_former=True)
        for row in merged
        for kind, column in IN_RECORD.items()
        if (value := getattr(row, column))
    ]


def _once(contacts: Iterable[Contact]) -> list[Contact]:
    found: dict[tuple[str, str], Contact] = {}
    for each in contacts:
        found.setdefault((each.kind, each.value), each)
    return list(found.values())


def _in_order(contacts: list[Contact], day: date) -> list[Contact]:
    kinds = list(ContactKind.values)
    mails = [each.value.lower() for each in contacts if each.kind == ContactKind.EMAIL]
    barred = {row.address: row for row in Suppression.objects.filter(address__in=mails)}

    def place(each: Contact) -> tuple[int, bool, bool, str]:
        is_over = each.row is not None and each.row.has_ended(day)
        return kinds.index(each.kind), is_over, not each.is_preferred, each.value

    ordered = sorted(contacts, key=place)
    return [
        Contact(
            *(each.kind, each.value, each.is_preferred, each.row, each.is_former),
            suppression=barred.get(each.value.lower()),
        )
        for each in ordered
    ]


def postal_addresses(clinicians: Iterable[uuid.UUID], day: date) -> dict[uuid.UUID, str]:
    """Where each of these is written to by post, of those of whom an address is noted."""
    rows = ContactPoint.objects.of_kind(ContactKind.ADDRESS).of_people(clinicians).on(day)
    found: dict[uuid.UUID, str] = {}
    for row in rows.preferred_first():
        found.setdefault(row.clinician_id, row.value)
    return found
