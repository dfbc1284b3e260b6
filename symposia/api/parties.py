"""Several people are registered at once: colleagues who come together, and lists."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.registrations import RegistrationOut, registration_out
from symposia.directory.models import Clinician
from symposia.registrations.actions.parties import register_name_list, register_party
from symposia.registrations.asking import Became
from symposia.registrations.models import Registration, Source
from symposia.registrations.name_lists import Line, people_in, read_name_list
from symposia.shared.refusals import Objection

router = Router(tags=["registrations"])


class NewParty(Schema):
    """Colleagues who come together."""

    activity: uuid.UUID
    name: str = Field(min_length=1, max_length=200)
    clinicians: list[uuid.UUID] = Field(min_length=2, max_length=200)


class NameListIn(Schema):
    """Who comes, by e-mail address or number, one a line; `party` is as what they come together."""

    activity: uuid.UUID
    people: str = Field(min_length=1, max_length=200_000)
    party: str = Field("", max_length=200)
    dry_run: bool = True


class NamedLineOut(Schema):
    """Whom a line names, and the place they got or why they get none."""

    line: int
    text: str
    clinician: uuid.UUID | None
    registration: RegistrationOut | None
    code: str
    reason: str


class NameListOut(Schema):
    """What each line says, and what became of it."""

    is_dry_run: bool
    lines: list[NamedLineOut]


@router.post("/parties", response={201: list[RegistrationOut]}, operation_id="register_party")
@allowed(Permission.MANAGE_REGISTRATIONS)
def register_together(request: Any, body: NewParty) -> Status[list[dict[str, Any]]]:
    """Register colleagues who get their places together, or wait together."""
    activities = Activity.objects.visible_to(request.access, Permission.MANAGE_REGISTRATIONS)
    activity = get_object_or_404(activities, pk=body.activity)
    people = list(Clinician.objects.visible_to(request.access).filter(pk__in=body.clinicians))
    if len(people) < len(set(body.clinicians)):
        raise Http404
    made = register_party(people, activity, name=body.name, source=Source.OFFICE, by=request.actor)
    return Status(201, [registration_out(each) for each in made])


@router.post("/name-lists", response=NameListOut, operation_id="register_name_list")
@allowed(Permission.MANAGE_REGISTRATIONS)
def register_list(request: Any, body: NameListIn) -> dict[str, Any]:
    """Register a pasted list of people, each on their own or as a party; a dry run says who each
    line is and registers nobody. Whoever gets no place is named with the reason."""
    activities = Activity.objects.visible_to(request.access, Permission.MANAGE_REGISTRATIONS)
    activity = get_object_or_404(activities, pk=body.activity)
    lines = read_name_list(body.people, activity, request.access, source=Source.OFFICE, at=now())
    done: list[Became] = []
    if not body.dry_run:
        wish = {"party": body.party.strip(), "source": Source.OFFICE}
        done = register_name_list(people_in(lines), activity, **wish, by=request.actor)
    became = {person.pk: one for person, one in done}
    return {"is_dry_run": body.dry_run, "lines": [_line(each, became) for each in lines]}


def _line(line: Line, became: Mapping[uuid.UUID, Registration | Objection]) -> dict[str, Any]:
    who = line.clinician.pk if line.clinician else None
    one = line.objection or (became.get(who) if who else None)
    no = one if isinstance(one, Objection) else None
    return {
        "line": line.number,
        "text": line.text,
        "clinician": who,
        "registration": registration_out(one) if isinstance(one, Registration) else None,
        "code": no.code if no else "",
        "reason": str(no or ""),
    }
