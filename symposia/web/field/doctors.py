"""My doctors: how to reach each, whether they may be asked, and how often more."""

from typing import Any

from symposia.outreach.field_lists import DOCTORS
from symposia.web.lists import list_urls
from symposia.web.requests import UserRequest


def listed(request: UserRequest) -> dict[str, Any]:
    """Around the list: what somebody typed into the one field that a phone has room for."""
    return {"text": request.GET.get("q", "")[:200]}


urls = list_urls("field/doctors/", DOCTORS, template="field/doctors.html", extra=listed)
