"""The question to which sessions somebody comes, where sessions have places of their own."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from symposia.registrations.models import SessionPlaces
from symposia.web.formats import moment


class SessionsField(forms.MultipleChoiceField):
    """The sessions somebody chooses; each says when it is and how full."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Sessions you choose"))
        options.setdefault(
            "help_text",
            gettext_lazy(
                "These have places of their own. All other sessions are open to everybody who"
                " comes."
            ),
        )
        super().__init__(required=False, **options)

    def offer(self, places: Iterable[SessionPlaces], zone: str) -> None:
        """Let these sessions be chosen."""
        self.choices = [(str(each.session_id), described(each, zone)) for each in places]

    def clean(self, value: Any) -> tuple[uuid.UUID, ...]:
        return tuple(uuid.UUID(each) for each in super().clean(value))


def described(places: SessionPlaces, zone: str) -> str:
    """A session on one line: what, when, and how many places are left."""
    session = places.session
    when = moment(session.starts_at, session.ends_at, zone)
    return f"{session.title} · {when.day}, {when.clock} · {how_full(places)}"


def how_full(places: SessionPlaces) -> str:
    """What somebody who chooses a session now can expect."""
    if places.is_full:
        return _("full, %(waiting)d waiting") % {"waiting": places.waiting}
    left = places.left - places.waiting
    return ngettext("%(left)d place left", "%(left)d places left", left) % {"left": left}


class SessionsForm(forms.Form):
    """To which sessions somebody comes who is registered already."""

    sessions = SessionsField()

    def __init__(
        self, *args: Any, places: Collection[SessionPlaces], zone: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sessions"].offer(places, zone)  # type: ignore[attr-defined]
