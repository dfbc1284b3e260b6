"""What the vendor of an online meeting tells: believed by its secret, kept once."""

import uuid
from typing import Any

from allauth.core import ratelimit
from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from symposia.accounts.queries import organisation_by_code
from symposia.attendance.actions.connections import hear_meeting
from symposia.attendance.connecting import NOT_GENUINE, SECRET_LOST
from symposia.attendance.models import MeetingConnection
from symposia.attendance.webhooks.port import Message
from symposia.shared.actors import Actor
from symposia.shared.tenancy import acting_in
from symposia.web.gates import open_to_all, own_transaction

LONGEST = 1_000_000


@csrf_exempt
@require_POST
@open_to_all("the vendor of an online meeting tells us here; only what it proves is believed")
@own_transaction
def told(request: Any, code: str, pk: uuid.UUID) -> HttpResponse:
    """Take who joined or left; told twice, it adds nothing. No reason is given to a stranger."""
    organisation = organisation_by_code(code)
    if organisation is None:
        raise Http404
    if not ratelimit.consume(request, action="meeting_messages", key=str(pk)):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    body = request.read(LONGEST + 1)
    if len(body) > LONGEST:
        return HttpResponse(status=413)
    message = Message(
        body,
        {name.lower(): value for name, value in request.headers.items()},
        request.GET.dict(),
    )
    with acting_in(organisation.pk):
        found = MeetingConnection.objects.living().filter(pk=pk).first()
        if found is None:
            raise Http404
        by = Actor("link", found.pk, f"{found.get_vendor_display()}"[:200])
        answer = hear_meeting(found, message, by=by)
    if answer.objection in {NOT_GENUINE, SECRET_LOST}:
        return HttpResponse(status=403)
    if answer.challenge:
        return HttpResponse(answer.challenge.body, content_type=answer.challenge.content_type)
    return HttpResponse(status=202)
