"""Is this an xAPI statement? Every field is looked at; what is wrong says which field and why."""

from symposia.statements.checking.statements import checked_statement
from symposia.statements.checking.walking import Wrong

__all__ = ["Wrong", "checked_statement"]
