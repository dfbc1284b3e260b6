"""May this key do that, and may this statement be stored?"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from symposia.shared.refusals import Objection
from symposia.statements.models import ProviderKey, Scope

# Longer than this nobody remembers who holds a key.
LONGEST = timedelta(days=730)

NO_NAME = Objection("statements_no_name", _("Say who holds the key: a tool, a course, a partner."))
TOO_LONG = Objection("statements_key_too_long", _("A key ends within two years."))
KEY_ENDED = Objection("statements_key_ended", _("This key opens nothing any more."))
KEY_TOO_NARROW = Objection(
    "statements_key_too_narrow",
    _("The key reaches only this far: %(scope)s. An administrator makes one that reaches further."),
)
OTHER_STATEMENT = Objection(
    "statements_other_statement",
    _("Another statement has the id %(id)s already. Statements never change; void it instead."),
)
VOIDS_A_VOIDING = Objection(
    "statements_voids_voiding",
    _("The statement %(id)s voids another one, and what voids is not voided itself."),
)
VOIDS_OF_ANOTHER = Objection(
    "statements_voids_of_another",
    _("The key voids only statements that it has sent itself; %(id)s is none of them."),
)


def objection_to_provider_key(name: str, days: int) -> Objection | None:
    """Why a key cannot be made as it is wished."""
    if not name.strip():
        return NO_NAME
    if not 0 < days <= LONGEST.days:
        return TOO_LONG
    return None


def objection_to_revoking_provider_key(key: ProviderKey, at: datetime) -> Objection | None:
    """Why there is nothing to revoke."""
    return None if key.is_valid(at) else KEY_ENDED


def objection_to_sending(key: ProviderKey) -> Objection | None:
    """Why a key stores no statement."""
    return None if key.writes else _too_narrow(key)


def objection_to_documents(key: ProviderKey, *, writing: bool) -> Objection | None:
    """Why a key keeps or reads no state or profile."""
    may = key.writes_documents if writing else key.reads_documents
    return None if may else _too_narrow(key)


def objection_to_voiding(
    key: ProviderKey | None, target: str, *, is_voiding: bool, is_own: bool
) -> Objection | None:
    """Why a statement cannot void another. One that has not come yet is nobody's own."""
    if is_voiding:
        return VOIDS_A_VOIDING.about(id=target)
    if key is not None and key.scope != Scope.ALL and not is_own:
        return VOIDS_OF_ANOTHER.about(id=target)
    return None


def _too_narrow(key: ProviderKey) -> Objection:
    return KEY_TOO_NARROW.about(scope=key.get_scope_display())
