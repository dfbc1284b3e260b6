"""Row history under the journal: every UPDATE and DELETE of a tenant row, whoever made it."""

from collections.abc import Iterator

from symposia.shared.guards import guard
from symposia.shared.tenancy import TenantModel

FUNCTION = """
CREATE OR REPLACE FUNCTION symposia_row_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_rowchange (id, organisation_id, at, xid, table_name, row_id, operation, before)
  VALUES (gen_random_uuid(), OLD.organisation_id, clock_timestamp(),
          pg_current_xact_id()::text::bigint, TG_TABLE_NAME, OLD.id, lower(TG_OP), to_jsonb(OLD));
  RETURN NULL;
END $$
"""


@guard
def row_history(model: type[TenantModel]) -> Iterator[str]:
    """Keep what a row was before each change; what it became is the next entry or the row."""
    table = model._meta.db_table
    yield FUNCTION
    yield f'DROP TRIGGER IF EXISTS row_history ON "{table}"'
    if model.KEEPS_HISTORY and not model.APPEND_ONLY:
        yield (
            f'CREATE TRIGGER row_history AFTER UPDATE OR DELETE ON "{table}" FOR EACH ROW '
            f"EXECUTE FUNCTION symposia_row_history()"
        )
