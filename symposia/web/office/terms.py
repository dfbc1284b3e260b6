"""Until when somebody holds a role, and which roles there are to hold."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.accounts import memberships
from symposia.shared.times import day_ends
from symposia.web.office.meeting_forms import DAY
from symposia.web.requests import UserRequest


def role_choices() -> list[tuple[str, str]]:
    """Every role, and none at first: nobody is given one because its name comes first."""
    known = [(str(role.pk), role.name) for role in memberships.roles()]
    return [("", _("Choose a role")), *known]


class TermsForm(forms.Form):
    """Until when somebody holds a role."""

    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=DAY,
        error_messages={
            "invalid": gettext_lazy("Write the day as year-month-day, for example 2027-05-31.")
        },
        help_text=gettext_lazy("The role ends by itself after this day. Empty: it has no end."),
    )

    def valid_until(self, request: UserRequest) -> datetime | None:
        """The end of that day on the organisation's clock."""
        day = self.cleaned_data["until"]
        return day_ends(day, request.organisation.zone) if day else None
