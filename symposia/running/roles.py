"""Roles, database and extensions: what a superuser sets up once, before anything migrates."""

import re
from collections.abc import Iterable

import psycopg
from psycopg import sql

from symposia.running.problems import CannotRun

OWNER, RUNTIME = "symposia_owner", "symposia_app"
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "citext")

# Under row security only leakproof functions may use an index; these are what search needs.
LEAKPROOF = (
    "pg_catalog.textlike(text, text)",
    "pg_catalog.textnlike(text, text)",
    "pg_catalog.texticlike(text, text)",
    "pg_catalog.texticnlike(text, text)",
    "pg_catalog.upper(text)",
    "pg_catalog.lower(text)",
    "public.similarity_op(text, text)",
    "public.word_similarity_op(text, text)",
    "public.word_similarity_commutator_op(text, text)",
    "public.strict_word_similarity_op(text, text)",
    "public.strict_word_similarity_commutator_op(text, text)",
)
NOT_LEAKPROOF = """
SELECT name FROM unnest(%s::text[]) AS name
WHERE NOT coalesce((SELECT proleakproof FROM pg_proc WHERE oid = to_regprocedure(name)), false)
"""
_SAFE_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


def prepare_roles_and_database(server_url: str, database_url: str, name: str) -> None:
    """Make the roles, the database and its extensions where they are missing."""
    if not _SAFE_NAME.fullmatch(name):
        raise CannotRun(f"{name!r} is no name for a database.")
    with psycopg.connect(server_url, autocommit=True) as connection:
        for role in (OWNER, RUNTIME):
            _make_role(connection, role)
        if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", name):
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(name), sql.Identifier(OWNER)
                )
            )
        connection.execute(
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name))
        )
        connection.execute(
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(
                sql.Identifier(name), sql.Identifier(RUNTIME)
            )
        )
    with psycopg.connect(database_url, autocommit=True) as connection:
        for statement in [*schema_statements(RUNTIME), *leakproof_statements(LEAKPROOF)]:
            connection.execute(statement.encode())


def schema_statements(runtime: str) -> list[str]:
    """What an owner may run too where the server trusts the extensions; safe to repeat."""
    return [
        *(f"CREATE EXTENSION IF NOT EXISTS {name} SCHEMA public" for name in EXTENSIONS),
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f'GRANT USAGE ON SCHEMA public TO "{runtime}"',
    ]


def leakproof_statements(functions: Iterable[str]) -> list[str]:
    """What only a superuser may run; safe to repeat."""
    return [f"ALTER FUNCTION {function} LEAKPROOF" for function in functions]


def _make_role(connection: "psycopg.Connection[tuple[object, ...]]", role: str) -> None:
    if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
        connection.execute(
            sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS").format(
                sql.Identifier(role)
            )
        )


def _exists(
    connection: "psycopg.Connection[tuple[object, ...]]", question: bytes | str, value: str
) -> bool:
    return connection.execute(question, [value]).fetchone() is not None
