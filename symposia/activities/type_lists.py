from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, Organiser, OwnType, OwnTypeQuerySet, Part
from symposia.shared.lists import Choice, Column, ListOf


def _own_types(access: Access) -> OwnTypeQuerySet:
    return OwnType.objects.visible_to(access)


def _organisers(access: Access) -> QuerySet[Organiser]:
    seen = Activity.objects.visible_to(access)
    return Organiser.objects.filter(activity__in=seen).select_related("activity")


OWN_TYPES = ListOf(
    name="activity_types",
    title=_("Activity types"),
    permission=Permission.VIEW_ACTIVITIES,
    rows=_own_types,
    columns=(
        Column(
            "title",
            _("Own copy"),
            "title",
            sort="title",
            url=lambda each: ("activity_type", [each.code]),
        ),
        Column("code", _("Copy of"), "code", sort="code"),
        Column("delivery", _("How people take part"), "delivery", sort="delivery"),
        Column("minutes", _("Minutes"), "minutes", sort="minutes", kind="n"),
        Column("changed", _("Changed"), lambda each: each.changed_at.date(), sort="changed_at"),
    ),
    filters=(),
    sort="title",
    empty=_("No type was changed: all are used as they come with the product."),
)
ORGANISERS = ListOf(
    name="organisers",
    title=_("Organised with others"),
    permission=Permission.VIEW_ACTIVITIES,
    rows=_organisers,
    columns=(
        Column(
            "name",
            _("Organiser"),
            "name",
            sort="name",
            url=lambda each: ("activity_organiser", [each.activity_id]),
        ),
        Column("part", _("Part"), "part", sort="part"),
        Column("activity", _("Activity"), lambda each: str(each.activity)),
        Column("council", _("Council"), "council", sort="council"),
        Column("number", _("Approval number"), "approval_number", kind="id"),
        Column("named", _("Since"), lambda each: each.named_at.date(), sort="named_at"),
    ),
    filters=(Choice("part", _("Part"), "part", Part.choices),),
    sort="-named_at",
    empty=_("Joint providers and partner associations of activities are listed here."),
)
