"""What is asked before a wave of a campaign leaves, and the words it may have of its own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.outreach.models import Aim
from symposia.outreach.reaching import OF_WAVES


class WaveForm(forms.Form):
    """When a wave leaves; nothing means at once."""

    aim = forms.ChoiceField(choices=Aim.choices, widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        choices=[(each.value, each.label) for each in OF_WAVES], widget=forms.HiddenInput
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    day = forms.DateField(
        label=_("Day"),
        help_text=_("Empty means now. A day and an hour are those of each recipient's own clock."),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )
    hour = forms.TimeField(
        label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}), required=False
    )

    def clean(self) -> dict[str, Any]:
        """A day needs its hour, and an hour its day."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(given.get("day")) != bool(given.get("hour")):
            missing = "hour" if given.get("day") else "day"
            self.add_error(missing, _("Give the day and the hour, or neither."))
        return given

    @property
    def local_time(self) -> datetime | None:
        """The wall time somebody chose."""
        day, hour = self.cleaned_data["day"], self.cleaned_data["hour"]
        return datetime.combine(day, hour) if day and hour else None


class AnswersForm(forms.Form):
    """Who reads what people write back."""

    reader = forms.ChoiceField(label=_("Answers go to"), required=False)

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people}
        choices: list[tuple[str, Any]] = [("", _("Whoever answers for the activity"))]
        choices += [(pk, f"{each} ({each.email})") for pk, each in self.people.items()]
        self.fields["reader"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> User | None:
        """The person, or nobody."""
        return self.people.get(self.cleaned_data["reader"])


class CampaignWordsForm(forms.Form):
    """The invitation in the words of this campaign."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"class": "input-tall"}),
        max_length=20_000,
        help_text=_(
            "Empty lines part blocks. “# ” begins a heading, “> ” small print, “Label | value” a"
            " row of facts; the button is written [Label]({link})."
        ),
    )
