"""Lists about the organisation's own directory: its groups, and what it asked for."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import DirectoryGroup, SyncStep
from symposia.accounts.permissions import Permission
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search


class _CameOf(Choice):
    """What was done, or what was refused."""

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        known = {value for value, _label in self.options() if value in values}
        if len(known) != 1:
            return rows
        refused = Q(status__gte=400)
        return rows.filter(refused if "refused" in known else ~refused)


DIRECTORY_GROUPS = ListOf(
    name="directory_groups",
    title=_("Groups of the directory"),
    permission=Permission.MANAGE_ACCESS,
    rows=lambda access: DirectoryGroup.objects.visible_to(access).with_people(),
    columns=(
        Column(
            "name",
            _("Group"),
            "display_name",
            sort="display_name",
            url=lambda group: ("directory_group_role", [group.pk]),
        ),
        Column("people", _("People"), "people", kind="n"),
        Column("role", _("Role"), "role__name", sort="role__name"),
        Column("mapped_by", _("Said by"), "mapped_by_name"),
        Column("mapped_at", _("Said"), "mapped_at", kind="moment"),
        Column("external_id", _("Key in the directory"), "external_id", in_page=False),
        Column("made_at", _("Known since"), "made_at", sort="made_at", kind="moment"),
    ),
    filters=(
        Search("q", _("Group"), find=lambda rows, text: rows.filter(display_name__icontains=text)),
    ),
    sort="display_name",
    empty=_("The directory has sent no group yet."),
)

SYNC_STEPS = ListOf(
    name="sync_steps",
    title=_("What the directory asked for"),
    permission=Permission.MANAGE_ACCESS,
    rows=SyncStep.objects.visible_to,
    columns=(
        Column("at", _("When"), "at", sort="at", kind="moment"),
        Column("kind", _("Kind"), "kind"),
        Column("operation", _("Request"), "operation"),
        Column("of", _("Of whom or what"), "person_or_group", sort="person_or_group"),
        Column(
            "status",
            _("Answer"),
            "status",
            sort="status",
            kind="state",
            tone=lambda step: "stop" if step.was_refused else "ok",
        ),
        Column("note", _("Note"), "note"),
    ),
    filters=(
        Search(
            "q",
            _("Person, group or note"),
            find=lambda rows, text: rows.filter(
                Q(person_or_group__icontains=text) | Q(note__icontains=text)
            ),
        ),
        _CameOf(
            "outcome",
            _("What came of it"),
            field="status",
            choices=(("done", _("Done")), ("refused", _("Refused"))),
        ),
    ),
    sort="-at",
    empty=_("The directory has asked for nothing yet."),
)
