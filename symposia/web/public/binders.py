"""A guest of a binder: by a personal link, read-only, that binder and nothing else.

There is no access here that a page could ask. What a guest reads was kept when the binder was made,
and while they look, rows that name learners or what they answered do not exist for the database.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from symposia.accounts.permissions import Access
from symposia.activities.wall import settings_of
from symposia.reporting.actions.guests import note_binder_opening
from symposia.reporting.binder_papers import archive_of
from symposia.reporting.guest_letters import GUEST
from symposia.reporting.models import BinderEdition, BinderInvitation
from symposia.reporting.queries import (
    address_of_guest,
    files_bound,
    invitation_open,
    last_edition,
)
from symposia.shared.actors import Actor
from symposia.shared.tenancy import behind
from symposia.web.content.binders import guest_file_url
from symposia.web.links import personal_link
from symposia.web.office.binder_views import activity_said, programme_said, summary_of
from symposia.web.pdfs import archive_file

FOLDER = "public/binder"
View = Callable[..., HttpResponseBase]


def _read_by(view: View) -> View:
    """What still opens is read behind the whole wall, and noted; what is over says so."""

    @wraps(view)
    def opened(request: Any, pk: uuid.UUID, token: str, **kwargs: Any) -> HttpResponseBase:
        guest = invitation_open(pk, now())
        edition = last_edition(guest.binder) if guest else None
        if guest is None or edition is None:
            return render(request, f"{FOLDER}/over.html", status=410)
        request.actor = Actor("link", guest.pk, guest.name)
        nobody = Access(guest.pk, request.organisation.pk)
        with behind(settings_of(nobody)):
            return view(request, guest, edition, token, **kwargs)

    return opened


def _note(request: Any, guest: BinderInvitation, what: str) -> None:
    note_binder_opening(guest, what, by=request.actor)


def _around(guest: BinderInvitation, edition: BinderEdition, token: str) -> dict[str, Any]:
    return {"guest": guest, "binder": guest.binder, "edition": edition, "token": token}


@never_cache
@require_safe
@personal_link(GUEST, address_of=address_of_guest)
@_read_by
def show(request: Any, guest: BinderInvitation, edition: BinderEdition, token: str) -> HttpResponse:
    """The binder: how it was drawn, its activities, and what is asked of the provider."""
    _note(request, guest, _("the index"))
    context = _around(guest, edition, token) | {
        "bound": summary_of(edition),
        "programme": programme_said(None, edition),
    }
    return render(request, f"{FOLDER}/show.html", context)


@never_cache
@require_safe
@personal_link(GUEST, address_of=address_of_guest)
@_read_by
def activity(
    request: Any, guest: BinderInvitation, edition: BinderEdition, token: str, position: int
) -> HttpResponse:
    """One activity: criterion by criterion with its evidence."""
    said = activity_said(None, edition, position)
    _note(request, guest, said["number"])
    context = _around(guest, edition, token) | {"said": said}
    return render(request, f"{FOLDER}/activity.html", context)


@never_cache
@require_safe
@personal_link(GUEST, address_of=address_of_guest)
@_read_by
def file(
    request: Any, guest: BinderInvitation, edition: BinderEdition, token: str, file_pk: uuid.UUID
) -> HttpResponse:
    """One file of the evidence, or the paper itself, from the origin that serves files alone."""
    names = {each["id"]: each["path"] for each in edition.content["files"]}
    names[str(edition.paper_id)] = edition.paper.name
    if str(file_pk) not in names:
        raise Http404
    _note(request, guest, names[str(file_pk)])
    return redirect(guest_file_url(guest, file_pk))


@never_cache
@require_safe
@personal_link(GUEST, address_of=address_of_guest)
@_read_by
def archive(
    request: Any, guest: BinderInvitation, edition: BinderEdition, token: str
) -> HttpResponseBase:
    """The paper and every file as one archive, with a manifest of their hashes."""
    _note(request, guest, _("the whole binder as an archive"))
    name = f"{guest.binder.number}-{edition.number}"
    return archive_file(archive_of(edition, files_bound(edition)), name)
