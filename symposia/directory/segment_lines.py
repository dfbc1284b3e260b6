"""Pasted numbers and addresses, each found in the directory or told why not."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.lines import People, objection_to_so_many
from symposia.directory.models import Clinician
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class Found:
    """One pasted line, whom it names, or why nobody is added for it."""

    number: int
    text: str
    clinician: Clinician | None
    problem: str


def find_pasted(access: Access, text: str, *, on_list: AbstractSet[UUID]) -> list[Found]:
    """Whom each line names; what names nobody, several, or somebody twice says so."""
    lines = [line.strip(" \t;,") for line in text.splitlines()]
    refuse_if(objection_to_so_many(len(lines)))

    people = People(access, lines, Permission.VIEW_DIRECTORY)
    found, seen = [], set(on_list)
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        clinician, problem = people.named(line)
        if clinician and clinician.pk in seen:
            problem = _("Is on the list already")
        if clinician:
            seen.add(clinician.pk)
        found.append(Found(number, line, clinician, problem))
    return found
