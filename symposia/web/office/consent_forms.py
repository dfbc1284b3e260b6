"""What is asked when somebody notes a consent, hands in many, or says on what a purpose rests."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from symposia.directory.models import WITHOUT_CHANNEL, Channel, ConsentSource, Purpose
from symposia.web.office.line_files import LinesForm
from symposia.web.office.meeting_forms import DAY

_BY_HAND = (ConsentSource.VOICE, ConsentSource.FORM, ConsentSource.PAPER)


class ConsentForm(forms.Form):
    """What a person said of being reached, and how one knows."""

    purpose = forms.ChoiceField(label=_("What for"), choices=Purpose.choices)
    channel = forms.ChoiceField(
        label=_("By which channel"),
        choices=[("", _("none: it reaches nobody")), *Channel.choices],
        initial=Channel.EMAIL,
        required=False,
    )
    given = forms.TypedChoiceField(
        label=_("The person"),
        choices=[("yes", _("agrees")), ("no", _("does not want it"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    source = forms.ChoiceField(
        label=_("How do you know?"), choices=[(each, each.label) for each in _BY_HAND]
    )
    proof = forms.CharField(
        label=_("Proof"),
        help_text=_("Who heard it, or where the paper lies. By voice: your own name unless said."),
        max_length=300,
        required=False,
    )
    proof_file = forms.FileField(
        label=_("Paper as a file"), help_text=_("PDF, PNG or JPEG, at most 5 MB."), required=False
    )
    said_on = forms.DateField(
        label=_("Said on"), help_text=_("Empty: now."), widget=DAY, required=False
    )
    wording = forms.CharField(
        label=_("Words the person was shown"),
        help_text=_("Empty: the words of the organisation as they stand today."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("purpose") in WITHOUT_CHANNEL:
            said["channel"] = ""
        return said


class ConsentFileForm(LinesForm):
    """Many statements at once: a small file, or lines pasted from a sheet."""

    lines = forms.CharField(
        label=_("Lines"),
        help_text=_("The first line names the columns: number or e-mail, purpose, channel, given…"),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        max_length=1_000_000,
    )


class BasisForm(forms.Form):
    """On what one purpose rests."""

    asks_without = forms.BooleanField(
        label=_("Ask people who have said nothing yet"),
        help_text=_("Whoever says no is never asked, whatever stands here."),
        required=False,
    )
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        help_text=_("In words that a regulator may read."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    wording = forms.CharField(
        label=_("Words people are shown"),
        help_text=_("Each statement keeps the words it was made under."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
