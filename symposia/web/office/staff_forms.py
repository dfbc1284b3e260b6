"""What the office says of a group of staff: whose it is, who looks after it, who is on its list."""

from django import forms
from django.utils.translation import gettext_lazy

from symposia.directory.actions.staff import StaffGroupFacts
from symposia.directory.queries import institution_meant
from symposia.shared.refusals import Objection, needed
from symposia.web.office.meeting_forms import DAY

NO_SUCH_HOUSE = Objection(
    "no_such_house",
    gettext_lazy("No institution of the directory is called so. Note it there first."),
)


class StaffGroupForm(forms.Form):
    """What a group is called, and whose staff it is."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    institution = forms.CharField(
        label=gettext_lazy("Institution"),
        help_text=gettext_lazy(
            "As it is called in the directory. Whoever works there belongs to the group on the days"
            " they do. Empty: only who is put on its list."
        ),
        max_length=200,
        required=False,
    )
    department = forms.CharField(
        label=gettext_lazy("Department"),
        help_text=gettext_lazy("As it is written where people work. Empty: the whole house."),
        max_length=120,
        required=False,
    )

    def facts(self) -> StaffGroupFacts:
        """What was said; refused where no institution is called so."""
        said = self.cleaned_data
        name = said["institution"].strip()
        house = needed(institution_meant(name, "", near=""), NO_SUCH_HOUSE) if name else None
        return StaffGroupFacts(said["name"], house, said["department"])


class ManagerForm(forms.Form):
    """Who looks after the group, from when until when, and what they read."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the colleague"),
        help_text=gettext_lazy("Somebody with a role here that opens one's own learning."),
    )
    from_on = forms.DateField(label=gettext_lazy("From"), widget=DAY)
    until_on = forms.DateField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("The last day. Empty: until you end it."),
        widget=DAY,
        required=False,
    )
    sees_licences = forms.BooleanField(
        label=gettext_lazy("Reads how far the people are with their licences"),
        help_text=gettext_lazy(
            "Rule, hours and end of the cycle, never the number. Everybody in the group reads on"
            " their own page who looks after it."
        ),
        required=False,
    )


class EndForm(forms.Form):
    """When somebody looks after the group no more."""

    on = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Empty: it ends now."),
        widget=DAY,
        required=False,
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)


class ListingForm(forms.Form):
    """Who is put on the list, from when until when."""

    person = forms.CharField(
        label=gettext_lazy("E-mail or number in the directory"), max_length=254
    )
    from_on = forms.DateField(label=gettext_lazy("From"), widget=DAY)
    until_on = forms.DateField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("The last day. Empty: it goes on."),
        widget=DAY,
        required=False,
    )


class LastDayForm(forms.Form):
    """The last day of somebody on the list."""

    on = forms.DateField(label=gettext_lazy("Last day"), widget=DAY)
