"""Support: somebody looks at the product as another person sees it, and can change nothing.

While it lasts only pages of the office that ask for a permission are shown, with what the person
may see less what is decided, taken home or run. Each page is journalled before it is shown, and is
read in a transaction in which PostgreSQL itself refuses every write.
"""

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import connection
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import now

from symposia.accounts.actions import note_page_seen
from symposia.accounts.models import SupportView
from symposia.accounts.permissions import LOOKED_AT, Access, Permission
from symposia.accounts.queries import access_of, person_still_here
from symposia.activities.reading import one_reading
from symposia.activities.wall import settings_of
from symposia.shared.actors import Actor
from symposia.shared.tenancy import behind

KEY = "support_view"
STOP = "support_end"
_LOOKS = frozenset({"GET", "HEAD"})
View = Callable[..., HttpResponseBase]


def running_view(request: Any) -> SupportView | None:
    """The support view of this session, as long as it runs and both people may still have it."""
    try:
        pk = uuid.UUID(str(request.session.get(KEY, "")))
    except ValueError:
        return None
    rows = SupportView.objects.running(now()).filter(pk=pk, viewer=request.user)
    view = rows.with_people().first()
    may_look = request.access is not None and request.access.everywhere(Permission.VIEW_AS)
    if view is None or not may_look or not person_still_here(view.person):
        return None
    return view


def note_page(request: Any, view: SupportView) -> None:
    """Into the journal, in a transaction of its own, whatever then becomes of the page."""
    by = replace(request.user.actor(), on_behalf_of=str(view.person)[:200])
    note_page_seen(view, f"{request.method} {request.get_full_path()}", by=by)


def is_looking(request: Any) -> bool:
    return request.method in _LOOKS


def may_be_looked_at(view: View) -> bool:
    """Pages of the office alone: not one's own settings, no file, nothing that streams."""
    has_gate = bool(getattr(view, "permissions", ()))
    return has_gate and not getattr(view, "own_transaction", False)


def access_as(person: Any, organisation: Any) -> Access | None:
    """What the person may see, less what nobody does in another's place."""
    theirs = access_of(person, organisation, at=now())
    return replace(theirs, only=LOOKED_AT) if theirs else None


def looking(request: Any, view: SupportView, show: View, args: Any, kwargs: Any) -> Any:
    """The page as the person sees it; afterwards the request is the viewer's again."""
    viewer, access = request.user, request.access
    request.user, request.access = view.person, access_as(view.person, request.organisation)
    request.actor = Actor("person", viewer.pk, str(viewer), on_behalf_of=str(view.person))
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL transaction_read_only = on")
        walls = settings_of(request.access) if request.access else ""
        with one_reading(), behind(walls):
            response = show(request, *args, **kwargs)
            late = getattr(response, "render", None)
            if callable(late) and not getattr(response, "is_rendered", True):
                response = late()
        return response
    finally:
        request.user, request.access, request.actor = viewer, access, viewer.actor()


def refused(request: Any) -> HttpResponseBase:
    """Why this is not shown or done, and the way back to oneself."""
    return render(request, "errors/support.html", status=403)
