"""Who: agents and groups, each with exactly one thing that identifies it."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_noop as _

from symposia.statements.checking.walking import At, one_of, text
from symposia.statements.checking.words import iri, mail_address, sha1


def account(at: At) -> None:
    """A name in some system."""
    at.an_object({"homePage", "name"})
    at.required("homePage", iri)
    at.required("name", text)


IDENTIFIERS: dict[str, Callable[[At], Any]] = {
    "mbox": mail_address,
    "mbox_sha1sum": sha1,
    "openid": iri,
    "account": account,
}
_OF_AGENT = {"objectType", "name", *IDENTIFIERS}
_OF_GROUP = {*_OF_AGENT, "member"}
_ONE = ", ".join(IDENTIFIERS)


def agent(at: At) -> None:
    """One agent."""
    at.an_object(_OF_AGENT)
    at.if_any("objectType", one_of("Agent"))
    at.if_any("name", text)
    _identifiers(at, at_least=1)


def group(at: At) -> None:
    """A group that is identified, or one of members who are."""
    at.an_object(_OF_GROUP)
    at.required("objectType", one_of("Group"))
    at.if_any("name", text)
    named = _identifiers(at, at_least=0)
    if not named:
        at.required("member", lambda members: members.each(agent, empty_is_wrong=True))
    else:
        at.if_any("member", lambda members: members.each(agent))


def actor(at: At) -> None:
    """An agent or a group."""
    at.an_object()
    is_group = at.value.get("objectType") == "Group"
    (group if is_group else agent)(at)


def authority(at: At) -> None:
    """Who vouches: an agent, or a group of exactly two of whom one is a program."""
    actor(at)
    if at.value.get("objectType") == "Group":
        named = any(name in at.value for name in IDENTIFIERS)
        fine = not named and len(at.value["member"]) == 2
        at.refuse_unless(fine, _("A group that vouches is not named and has exactly two members."))


def _identifiers(at: At, *, at_least: int) -> int:
    found = [name for name in IDENTIFIERS if name in at.value]
    fine = at_least <= len(found) <= 1
    at.refuse_unless(fine, _("Exactly one of these identifies somebody: %(these)s."), these=_ONE)
    for name in found:
        IDENTIFIERS[name](at.part(name))
    return len(found)
