"""As whom boards know the person who is signed in: names in parts, and the day of birth."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.directory.models import Clinician
from symposia.reporting.actions.facts import keep_identity
from symposia.reporting.queries import identity_of
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.report_accounts import IdentityForm
from symposia.web.requests import UserRequest


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_LEARNING)
def own(request: UserRequest) -> HttpResponse:
    """Say as whom the boards know oneself; told to them alone, and only by one's own permission."""
    clinician = get_object_or_404(Clinician.objects.of_user(request.user.pk))
    kept, back = identity_of(clinician.pk), reverse("own_data")
    first = (
        {"given": kept.given_name, "family": kept.family_name, "born": kept.born} if kept else {}
    )
    form = IdentityForm(given(request), initial=first)

    def act(said: dict[str, Any]) -> str:
        keep_identity(clinician, said["given"], said["family"], said["born"], by=request.actor)
        return back

    note = _("Told to boards alone, and only if you agree that your credit is reported.")
    title = _("Names and day of birth, as boards know me")
    question = Question(title, _("My data and how I am reached"), back, _("Keep it"), note)
    return ask(request, form, question, act)
