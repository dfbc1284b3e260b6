"""What the organisation's own directory may say, and what it may not."""

import uuid
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import Membership
from symposia.accounts.policies import LAST_ADMINISTRATOR, OWN_ROLES
from symposia.shared.refusals import Objection

NO_NAME = Objection(
    "directory_no_name", _("The directory sends no name. Map displayName or name.formatted.")
)
NO_ADDRESS = Objection(
    "directory_no_address",
    _(
        '“%(address)s” is no e-mail address. Map the address to emails[type eq "work"].value, or'
        " use it as userName."
    ),
)
SAME_NAME = Objection(
    "directory_same_name",
    _("“%(name)s”, or its key, stands for somebody or something else here already."),
)
NO_GROUP_NAME = Objection("directory_no_group_name", _("A group has a displayName."))
GIVES_TO_ONESELF = Objection(
    "directory_gives_to_oneself",
    _(
        "%(person)s keeps the connection or said what the group gives, so it gives them nothing:"
        " another administrator gives it by hand."
    ),
)


def objection_to_keeping(user_name: str, email: str, full_name: str) -> Objection | None:
    """Somebody who works here has a name, and an address to sign in with."""
    try:
        validate_email(email)
    except ValidationError:
        return NO_ADDRESS.about(address=email)
    return None if full_name.strip() and user_name.strip() else NO_NAME


def objection_to_same_name(taken: bool, name: str) -> Objection | None:
    """One name of the directory stands for one person, or one group."""
    return SAME_NAME.about(name=name) if taken else None


def objection_to_losing(
    membership: Membership,
    lasting: Collection[uuid.UUID],
    grants: Collection[uuid.UUID],
    *,
    by_id: uuid.UUID | None,
) -> Objection | None:
    """A directory takes nothing from whoever keeps its connection, nor the last administrator;
    `grants` are those by which the person manages access."""
    if membership.user_id == by_id:
        return OWN_ROLES
    return LAST_ADMINISTRATOR if lasting and set(lasting) <= set(grants) else None


def objection_to_group_name(name: str) -> Objection | None:
    """A group is called something."""
    return None if name.strip() else NO_GROUP_NAME


def objection_to_giving(
    person: uuid.UUID, name: str, *, mapped_by: uuid.UUID | None, by_id: uuid.UUID | None
) -> Objection | None:
    """Nobody gives themselves a role by way of a group."""
    if person in {mapped_by, by_id} - {None}:
        return GIVES_TO_ONESELF.about(person=name)
    return None
