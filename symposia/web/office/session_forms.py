"""Questions about a session of an agenda; what they mean is decided by the actions."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from symposia.activities.actions.sessions import SessionFacts
from symposia.activities.models import Room, Session
from symposia.curriculum.models import Guideline
from symposia.web.office.citing import chosen_guideline, offer_guidelines

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class SessionForm(forms.Form):
    """A slot of the agenda."""

    title = forms.CharField(label=_("Title"), max_length=200)
    day = forms.DateField(label=_("Date"), widget=_DAY)
    starts = forms.TimeField(label=_("Start"), widget=_CLOCK)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440)
    creditable_minutes = forms.IntegerField(
        label=_("Creditable minutes"),
        help_text=_("0 for breaks, meals and time for the evaluation."),
        min_value=0,
        max_value=1440,
    )
    is_break = forms.BooleanField(label=_("A break or a meal"), required=False)
    is_marketing = forms.BooleanField(
        label=_("Marketing, an exhibit or a company's own session"),
        help_text=_("Not education: it counts no minute and is kept apart in time and place."),
        required=False,
    )
    place = forms.ChoiceField(
        label=_("Room of a venue"),
        help_text=_("It is kept for the session; nobody else can have it then."),
        required=False,
    )
    room = forms.CharField(label=_("Room or stream"), max_length=80, required=False)
    track = forms.CharField(label=_("Track"), max_length=80, required=False)
    guideline = forms.ChoiceField(
        label=_("Guideline that is taught"),
        help_text=_("When it is superseded, the session is listed for review."),
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, rooms: list[Room], cited: Guideline | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._cited = cited
        offer_guidelines(self.fields["guideline"], cited)
        self._rooms = {str(each.pk): each for each in rooms}
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        known = [(pk, f"{each.name} ({each.venue})") for pk, each in self._rooms.items()]
        field.choices = [("", _("none, or as written below")), *known]

    def facts(self) -> SessionFacts:
        given = self.cleaned_data
        return SessionFacts(
            title=given["title"],
            wall_starts=datetime.combine(given["day"], given["starts"].replace(tzinfo=None)),
            minutes=given["minutes"],
            creditable_minutes=given["creditable_minutes"],
            room=given["room"],
            track=given["track"],
            is_break=given["is_break"],
            is_marketing=given["is_marketing"],
            place=self._rooms.get(given["place"]),
            guideline=chosen_guideline(given["guideline"], self._cited),
        )


def session_as_asked(session: Session) -> dict[str, Any]:
    """A session as its form shows it."""
    return {
        "title": session.title,
        "day": session.wall_starts.date(),
        "starts": session.wall_starts.time(),
        "minutes": session.minutes,
        "creditable_minutes": session.creditable_minutes,
        "room": session.room,
        "place": str(session.place_id or ""),
        "track": session.track,
        "is_break": session.is_break,
        "is_marketing": session.is_marketing,
        "guideline": str(session.guideline_id or ""),
        "seen_version": session.version,
    }
