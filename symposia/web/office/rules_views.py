"""The views of the rules, each an address of its own, and how much stands in each."""

from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.compliance.queries.screens import exceptions_in_force
from symposia.web.parts import Tab
from symposia.web.requests import UserRequest

VIEWS = (
    ("rules", _("In force"), Permission.VIEW_RULES),
    ("findings", _("Findings"), Permission.VIEW_RULES),
    ("rule_exceptions", _("Exceptions"), Permission.VIEW_RULES),
    ("value_proposals", _("Proposed values"), Permission.VIEW_RULES),
    ("rule_versions", _("Your own versions"), Permission.VIEW_RULES),
    ("restrictions", _("Restrictions"), Permission.MANAGE_RULES),
    ("credit_systems", _("Credit systems"), Permission.VIEW_RULES),
    ("requirement_packs", _("Requirements"), Permission.VIEW_RULES),
)


def views_of(request: UserRequest, name: str) -> dict[str, Any]:
    """What every page of the rules shows beside its rows: the other views, what one may do."""
    count = exceptions_in_force(request.access, localdate())
    return {
        "views": [
            Tab(
                label,
                reverse(each),
                current=each == name,
                count=count if each == "rule_exceptions" else None,
            )
            for each, label, permission in VIEWS
            if request.access.holds(permission)
        ],
        "may_manage": request.access.everywhere(Permission.MANAGE_RULES),
    }
