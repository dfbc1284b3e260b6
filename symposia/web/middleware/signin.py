"""Pages ask for a sign-in unless they say otherwise; the API answers for itself."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

from symposia.web.addresses import PROGRAMS


class SignInRequired(LoginRequiredMiddleware):
    """A program without a valid token gets a problem, never a page to sign in."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if request.path.startswith(PROGRAMS):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
