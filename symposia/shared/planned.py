"""The few statements that run so often that PostgreSQL plans each once a connection.

Planning one of them anew takes longer than doing it. The framework binds values on our side, so
none of its statements is ever planned once; these are bound by the server.
"""

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection


def planned(text: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement of ours, planned once a connection; the rows it returns, if any.

    The text must be one of few, never put together from what people type.
    """
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(text, values, prepare=True)
        return cursor.fetchall() if cursor.description else []
