"""Counting several things in one round trip."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import IntegerField, QuerySet, Subquery


def counted_together(several: Sequence[QuerySet[Any]]) -> list[int]:
    """How many rows each of these has, asked in one statement; a slice counts what it holds."""
    asked: list[str] = []
    parameters: list[Any] = []
    for rows in several:
        try:
            sql, given = rows.values("pk").query.sql_with_params()
        except EmptyResultSet:
            asked.append("0")
            continue
        asked.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608  # the ORM's own
        parameters.extend(given)
    if set(asked) <= {"0"}:
        return [0] * len(asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(asked)}", parameters)
        return list(cursor.fetchone())


class CountOf(Subquery):
    """How many rows a queryset has, as part of another statement."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
