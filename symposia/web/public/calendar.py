"""A personal calendar that programs read by its secret address: no session, nothing to sign in."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from symposia.accounts.models import Organisation
from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import access_of_ids, organisation_by_code, token_hash
from symposia.activities.actions.calendar import note_reading
from symposia.activities.feeds import PREFIX, entries_of_feed, items_of
from symposia.activities.models import CalendarFeed
from symposia.activities.wall import settings_of
from symposia.notifications.feeds import feed_calendar
from symposia.shared.actors import Actor
from symposia.shared.tenancy import acting_in, behind
from symposia.web.gates import open_to_all, own_transaction


@require_safe
@open_to_all("a personal calendar by its secret address: what its owner may see now, no names")
@own_transaction
def subscription(request: HttpRequest, token: str) -> HttpResponse:
    """What the owner of the address may see at this moment; nothing once the owner has left."""
    organisation = _organisation(token)
    with acting_in(organisation.pk):
        feed = CalendarFeed.objects.living().filter(token_hash=token_hash(token)).first()
        access = access_of_ids(feed.user_id, organisation.pk, at=now()) if feed else None
        if feed is None or access is None or not access.holds(Permission.VIEW_ACTIVITIES):
            raise Http404
        content = _content(feed, access, organisation)
        note_reading(feed, by=Actor("link", feed.pk, "calendar address"))
    return _answer(request, content)


def _organisation(token: str) -> Organisation:
    parts = token.split("_")
    found = organisation_by_code(parts[1]) if len(parts) == 3 and parts[0] == PREFIX else None
    if found is None:
        raise Http404
    return found


def _content(feed: CalendarFeed, access: Access, organisation: Organisation) -> bytes:
    with behind(settings_of(access)):
        items = items_of(entries_of_feed(feed, access, localdate()))
    return feed_calendar(f"{feed.name} ({organisation.name})", items)


def _answer(request: HttpRequest, content: bytes) -> HttpResponse:
    """The same content again costs the reader nothing."""
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    known = request.headers.get("If-None-Match", "")
    response: HttpResponse = HttpResponseNotModified()
    if tag not in known:
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="symposia.ics"'
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response
