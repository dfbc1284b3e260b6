"""Tables that grow for years are kept a month to a part, so that old months can be moved away.

Nobody reads or writes a part by its own name: the runtime role holds no right on it, and whoever
does meets the policies of the whole table there too. The parts of the coming months are made with
the tables and by `keep_months`; what fits none of them goes into the part of the rest.
"""

from collections.abc import Iterable, Iterator

from symposia.shared.planned import planned
from symposia.shared.tenancy import TenantModel

# How many months are ready before they begin.
AHEAD = 3

# It makes tables as their owner, of parents of that owner alone; bounds are midnights of UTC.
FUNCTIONS_OF_PARTS = """
CREATE OR REPLACE FUNCTION symposia_guard_partition(parent regclass, part regclass)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  p record;
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', part);
  FOR p IN SELECT polname AS name, polpermissive AS permits,
      pg_get_expr(polqual, polrelid) AS seen, pg_get_expr(polwithcheck, polrelid) AS written
      FROM pg_policy WHERE polrelid = parent LOOP
    EXECUTE format('DROP POLICY IF EXISTS %I ON %s', p.name, part);
    EXECUTE format('CREATE POLICY %I ON %s AS %s USING (%s)%s', p.name, part,
      CASE WHEN p.permits THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END, p.seen,
      coalesce(' WITH CHECK (' || p.written || ')', ''));
  END LOOP;
END $$;
CREATE OR REPLACE FUNCTION symposia_month(parent regclass, day date)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET timezone = 'UTC' SET lock_timeout = '5s' AS $$
DECLARE
  first date := date_trunc('month', day);
  part text := format('%s_%s', (SELECT relname FROM pg_class WHERE oid = parent),
    to_char(day, 'YYYYMM'));
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_class WHERE oid = parent AND relkind = 'p'
      AND pg_get_userbyid(relowner) = current_user) THEN
    RAISE EXCEPTION '% is not kept by months', parent;
  END IF;
  IF to_regclass(format('public.%I', part)) IS NOT NULL THEN
    RETURN;
  END IF;
  EXECUTE format('CREATE TABLE public.%I PARTITION OF %s FOR VALUES FROM (%L) TO (%L)',
    part, parent, first, first + interval '1 month');
  PERFORM symposia_guard_partition(parent, format('public.%I', part)::regclass);
EXCEPTION WHEN check_violation THEN
  NULL;  -- rows of that month lie in the part of the rest already, and stay there
END $$
"""
_PARTS = "SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = '\"{table}\"'::regclass"
_MONTHS = (
    "SELECT symposia_month('\"{table}\"'::regclass, m::date) FROM generate_series("
    "date_trunc('month', now()), now() + interval '{ahead} months', interval '1 month') AS m"
)


def partitions(models: Iterable[type[TenantModel]], role: str) -> Iterator[str]:
    """Make the parts of the coming months, and guard those there are; by those functions."""
    for model in models:
        if not model.BY_MONTH:
            continue
        table = model._meta.db_table
        parts = _PARTS.format(table=table)
        yield _MONTHS.format(table=table, ahead=AHEAD)
        yield (
            f"DO $$ DECLARE part regclass; BEGIN FOR part IN {parts} LOOP "
            f"PERFORM symposia_guard_partition('\"{table}\"'::regclass, part); END LOOP; END $$"
        )
        if role:
            yield (
                f"DO $$ DECLARE part regclass; BEGIN FOR part IN {parts} LOOP "
                f"EXECUTE format('REVOKE ALL ON %s FROM \"{role}\"', part); END LOOP; END $$"
            )


def keep_months(model: type[TenantModel]) -> None:
    """Make the parts of the coming months where they are missing; the runtime role may."""
    planned(_MONTHS.format(table=model._meta.db_table, ahead=AHEAD), {})
