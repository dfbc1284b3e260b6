"""Where a person lands: the first place they may open."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from symposia.web.gates import open_to_all
from symposia.web.shell import places


@require_GET
@open_to_all("sends each person to the first page they may open")
def start(request: Any) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("account_login")
    open_to_me = places(request)
    if not open_to_me:
        raise PermissionDenied("no place")
    return redirect(open_to_me[0].url)
