"""Reference data that is shipped as files, brought into the database by whoever migrates."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import connections

from symposia.shared.tenancy import ReferenceModel

Row = TypeVar("Row", bound=ReferenceModel)


def put_shipped(model: type[Row], shipped: Sequence[Row], using: str) -> None:
    """Write every shipped version in one statement; one that is already there takes the shipped
    facts. Whatever else there is stays; before its table is made, or after, nothing is written."""
    if model._meta.db_table not in connections[using].introspection.table_names():
        return
    facts = [each.name for each in model._meta.concrete_fields if not each.primary_key]
    model._default_manager.using(using).bulk_create(
        shipped, update_conflicts=True, unique_fields=["key"], update_fields=facts
    )
