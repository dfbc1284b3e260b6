"""What a PATCH asks for, in the ways directories write it: operations in any case, with a path or
with an object, truth as a word, one value as a list of one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from symposia.api.scim.answers import invalid
from symposia.api.scim.filters import plain_path

OPERATIONS = ("add", "replace", "remove")
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
# Attributes of the standard that mean nothing here; a directory may send them all the same.
NOT_KEPT = frozenset(
    {
        *("addresses", "costcenter", "department", "division", "employeenumber", "entitlements"),
        *("groups", "id", "ims", "locale", "meta", "name", "nickname", "organization", "password"),
        *("phonenumbers", "photos", "preferredlanguage", "profileurl", "roles", "schemas"),
        *("timezone", "usertype", "x509certificates"),
    }
)
_MEMBER = re.compile(r'^members\[\s*value\s+eq\s+"([^"]*)"\s*\]$', re.IGNORECASE)
_EMAIL = re.compile(r"^emails(\[[^\]]*\])?(\.value)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Step:
    """One attribute that shall be otherwise."""

    operation: str
    path: str
    value: Any


def steps_of(body: Mapping[str, Any]) -> Iterator[Step]:
    """The operations of a request, one attribute each."""
    operations = _field(body, "Operations")
    if not isinstance(operations, list) or not operations:
        raise invalid(_("A PATCH has a list of Operations."), "invalidSyntax")
    for each in operations:
        if not isinstance(each, dict):
            raise invalid(_("An operation is an object."), "invalidSyntax")
        operation = str(each.get("op", "")).lower()
        if operation not in OPERATIONS:
            raise invalid(_("An operation is add, replace or remove."), "invalidSyntax")
        yield from _parts(operation, each.get("path"), each.get("value"))


def attributes_of(body: Mapping[str, Any]) -> Iterator[Step]:
    """The attributes of a whole resource, as if each was replaced."""
    yield from _parts("replace", None, dict(body))


def _parts(operation: str, path: Any, value: Any) -> Iterator[Step]:
    if path:
        yield Step(operation, _name(str(path)), value)
    elif operation == "remove":
        raise invalid(_("What is removed is named by a path."), "noTarget")
    elif isinstance(value, dict):
        for name, each in value.items():
            if name == ENTERPRISE or (name == "name" and isinstance(each, dict)):
                prefix = "" if name == ENTERPRISE else "name."
                inner = each if isinstance(each, dict) else {}
                yield from (
                    Step(operation, _name(prefix + one), said) for one, said in inner.items()
                )
            else:
                yield Step(operation, _name(name), each)
    else:
        raise invalid(_("Without a path the value is an object."), "invalidSyntax")


def _name(path: str) -> str:
    """The attribute as this module calls it: in small letters, e-mail addresses as one."""
    plain = plain_path(path)
    if plain == ENTERPRISE:
        return "department"
    if _EMAIL.match(plain):
        return "emails"
    return plain if _MEMBER.match(plain) else plain.lower()


def member_named(path: str) -> str | None:
    """The member that a path picks out, if it picks one."""
    found = _MEMBER.match(path)
    return found[1] if found else None


def truth(value: Any) -> bool:
    """Yes or no, as truth or as a word."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    raise invalid(_("active is true or false."))


def text(value: Any, name: str) -> str:
    """One line of text; a list of one is that one."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        if not {"value", "$ref"} & set(value):
            raise invalid(_("%(name)s is a text.") % {"name": name})
        value = value.get("value") or str(value.get("$ref") or "").rpartition("/")[2]
    if value is None:
        return ""
    if not isinstance(value, str | int):
        raise invalid(_("%(name)s is a text.") % {"name": name})
    return str(value).strip()


def address(value: Any) -> str:
    """The address to write to: the primary one, else that of work, else the first."""
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return text(value, "emails")
    found = [each for each in value if isinstance(each, dict) and each.get("value")]
    if not found:
        raise invalid(_("emails is a list of objects with a value."))
    best = min(found, key=lambda each: (not each.get("primary"), each.get("type") != "work"))
    return text(best["value"], "emails")


def ids(value: Any) -> list[str]:
    """The members that a value names."""
    several = value if isinstance(value, list) else [value]
    named = [each.get("value") if isinstance(each, dict) else each for each in several]
    if not all(isinstance(each, str) for each in named):
        raise invalid(_("members is a list of objects with a value."))
    return [str(each) for each in named]


def _field(body: Mapping[str, Any], name: str) -> Any:
    """An attribute of the message, whatever its capitals."""
    return next((value for key, value in body.items() if key.lower() == name.lower()), None)
