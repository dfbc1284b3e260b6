"""How certificates look: chosen on one page, with the paper itself beside the choices."""

import base64
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.credits.actions.designs import design_certificates
from symposia.credits.designs import (
    MOST_SIGNERS,
    Design,
    Signer,
    design_in,
    logo_from,
    signature_from,
)
from symposia.credits.models import PaperColour, PaperSize
from symposia.credits.policies import objection_to_design
from symposia.credits.proof_lists import DESIGNS
from symposia.credits.queries import design_now
from symposia.credits.samples import sample_pdf, sample_picture
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.pdfs import pdf_file
from symposia.web.requests import UserRequest
from symposia.work.apart import Unreadable

PAGE, SHOWN = "office/organisation/design.html", "office/organisation/design_shown.html"
LARGEST = 8 * 1024 * 1024


class DesignForm(forms.Form):
    """The choices; what a body says is none of them."""

    colour = forms.ChoiceField(label=gettext_lazy("Colour"), choices=PaperColour.choices)
    paper = forms.ChoiceField(
        label=gettext_lazy("Paper"), choices=PaperSize.choices, required=False
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    said = forms.CharField(
        label=gettext_lazy("A sentence of your own"),
        help_text=gettext_lazy(
            "Below what the body says. {name}, {title}, {date} and {provider} are filled in."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=300,
        required=False,
    )
    logo = forms.FileField(
        label=gettext_lazy("Logo"), help_text=gettext_lazy("PNG or JPEG."), required=False
    )
    no_logo = forms.BooleanField(label=gettext_lazy("Without a logo"), required=False)

    def __init__(self, *args: Any, design: Design, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.design = design
        languages = [("", _("As the organisation")), *settings.LANGUAGES]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
        for place in range(1, MOST_SIGNERS + 1):
            self._ask_for_signer(place)

    def _ask_for_signer(self, place: int) -> None:
        of = {"place": place}
        self.fields[f"name_{place}"] = forms.CharField(
            label=_("Signature %(place)d: name") % of, max_length=80, required=False
        )
        self.fields[f"role_{place}"] = forms.CharField(
            label=_("Signature %(place)d: role") % of, max_length=80, required=False
        )
        self.fields[f"image_{place}"] = forms.FileField(
            label=_("Signature %(place)d: picture") % of,
            help_text=_("PNG or JPEG; without one there is a line to sign on."),
            required=False,
        )

    def chosen(self) -> Design:
        """The design as it is chosen; pictures that are not handed in anew stay."""
        said = self.cleaned_data
        return Design(
            colour=said["colour"],
            paper=said["paper"],
            language=said["language"],
            said=" ".join(said["said"].split()),
            logo="" if said["no_logo"] else self._drawn("logo", self.design.logo, logo_from),
            signers=tuple(self._signers()),
        )

    def _signers(self) -> Any:
        before = {each.name: each.image for each in self.design.signers}
        for place in range(1, MOST_SIGNERS + 1):
            if name := self.cleaned_data[f"name_{place}"].strip():
                image = self._drawn(f"image_{place}", before.get(name, ""), signature_from)
                yield Signer(name, self.cleaned_data[f"role_{place}"].strip(), image)

    def _drawn(self, field: str, before: str, draw: Any) -> str:
        """A picture that was handed in, drawn anew; an unreadable one is told at its field."""
        file = self.cleaned_data.get(field)
        if file is None:
            return before
        if file.size > LARGEST:
            self.add_error(field, _("A picture is smaller than eight megabytes."))
            return before
        try:
            return str(draw(file.read()))
        except Unreadable as problem:
            self.add_error(field, str(problem).capitalize())
            return before


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ORGANISATION, of_all=True)
def new(request: UserRequest) -> HttpResponse:
    """Choose how certificates look from now on."""
    design = design_in(design_now())
    if request.method == "GET":
        return _page(request, DesignForm(initial=_first(design), design=design), design)
    form = DesignForm(request.POST, request.FILES, design=design)
    chosen = form.chosen() if form.is_valid() else design
    if not form.errors:
        try:
            made = design_certificates(request.organisation, chosen, by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Certificates look like version %d now.") % made.number)
            return redirect(DESIGNS.name)
    return _page(request, form, design, status=422)


@require_POST
@requires(Permission.MANAGE_ORGANISATION, of_all=True)
def preview(request: UserRequest) -> HttpResponse:
    """The paper as it would be, while it is chosen; pictures count once they are saved."""
    design = design_in(design_now())
    form = DesignForm(request.POST, design=design)
    chosen = form.chosen() if form.is_valid() else design
    objection = objection_to_design(chosen)
    shown = _shown(request, design if objection or form.errors else chosen)
    return render(request, SHOWN, shown | {"objection": objection, "form": form})


@require_GET
@requires(Permission.MANAGE_ORGANISATION)
def sample(request: UserRequest, kind: str) -> HttpResponse:
    """A certificate of nobody as it is printed now."""
    design = design_in(design_now())
    if kind == "pdf":
        return pdf_file(sample_pdf(request.organisation, design), "sample-certificate")
    if kind != "png":
        raise Http404
    return HttpResponse(sample_picture(request.organisation, design), content_type="image/png")


def _shown(request: UserRequest, design: Design) -> dict[str, Any]:
    picture = base64.b64encode(sample_picture(request.organisation, design)).decode()
    return {"picture": f"data:image/png;base64,{picture}"}


def _first(design: Design) -> dict[str, Any]:
    """What the form shows of a design at first."""
    signers = {
        f"{field}_{place}": getattr(each, field)
        for place, each in enumerate(design.signers, 1)
        for field in ("name", "role")
    }
    chosen = ("colour", "paper", "language", "said")
    return {name: getattr(design, name) for name in chosen} | signers


def _page(
    request: UserRequest, form: DesignForm, design: Design, status: int = 200
) -> HttpResponse:
    context = {"form": form, "design": design, "back_list": DESIGNS}
    return render(request, PAGE, context, status=status)
