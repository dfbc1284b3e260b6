from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import (
    AccessChange,
    ChangeKind,
    ChangeState,
    Grant,
    Membership,
    SupportView,
)
from symposia.accounts.permissions import Access, Permission
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search


def _rows(access: Access) -> Any:
    grants = Grant.objects.in_force(now()).filter(membership=OuterRef("pk"))
    names = ArraySubquery(grants.order_by("role__name", "pk").values("role__name"))
    rows = Membership.objects.visible_to(access).with_user().select_related("manager__user")
    return rows.annotate(role_names=names)


def _by_person(rows: Rows, text: str) -> Rows:
    by_viewer = Q(viewer__full_name__icontains=text)
    return rows.filter(by_viewer | Q(person__full_name__icontains=text))


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


class _Stands(Choice):
    """Those who work here, those of them whom the directory does not have any more, or those who
    have left."""

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        known = [_STATES[value] for value, _label in self.options() if value in values]
        return rows.filter(reduce(or_, known)) if known else rows


_STATES = {
    "here": Q(ended_at=None),
    "gone": Q(ended_at=None, left_directory_at__isnull=False),
    "left": Q(ended_at__isnull=False),
}


MEMBERS = ListOf(
    name="members",
    title=_("Members"),
    permission=Permission.MANAGE_ACCESS,
    rows=_rows,
    columns=(
        Column("name", _("Name"), "user__full_name", sort="user__full_name"),
        Column("email", _("E-mail"), "user__email", sort="user__email"),
        Column("roles", _("Roles"), lambda m: ", ".join(m.role_names)),
        Column("title", _("Position"), "title"),
        Column("manager", _("Manager"), "manager__user__full_name"),
        Column("joined_at", _("Joined"), "joined_at", sort="joined_at", kind="moment"),
        Column(
            "left_directory_at",
            _("Left the directory"),
            "left_directory_at",
            kind="moment",
            in_page=False,
        ),
        Column("ended_at", _("Left"), "ended_at", sort="ended_at", kind="moment"),
    ),
    filters=(
        Search("q", _("Name or e-mail"), find=_search),
        _Stands(
            "state",
            _("State"),
            field="ended_at",
            choices=(
                ("here", _("Works here")),
                ("gone", _("Gone from the directory, to review")),
                ("left", _("Has left")),
            ),
        ),
    ),
    sort="-joined_at",
    empty=_("Nobody works here yet."),
)


SUPPORT_VIEWS = ListOf(
    name="support_views",
    title=_("Who looked as whom"),
    permission=Permission.VIEW_JOURNAL,
    rows=lambda access: SupportView.objects.visible_to(access).with_people(),
    columns=(
        Column("started_at", _("Began"), "started_at", sort="started_at", kind="moment"),
        Column("viewer", _("Who"), "viewer__full_name", sort="viewer__full_name"),
        Column("person", _("As whom"), "person__full_name", sort="person__full_name"),
        Column("reason", _("Why"), "reason"),
        Column("ends_at", _("At the latest until"), "ends_at", kind="moment"),
        Column("ended_at", _("Stopped"), "ended_at", kind="moment"),
        Column("factor", _("Second factor"), "factor", in_page=False),
    ),
    filters=(Search("q", _("Person"), find=_by_person),),
    sort="-started_at",
    empty=_("Nobody has looked as another person."),
)
TONES: dict[str, str] = {
    ChangeState.WAITING: "warn",
    ChangeState.AGREED: "ok",
    ChangeState.DROPPED: "",
}

ACCESS_CHANGES = ListOf(
    name="access_changes",
    title=_("Changes of access"),
    permission=Permission.MANAGE_ACCESS,
    rows=lambda access: AccessChange.objects.visible_to(access).with_person(),
    columns=(
        Column(
            "person",
            _("Person"),
            "membership__user__full_name",
            sort="membership__user__full_name",
        ),
        Column("kind", _("What is asked"), "kind", sort="kind"),
        Column("role", _("Role"), "role__name", sort="role__name"),
        Column("until", _("Until"), "until", kind="moment"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda change: TONES[change.state],
        ),
        Column("asked_at", _("Asked"), "asked_at", sort="asked_at", kind="moment"),
        Column("asked_by", _("Asked by"), "asked_by_name", sort="asked_by_name"),
        Column("reason", _("Reason"), "reason"),
        Column("decided_at", _("Decided"), "decided_at", kind="moment", in_page=False),
        Column("decided_by", _("Decided by"), "decided_by_name", in_page=False),
    ),
    filters=(
        Search("q", _("Name or reason"), find=_search),
        Choice("kind", _("What is asked"), "kind", ChangeKind.choices),
        Choice("state", _("State"), "state", ChangeState.choices),
    ),
    sort="-asked_at",
    empty=_("No change of access waited for a second administrator yet."),
)
