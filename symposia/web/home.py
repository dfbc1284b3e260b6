"""Where a person lands: the first place they may open."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from symposia.web.gates import open_to_all
from symposia.web.shell import first_place


@require_GET
@open_to_all("sends each person to the first page they may open")
def start(request: Any) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("account_login")
    return redirect(first_place(request))
