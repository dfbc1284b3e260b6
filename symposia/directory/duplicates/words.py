"""What was compared of two people and how it came out, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Outcome → what people read; what is not here says nothing worth reading.
REASONS: dict[str, Promise] = {
    "name:same": _("same name"),
    "name:short": _("name with initials or fewer words"),
    "name:typo": _("name differs by a letter or two"),
    "name:part": _("one name the same"),
    "name:different": _("other name"),
    "email:same": _("same e-mail"),
    "email:mailbox": _("same mailbox elsewhere"),
    "email:typo": _("e-mail differs by a letter"),
    "email:different": _("other e-mail"),
    "phone:same": _("same telephone"),
    "phone:typo": _("telephone differs by a digit"),
    "phone:different": _("other telephone"),
    "place:institution": _("same institution"),
    "place:city": _("same city"),
    "place:region": _("same region"),
    "place:different": _("other place"),
    "work:specialty": _("same specialty"),
    "work:profession": _("same profession"),
    "work:different": _("other profession"),
    "number:typo": _("number differs by a digit"),
    "number:different": _("other number of the same register"),
}
# What speaks for one person; the rest speaks against it.
_AGAINST = ":different"


def speaks_for(reasons: list[str]) -> list[str]:
    return [str(REASONS[r]) for r in reasons if r in REASONS and not r.endswith(_AGAINST)]


def speaks_against(reasons: list[str]) -> list[str]:
    return [str(REASONS[r]) for r in reasons if r in REASONS and r.endswith(_AGAINST)]
