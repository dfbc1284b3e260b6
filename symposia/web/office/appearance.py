"""How the product looks to one person, kept in their browser: theme, density, single keys."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from symposia.web.gates import open_to_all
from symposia.web.shell import DENSITIES, SHORTCUTS, THEMES

YEAR = 365 * 24 * 60 * 60


class AppearanceForm(forms.Form):
    """The choices of looks; only those that were sent change."""

    theme = forms.ChoiceField(choices=[(each, each) for each in THEMES], required=False)
    density = forms.ChoiceField(choices=[(each, each) for each in DENSITIES], required=False)
    shortcuts = forms.ChoiceField(choices=[(each, each) for each in SHORTCUTS], required=False)


@open_to_all("keeps three choices of looks in the reader's own browser and reads nothing")
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Remember the choices in cookies, which the server reads, so that no page flashes."""
    form = AppearanceForm(request.POST)
    response = redirect(_back(request))
    if form.is_valid():
        for name, value in form.cleaned_data.items():
            if value:
                response.set_cookie(
                    name, value, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
                )
    return response


def _back(request: HttpRequest) -> str:
    """The page the choice was made on; never another site's."""
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        return back
    return "/"
