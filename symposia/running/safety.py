"""What an installation must not be run with; the one part of this package that knows Django.

In production each fault stops web and worker before they serve anybody. The demonstration, which
only this machine can reach, lists them.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, connections

from symposia.running.problems import CannotRun
from symposia.running.roles import LEAKPROOF, NOT_LEAKPROOF
from symposia.shared.guards import OUTSIDE, reference_models

_SHORTEST_KEY = 50
_SHORTEST_TOKEN = 32
_FEWEST_CHARACTERS = 10


@dataclass(frozen=True)
class Finding:
    """One unsafe thing: a code for programs, a sentence for people, and how bad it is."""

    code: str
    sentence: str
    stops: bool = True


@dataclass(frozen=True)
class DatabaseFacts:
    """What the server says of itself and of the role the product works as."""

    superuser: bool
    bypasses_row_security: bool
    owns_tables: bool
    tables_without_row_security: tuple[str, ...]
    fsync: bool
    full_page_writes: bool
    synchronous_commit: bool
    checksums: bool
    functions_not_leakproof: tuple[str, ...]


def refuse_unsafe_settings() -> None:
    """Stop the start in production while anything is unsafe."""
    if settings.DEMO:
        return
    stopping = [finding for finding in all_findings() if finding.stops]
    if stopping:
        sentences = "\n".join(f"  - {finding.sentence}" for finding in stopping)
        raise CannotRun(f"Symposia does not start with unsafe settings:\n{sentences}")


def all_findings() -> list[Finding]:
    """Everything unsafe in the settings and in the database they name."""
    with connection.cursor() as cursor:
        facts = read_database_facts(cursor)
    connections.close_all()
    opened: Any = connection  # typed as any database's, and only PostgreSQL's has a pool
    opened.close_pool()  # workers that are forked later would share its sockets
    return [*findings_in_settings(settings), *findings_in_database(facts)]


def findings_in_settings(chosen: Any) -> list[Finding]:
    """What the settings alone tell."""
    rules = (
        (chosen.DEBUG, "debug", "DEBUG is on: pages would show code and settings."),
        (
            any("*" in host or host.startswith(".") for host in chosen.ALLOWED_HOSTS),
            "wildcard_host",
            "SYMPOSIA_HOSTS has a wildcard: name each host.",
        ),
        (
            _weak(chosen.SECRET_KEY),
            "weak_secret",
            "SYMPOSIA_SECRET_KEY is missing, short or an example: use 64 random characters.",
        ),
        (
            _weak(chosen.JOURNAL_KEY) or chosen.JOURNAL_KEY == chosen.SECRET_KEY,
            "weak_journal_key",
            "SYMPOSIA_JOURNAL_KEY is missing, short, an example, or the secret key again.",
        ),
        (
            len(chosen.METRICS_TOKEN) < _SHORTEST_TOKEN,
            "weak_metrics_token",
            "SYMPOSIA_METRICS_TOKEN is missing or short: /metrics needs one of 32 characters.",
        ),
        (not chosen.USE_TZ, "no_time_zones", "USE_TZ is off: instants would lose their zone."),
        *_transport_rules(chosen),
        *_origin_rules(chosen),
    )
    return [Finding(code, sentence) for broken, code, sentence in rules if broken]


def findings_in_database(facts: DatabaseFacts) -> list[Finding]:
    """What the server and the role tell."""
    bare = ", ".join(facts.tables_without_row_security)
    unmarked = ", ".join(facts.functions_not_leakproof)
    rules = (
        (facts.superuser, "superuser", "DATABASE_URL names a superuser: row security is void."),
        (
            facts.bypasses_row_security,
            "bypasses_row_security",
            "The role of DATABASE_URL may bypass row security.",
        ),
        (
            facts.owns_tables,
            "owner_role",
            "The role of DATABASE_URL owns tables: it could switch row security off.",
        ),
        (bool(bare), "no_row_security", f"Row security is not forced on: {bare}."),
        (not facts.fsync, "fsync_off", "The server runs with fsync off."),
        (
            not facts.full_page_writes,
            "full_page_writes_off",
            "The server runs with full_page_writes off.",
        ),
        (
            not facts.synchronous_commit,
            "synchronous_commit_off",
            "The server runs with synchronous_commit off.",
        ),
    )
    findings = [Finding(code, sentence) for broken, code, sentence in rules if broken]
    if not facts.checksums:
        findings.append(Finding("no_checksums", "The server keeps no data checksums.", stops=False))
    if unmarked:
        sentence = f"Search cannot use its indexes, for these are not leakproof: {unmarked}."
        findings.append(Finding("not_leakproof", sentence, stops=False))
    return findings


def read_database_facts(cursor: Any) -> DatabaseFacts:
    """Ask the server, as the role the product works as."""
    cursor.execute(_ROLE_AND_SERVER)
    role_and_server = dict(zip(_ASKED, cursor.fetchone(), strict=True))
    cursor.execute(_TABLES)
    known = {*OUTSIDE, *(model._meta.db_table for model in reference_models())}
    bare = tuple(name for (name,) in cursor.fetchall() if name not in known)
    cursor.execute(NOT_LEAKPROOF, [list(LEAKPROOF)])
    unmarked = tuple(name for (name,) in cursor.fetchall())
    return DatabaseFacts(
        **role_and_server, tables_without_row_security=bare, functions_not_leakproof=unmarked
    )


def _transport_rules(chosen: Any) -> tuple[tuple[bool, str, str], ...]:
    return (
        (
            not (chosen.SESSION_COOKIE_SECURE and chosen.CSRF_COOKIE_SECURE),
            "insecure_cookies",
            "Cookies of the session or of forms would also travel without encryption.",
        ),
        (
            not chosen.SESSION_COOKIE_HTTPONLY,
            "readable_session_cookie",
            "Scripts could read the session's cookie.",
        ),
        (
            urlsplit(chosen.ORIGIN).scheme != "https",
            "no_https",
            "SYMPOSIA_ORIGIN does not start with https://.",
        ),
    )


def _origin_rules(chosen: Any) -> tuple[tuple[bool, str, str], ...]:
    return (
        (
            urlsplit(chosen.CONTENT_ORIGIN).hostname == urlsplit(chosen.ORIGIN).hostname,
            "shared_origin",
            "SYMPOSIA_CONTENT_ORIGIN has the product's own host: people's files need another.",
        ),
        (
            not getattr(chosen, "CONTENT_SECURITY_POLICY", None),
            "no_content_policy",
            "The content security policy is missing or only reports.",
        ),
    )


def _weak(key: str) -> bool:
    return len(key) < _SHORTEST_KEY or len(set(key)) < _FEWEST_CHARACTERS or "insecure" in key


_ASKED = (
    "superuser",
    "bypasses_row_security",
    "owns_tables",
    "fsync",
    "full_page_writes",
    "synchronous_commit",
    "checksums",
)
_ROLE_AND_SERVER = """
SELECT r.rolsuper, r.rolbypassrls,
       EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
               AND c.relkind IN ('r', 'p') AND pg_has_role(r.oid, c.relowner, 'MEMBER')),
       current_setting('fsync')::bool, current_setting('full_page_writes')::bool,
       current_setting('synchronous_commit') <> 'off', current_setting('data_checksums')::bool
FROM pg_roles r WHERE r.rolname = current_user
"""
_TABLES = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT (
    c.relrowsecurity AND c.relforcerowsecurity
    AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
ORDER BY 1
"""
