"""Finding people in the directory."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from symposia.accounts.permissions import Access, Permission
from symposia.directory.consent_words import USUAL, Basis
from symposia.directory.models import (
    WITHOUT_CHANNEL,
    ChangeRequest,
    Channel,
    Clinician,
    ConsentBasis,
    ConsentStatement,
    Identifier,
    PersonRestriction,
    Purpose,
    RestrictionKind,
    Territory,
)
from symposia.directory.restriction_words import USUAL_KINDS, Kind
from symposia.directory.spelling import search_form
from symposia.work.models import Import

# A search shows so many people of each kind; more is a question for the list.
SHOWN = 20
# From how many letters on a misspelt name is looked for.
_FUZZY_FROM = 4


def find_clinicians(access: Access, text: str, *, most: int = SHOWN) -> list[Clinician]:
    """Whom a text may mean: a number, an e-mail address, beginnings of names, nearly a name."""
    people = Clinician.objects.visible_to(access).for_list()
    exact = exact_clinicians(access, text)
    if exact:
        return exact
    found = list(people.search_names(text)[:most])
    if found or len(search_form(text)) <= _FUZZY_FROM:
        return sorted(found, key=lambda clinician: clinician.full_name)
    return list(people.resembling(text)[:most])


def exact_clinicians(access: Access, text: str) -> list[Clinician]:
    """The people whose number or e-mail address this is."""
    people = Clinician.objects.visible_to(access).for_list()
    if "@" in text:
        return list(people.by_email(text)[:SHOWN])
    if any(c.isdigit() for c in text):
        return list(people.by_number(text)[:SHOWN])
    return []


def holder_of(scheme: str, issuer: str, value: str) -> Identifier | None:
    """The number as somebody has it, with that person."""
    return (
        Identifier.objects.filter(value=value, scheme=scheme, issuer=issuer)
        .select_related("clinician")
        .first()
    )


def levels_above(parent: Territory | None) -> int:
    """How many territories a new one would lie inside."""
    levels = 0
    while parent is not None:
        levels, parent = levels + 1, parent.parent
    return levels


def import_of(pk: uuid.UUID) -> Import:
    """A file handed in, by the id its job carries."""
    return Import.objects.get(pk=pk)


def bases() -> dict[str, Basis]:
    """On what each purpose rests here: as the organisation says, else as it is usual."""
    own = {
        row.purpose: Basis(row.purpose, row.asks_without, row.legal_basis, row.wording)
        for row in ConsentBasis.objects.all()
    }
    return {purpose: own.get(purpose, USUAL[purpose]) for purpose in Purpose}


def channels_of(purpose: str) -> list[str]:
    """The channels a purpose is agreed to by; one that reaches nobody has the empty one."""
    return [""] if purpose in WITHOUT_CHANNEL else list(Channel.values)


def said_last(
    clinician_ids: Iterable[uuid.UUID], channel: str, purpose: str
) -> dict[uuid.UUID, ConsentStatement]:
    """What each of these people said last of one way of being reached."""
    rows = ConsentStatement.objects.filter(
        clinician__in=list(clinician_ids), channel=channel, purpose=purpose
    )
    last = rows.order_by("clinician", "-said_at", "-pk").distinct("clinician")
    return {row.clinician_id: row for row in last}


def kinds_of_restriction() -> dict[str, Kind]:
    """Why people are not asked here: the usual reasons, and the organisation's own."""
    own = [Kind(row.code, row.name, row.effect) for row in RestrictionKind.objects.order_by("name")]
    return {kind.code: kind for kind in (*USUAL_KINDS, *own)}


def barred_on(clinician_ids: Iterable[uuid.UUID], on: date) -> dict[uuid.UUID, PersonRestriction]:
    """Who of these people must not be asked on a day, each with what has held longest."""
    rows = PersonRestriction.objects.barring(on).of_people(clinician_ids)
    return {row.clinician_id: row for row in rows.order_by("-from_on", "pk")}


def changes_waiting(access: Access, permission: Permission) -> QuerySet[ChangeRequest]:
    """What this person may decide, longest waiting first; what they asked for is for others."""
    rows = ChangeRequest.objects.visible_to(access, permission).waiting()
    own = Q(proposed_by_id=access.user_id) | Q(clinician__user=access.user_id)
    return rows.exclude(own).order_by("proposed_at", "pk")
