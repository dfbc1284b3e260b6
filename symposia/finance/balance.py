"""What the database itself holds of the ledgers: no transaction may leave a posting unbalanced."""

from collections.abc import Iterator

from symposia.finance.models import BudgetEntry, FeeEntry
from symposia.shared.guards import guard
from symposia.shared.tenancy import TenantModel

# It looks through the posting's own organisation, whatever the transaction has set by then.
FUNCTION = """
CREATE OR REPLACE FUNCTION symposia_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before text := coalesce(current_setting('symposia.organisation', true), '');
  off text;
BEGIN
  PERFORM set_config('symposia.organisation', NEW.organisation_id::text, true);
  EXECUTE format('SELECT string_agg(currency || '' '' || amount, '', '') FROM (
    SELECT currency, sum(amount_minor) AS amount FROM %I
    WHERE posting_id = $1 GROUP BY currency) AS sides WHERE amount <> 0', TG_TABLE_NAME)
    INTO off USING NEW.posting_id;
  PERFORM set_config('symposia.organisation', before, true);
  IF off IS NOT NULL THEN
    RAISE EXCEPTION 'posting % is off balance by %', NEW.posting_id, off
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$
"""


@guard
def balanced(model: type[TenantModel]) -> Iterator[str]:
    """At commit the two sides of each new posting sum to nothing, currency by currency."""
    if model not in (BudgetEntry, FeeEntry):
        return
    table = model._meta.db_table
    yield FUNCTION
    yield f'DROP TRIGGER IF EXISTS balanced ON "{table}"'
    yield (
        f'CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON "{table}" '
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION symposia_balanced()"
    )
