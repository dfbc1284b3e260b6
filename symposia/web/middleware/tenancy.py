"""One request, one organisation, one transaction; and a repeated request is answered once."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.middleware import AccountMiddleware
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.accounts.entering import entered, entered_with_token
from symposia.activities.reading import one_reading
from symposia.activities.wall import settings_of
from symposia.shared.actors import Actor
from symposia.shared.tenancy import behind
from symposia.web.addresses import PROGRAMS
from symposia.work.once import Answer, OtherBody, answer_once

View = Callable[..., HttpResponseBase]
_KEPT_HEADERS = ("Location", "Content-Type", "HX-Redirect", "HX-Trigger", "HX-Push-Url")
_LARGEST_KEPT = 256 * 1024
# Of these the fields say what was sent; whatever else was sent, a program reads its body.
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
# Knows what the sign-in library asks for by raising; Django would tell it only of later views.
_SIGN_IN: Any = AccountMiddleware(lambda _request: HttpResponse())


class Tenancy:
    """Finds the organisation and the access, opens the transaction, runs the view in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.access = request.organisation = request.actor = None
        request.organisations = []
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(
        self, request: Any, view: View, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if request.path.startswith(PROGRAMS):
            return _as_bearer(request, view, args, kwargs)
        if not request.user.is_authenticated:
            return None
        request.actor = request.user.actor()
        try:
            return _as_member(request, view, args, kwargs)
        except (ImmediateHttpResponse, ReauthenticationRequired) as asked:
            answer: HttpResponseBase = _SIGN_IN.process_exception(request, asked)
            return answer


def _as_member(request: Any, view: View, args: Any, kwargs: Any) -> HttpResponseBase | None:
    """The view, in the organisation of the session as long as the person is a member of it."""
    wished = request.session.get("organisation", "")
    with entered(request.user, wished, at=now()) as found:
        if found is None:
            return None
        request.organisation, request.organisations = found.organisation, found.organisations
        request.access = found.access
        # Times are shown on the reader's clock, beside the venue's.
        timezone.activate(ZoneInfo(request.user.zone or found.organisation.zone))
        if not getattr(view, "own_transaction", False):
            with _reading(request), _walled(request):
                again = _page_instead(view, kwargs)
                return run_once(request, lambda: view(request, *args, **kwargs), instead=again)
    return view(request, *args, **kwargs)


def _page_instead(view: View, kwargs: Any) -> str:
    """Where somebody is led who asks again for an answer with a secret."""
    page, parts = getattr(view, "page_instead_of_secret", ("", ()))
    return reverse(page, kwargs={each: kwargs[each] for each in parts}) if page else ""


def _reading(request: Any) -> AbstractContextManager[None]:
    """A page that is only looked at changes nothing, so it may load what its parts share once."""
    return one_reading() if request.method in {"GET", "HEAD"} else nullcontext()


def _walled(request: Any) -> AbstractContextManager[None]:
    """To whoever only looks, rows behind the wall do not exist; what is done counts all of them."""
    only_looks = request.method in {"GET", "HEAD"} and request.access
    return behind(settings_of(request.access) if only_looks else "")


def _as_bearer(request: Any, view: View, args: Any, kwargs: Any) -> HttpResponseBase | None:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    with entered_with_token(token, at=now()) as bearer:
        if bearer is None:
            return None
        request.user = bearer.user
        request.organisation = bearer.organisation
        request.access = bearer.access
        request.actor = Actor("token", bearer.token_id, str(bearer.user))
        with _walled(request):
            return run_once(request, lambda: view(request, *args, **kwargs))


def run_once(
    request: Any, work: Callable[[], HttpResponseBase], *, instead: str = ""
) -> HttpResponseBase:
    """Run a view; a POST with an idempotency key that was answered gets the same answer.

    Where the answer holds a secret, it is another page that is named instead.
    """
    key = _key(request)
    if not key:
        return _rendered(work())
    fresh: list[HttpResponse] = []

    def answer() -> Answer:
        response = _rendered(work())
        if not isinstance(response, HttpResponse):
            raise TypeError(f"{request.path} streams, so it cannot be answered once")
        fresh.append(response)
        return _kept(response, instead)

    try:
        said, repeated = answer_once(_actor_key(request), key, _request_hash(request), answer)
    except OtherBody:
        return _other_body(request)
    if not repeated:
        return fresh[0]
    response = HttpResponse(said.body, status=said.status, headers=said.headers)
    response["Idempotency-Replayed"] = "true"
    return response


def _kept(response: HttpResponse, instead: str) -> Answer:
    """What a repeated request is told."""
    if instead and response.status_code < 400:
        return Answer(302, "", {"Location": instead})
    if response.get("Cache-Control") == "no-store" and response.status_code < 400:
        # A secret is told once; who asks again is led to what was made, where that has an address.
        where = response.get("Location")
        return Answer(303, "", {"Location": where}) if where else Answer(response.status_code, "")
    headers = {n: response[n] for n in _KEPT_HEADERS if n in response}
    body = response.content[:_LARGEST_KEPT].decode(errors="replace")
    return Answer(response.status_code, body, headers)


def _key(request: Any) -> str:
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return ""
    given: str = request.headers.get("Idempotency-Key", "")
    if given or request.path.startswith(PROGRAMS):
        return given
    return str(request.POST.get("idempotency_key", "")).replace("\0", "")


def _actor_key(request: Any) -> str:
    return f"{request.actor.kind}:{request.actor.id or request.actor.name}"


def _request_hash(request: Any) -> str:
    """Method, address and content; the CSRF token changes at each render and says nothing."""
    text = hashlib.sha256(f"{request.method} {request.get_full_path()}".encode())
    if request.method != "POST" or request.content_type not in _FORMS:
        text.update(request.body)
        return text.hexdigest()
    for name in sorted(request.POST):
        if name != "csrfmiddlewaretoken":
            text.update(repr((name, request.POST.getlist(name))).encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            text.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                text.update(chunk)
            file.seek(0)
    return text.hexdigest()


def _rendered(response: HttpResponseBase) -> HttpResponseBase:
    """Late templates are rendered here, while the rows still exist."""
    render = getattr(response, "render", None)
    if callable(render) and not getattr(response, "is_rendered", True):
        response = render()
    return response


def _other_body(request: Any) -> HttpResponse:
    sentence = _("This form was already sent with other content. Open it again to send it anew.")
    if request.path.startswith(PROGRAMS):
        return JsonResponse(
            {"type": "about:blank", "title": "Idempotency key reused", "detail": sentence},
            status=422,
            content_type="application/problem+json",
        )
    return HttpResponse(sentence, status=422, content_type="text/plain; charset=utf-8")
