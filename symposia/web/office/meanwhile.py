"""What somebody else changed while a form was open: shown, never overwritten."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.utils.formats import date_format, time_format

from symposia.shared.refusals import Refused
from symposia.web.parts import Change


def what_changed(
    form: forms.Form, now: Mapping[str, Any], refused: Refused, *, version: str = "seen_version"
) -> list[Change]:
    """Each answer that differs from the record as it is now, and the version this was read from.

    Sending the form once more then saves over a version that has been seen.
    """
    if refused.objection.code != "changed_meanwhile":
        return []
    form.data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    form.data[form.add_prefix(version)] = str(now[version])  # type: ignore[index]
    return [
        Change(
            form.fields[name].label or name,
            was=_said(form, name, now[name]),
            now=_said(form, name, mine),
        )
        for name, mine in form.cleaned_data.items()
        if name in now and name != version and (mine or None) != (now[name] or None)
    ]


def _said(form: forms.Form, name: str, value: Any) -> str:
    match value:
        case None | "":
            return ""
        case time():
            return time_format(value, "H:i")
        case date():
            return date_format(value, "j M Y")
    field = form.fields[name]
    known = dict(field.choices) if isinstance(field, forms.ChoiceField) else {}  # type: ignore[arg-type]
    return str(known.get(value, value))
