"""Lists of reminders: which there are, and whom they reached."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.notifications.models import State as MailState
from symposia.outreach.models import Reminded, Reminder, Trigger
from symposia.shared.lists import Choice, Column, ListOf, Search

_ON, _OFF = gettext_lazy("On"), gettext_lazy("Off")
_SWITCHES = (("on", _ON), ("off", _OFF))


def _counted(**conditions: Any) -> Coalesce:
    rows = Reminded.objects.filter(reminder=OuterRef("pk"), **conditions).order_by()
    counted = Subquery(rows.values("reminder").annotate(n=Count("pk")).values("n")[:1])
    return Coalesce(counted, Value(0), output_field=IntegerField())


def state_of(reminder: Reminder) -> str:
    """Whether it goes out, in a word."""
    return _("On") if reminder.is_on else _("Off")


class _Switched(Choice):
    """By whether it goes out."""

    def apply(self, rows: Any, values: list[str]) -> Any:
        asked = {each for each in values if each in {"on", "off"}}
        return rows.filter(on_since__isnull=asked == {"off"}) if len(asked) == 1 else rows


REMINDERS = ListOf(
    name="reminders",
    title=gettext_lazy("Reminders"),
    permission="view_people_of_activity",
    rows=lambda access, **_kwargs: Reminder.objects.visible_to(access).for_list(),
    columns=(
        Column(
            *("trigger", gettext_lazy("While"), "trigger", "trigger"),
            lambda r: ("reminder", [r.pk]),
        ),
        Column("moment", gettext_lazy("Leaves"), lambda r: r.moment_in_words),
        Column("hours", gettext_lazy("Hours"), "hours", "hours", kind="n", in_page=False),
        Column("segment", gettext_lazy("Only"), "segment__name"),
        Column(
            *("activity", gettext_lazy("Activity"), "activity__title"),
            url=lambda r: ("activity_reminders", [r.activity_id]) if r.activity_id else None,
        ),
        Column(
            "activity_number", gettext_lazy("Activity number"), "activity__number", in_page=False
        ),
        Column(
            *("state", gettext_lazy("State"), state_of),
            kind="state",
            tone=lambda r: "ok" if r.is_on else "",
        ),
        Column("sent", gettext_lazy("Sent"), _counted(delivery__isnull=False), kind="n"),
        Column("skipped", gettext_lazy("Skipped"), _counted(delivery__isnull=True), kind="n"),
        Column("on_since", gettext_lazy("On since"), "on_since", "on_since", kind="moment"),
        Column("made_by", gettext_lazy("Made by"), "made_by_name", in_page=False),
    ),
    filters=(
        Search(
            *("q", gettext_lazy("Activity")),
            lambda rows, text: rows.filter(activity__title__icontains=text),
        ),
        Choice("trigger", gettext_lazy("While"), "trigger", Trigger.choices),
        _Switched("state", gettext_lazy("State"), "on_since", _SWITCHES),
    ),
    sort="trigger",
    empty=gettext_lazy("No reminder yet: nobody is written to twice."),
)


def _reminded(access: Any, **_kwargs: Any) -> Any:
    """Whoever a reminder reached, or not, of activities whose people one may see."""
    rows = Reminded.objects.visible_to(access)
    return rows.select_related("reminder", "activity", "clinician", "delivery")


REMINDED = ListOf(
    name="reminded",
    title=gettext_lazy("Who was reminded"),
    permission="view_people_of_activity",
    rows=_reminded,
    columns=(
        Column(
            *("name", gettext_lazy("Name"), "name", "name"),
            lambda r: ("clinician", [r.clinician_id]) if r.clinician_id else None,
        ),
        Column("trigger", gettext_lazy("While"), "reminder__trigger"),
        Column(
            *("activity", gettext_lazy("Activity"), "activity__title"),
            url=lambda r: ("activity_reminders", [r.activity_id]),
        ),
        Column(
            "activity_number", gettext_lazy("Activity number"), "activity__number", in_page=False
        ),
        Column("mail", gettext_lazy("Mail"), "delivery__state"),
        Column("why", gettext_lazy("Why skipped"), "why"),
        Column("at", gettext_lazy("When"), "at", "at", kind="moment"),
        Column(
            "counted_from",
            gettext_lazy("Counted from"),
            "moment",
            "moment",
            None,
            "moment",
            in_page=False,
        ),
    ),
    filters=(
        Search(*("q", gettext_lazy("Name")), lambda rows, text: rows.filter(name__icontains=text)),
        Search(
            *("activity", gettext_lazy("Activity (number)")),
            lambda rows, text: rows.filter(activity__number__iexact=text),
        ),
        Choice("trigger", gettext_lazy("While"), "reminder__trigger", Trigger.choices),
        Choice("mail", gettext_lazy("Mail"), "delivery__state", MailState.choices),
    ),
    sort="-at",
    empty=gettext_lazy("Nobody was reminded yet."),
)
