"""Finding people in the directory."""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from symposia.accounts.permissions import Access, Permission
from symposia.directory.affiliating import AffiliationFacts
from symposia.directory.consent_words import USUAL, Basis
from symposia.directory.models import (
    GUARDED,
    WITHOUT_CHANNEL,
    Affiliation,
    ChangeRequest,
    Channel,
    Clinician,
    ConsentBasis,
    ConsentStatement,
    GroupManager,
    GuardedField,
    Identifier,
    ImportUndo,
    Institution,
    Merge,
    PairState,
    PersonRestriction,
    PossibleDuplicate,
    Proposable,
    Purpose,
    RegistryEntry,
    RegistryLoad,
    RestrictionKind,
    Scheme,
    StaffGroup,
    Territory,
)
from symposia.directory.restriction_words import USUAL_KINDS, Kind
from symposia.directory.spelling import search_form
from symposia.work.models import Import

# A search shows so many people of each kind; more is a question for the list.
SHOWN = 20
# From how many letters on a misspelt name is looked for.
_FUZZY_FROM = 4


def waiting_of_merge(merge: Merge, access: Access) -> list[ChangeRequest]:
    """What a merge asked for and nobody has decided yet, as far as somebody sees the fields."""
    rows = ChangeRequest.objects.waiting().of_seen_fields(access).filter(facts__merge=str(merge.pk))
    return list(rows.select_related("own_field").order_by("field", "pk"))


def address_of_person(pk: uuid.UUID) -> str:
    """The e-mail address of somebody, by the record that was kept of them; none is empty."""
    return Clinician.objects.of_link(pk).values_list("email", flat=True).first() or ""


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


def undo_of(made: Import) -> ImportUndo | None:
    """How an import is taken back; nothing where none of its rows came in."""
    return ImportUndo.objects.filter(made=made).first()


def merge_of(pk: uuid.UUID) -> Merge:
    """A merge, by the id its job carries."""
    return Merge.objects.get(pk=pk)


def pairs_told_apart() -> set[frozenset[uuid.UUID]]:
    """Whom somebody said to be two people, each by the record that was kept since."""
    told = PossibleDuplicate.objects.filter(state=PairState.DISTINCT)
    rows = told.annotate(
        one=Coalesce("first__merged_into_id", "first_id"),
        other=Coalesce("second__merged_into_id", "second_id"),
    )
    return {frozenset(pair) for pair in rows.values_list("one", "other")}


def resembling(access: Access, clinician: Clinician) -> list[PossibleDuplicate]:
    """Whom somebody may be as well, the likeliest first, of those one may see."""
    pairs = PossibleDuplicate.objects.visible_to(access).to_decide().of(clinician)
    return list(pairs.for_list().order_by("-probability", "pk")[:5])


def like_named(access: Access, clinician: Clinician) -> list[Clinician]:
    """Others of nearly the same name, for somebody who looks for a second record by hand."""
    people = Clinician.objects.visible_to(access).filter(merged_into=None).for_list()
    return list(people.exclude(pk=clinician.pk).resembling(clinician.full_name)[:SHOWN])


def next_pair(access: Access, permission: Permission) -> PossibleDuplicate | None:
    """The likeliest pair that this person may decide on."""
    pairs = PossibleDuplicate.objects.visible_to(access, permission).to_decide()
    return pairs.order_by("-probability", "pk").first()


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
    """What each of these people said last of one way of being reached, under whichever record."""
    ids = list(clinician_ids)
    rows = ConsentStatement.objects.filter(channel=channel, purpose=purpose)
    here = rows.filter(clinician__in=ids).annotate(person=F("clinician_id"))
    there = rows.filter(clinician__merged_into__in=ids)
    merged = there.annotate(person=F("clinician__merged_into_id"))
    said: QuerySet[Any] = here.union(merged, all=True).order_by("said_at", "id")
    return {row.person: row for row in said}


def channels_left(clinician_id: uuid.UUID, purpose: str) -> list[str]:
    """By which channels somebody has not said that they are to be asked for this no more."""
    last = {each: said_last([clinician_id], each, purpose) for each in channels_of(purpose)}
    return [
        channel
        for channel, said in last.items()
        if clinician_id not in said or said[clinician_id].given
    ]


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


def guarded_fields() -> frozenset[str]:
    """What two people change here: what they always do, and what the organisation adds. Where
    somebody works stands in two fields that go together."""
    own = set(GuardedField.objects.values_list("field", flat=True))
    if own & {Proposable.AFFILIATION, Proposable.INSTITUTION}:
        own |= {Proposable.AFFILIATION, Proposable.INSTITUTION}
    return GUARDED | own


def registered(scheme: str, number: str) -> RegistryEntry | None:
    """What the public register that is loaded here says of a number."""
    return RegistryEntry.objects.by_number(number) if scheme == Scheme.NPI else None


def registry_loads() -> list[RegistryLoad]:
    """The files of the public register that were read here, the latest first."""
    return list(RegistryLoad.objects.order_by("-begun_at")[:12])


def holders_of(scheme: str, numbers: Iterable[str], access: Access) -> dict[str, Clinician]:
    """Whoever holds these numbers of a register, as far as a reader sees them, by the number."""
    mine = Clinician.objects.visible_to(access)
    rows = Identifier.objects.filter(scheme=scheme, value__in=list(numbers), clinician__in=mine)
    return {row.value: row.clinician for row in rows.select_related("clinician")}


def affiliations_of(clinician: Clinician) -> list[Affiliation]:
    """Where somebody works and worked, the primary place of now first."""
    return list(Affiliation.objects.of(clinician).select_related("institution").latest_first())


def institution_meant(name: str, city: str, *, near: str) -> Institution | None:
    """The institution that somebody means: in the city they say, else where the person is, else
    the only one that is called so."""
    known = Institution.objects.named(name, city or near)
    if known or city:
        return known
    alike = list(Institution.objects.filter(name__iexact=name.strip())[:2])
    return alike[0] if len(alike) == 1 else None


def of_same_post(
    clinician: Clinician, place: Institution | None, facts: AffiliationFacts
) -> list[Affiliation]:
    """Lines of the same post at the same place whose days meet these."""
    if place is None:
        return []
    rows = Affiliation.objects.of(clinician).meeting(facts.from_on, facts.until_on).at(place.pk)
    return list(rows.filter(role=facts.role, department=facts.department).order_by("pk"))


# So long a primary place that began or ended is looked for, should nobody have looked meanwhile.
_LOOK_BACK = timedelta(days=35)


def primary_places_to_follow(today: date) -> QuerySet[Affiliation, uuid.UUID]:
    """Whose primary place began or ended these days, where the record says another one."""
    rows = Affiliation.objects.primary().filter(clinician__merged_into=None)
    began = rows.on(today).filter(from_on__gte=today - _LOOK_BACK)
    elsewhere = began.exclude(clinician__institution=F("institution"))
    ended = rows.filter(until_on__gte=today - _LOOK_BACK, until_on__lt=today)
    stands = Affiliation.objects.primary().on(today).filter(clinician=OuterRef("clinician"))
    nowhere = ended.filter(~Exists(stands), clinician__institution=F("institution"))
    found = elsewhere.values("clinician_id").union(nowhere.values("clinician_id"))
    return found.values_list("clinician_id", flat=True)


def colleagues_who_lead(group: StaffGroup) -> list[GroupManager]:
    """Whoever looks after a group of staff, did or will, the latest first."""
    rows = GroupManager.objects.filter(group=group).with_people()
    return list(rows.order_by(F("until_on").desc(nulls_first=True), "-from_on", "pk"))


def managers_of(clinician: Clinician, day: date) -> list[GroupManager]:
    """Whoever looks after a group of staff that somebody is in on a day, by group and name."""
    groups = StaffGroup.objects.standing().having(clinician, day)
    rows = GroupManager.objects.on(day).filter(group__in=groups).with_people()
    return list(rows.order_by("group__name", "membership__user__full_name", "pk"))
