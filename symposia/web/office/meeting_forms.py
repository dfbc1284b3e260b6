"""What is asked about a curriculum review."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from symposia.accounts.memberships import members
from symposia.accounts.models import User
from symposia.curriculum.actions.meetings import Promise
from symposia.curriculum.models import AgendaItem

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_LINES = {"rows": 3}


class MeetingForm(forms.Form):
    """When and where a review is held, and when the next one is."""

    title = forms.CharField(label=_("Title"), max_length=200)
    on = forms.DateField(label=_("Day"), widget=DAY)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    next_after_months = forms.IntegerField(
        label=_("Next one after months"),
        help_text=_("Empty: the next one is not planned by itself."),
        min_value=1,
        max_value=12,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PointForm(forms.Form):
    """Something of one's own for the agenda."""

    title = forms.CharField(label=_("Point"), max_length=300)
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs=_LINES), max_length=2000, required=False
    )


class DecisionForm(forms.Form):
    """What the meeting decided on a point."""

    decision = forms.CharField(
        label=_("Decision"), widget=forms.Textarea(attrs=_LINES), max_length=4000
    )


class PersonForm(forms.Form):
    """A form that asks for a member of the organisation."""

    owner = forms.ChoiceField(label=_("Who"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people: dict[str, User] = {
            str(m.membership.user_id): m.membership.user for m in members()
        }
        choices = [(pk, str(user)) for pk, user in self.people.items()]
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]

    def person(self) -> User:
        """The member who was chosen."""
        return self.people[self.cleaned_data["owner"]]


class ActionForm(PersonForm):
    """Who will do what until when."""

    field_order = ["text", "owner", "due_on", "item"]

    text = forms.CharField(label=_("What"), max_length=300)
    due_on = forms.DateField(label=_("Until"), widget=DAY)
    item = forms.ChoiceField(label=_("Point of the agenda"), required=False)

    def __init__(self, *args: Any, items: Sequence[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items_by_pk = {str(each.pk): each for each in items}
        choices = [("", _("None")), *((pk, each.title) for pk, each in self.items_by_pk.items())]
        self.fields["item"].choices = choices  # type: ignore[attr-defined]

    def promise(self) -> Promise:
        """What was agreed."""
        data = self.cleaned_data
        point = self.items_by_pk.get(data["item"])
        return Promise(data["text"], self.person(), data["due_on"], point)


class DoneForm(forms.Form):
    """How something promised was done."""

    note = forms.CharField(
        label=_("What was done"), widget=forms.Textarea(attrs=_LINES), max_length=2000
    )


class MinutesForm(forms.Form):
    """Who was there and what was said."""

    present = forms.CharField(
        label=_("Present"), widget=forms.Textarea(attrs=_LINES), max_length=4000
    )
    minutes = forms.CharField(
        label=_("Minutes"), widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000
    )
