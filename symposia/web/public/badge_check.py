"""The public check of an Open Badge: pasted or handed in, without session, script or network."""

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from symposia.credits.badge_checking import CheckedBadge, Outcome, check_badge
from symposia.credits.badge_reading import LARGEST
from symposia.web.gates import open_to_all, own_transaction

PAGE = "public/verify/badge.html"
TOO_LARGE = _("A badge is smaller than half a megabyte.")
NOTHING = _("Paste a badge, or choose its file.")


class BadgeForm(forms.Form):
    """A badge, as text or as a file."""

    text = forms.CharField(
        label=_("The badge as text"),
        help_text=_("What is in its JSON or JWT file, from the first sign to the last."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        max_length=LARGEST,
        required=False,
    )
    file = forms.FileField(
        label=_("Or its file"),
        help_text=_("JSON, JWT, or the picture (PNG or SVG)."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        file = given.get("file")
        if file is not None and file.size > LARGEST:
            self.add_error("file", TOO_LARGE)
        elif file is None and not given.get("text"):
            self.add_error("text", NOTHING)
        return given

    def handed_in(self) -> bytes:
        """The badge itself; a file goes before text."""
        file, text = self.cleaned_data.get("file"), self.cleaned_data["text"]
        content: bytes = file.read() if file is not None else text.encode()
        return content


@require_http_methods(["GET", "POST"])
@open_to_all("whoever is shown a badge may check it")
@own_transaction
def check(request: Any) -> HttpResponse:
    """Whether a badge holds, and what was looked at; nothing that is handed in is kept."""
    if request.method == "GET":
        return render(request, PAGE, {"form": BadgeForm()})
    if not ratelimit.consume(request, action="badge_check"):
        too_often: HttpResponse = ratelimit.respond_429(request)
        return too_often
    form = BadgeForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422)
    checked = check_badge(form.handed_in())
    return render(request, PAGE, {"form": BadgeForm(), "checked": checked, **_shown(checked)})


def _shown(checked: CheckedBadge) -> dict[str, Any]:
    """The facts of a badge whose signature holds, and the tone of what is said of it."""
    tones = {Outcome.VALID: "ok", Outcome.UNKNOWN: "info"}
    said = checked.credential or {}
    subject = said.get("credentialSubject")
    subject = subject if isinstance(subject, dict) else {}
    achievement = subject.get("achievement")
    issuer = said.get("issuer")
    return {
        "tone": tones.get(checked.outcome, "stop"),
        "title": _name_in(achievement),
        "issuer": _name_in(issuer) or (issuer if isinstance(issuer, str) else ""),
        "issued": str(said.get("validFrom", ""))[:10],
        "names": [
            each.get("identityHash", "")
            for each in _listed(subject.get("identifier"))
            if isinstance(each, dict) and each.get("hashed") is False
        ],
    }


def _name_in(value: Any) -> str:
    name = value.get("name") if isinstance(value, dict) else ""
    return name if isinstance(name, str) else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
