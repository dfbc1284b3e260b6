"""Somebody stands at a door without a place: the same form and the same step on every screen."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.attendance.actions import Verdict, let_in_walk_in
from symposia.attendance.queries import people_at_doors
from symposia.directory.actions.newcomers import Newcomer
from symposia.directory.models import Profession
from symposia.web.requests import UserRequest


class KnownForm(forms.Form):
    """Somebody of the directory, found before: nothing is asked twice."""

    beyond_capacity = forms.BooleanField(
        label=_("All places are taken: let the person in all the same"), required=False
    )


class WalkInForm(KnownForm):
    """Somebody nobody knows yet, as they say it of themselves."""

    full_name = forms.CharField(label=_("Name as on the licence"), max_length=200)
    profession = forms.ChoiceField(label=_("Profession"), choices=Profession.choices)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("For the certificate."), max_length=254
    )
    field_order = ("full_name", "profession", "email", "beyond_capacity")


def let_in(
    request: UserRequest,
    activity: Activity,
    said: dict[str, Any],
    *,
    clinician_id: uuid.UUID | None,
    event_uuid: uuid.UUID,
) -> Verdict:
    """Register and check in somebody whom whoever stands there may let in. Raises Refused."""
    newcomer = Newcomer(
        clinician_id=clinician_id,
        full_name=said.get("full_name", ""),
        profession=said.get("profession", ""),
        email=said.get("email", ""),
    )
    return let_in_walk_in(
        newcomer,
        activity,
        event_uuid=event_uuid,
        beyond_capacity=said["beyond_capacity"],
        reached=people_at_doors(request.access),
        by=request.actor,
    )
