"""A material that was given, by a personal link: looking opens nothing, a button does."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.queries import local_day
from symposia.engagement.actions.sharing import open_material, stop_materials
from symposia.engagement.letters import MATERIAL
from symposia.engagement.models import MaterialShare
from symposia.engagement.policies import objection_to_material
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.web.content.materials import material_url
from symposia.web.links import personal_link

PAGE = "learner/material/show.html"


@require_GET
@personal_link(MATERIAL)
def material(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """What it is and who gave it; nothing is opened or counted yet."""
    share = _share(pk)
    context = {
        "share": share,
        "material": share.material,
        "organisation": request.organisation,
        "token": token,
        "objection": objection_to_material(share.material, today=local_day()),
    }
    return render(request, PAGE, context)


@require_POST
@personal_link(MATERIAL)
def opening(_request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """The person wants to see it: counted, and led to where it is."""
    share = _share(pk)
    try:
        open_material(share, by=_person(share))
    except Refused:
        return redirect("given_material", token)
    if share.material.file_id:
        return redirect(material_url(share))
    return redirect(share.material.address)


@require_POST
@personal_link(MATERIAL)
def stopping(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """The person wants no more of this kind."""
    share = _share(pk)
    stop_materials(share, by=_person(share))
    messages.success(request, _("Done. Nothing of this kind comes to you any more."))
    return redirect("given_material", token)


def _share(pk: uuid.UUID) -> MaterialShare:
    return get_object_or_404(MaterialShare.objects.for_page(), pk=pk)


def _person(share: MaterialShare) -> Actor:
    return Actor("link", share.clinician_id, share.clinician.called)
