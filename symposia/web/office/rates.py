"""The rate card and the words of agreements."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.activities.actions.rate_card import set_rate, write_agreement_words
from symposia.activities.agreed import words_now
from symposia.activities.agreeing import PLACEHOLDERS
from symposia.finance.queries import books_currency
from symposia.web.gates import requires
from symposia.web.office.agreement_forms import RateForm, WordsForm
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest


def listed(request: UserRequest) -> dict[str, Any]:
    """What one may do beside the list."""
    return {"may_manage": request.access.everywhere(Permission.MANAGE_RULES)}


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_RULES, of_all=True)
def new(request: UserRequest) -> HttpResponse:
    """Put a rate on the card from a day on."""
    form, back = RateForm(given(request)), reverse("rates")

    def act(_said: dict[str, Any]) -> str:
        set_rate(form.facts(books_currency()), by=request.actor)
        return back

    note = _("All amounts in %s. The rate before it ends the day before.") % books_currency()
    question = Question(_("New rate"), _("Rate card"), back, _("Put it on the card"), note)
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_RULES, of_all=True)
def words(request: UserRequest) -> HttpResponse:
    """The words of agreements, with what may be filled in."""
    form, back = WordsForm(given(request), initial={"text": words_now()}), reverse("rates")

    def act(said: dict[str, Any]) -> str:
        write_agreement_words(said["text"], by=request.actor)
        return back

    names = ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))
    note = _("What was sent keeps its words. These can be filled in: %s") % names
    question = Question(_("Words of agreements"), _("Rate card"), back, _("Use them"), note)
    return ask(request, form, question, act)
