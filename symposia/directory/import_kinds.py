"""The files that the directory takes, each with the columns that its reader reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access
from symposia.directory import affiliation_lines, consent_lines, contact_lines, staff_lines
from symposia.directory.import_words import people_columns
from symposia.directory.models import OwnOf
from symposia.directory.own_queries import own_fields_seen
from symposia.shared.lists import Words
from symposia.work.imports.fields import TargetField


@dataclass(frozen=True)
class ImportKind:
    """A kind of file: what it is called, and what its columns may say."""

    name: str
    title: Words
    columns: Callable[[Access], Sequence[TargetField]]


def _of_people(access: Access) -> Sequence[TargetField]:
    """The organisation's own fields too, as far as this person sees them."""
    return people_columns(own_fields_seen(access, OwnOf.CLINICIAN))


KINDS = {
    kind.name: kind
    for kind in (
        ImportKind("people", _("Clinicians"), _of_people),
        ImportKind("contacts", _("Ways to reach people"), lambda _access: contact_lines.COLUMNS),
        ImportKind(
            "affiliations", _("Where people work"), lambda _access: affiliation_lines.COLUMNS
        ),
        ImportKind("staff", _("People of a group"), lambda _access: staff_lines.COLUMNS),
        ImportKind("consents", _("Consents"), lambda _access: consent_lines.COLUMNS),
    )
}
