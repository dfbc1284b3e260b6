"""What people type about clinicians."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.directory.models import Clinician, OwnField, Profession, Scheme
from symposia.directory.owning import Own
from symposia.web.office.own_inputs import add_own_inputs
from symposia.web.zone_choices import zone_choices


class ClinicianForm(forms.Form):
    """What the directory says of a person."""

    full_name = forms.CharField(
        label=gettext_lazy("Full name"),
        help_text=gettext_lazy("As on the licence; it is printed on certificates."),
        max_length=200,
    )
    display_name = forms.CharField(
        label=gettext_lazy("Called"),
        help_text=gettext_lazy("How the person is addressed, if otherwise."),
        max_length=200,
        required=False,
    )
    profession = forms.ChoiceField(
        label=gettext_lazy("Profession"), choices=Profession.choices, initial=Profession.PHYSICIAN
    )
    credential = forms.CharField(label=gettext_lazy("Credential"), max_length=100, required=False)
    specialty = forms.CharField(label=gettext_lazy("Specialty"), max_length=120, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40, required=False)
    institution = forms.CharField(label=gettext_lazy("Institution"), max_length=200, required=False)
    city = forms.CharField(label=gettext_lazy("City"), max_length=100, required=False)
    region = forms.CharField(label=gettext_lazy("State or region"), max_length=60, required=False)
    country = forms.RegexField(
        label=gettext_lazy("Country"),
        regex=r"^[A-Za-z]{2}$",
        help_text=gettext_lazy("A code of two letters, like US or IN."),
        required=False,
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=[("", gettext_lazy("not known")), *zone_choices()],
        required=False,
    )
    territory = forms.ChoiceField(label=gettext_lazy("Territory"), required=False)

    # Whether some fields of one's own have to be filled in.
    IS_NEW = False

    def __init__(
        self,
        *args: Any,
        territories: list[tuple[str, str]],
        own: Sequence[OwnField] = (),
        said: Own | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        add_own_inputs(self, own, said, is_new=self.IS_NEW)
        choices = self.fields["territory"]
        choices.choices = [("", _("none")), *territories]  # type: ignore[attr-defined]
        if not territories:
            del self.fields["territory"]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


class CorrectionForm(ClinicianForm):
    """What the directory should say, and what shows it where a second person has to agree."""

    evidence = forms.CharField(
        label=gettext_lazy("What shows it"),
        help_text=gettext_lazy(
            "A name as on the licence, e-mail address or telephone number that stands already is"
            " changed by two people: the second reads this."
        ),
        max_length=500,
        required=False,
    )


class NewClinicianForm(ClinicianForm):
    """A person to add, with the number they are known by."""

    IS_NEW = True

    scheme = forms.ChoiceField(label=gettext_lazy("Number of"), choices=Scheme.choices)
    number = forms.CharField(label=gettext_lazy("Number"), max_length=60, required=False)


class IdentifierForm(forms.Form):
    """A number to note."""

    scheme = forms.ChoiceField(label=gettext_lazy("Number of"), choices=Scheme.choices)
    number = forms.CharField(label=gettext_lazy("Number"), max_length=60)
    issuer = forms.CharField(
        label=gettext_lazy("Issued by"),
        help_text=gettext_lazy("The council or board, where several give the same numbers."),
        max_length=80,
        required=False,
    )
    evidence = forms.CharField(
        label=gettext_lazy("What shows it"),
        help_text=gettext_lazy("A page of the register, a letter. A second person looks at it."),
        max_length=500,
        required=False,
    )


class ReasonForm(forms.Form):
    """Why something is taken away."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)


def usual_scheme(country: str) -> str:
    """The register that numbers most clinicians of a country."""
    usual = {"US": Scheme.NPI, "IN": Scheme.SMC, "GB": Scheme.GMC}
    return usual.get(country, Scheme.OWN)


def said_of(clinician: Clinician) -> dict[str, Any]:
    """What the directory says of a person, as the form opens with it."""
    names = [name for name in ClinicianForm.base_fields if name not in {"institution", "territory"}]
    return {name: getattr(clinician, name) for name in names} | {
        "institution": clinician.institution.name if clinician.institution else "",
        "territory": str(clinician.territory_id or ""),
    }
