"""The guards on databases that are not as a migrated one: new, or gone back to before a context."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from symposia.credits.shipped_packs import load_requirement_packs
from symposia.credits.systems import load_credit_systems
from symposia.running.roles import OWNER
from symposia.shared.guards import install_guards

UNGRANTED = """
SELECT proname FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND proname LIKE %s AND NOT EXISTS (
  SELECT 1 FROM aclexplode(proacl) WHERE grantee = %s::regrole AND privilege_type = 'EXECUTE')
"""


@pytest.fixture
def owner(db):
    """The owner of the tables, in a transaction that is undone."""
    alias = "owner"
    made = connections[DEFAULT_DB_ALIAS].copy(alias)
    made.settings_dict["USER"] = OWNER
    connections[alias] = made
    try:
        with transaction.atomic(using=alias), made.cursor() as cursor:
            yield cursor
            transaction.set_rollback(True, using=alias)
    finally:
        made.close()
        del connections[alias]


def drop_tables_of(label, cursor):
    for model in apps.get_app_config(label).get_models():
        cursor.execute(f'DROP TABLE "{model._meta.db_table}" CASCADE')


def test_of_a_new_database_every_function_is_granted_at_once(owner):
    owner.execute("DROP FUNCTION symposia_month, symposia_guard_partition")

    install_guards(using="owner")

    owner.execute(UNGRANTED, ["symposia\\_%", settings.RUNTIME_ROLE])
    assert owner.fetchall() == []


def test_a_database_without_the_tables_of_a_context_is_guarded_in_the_others(owner):
    drop_tables_of("reporting", owner)
    owner.execute('ALTER TABLE "credits_licence" NO FORCE ROW LEVEL SECURITY')

    install_guards(using="owner")

    owner.execute("SELECT relforcerowsecurity FROM pg_class WHERE relname = 'credits_licence'")
    assert owner.fetchone() == (True,)


@pytest.mark.parametrize("load", [load_credit_systems, load_requirement_packs])
def test_what_is_shipped_waits_for_its_table(owner, load):
    drop_tables_of("credits", owner)

    load(using="owner")
