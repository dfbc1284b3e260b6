"""Credit systems as the product ships them: every rule with its dates, source and confidence."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.credits.awarding import formats_of
from symposia.credits.queries import all_systems
from symposia.directory.models import Profession
from symposia.web.gates import requires
from symposia.web.requests import UserRequest

FOLDER = "office/credit_systems"


@require_GET
@requires(Permission.VIEW_RULES)
def listed(request: UserRequest) -> HttpResponse:
    """Every system by its body: what a credit is, and how sure we are of it."""
    return render(request, f"{FOLDER}/list.html", {"systems": all_systems()})


@require_GET
@requires(Permission.VIEW_RULES)
def show(request: UserRequest, code: str) -> HttpResponse:
    """One system in all its versions: formats, limits, professions, words, source."""
    versions = [each for each in all_systems() if each.code == code]
    if not versions:
        raise Http404
    labels = dict(Profession.choices)
    context = {
        "system": versions[0],
        "versions": [
            (each, formats_of(each), [labels.get(p, p) for p in each.professions])
            for each in versions
        ],
    }
    return render(request, f"{FOLDER}/show.html", context)
