"""What a phone wrote without a network: each thing for itself, once, answered in words."""

import hashlib
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any, Literal

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from pydantic import AwareDatetime, Base64Bytes, BaseModel, Field, ValidationError

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.attendance.actions.batches import Batch, Reading, record_batch
from symposia.attendance.expected import places_at
from symposia.attendance.models import FIELD, Source
from symposia.attendance.strangers import Stranger
from symposia.engagement.actions.follow_ups import decline_follow_up, finish_follow_up
from symposia.engagement.actions.handing import hand_medical_question, take_adverse_event
from symposia.engagement.handing_rules import LONGEST_EVENT
from symposia.engagement.models import FollowUp
from symposia.finance.actions.expenses import hand_in_expense
from symposia.finance.expenses import sharers_at
from symposia.finance.expensing import fault_words
from symposia.finance.queries import books_currency
from symposia.outreach.actions.field import invite_chosen, remind_own_invited
from symposia.outreach.queries import candidates_of
from symposia.shared.archives import safe_name
from symposia.shared.refusals import Objection, Refused, refuse_if
from symposia.shared.times import FIRST_COUNTED, LAST_COUNTED
from symposia.web.field.follow_up_forms import (
    AdverseEventForm,
    DeclineForm,
    FinishForm,
    QuestionForm,
)
from symposia.web.field.follow_ups import words_of_event
from symposia.web.field.inviting import words_of_reminding, words_of_sending
from symposia.web.field.receipts import words_of_receipt
from symposia.web.gates import requires
from symposia.web.office.expense_forms import ExpenseForm
from symposia.web.requests import UserRequest
from symposia.work.once import Answer, OtherBody, answer_once

MOST = 50
NOT_REACHED = Objection(
    "not_reached", gettext_lazy("You no longer reach this activity or this person.")
)
WRITTEN_OTHERWISE = Objection(
    "written_otherwise", gettext_lazy("This was sent before with other content.")
)
NOT_FILLED_IN = Objection("not_filled_in", gettext_lazy("%(field)s: %(problem)s"))
_Moment = Annotated[AwareDatetime, Field(ge=FIRST_COUNTED, le=LAST_COUNTED)]
_Long = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=LONGEST_EVENT)]
_Text = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=254)]


_Kind = Literal[
    "invite",
    "remind",
    "check_in",
    "walk_in",
    "receipt",
    "finish",
    "decline",
    "question",
    "adverse_event",
]


class WrittenReceipt(BaseModel):
    """A form of a receipt as it was filled in, and its photograph."""

    said: dict[_Text, _Text] = Field(max_length=20)
    name: _Text
    content: Base64Bytes


class Written(BaseModel):
    """One thing as the phone kept it."""

    event_uuid: uuid.UUID
    kind: _Kind
    at: _Moment
    activity: uuid.UUID
    clinicians: list[uuid.UUID] = Field([], max_length=500)
    registration: uuid.UUID | None = None
    name: _Text = ""
    profession: _Text = ""
    email: _Text = ""
    receipt: WrittenReceipt | None = None
    follow_up: uuid.UUID | None = None
    # A form of a follow-up as it was filled in.
    filled: dict[_Text, _Long] = Field({}, max_length=4)


class Outbox(BaseModel):
    """What a phone brings, and what its clock says now."""

    sent_at: _Moment
    entries: list[dict[str, Any]] = Field(max_length=MOST)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Permission.INVITE)
def outbox(request: UserRequest) -> HttpResponse:
    """Who is signed in here and the token to send with; or what became of each thing sent."""
    if request.method == "GET":
        person = f"{request.user.pk}.{request.organisation.pk}"
        return JsonResponse({"token": get_token(request), "person": person})
    try:
        body = Outbox.model_validate_json(request.body)
    except (ValidationError, RawPostDataException):
        detail = _("What this phone sent cannot be read.")
        return JsonResponse({"code": "unreadable", "detail": detail}, status=422)
    offset = round((now() - body.sent_at) / timedelta(seconds=1))
    return JsonResponse({"answers": [_answered(request, each, offset) for each in body.entries]})


def _answered(request: UserRequest, given: dict[str, Any], offset: int) -> dict[str, Any]:
    """One thing for itself: what cannot be read or is refused keeps nothing else back."""
    try:
        one = Written.model_validate(given)
    except ValidationError:
        said = _("This cannot be read; write it anew.")
        return _answer(str(given.get("event_uuid", "")), Answer(422, said))
    key = f"field:{one.event_uuid}"
    read = hashlib.sha256(one.model_dump_json().encode()).hexdigest()
    try:
        answer, _again = answer_once(
            f"person:{request.user.pk}", key, read, lambda: _done(request, one, offset)
        )
    except OtherBody:
        answer = Answer(409, str(WRITTEN_OTHERWISE.message))
    return _answer(str(one.event_uuid), answer)


def _answer(event_uuid: str, answer: Answer) -> dict[str, Any]:
    return {
        "event_uuid": event_uuid,
        "done": answer.status < 400,
        "said": answer.body,
        "href": answer.headers.get("Location", ""),
    }


def _done(request: UserRequest, one: Written, offset: int) -> Answer:
    """The same actions as the pages, with the same refusals."""
    try:
        said, page = _DOES[one.kind](request, one, offset)
    except Refused as refused:
        return Answer(409, str(refused))
    except Http404:
        return Answer(409, str(NOT_REACHED.message))
    return Answer(200, said, {"Location": reverse(page, args=[one.follow_up or one.activity])})


def _invite(request: UserRequest, one: Written, _offset: int) -> tuple[str, str]:
    """To whoever of the chosen may still be asked; the others are named with the reason."""
    activity = _activity(request, one, Permission.INVITE)
    people = candidates_of(request.access, one.clinicians)
    _wave, answer = invite_chosen(activity, people, access=request.access, by=request.actor)
    return words_of_sending(answer), "field_event"


def _remind(request: UserRequest, one: Written, _offset: int) -> tuple[str, str]:
    activity = _activity(request, one, Permission.INVITE)
    _wave, answer = remind_own_invited(activity, access=request.access, by=request.actor)
    return words_of_reminding(answer), "field_event"


def _check_in(request: UserRequest, one: Written, offset: int) -> tuple[str, str]:
    """It happened when the phone says so, whatever has become of the place since."""
    activity = _activity(request, one, Permission.CHECK_IN)
    places = places_at(activity, request.access).with_people()
    place = get_object_or_404(places, pk=one.registration)
    reading = _reading(one, kind="in", registration_id=place.pk)
    _keep(request, activity, reading, offset)
    return _("%(name)s is checked in.") % {"name": place.clinician.called}, "field_sign_in"


def _walk_in(request: UserRequest, one: Written, offset: int) -> tuple[str, str]:
    """Kept as they said it; the office finds out later whose place it is. Without a name nobody
    could."""
    activity = _activity(request, one, Permission.CHECK_IN)
    named = one.name.strip()
    stranger = Stranger(named, one.email, one.profession[:40]) if named else None
    _keep(request, activity, _reading(one, kind="walk_in", stranger=stranger), offset)
    said = _("%(name)s is noted as a walk-in; the office finds out whose place it is.")
    return said % {"name": named}, "field_sign_in"


def _receipt(request: UserRequest, one: Written, _offset: int) -> tuple[str, str]:
    """Read like the form of the page; whoever was checked in before it shares the cost."""
    activity = _activity(request, one, Permission.HAND_IN_BILLS)
    sent = one.receipt or WrittenReceipt(said={}, name="", content=b"")
    files = {"file": SimpleUploadedFile(safe_name(sent.name), sent.content)}
    form = ExpenseForm(sent.said, files, known=sharers_at(activity), currency=books_currency())
    refuse_if(_unfinished(form))
    expense = hand_in_expense(activity, form.facts(), form.receipt(), by=request.actor)
    said = [words_of_receipt(expense), *map(str, fault_words(expense.faults))]
    return " ".join(said), "field_receipts"


def _finish(request: UserRequest, one: Written, _offset: int) -> tuple[str, str]:
    found, said = _follow_up(request, one, FinishForm)
    finish_follow_up(found, **said, by=request.actor)
    return _("Done; what was said is kept."), "follow_up"


def _decline(request: UserRequest, one: Written, _offset: int) -> tuple[str, str]:
    found, said = _follow_up(request, one, DeclineForm)
    decline_follow_up(found, **said, by=request.actor)
    return _("Closed; the reason is kept."), "follow_up"


def _question(request: UserRequest, one: Written, _offset: int) -> tuple[str, str]:
    found, said = _follow_up(request, one, QuestionForm)
    hand_medical_question(found, **said, by=request.actor)
    return _("Handed to medical affairs."), "follow_up"


def _adverse_event(request: UserRequest, one: Written, offset: int) -> tuple[str, str]:
    """Its clock runs from when it was written, by the phone's clock put right."""
    found, said = _follow_up(request, one, AdverseEventForm)
    received_at = min(one.at + timedelta(seconds=offset), now())
    take_adverse_event(found, **said, received_at=received_at, by=request.actor)
    return words_of_event(), "follow_up"


def _follow_up(
    request: UserRequest, one: Written, form_of: Callable[..., forms.Form]
) -> tuple[FollowUp, dict[str, str]]:
    """A follow-up that this person reaches still, and what was filled in."""
    rows = FollowUp.objects.visible_to(request.access).for_list()
    found, form = get_object_or_404(rows, pk=one.follow_up), form_of(one.filled)
    refuse_if(_unfinished(form))
    return found, form.cleaned_data


def _unfinished(form: forms.Form) -> Objection | None:
    """The first field that is not right, in its own words."""
    for name, problems in form.errors.items():
        return NOT_FILLED_IN.about(field=form.fields[name].label, problem=problems[0])
    return None


def _reading(one: Written, **facts: Any) -> Reading:
    return Reading(one.event_uuid, source=Source.DESK, device_time=one.at, **facts)


def _keep(request: UserRequest, activity: Activity, reading: Reading, offset: int) -> None:
    batch = Batch(activity.pk, [reading], FIELD, offset)
    for answer in record_batch(batch, by=request.actor):
        refuse_if(answer.objection)


def _activity(request: UserRequest, one: Written, permission: Permission) -> Activity:
    rows = Activity.objects.visible_to(request.access, permission)
    return get_object_or_404(rows, pk=one.activity)


_Does = Callable[[UserRequest, Written, int], tuple[str, str]]
_DOES: dict[str, _Does] = {
    "invite": _invite,
    "remind": _remind,
    "check_in": _check_in,
    "walk_in": _walk_in,
    "receipt": _receipt,
    "finish": _finish,
    "decline": _decline,
    "question": _question,
    "adverse_event": _adverse_event,
}
