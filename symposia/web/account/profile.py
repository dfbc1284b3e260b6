"""A person's own name, language and clock; the ways to sign in stand beside it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts.actions import change_profile
from symposia.web.gates import signed_in
from symposia.web.zone_choices import zone_choices


class ProfileForm(forms.Form):
    """What a person may say of themselves."""

    full_name = forms.CharField(
        label=gettext_lazy("Name"), max_length=200, help_text=gettext_lazy("As others see it.")
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=lambda: [("", _("Like the browser")), *settings.LANGUAGES],
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        required=False,
        choices=lambda: [("", _("Of the venue only")), *zone_choices()],
        help_text=gettext_lazy("Times of the venue come first, yours second."),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def profile(request: Any) -> HttpResponse:
    user = request.user
    known = {"full_name": user.full_name, "language": user.language, "zone": user.zone}
    form = ProfileForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        change_profile(user, by=user.actor(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("profile")
    status = 422 if form.is_bound else 200
    context = {"form": form, "memberships": getattr(request, "organisations", [])}
    return render(request, "account/profile.html", context, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def address(request: Any) -> HttpResponse:
    """The address is where links to sign in go and what offers are made to: it stays."""
    messages.info(
        request, _("You keep the address you were invited with. Ask for an invitation to another.")
    )
    return redirect("profile")
