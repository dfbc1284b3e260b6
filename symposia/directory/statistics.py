"""What a bulk load leaves to be done, which the runtime role may ask for and not do itself."""

from collections.abc import Iterator

from django.db import connection

from symposia.directory.models import Clinician
from symposia.shared.guards import guard
from symposia.shared.tenancy import TenantModel

_FUNCTION = """
CREATE OR REPLACE FUNCTION symposia_directory_statistics() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET default_statistics_target = 50 AS $$
BEGIN
  PERFORM gin_clean_pending_list('clinician_name_trigrams');
  ANALYZE directory_clinician;
  ANALYZE directory_identifier;
END $$
"""


@guard
def directory_statistics(model: type[TenantModel]) -> Iterator[str]:
    """Install the function of the tables' owner once, beside the table of clinicians."""
    if model is Clinician:
        yield _FUNCTION


def refresh_directory_statistics() -> None:
    """Sort new names into the index and let the planner see what came; stale statistics cost a
    hundredfold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT symposia_directory_statistics()")
