"""What the database itself holds of the ledger: no transaction may leave a posting unbalanced."""

from collections.abc import Iterator

from symposia.finance.models import BudgetEntry
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
  SELECT string_agg(currency || ' ' || amount, ', ') INTO off FROM (
    SELECT currency, sum(amount_minor) AS amount FROM finance_budgetentry
    WHERE posting_id = NEW.posting_id GROUP BY currency) AS sides WHERE amount <> 0;
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
    if model is not BudgetEntry:
        return
    table = model._meta.db_table
    yield FUNCTION
    yield f'DROP TRIGGER IF EXISTS balanced ON "{table}"'
    yield (
        f'CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON "{table}" '
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION symposia_balanced()"
    )
