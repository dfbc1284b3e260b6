"""A file of people is handed in, its columns get their meaning; it goes once its rows are in."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from symposia.audit.actions import record
from symposia.directory.import_words import people_columns
from symposia.directory.imports.nppes import is_nppes
from symposia.directory.imports.table import REGISTER, Meaning
from symposia.directory.models import OwnField
from symposia.directory.own_columns import without_gone
from symposia.directory.policies import (
    IMPORT_UNREADABLE,
    objection_to_checking,
    objection_to_meaning,
    objection_to_removing_file,
)
from symposia.directory.schemes import scheme_named
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused, refuse_if
from symposia.work.apart import Unreadable
from symposia.work.files import delete_file
from symposia.work.imports.fields import guess_columns
from symposia.work.imports.kept import kept_pieces, sha256_of
from symposia.work.imports.shapes import Shape, shape_of
from symposia.work.models import Import, StoredFile

KIND = "clinicians"


@transaction.atomic
def receive_clinicians(
    path: Path, *, name: str, by: Actor, storage_name: str = "", own: Sequence[OwnField] = ()
) -> Import:
    """Take in a file: find out what it is, and what its columns meant last time. `own` are the
    fields of one's own that whoever hands it in sees: what its columns may mean besides."""
    shape = shape_of(path)
    made = Import(
        kind=KIND,
        file_name=name[:200],
        path=storage_name,
        size=path.stat().st_size,
        sha256=sha256_of(path),
        shape=shape.as_json(),
        header_hash=shape.header_hash,
        made_by_id=by.id,
        made_by_name=by.name,
    )
    made.mapping = _first_mapping(made, shape, own)
    made.save(force_insert=True)
    record(by, "import.received", made, details={"sha256": made.sha256, "size": made.size})
    return made


def _first_mapping(made: Import, shape: Shape, own: Sequence[OwnField]) -> dict[str, Any]:
    """The register's own file is known; others mean what the last one like it meant. Whose the
    numbers are is taken from the title of their column; what no title says is left to be said."""
    if is_nppes(shape.header):
        return dict(REGISTER)
    before = Import.objects.like(made).first()
    if before:
        return without_gone(dict(before.mapping), {each.name for each in own})
    columns = guess_columns(people_columns(own), shape.header)
    place = columns.get("number")
    scheme = "" if place is None else scheme_named(shape.header[place])
    return Meaning(columns, scheme=scheme, profession="").as_json()


@transaction.atomic
def remove_import_file(made: Import, file: StoredFile, *, by: Actor, reason: str) -> None:
    """Delete what was handed in once its rows are in; the import and its report stay."""
    made = Import.objects.select_for_update().get(pk=made.pk)

    refuse_if(objection_to_removing_file(made, reason=reason))

    delete_file(file, by=by, reason=reason)
    record(by, "import.file_removed", made, reason=reason)


@transaction.atomic
def map_columns(made: Import, meaning: Meaning, *, by: Actor) -> Import:
    """Say what the columns of a file mean; the next file like it will mean the same."""
    made = Import.objects.select_for_update().get(pk=made.pk)

    refuse_if(objection_to_checking(made))
    refuse_if(objection_to_meaning(meaning))

    made.mapping = meaning.as_json()
    made.save(update_fields=["mapping"])
    record(by, "import.mapped", made, details={"columns": sorted(meaning.columns)})
    return made


@transaction.atomic
def hand_in_clinicians(
    pieces: Iterable[bytes], *, name: str, by: Actor, own: Sequence[OwnField] = ()
) -> Import:
    """Keep a file and find out what it is; `own` are the fields of one's own that whoever hands it
    in sees. What cannot be read is refused, and not kept."""
    try:
        with kept_pieces(pieces, name=name, purpose="import", by=by) as (path, kept):
            return receive_clinicians(
                path, name=kept.name, by=by, storage_name=kept.storage_name, own=own
            )
    except Unreadable as problem:
        why = str(problem) or _("This file cannot be read.")
        raise Refused(IMPORT_UNREADABLE.about(why=why)) from problem
