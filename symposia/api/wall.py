"""The wall for machines: the table of who is shown what, and who was shown names or answers."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from symposia.accounts.permissions import Permission
from symposia.accounts.role_templates import ROLE_TEMPLATES
from symposia.activities.modes import Mode
from symposia.activities.wall import Subject, level_of
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.insights.lists import SIGHTS

router = Router(tags=["wall"])
list_route(router, SIGHTS, "/sights")


class LevelOut(Schema):
    """How far a role reaches in activities of a mode."""

    mode: str
    role: str
    subject: str
    level: str


@router.get("", response=list[LevelOut], operation_id="wall", summary="Who is shown what")
@allowed(Permission.VIEW_ACTIVITIES)
def table(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "mode": mode,
            "role": template.code,
            "subject": subject,
            "level": level_of(mode, template.code, subject).name.lower(),
        }
        for mode in Mode.values
        for template in ROLE_TEMPLATES
        for subject in Subject
    ]
