"""What whoever looks after a group of staff says: whom to enrol, and where."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from symposia.credits.catalogue import Listed
from symposia.directory.models import Clinician
from symposia.registrations.models import Attending


class EnrolForm(forms.Form):
    """One activity, and one person, several or everybody."""

    activity = forms.ChoiceField(label=gettext_lazy("Activity"))
    attending = forms.ChoiceField(
        label=gettext_lazy("How they come"),
        help_text=gettext_lazy("Counts where an activity is held in a room and online."),
        choices=Attending.choices,
        required=False,
    )
    everybody = forms.BooleanField(label=gettext_lazy("Everybody in the group"), required=False)
    people = forms.MultipleChoiceField(
        label=gettext_lazy("People"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self, data: Any, *, offered: Sequence[Listed], people: Sequence[Clinician], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self._people = {str(each.pk): each for each in people}
        activities = [(str(each.activity.pk), _in_words(each)) for each in offered]
        self.fields["activity"].choices = activities  # type: ignore[attr-defined]
        names = [(key, _called(each)) for key, each in self._people.items()]
        self.fields["people"].choices = names  # type: ignore[attr-defined]
        if not any(each.activity.delivery == "hybrid" for each in offered):
            del self.fields["attending"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not said.get("everybody") and not said.get("people"):
            self.add_error("people", _("Choose at least one person."))
        return said

    @property
    def activity_id(self) -> uuid.UUID:
        return uuid.UUID(self.cleaned_data["activity"])

    @property
    def chosen(self) -> list[Clinician]:
        """Whom to enrol, of the people of the group alone."""
        if self.cleaned_data["everybody"]:
            return list(self._people.values())
        return [self._people[key] for key in self.cleaned_data["people"]]


def _called(each: Clinician) -> str:
    return " · ".join(filter(None, (each.called, each.specialty)))


def _in_words(each: Listed) -> str:
    left, day = each.seats.left, date_format(each.activity.wall_starts, "j M Y")
    if left is None:
        places = _("no limit of places")
    else:
        places = ngettext("%(n)d place left", "%(n)d places left", left) % {"n": left}
    return f"{day} · {each.activity.title} · {places}"
