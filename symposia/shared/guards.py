"""What the database itself holds, derived from the models after every migration.

Row security (enabled and forced), keys that cannot leave the organisation, tables that only grow,
states that move along their table. Nothing here can be forgotten for a new table: every subclass
of TenantModel gets it, and a test enumerates the tables. Running it again changes nothing.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models

from symposia.shared.partitions import FUNCTIONS_OF_PARTS, partitions
from symposia.shared.states import Stateful
from symposia.shared.tenancy import Key, ReferenceModel, TenantModel

# Every table without `organisation_id`, with the reason it may have none.
OUTSIDE = {
    "accounts_organisation": "the tenants themselves; holds no personal data",
    "accounts_user": "a person signs in once and may belong to several organisations",
    "accounts_signinlink": "used before anyone is known; hashes of single-use links",
    "account_emailaddress": "sign-in library: belongs to the user",
    "account_emailconfirmation": "sign-in library: belongs to the user",
    "mfa_authenticator": "sign-in library: second factors belong to the user",
    "django_session": "exists before anyone is known",
    "django_content_type": "names of tables",
    "django_migrations": "history of the schema",
    "auth_permission": "unused part of the framework's sign-in",
    "auth_group": "unused part of the framework's sign-in",
    "auth_group_permissions": "unused part of the framework's sign-in",
    "usersessions_usersession": "sign-in library: sessions a person can see and end",
    "procrastinate_jobs": "the queue: rows carry ids, never personal data",
    "procrastinate_events": "the queue",
    "procrastinate_periodic_defers": "the queue",
    "procrastinate_workers": "the queue",
    "symposia_cache": "throttling counters and page cache; unlogged",
}

Guard = Callable[[type[TenantModel]], Iterator[str]]
_more: list[Guard] = []


def guard(function: Guard) -> Guard:
    """Add statements for each tenant table from a context (the audit context adds row history)."""
    _more.append(function)
    return function


def tenant_models() -> list[type[TenantModel]]:
    """Every tenant table of the installed contexts."""
    return [m for m in apps.get_models() if issubclass(m, TenantModel) and m._meta.managed]


def reference_models() -> list[type[models.Model]]:
    """Tables of the world, read-only at run time."""
    return [m for m in apps.get_models() if issubclass(m, ReferenceModel)]


def install_guards(using: str = "default", **_: Any) -> None:
    """Bring every tenant table to what its model declares; needs the owner role. Whoever goes back
    to before a context has none of its tables: the others are guarded as before."""
    tables = set(connections[using].introspection.table_names())
    tenants = [model for model in tenant_models() if model._meta.db_table in tables]
    references = [model for model in reference_models() if model._meta.db_table in tables]
    # Functions first: what is granted is granted on those there are.
    statements = [FUNCTIONS, FUNCTIONS_OF_PARTS]
    for model in tenants:
        for install in (row_security, tenant_keys, append_only, state_table, *_more):
            statements.extend(install(model))
    statements.extend(_grants(tenants, references))
    # After the policies, which each part takes over, and after what was granted on every table.
    statements.extend(partitions(tenants, settings.RUNTIME_ROLE))
    with connections[using].cursor() as cursor:
        cursor.execute(";\n".join(statements))


FUNCTIONS = """
CREATE OR REPLACE FUNCTION symposia_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% only grows: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE FUNCTION symposia_state_table() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT coalesce(TG_ARGV[0]::jsonb -> OLD.state ? NEW.state, false) THEN
    RAISE EXCEPTION '%: % -> % is not in the table of states', TG_TABLE_NAME, OLD.state, NEW.state
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE UNLOGGED TABLE IF NOT EXISTS symposia_cache (
  cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX IF NOT EXISTS symposia_cache_expires ON symposia_cache (expires)
"""
_MINE = "(SELECT nullif(current_setting('symposia.organisation', true), '')::uuid)"
_MYSELF = "(SELECT nullif(current_setting('symposia.user', true), '')::uuid)"


def row_security(model: type[TenantModel]) -> Iterator[str]:
    """No setting, no rows; and no row may be written for another organisation."""
    table = model._meta.db_table
    seen = f"organisation_id = {_MINE}"
    if model.VISIBLE_TO_USER:
        seen += f" OR {model.VISIBLE_TO_USER} = {_MYSELF}"
    yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY'
    yield f'DROP POLICY IF EXISTS tenant ON "{table}"'
    yield (
        f'CREATE POLICY tenant ON "{table}" USING ({seen}) WITH CHECK (organisation_id = {_MINE})'
    )


def tenant_keys(model: type[TenantModel]) -> Iterator[str]:
    """Back each key between tenant tables with one that carries the organisation."""
    table = model._meta.db_table
    if not _is_found_by_organisation(model):
        yield _constraint(table, "tenant_key", "UNIQUE (organisation_id, id)")
    for field in model._meta.local_fields:
        if isinstance(field, Key) and issubclass(field.related_model, TenantModel):
            target = field.related_model._meta.db_table
            yield _constraint(target, "tenant_key", "UNIQUE (organisation_id, id)")
            yield _constraint(
                table,
                f"tenant_{field.column}",
                f'FOREIGN KEY (organisation_id, "{field.column}") '
                f'REFERENCES "{target}" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',
            )


def _is_found_by_organisation(model: type[TenantModel]) -> bool:
    """Whether an index of its own begins with the organisation. Unless somebody points at such a
    table, one more only slows its writers."""
    whole = [
        *(index for index in model._meta.indexes if not index.condition),
        *(
            rule
            for rule in model._meta.constraints
            if isinstance(rule, models.UniqueConstraint) and not rule.condition
        ),
    ]
    return any(one.fields[:1] in (["organisation_id"], ("organisation_id",)) for one in whole)


def append_only(model: type[TenantModel]) -> Iterator[str]:
    """Ledgers refuse UPDATE, DELETE and TRUNCATE; a correction is a reversing entry."""
    table = model._meta.db_table
    yield f'DROP TRIGGER IF EXISTS append_only ON "{table}"'
    yield f'DROP TRIGGER IF EXISTS append_only_truncate ON "{table}"'
    if model.APPEND_ONLY:
        run = "EXECUTE FUNCTION symposia_append_only()"
        yield (
            f'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW {run}'
        )
        yield (
            f'CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "{table}" '
            f"FOR EACH STATEMENT {run}"
        )


def state_table(model: type[TenantModel]) -> Iterator[str]:
    """The table of states that `move` obeys, held by the database too."""
    table = model._meta.db_table
    yield f'DROP TRIGGER IF EXISTS state_table ON "{table}"'
    if issubclass(model, Stateful):
        steps = {str(a): sorted(str(b) for b in to) for a, to in model.TRANSITIONS.items()}
        yield (
            f'CREATE TRIGGER state_table BEFORE UPDATE OF state ON "{table}" FOR EACH ROW '
            f"WHEN (OLD.state IS DISTINCT FROM NEW.state) "
            f"EXECUTE FUNCTION symposia_state_table('{json.dumps(steps)}')"
        )


def _constraint(table: str, name: str, definition: str) -> str:
    name = f"{table}_{name}"[:63]
    return (  # our own names, never a person's
        "DO $$ BEGIN IF NOT EXISTS "
        f"(SELECT 1 FROM pg_constraint WHERE conname = '{name}') THEN "
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}; END IF; END $$'
    )


def _grants(
    tenants: Sequence[type[TenantModel]], references: Sequence[type[models.Model]]
) -> Iterator[str]:
    role = settings.RUNTIME_ROLE
    if not role:
        return
    yield f'GRANT USAGE ON SCHEMA public TO "{role}"'
    yield f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"'
    yield f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"'
    yield f'GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO "{role}"'
    yield f'REVOKE ALL ON "django_migrations" FROM "{role}"'
    yield f'GRANT SELECT ON "django_migrations" TO "{role}"'
    for model in tenants:
        if model.APPEND_ONLY:
            yield f'REVOKE UPDATE, DELETE ON "{model._meta.db_table}" FROM "{role}"'
    for reference in references:
        table = reference._meta.db_table
        yield f'REVOKE INSERT, UPDATE, DELETE ON "{table}" FROM "{role}"'
