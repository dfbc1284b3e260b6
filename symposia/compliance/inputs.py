"""What changed of the facts and values that an exception was given for, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from symposia.accounts.queries import this_organisation

Inputs = Mapping[str, Mapping[str, Any]]


def said_of_change(was: Inputs, is_now: Inputs) -> str:
    """Why an exception ended by itself, in the language of the organisation."""
    with translation.override(this_organisation().language):
        changes = [
            _("%(fact)s was %(was)s and is %(now)s")
            % {"fact": name.replace("_", " "), "was": _said(before), "now": _said(after)}
            for name, before, after in _changed(_flat(was), _flat(is_now))
        ]
        if not was:
            return _("It was given before exceptions kept the facts they were given for.")
        return _("It was given for other facts: %(changes)s.") % {"changes": "; ".join(changes)}


def _flat(inputs: Inputs) -> dict[str, Any]:
    return {name: value for group in inputs.values() for name, value in group.items()}


def _changed(was: Mapping[str, Any], is_now: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    names = sorted(was.keys() | is_now.keys())
    return [
        (name, was.get(name), is_now.get(name))
        for name in names
        if was.get(name) != is_now.get(name)
    ]


def _said(value: Any) -> str:
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value) or _("nobody")
    return str(value)
