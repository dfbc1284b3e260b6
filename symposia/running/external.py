"""A PostgreSQL server of the customer's own: checked, and prepared as far as its role may."""

from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from symposia.running.binaries import OLDEST
from symposia.running.configuration import Configuration
from symposia.running.problems import CannotRun
from symposia.running.roles import (
    LEAKPROOF,
    NOT_LEAKPROOF,
    leakproof_statements,
    schema_statements,
)

Connection = psycopg.Connection[tuple[object, ...]]


def prepare_external(configuration: Configuration) -> list[str]:
    """Make the runtime role where the owner may; the SQL that only a superuser can still run."""
    if not configuration.owner_url:
        raise CannotRun(
            "DATABASE_OWNER_URL is missing: it names the role that owns the database and changes "
            "its tables; DATABASE_URL names the role the product works as."
        )
    runtime = role_of(configuration.database_url)
    with _connect(configuration.owner_url) as owner:
        if owner.info.server_version // 10_000 < OLDEST:
            raise CannotRun(
                f"PostgreSQL {OLDEST} or newer is needed; the server of DATABASE_OWNER_URL is "
                f"{owner.info.server_version // 10_000}."
            )
        if runtime == role_of(configuration.owner_url):
            raise CannotRun(
                "DATABASE_URL and DATABASE_OWNER_URL name the same role: the product must work "
                "as one that can neither bypass nor change row security."
            )
        _make_runtime_role(owner, configuration.database_url)
        left = [one for one in schema_statements(runtime) if not _ran(owner, one)]
        unmarked = owner.execute(NOT_LEAKPROOF.encode(), [list(LEAKPROOF)]).fetchall()
        to_mark = leakproof_statements(str(name) for (name,) in unmarked)
        left += [one for one in to_mark if not _ran(owner, one)]
    _connect(configuration.database_url).close()
    return left


def role_of(url: str) -> str:
    return unquote(urlsplit(url).username or "")


def _connect(url: str) -> Connection:
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as problem:
        where = urlsplit(url)
        raise CannotRun(
            f"The database {where.hostname or ''}{where.path} cannot be reached as "
            f"{role_of(url)}: {problem}"
        ) from None


def _make_runtime_role(owner: Connection, url: str) -> None:
    role, password = role_of(url), unquote(urlsplit(url).password or "")
    if not role:
        raise CannotRun("DATABASE_URL names no role.")
    if owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
        statement = sql.SQL(
            "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
        ).format(sql.Identifier(role))
        secret = sql.SQL(" PASSWORD {}").format(sql.Literal(password)) if password else sql.SQL("")
        try:
            owner.execute(statement + secret)
        except psycopg.errors.InsufficientPrivilege:
            raise CannotRun(
                "The role of DATABASE_URL does not exist and DATABASE_OWNER_URL may not make it. "
                f"Have a superuser run, with a password:\n  {statement.as_string(owner)};\n"
                f"  GRANT CONNECT, TEMPORARY ON DATABASE {owner.info.dbname} TO {role};"
            ) from None
    _ran(owner, f'GRANT CONNECT, TEMPORARY ON DATABASE "{owner.info.dbname}" TO "{role}"')


def _ran(owner: Connection, statement: str) -> bool:
    try:
        owner.execute(statement.encode())
    except psycopg.errors.InsufficientPrivilege:
        return False
    except psycopg.errors.UndefinedFunction:
        return False  # the extension it belongs to could not be installed
    except psycopg.errors.UndefinedFile:
        raise CannotRun(
            f"The server lacks an extension Symposia needs ({statement}): install PostgreSQL's "
            "contrib package on it."
        ) from None
    return True
