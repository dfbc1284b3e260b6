"""The views of the plan: gaps and what follows from them, each an address of its own."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.web.parts import Tab
from symposia.web.requests import UserRequest

VIEWS = (
    ("plans", _("Plans")),
    ("gaps", _("Gaps")),
    ("objectives", _("Objectives")),
    ("guidelines", _("Guidelines")),
    ("citation_reviews", _("To review")),
    ("surveys", _("Surveys")),
    ("questions", _("Questions")),
    ("library_forms", _("Evaluations")),
    ("curricula", _("Curricula")),
    ("meetings", _("Reviews")),
    ("news", _("News")),
    ("policies", _("Policies")),
)
_VIEW = Permission.VIEW_CURRICULUM
_MANAGED_BY = {
    "surveys": Permission.MANAGE_SURVEYS,
    "questions": Permission.MANAGE_EVALUATIONS,
    "library_forms": Permission.MANAGE_EVALUATIONS,
}
# Views that another permission opens; the policies are there for everybody.
_SEEN_WITH = {
    "questions": Permission.VIEW_EVALUATIONS,
    "library_forms": Permission.VIEW_EVALUATIONS,
    "policies": None,
}


def views_of(request: UserRequest, name: str) -> dict[str, Any]:
    """What every list of the plan shows beside its rows: the other views, and what one may do."""
    access = request.access
    asked = {each: _SEEN_WITH.get(each, _VIEW) for each, _label in VIEWS}
    known = [(each, label) for each, label in VIEWS if _may(access, asked[each])]
    return {
        "views": [Tab(label, reverse(each), current=each == name) for each, label in known],
        "may_manage": access.holds(_MANAGED_BY.get(name, Permission.MANAGE_CURRICULUM)),
    }


def _may(access: Access, permission: Permission | None) -> bool:
    return permission is None or access.holds(permission)
