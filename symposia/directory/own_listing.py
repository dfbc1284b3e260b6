"""Fields of one's own as columns and filters of the lists of people and institutions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    DecimalField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.accounts.permissions import Access
from symposia.directory.models import OwnField, OwnKind, OwnOf, OwnValue
from symposia.directory.own_queries import own_fields_seen, own_names
from symposia.directory.owning import BETWEEN, read_own
from symposia.shared.lists import Choice, Column, More, Rows, Search, Words
from symposia.shared.refusals import Refused

NOTHING = "~"
_YES_NO: list[tuple[str, Words]] = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
_RANGE = ".."
_KINDS = {OwnKind.NUMBER: "n", OwnKind.DAY: "day"}


def _says(field: OwnField) -> Any:
    """What a field says, in the statement of a list."""
    match field.kind:
        case OwnKind.NUMBER:
            return Func(F("number"), function="trim_scale", output_field=DecimalField())
        case OwnKind.DAY:
            return F("day")
        case OwnKind.YES_NO:
            return Case(
                When(truth=True, then=Value("yes")),
                When(truth=False, then=Value("no")),
                output_field=CharField(choices=_YES_NO),
            )
        case OwnKind.SEVERAL:
            joined = (F("several"), Value(f"{BETWEEN} "))
            return Func(*joined, function="array_to_string", output_field=TextField())
        case _:
            return F("text")


_OUT: dict[str, Callable[[], Any]] = {
    OwnKind.NUMBER: DecimalField,
    OwnKind.DAY: DateField,
    OwnKind.YES_NO: lambda: CharField(choices=_YES_NO),
}


def _read(field: OwnField) -> Combinable:
    rows = OwnValue.objects.filter(field=field, **{field.of: OuterRef("pk")})
    return Subquery(
        rows.values(own_says=_says(field))[:1], output_field=_OUT.get(field.kind, TextField)()
    )


def own_column(field: OwnField) -> Column:
    """What a field says of each row; its cell is read by the database, in files too."""
    kind = _KINDS.get(OwnKind(field.kind), "")
    return Column(field.name, field.label, _read(field), kind=kind, in_page=field.in_list)


def _those(field: OwnField, says: Q) -> Q:
    """Of whom a field says so."""
    return Q(pk__in=OwnValue.objects.filter(says, field=field).values(field.of))


def _those_without(field: OwnField) -> Q:
    """Of whom a field says nothing."""
    known = OwnValue.objects.filter(field=field, **{field.of: OuterRef("pk")})
    return Q(~Exists(known))


@dataclass(frozen=True)
class OwnChoice(Choice):
    """A filter by what a field says: yes or no, one or several of its words, or nothing. A word
    that is no longer on its list is nobody's, so that no saved filter grows."""

    own: OwnField | None = None

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        wanted = {value for value in values if value}
        known = {str(value) for value, _label in self.options()} & wanted
        if self.own is None or not wanted:
            return rows
        fits, named = Q(pk__in=[]), known - {NOTHING}
        if named:
            fits |= _those(self.own, self._naming(self.own, named))
        if NOTHING in known:
            fits |= _those_without(self.own)
        return rows.filter(fits)

    @staticmethod
    def _naming(field: OwnField, named: set[str]) -> Q:
        if field.kind == OwnKind.YES_NO:
            return Q(truth__in=[value == "yes" for value in named])
        if field.kind == OwnKind.SEVERAL:
            return Q(several__overlap=sorted(named))
        return Q(text__in=sorted(named))


def _finding(field: OwnField) -> Callable[[Rows, str], Rows]:
    """Words by a part of them; numbers and days by one, or by a span: 3..5, 2026-01-01.. ."""

    def find(rows: Rows, text: str) -> Rows:
        if field.kind == OwnKind.TEXT:
            return rows.filter(_those(field, Q(text__icontains=text)))
        first, is_span, last = text.partition(_RANGE)
        try:
            lowest, highest = read_own(field, first), read_own(field, last)
        except Refused:
            return rows.none()
        if not is_span:
            return rows.filter(_those(field, Q(**{field.column: lowest})))
        says = Q(**{f"{field.column}__isnull": False})
        if lowest is not None:
            says &= Q(**{f"{field.column}__gte": lowest})
        if highest is not None:
            says &= Q(**{f"{field.column}__lte": highest})
        return rows.filter(_those(field, says))

    return find


def own_filter(field: OwnField) -> Choice | Search:
    """By what a field says."""
    label = str(field.label)
    if field.kind == OwnKind.NUMBER:
        return Search(field.name, _("%(label)s (3 or 3..5)") % {"label": label}, _finding(field))
    if field.kind == OwnKind.DAY:
        words = _("%(label)s (2026-01-31 or 2026-01-01..)") % {"label": label}
        return Search(field.name, words, _finding(field))
    if field.kind == OwnKind.TEXT:
        return Search(field.name, label, _finding(field))
    words_of: Sequence[tuple[str, Words]] = (
        _YES_NO if field.kind == OwnKind.YES_NO else [(word, word) for word in field.options]
    )
    options = [*words_of, (NOTHING, _("Nothing said"))]
    return OwnChoice(field.name, label, "pk", options, own=field)


def own_more(of: str) -> Callable[[Access], More]:
    """What an organisation adds to a list of people or of institutions, as somebody sees it."""

    def more(access: Access) -> More:
        fields = own_fields_seen(access, of)
        return More(
            [own_column(each) for each in fields],
            [own_filter(each) for each in fields if each.is_filter],
        )

    return more


def filters_named(names: Sequence[str]) -> dict[str, tuple[OwnField, Choice | Search]]:
    """The filters by fields of one's own of people that these names mean, the retired ones too."""
    codes = own_names(names)
    if not codes:
        return {}
    fields = OwnField.objects.of(OwnOf.CLINICIAN).coded(codes)
    return {each.name: (each, own_filter(each)) for each in fields}
