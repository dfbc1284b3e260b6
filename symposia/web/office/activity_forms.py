"""Questions about an activity and its sessions; what they mean is decided by the actions."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import Organisation
from symposia.activities.actions.planning import ActivityFacts
from symposia.activities.models import (
    Activity,
    ContentRole,
    Mode,
    Session,
    Type,
)
from symposia.activities.own_types import types_for
from symposia.activities.types import shipped_types
from symposia.curriculum.models import Objective
from symposia.web.venue_fields import (
    capacity_field,
    city_field,
    country_field,
    delivery_field,
    online_field,
    venue_field,
    zone_field,
)

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
_ONE_LINE = {"rows": 3}
MODE_HINTS = {
    Mode.INDEPENDENT: _("Accredited education; a funder sees no learner and edits nothing."),
    Mode.SCIENTIFIC: _("Organised by the company, not promotional; no accreditor's credit."),
    Mode.PROMOTIONAL: _("About a product; the stricter rules apply."),
}


def modes_of(organisation: Organisation) -> list[tuple[str, Any]]:
    """The modes this kind of organisation may choose, with what each means."""
    mine = [Mode.SCIENTIFIC, Mode.PROMOTIONAL] if organisation.is_company else [Mode.INDEPENDENT]
    return [(mode.value, f"{mode.label}. {MODE_HINTS[mode]}") for mode in mine]


def types_of(organisation: Organisation) -> list[tuple[str, Any]]:
    """The types it may plan; an own copy goes by its own name."""
    shipped = shipped_types()
    return [
        (each.code, each.title if each.title != shipped[each.code].title else Type(each.code).label)
        for each in types_for(organisation)
    ]


class ActivityForm(forms.Form):
    """The facts of an activity; on one page, in the order in which they are known."""

    title = forms.CharField(label=_("Title"), max_length=200)
    type = forms.ChoiceField(label=_("Type"))
    day = forms.DateField(label=_("Date"), widget=_DAY)
    starts = forms.TimeField(label=_("Start"), widget=_CLOCK)
    ends = forms.TimeField(label=_("End"), widget=_CLOCK)
    last_day = forms.DateField(
        label=_("Last day"),
        help_text=_("Only if it ends on another day."),
        widget=_DAY,
        required=False,
    )
    zone = zone_field()
    delivery = delivery_field()
    venue_name = venue_field()
    venue_address = forms.CharField(label=_("Address of the venue"), max_length=300, required=False)
    city = city_field()
    country = country_field()
    online_address = online_field()
    capacity = capacity_field()
    expected_attendance = forms.IntegerField(
        label=_("Expected attendance"), min_value=0, max_value=1_000_000
    )
    summary = forms.CharField(
        label=_("What it is about"),
        widget=forms.Textarea(attrs=_ONE_LINE),
        max_length=4000,
        required=False,
    )
    product = forms.CharField(
        label=_("Product"),
        help_text=_("If it is about one; the rules look for restricted ones."),
        max_length=120,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not organisation.is_company:
            del self.fields["product"]
        self._choices("type", types_of(organisation))

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        field.choices = choices

    def facts(self) -> ActivityFacts:
        """What the action is told."""
        given = self.cleaned_data
        return ActivityFacts(
            title=given["title"],
            type=given["type"],
            wall_starts=_wall(given["day"], given["starts"]),
            wall_ends=_wall(given["last_day"] or given["day"], given["ends"]),
            zone=given["zone"],
            delivery=given["delivery"],
            summary=given["summary"],
            product=given.get("product", ""),
            venue_name=given["venue_name"],
            venue_address=given["venue_address"],
            city=given["city"],
            country=given["country"].upper(),
            online_address=given["online_address"],
            capacity=given["capacity"],
            expected_attendance=given["expected_attendance"],
        )


class NewActivityForm(ActivityForm):
    """A new activity: its mode is chosen here and never again."""

    field_order = ["mode", "type", "title", "objectives"]

    mode = forms.ChoiceField(
        label=_("Mode"),
        help_text=_("Decides which rules apply and who may touch it. It cannot be changed later."),
        widget=forms.RadioSelect,
    )
    objectives = forms.MultipleChoiceField(
        label=_("Objectives"),
        help_text=_("What it is to change. You can also choose them later."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    plan = forms.ChoiceField(
        label=_("Plan"),
        help_text=_("The plan it belongs to; it runs only when that plan is approved."),
        required=False,
    )

    def __init__(
        self, *args: Any, organisation: Organisation, plans: list[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, organisation=organisation, **kwargs)
        self.order_fields(self.field_order)
        self._choices("plan", plans)
        modes = modes_of(organisation)
        self._choices("mode", modes)
        if len(modes) == 1:
            self.fields["mode"].initial = modes[0][0]
        self._choices("objectives", objective_choices(list(Objective.objects.choosable())))


class ObjectivesForm(forms.Form):
    """Which promises of which gaps an activity takes on."""

    objectives = forms.MultipleChoiceField(
        label=_("Objectives"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, choosable: list[Objective], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["objectives"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        field.choices = objective_choices(choosable)


def objective_choices(choosable: list[Objective]) -> list[tuple[str, str]]:
    return [
        (str(each.pk), f"{each.text} ({each.gap.number} {each.gap.title})") for each in choosable
    ]


class FacultyForm(forms.Form):
    """A person and a content role in one session."""

    session = forms.ChoiceField(label=_("Session"))
    person = forms.CharField(
        label=_("Person"),
        help_text=_("A name; or a number, such as an NPI, of somebody in the directory."),
        max_length=200,
    )
    role = forms.ChoiceField(label=_("Content role"), choices=ContentRole.choices)

    def __init__(self, *args: Any, sessions: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["session"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        field.choices = [(str(s.pk), f"{s.wall_starts:%H:%M} {s.title}") for s in sessions]


class ReasonForm(forms.Form):
    """Why something is done that people must be told of."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("People who were asked will read it."),
        widget=forms.Textarea(attrs=_ONE_LINE),
        max_length=2000,
    )


class NewDateForm(ReasonForm):
    """When it takes place instead; it lasts as long as before."""

    field_order = ["day", "starts", "reason"]

    day = forms.DateField(label=_("New date"), widget=_DAY)
    starts = forms.TimeField(label=_("Start"), widget=_CLOCK)

    def wall_starts(self) -> datetime:
        return _wall(self.cleaned_data["day"], self.cleaned_data["starts"])


def _wall(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock.replace(tzinfo=None))


def as_asked(activity: Activity) -> dict[str, Any]:
    """An activity as its form shows it."""
    last_day = activity.wall_ends.date()
    return {
        "title": activity.title,
        "type": activity.type,
        "day": activity.wall_starts.date(),
        "starts": activity.wall_starts.time(),
        "ends": activity.wall_ends.time(),
        "last_day": last_day if last_day != activity.wall_starts.date() else None,
        "zone": activity.zone,
        "delivery": activity.delivery,
        "venue_name": activity.venue_name,
        "venue_address": activity.venue_address,
        "city": activity.city,
        "country": activity.country,
        "online_address": activity.online_address,
        "capacity": activity.capacity,
        "expected_attendance": activity.expected_attendance,
        "summary": activity.summary,
        "product": activity.product,
        "seen_version": activity.version,
    }
