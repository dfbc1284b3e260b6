"""Finding people in the directory."""

import uuid

from symposia.accounts.permissions import Access
from symposia.directory.models import Clinician, Identifier, Territory
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
