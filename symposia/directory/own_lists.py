"""The fields that an organisation adds to its people and institutions, as a list."""

from django.db.models import Case, CharField, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.accounts.permissions import Permission
from symposia.directory.models import OwnField, OwnKind, OwnOf
from symposia.directory.owning import BETWEEN
from symposia.shared.lists import Choice, Column, ListOf, Rows

STANDINGS = [("standing", gettext_lazy("Asked")), ("retired", gettext_lazy("Retired"))]
_STANDING = Case(
    When(retired_at=None, then=Value("standing")),
    default=Value("retired"),
    output_field=CharField(choices=STANDINGS),
)


class InUse(Choice):
    """A filter by whether it is still asked."""

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        wanted = {value == "retired" for value in values if value in {"standing", "retired"}}
        if len(wanted) != 1:
            return rows
        return rows.filter(retired_at__isnull=not wanted.pop())


def seen_by_whom(field: OwnField) -> str:
    """Who sees it, in words."""
    if not field.permission:
        return _("Whoever sees the record")
    return _("Only with: %(right)s") % {"right": spoken(field.permission)}


def spoken(permission: str) -> str:
    """A permission as people read it."""
    return permission.replace("_", " ")


def _yes(value: bool) -> str:  # the cell of a list
    return _("yes") if value else ""


OWN_FIELDS = ListOf(
    name="own_fields",
    title=gettext_lazy("Own fields"),
    permission=Permission.MANAGE_ORGANISATION,
    rows=OwnField.objects.to_manage,
    columns=(
        Column(
            *("label", gettext_lazy("Called"), "label"),
            sort="label",
            url=lambda field: ("own_field", [field.pk]),
        ),
        Column("of", gettext_lazy("Of"), "of", sort="of"),
        Column("kind", gettext_lazy("What it says"), "kind", sort="kind"),
        Column("seen_by", gettext_lazy("Who sees it"), seen_by_whom),
        Column("required", gettext_lazy("Needed"), lambda each: _yes(each.is_required)),
        Column("by_two", gettext_lazy("Two people change it"), lambda each: _yes(each.by_two)),
        Column("in_list", gettext_lazy("Column"), lambda each: _yes(each.in_list)),
        Column("filter", gettext_lazy("Filter"), lambda each: _yes(each.is_filter)),
        Column("place", gettext_lazy("Order"), "place", sort="place", kind="n"),
        Column(
            *("standing", gettext_lazy("Standing"), _STANDING),
            kind="state",
            tone=lambda each: "ok" if each.is_standing else "",
        ),
        Column("code", gettext_lazy("Code"), "code", kind="id", in_page=False),
        Column("help", gettext_lazy("Help"), "help", in_page=False),
        Column(
            *("options", gettext_lazy("Words"), lambda each: f"{BETWEEN} ".join(each.options)),
            in_page=False,
        ),
        Column("made_by", gettext_lazy("Added by"), "made_by_name", in_page=False),
        Column("made_at", gettext_lazy("Added"), "made_at", kind="moment", in_page=False),
    ),
    filters=(
        Choice("of", gettext_lazy("Of"), "of", OwnOf.choices),
        Choice("kind", gettext_lazy("What it says"), "kind", OwnKind.choices),
        InUse("standing", gettext_lazy("Standing"), "retired_at", STANDINGS),
    ),
    sort="place",
    empty=gettext_lazy(
        "What every directory knows is there. Add what yours wants to know besides."
    ),
)
