"""Changes of access that wait for a second administrator: agreed to, or given up."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from symposia.accounts.actions import agree_to_change, drop_change
from symposia.accounts.models import AccessChange
from symposia.accounts.permissions import Permission
from symposia.web.gates import requires
from symposia.web.office.asking import do
from symposia.web.requests import UserRequest


@require_POST
@requires(Permission.MANAGE_ACCESS)
def agree(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Agree, as a second administrator or as the person from whom it is taken."""
    change = _change(request, pk)
    done = _("Agreed. It holds from the next click on.")
    return do(request, lambda: agree_to_change(change, by=request.actor), "access", done)


@require_POST
@requires(Permission.MANAGE_ACCESS)
def drop(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep everything as it is."""
    change = _change(request, pk)
    done = _("Everything stays as it is.")
    return do(request, lambda: drop_change(change, by=request.actor), "access", done)


def _change(request: UserRequest, pk: uuid.UUID) -> AccessChange:
    return get_object_or_404(AccessChange.objects.visible_to(request.access), pk=pk)
