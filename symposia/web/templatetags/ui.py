"""Tags and filters the components are made of: icons, fields, numbers, times, figures."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    ClearableFileInput,
    Form,
    RadioSelect,
)
from django.template import Context, TemplateSyntaxError
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from symposia.accounts.permissions import Permission
from symposia.shared.countries import country_name
from symposia.shared.money import Money
from symposia.web import figures, formats
from symposia.web.openings import link_to
from symposia.web.parts import Folded, Requirement, Step, Tab, folded

register = template.Library()

_SOURCES = Path(__file__).resolve().parent.parent / "frontend" / "icons"
ICONS = frozenset(path.stem for path in _SOURCES.glob("*.svg"))
# These point somewhere, so they turn round where one reads from the right.
_DIRECTIONAL = frozenset({"left", "right", "undo", "redo", "tasks", "out", "out-link", "walk"})
_OF_TONE = {"ok": "ok", "warn": "warn", "stop": "stop", "info": "half", "seal": "lock"}


@register.simple_tag
def icon(name: str, size: str = "", tone: str = "", label: str = "") -> SafeString:
    """A picture from the sprite; silent to a screen reader unless it has a label."""
    if name not in ICONS:
        raise TemplateSyntaxError(f"There is no icon called {name!r}.")
    return _picture(name, size, tone, str(label))


@lru_cache(maxsize=1000)
def _picture(name: str, size: str, tone: str, label: str) -> SafeString:
    """Made once: a page has some thirty of them, all from one file."""
    classes = ["icon", size and f"icon-{size}", tone and f"tone-{tone}"]
    if name in _DIRECTIONAL:
        classes.append("icon-dir")
    voice = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="{}" {}><use href="{}#{}"/></svg>',
        " ".join(filter(None, classes)),
        SafeString(voice),
        static("dist/icons.svg"),
        name,
    )


@register.filter
def tone_icon(tone: str) -> str:
    """The shape that belongs to a state's colour, so that no state is told by colour alone."""
    return _OF_TONE.get(tone, "wait")


@register.filter
def grouped(value: int | Decimal | None) -> str:
    return "—" if value is None else formats.number(value)


@register.filter
def credits_amount(value: Decimal | None) -> str:
    return "—" if value is None else formats.credits_amount(value)


@register.filter
def amount(value: Money) -> str:
    """The digits of an amount; its currency stands beside it or in the head of the column."""
    return formats.money_amount(value)


@register.filter
def percent(value: int | Decimal) -> str:
    return formats.percent(value)


@register.filter
def unbroken(text: str) -> str:
    return formats.unbroken(text)


@register.filter
def country(code: str) -> str:
    """The name people know a country by."""
    return country_name(code)


@register.filter
def is_negative(value: Money) -> bool:
    return value.amount < 0


@register.simple_tag
def moment(starts_at: datetime, ends_at: datetime | None = None, zone: str = "") -> formats.Moment:
    """An instant on the venue's clock and on the reader's; without a venue, the reader's alone."""
    return formats.moment(starts_at, ends_at or None, zone or timezone.get_current_timezone_name())


@register.simple_tag
def behind_more(tabs: Sequence[Tab]) -> Folded:
    """The tabs that stand in the row, and those behind its last word."""
    return folded(tabs)


@register.simple_tag(takes_context=True, name="link_to")
def link_to_page(context: Context, url_name: str, *arguments: Any, mode: str = "") -> str:
    """The address of a page whoever reads may open; nothing where it would refuse them."""
    return link_to(getattr(context["request"], "access", None), url_name, arguments, mode=mode)


@register.filter
def initials(name: str) -> str:
    return formats.initials(str(name))


@register.filter
def short_hash(value: str) -> str:
    return formats.short_hash(value)


@register.filter
def ring_arcs(requirements: Sequence[Requirement]) -> list[figures.Arc]:
    return figures.ring(requirements)


@register.filter
def done_count(requirements: Sequence[Requirement]) -> int:
    return sum(each.state in {"done", "sealed"} for each in requirements)


@register.filter
def step_bars(steps: Sequence[Step]) -> list[figures.StepBar]:
    return figures.step_bars(steps)


@register.filter
def chart_height(rows: Sequence[Any]) -> int:
    return max(1, len(rows)) * figures.ROW


@register.filter
def share_of(value: int, of: int) -> str:
    return figures.share(value, of)


@register.simple_tag
def bullet(estimate: int, committed: int, actual: int) -> figures.Bullet:
    return figures.bullet(estimate, committed, actual)


@register.filter
def control_kind(field: BoundField) -> str:
    """Which of the four shapes a form field has on the page."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choice"
    if isinstance(widget, CheckboxInput):
        return "check"
    return "upload" if isinstance(widget, ClearableFileInput) else "input"


@register.simple_tag
def control(field: BoundField, **attrs: Any) -> SafeString:
    """The field's own widget in our clothes; Django names its hint and its error to it."""
    given = {
        name.replace("_", "-"): value for name, value in attrs.items() if value not in ("", None)
    }
    if control_kind(field) in {"input", "upload"}:
        given["class"] = f"input {field.field.widget.attrs.get('class', '')}".strip()
    return field.as_widget(attrs=given)


@register.filter
def problems(form: Form) -> list[tuple[str, str]]:
    """Every error of a form with the address of the field it belongs to, in the form's order."""
    found = [("", str(error)) for error in form.non_field_errors()]
    for field in form:
        where = field.id_for_label or field.auto_id
        found += [(where, f"{_leading(str(field.label))} {error}") for error in field.errors]
    return found


def _leading(label: str) -> str:
    """A label before a sentence: a question keeps its own mark, everything else gets a colon."""
    return label if label.endswith(("?", ":", ".", "!", "؟")) else f"{label}:"


@register.filter
def called(code: str, names: Mapping[str, str]) -> str:
    """What a record keeps by its code, as it is called now; its code where it is gone."""
    return names.get(code, code)


@register.simple_tag(takes_context=True)
def journal_of(context: Context, pk: Any) -> str:
    """The page with the history of a record, for whoever reads the journal; else nothing."""
    access = getattr(context["request"], "access", None)
    may = access and access.holds(Permission.VIEW_JOURNAL)
    return reverse("journal_record", args=[pk]) if may else ""


@register.simple_tag
def hours_and_minutes(minutes: int) -> str:
    """90 becomes 1 h 30 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
