"""The lists of reports to bodies, one beside the other."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.reporting.models import Body
from symposia.web.parts import Tab
from symposia.web.requests import UserRequest

LIST = "office/reports/list.html"
VIEWS = (
    ("due_reports", _("Owed")),
    ("submissions", _("Files")),
    ("submission_records", _("Records")),
    ("rejected_records", _("Rejected records")),
    ("programme_report", _("Year")),
    ("learner_identities", _("Learners")),
    ("body_accounts", _("Accounts")),
    ("binders", _("Binders")),
    ("binder_guests", _("Guests")),
    ("binder_openings", _("Opened by guests")),
)
# What tells of the whole organisation is no tab for whoever reaches a part of it.
OF_ALL = frozenset(name for name, _label in VIEWS if name != "due_reports")


def views_of(name: str) -> Callable[..., dict[str, Any]]:
    """The other lists beside this one; whoever opens one opens all."""

    def views(request: UserRequest, **_kwargs: Any) -> dict[str, Any]:
        everywhere = request.access.everywhere(Permission.VIEW_CREDITS)
        shown = [(each, label) for each, label in VIEWS if everywhere or each not in OF_ALL]
        return {
            "views": [Tab(label, reverse(each), current=each == name) for each, label in shown],
            "may_begin": request.access.everywhere(Permission.AWARD_CREDITS),
            "bodies": Body.choices,
        }

    return views
