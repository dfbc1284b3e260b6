"""Which fields of one's own the columns of a file stand for, and whether they are still there."""

from collections.abc import Set as AbstractSet
from typing import Any

from symposia.directory.imports.table import meaning_of
from symposia.directory.models import OwnField, OwnOf
from symposia.directory.own_queries import own_fields_coded, own_names
from symposia.directory.policies.own import objection_to_own_columns
from symposia.shared.refusals import Objection
from symposia.work.apart import Unreadable
from symposia.work.models import Import


def own_codes_of(made: Import) -> set[str]:
    """The codes of the fields that columns of a file stand for."""
    meaning = meaning_of(made.mapping)
    return meaning.own_codes if meaning else set()


def objection_to_own_of(made: Import) -> Objection | None:
    """Whether each field that a column stands for is still there."""
    codes = own_codes_of(made)
    standing = {each.code for each in own_fields_coded(OwnOf.CLINICIAN, codes)}
    return objection_to_own_columns(codes, standing)


def own_fields_of_columns(made: Import) -> list[OwnField]:
    """The fields that columns of a file stand for; a file of one that is gone is not read."""
    if objection := objection_to_own_of(made):
        raise Unreadable(str(objection))
    return own_fields_coded(OwnOf.CLINICIAN, own_codes_of(made))


def without_gone(mapping: dict[str, Any], own: AbstractSet[str]) -> dict[str, Any]:
    """What the last file like one meant, but for fields that are not there any more, or not for
    whoever hands this one in. `own` are the names of those that are."""
    columns = dict(mapping.get("columns", {}))
    gone = {f"own_{code}" for code in own_names(columns)} - own
    if gone:
        mapping["columns"] = {name: at for name, at in columns.items() if name not in gone}
    return mapping
