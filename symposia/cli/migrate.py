"""Brings the tables to what this version declares, as the role that owns them."""

import argparse
import gc
import sys

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from symposia.running.problems import CannotRun

NAME = "migrate"
HELP = "bring the tables to this version (as the owner role)"
NEEDS = "owner"
SELDOM = (50_000, 10, 1000)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit with 1 if something is pending"
    )


def run(options: argparse.Namespace) -> int:
    refuse_between_versions()
    if options.check:
        return _tell_pending()
    if not settings.AS_OWNER:
        raise CannotRun("DATABASE_OWNER_URL is missing: only the owner role changes tables.")
    call_command("createcachetable", verbosity=0)
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
        cursor.execute(f"ALTER TABLE {table} SET UNLOGGED")
    # Migrations draw every model again and again, and what they drop is collected in good time.
    gc.set_threshold(*SELDOM)
    call_command("migrate", interactive=False, verbosity=1)
    return 0


def refuse_between_versions() -> None:
    """A database that has some of what one migration replaces, and not all, cannot be brought on:
    those files are gone. The framework would name a missing file, or find nothing to do."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    applied = set(MigrationRecorder(connection).applied_migrations())
    for migration in (loader.disk_migrations or {}).values():
        missing = [name for name in migration.replaces if name not in applied]
        if missing and len(missing) < len(migration.replaces):
            first = ".".join(missing[0])
            raise CannotRun(
                f"This database stands between two versions: {first} was never applied, and this "
                f"version has it only as a part of {migration.app_label}.{migration.name}. First "
                f"run `symposia migrate` of the last version that has {first}, then of this one."
            )


def _tell_pending() -> int:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    for migration, _backwards in pending:
        sys.stdout.write(f"{migration.app_label}.{migration.name}\n")
    return 1 if pending else 0
