"""What a field of one's own says, as people, files and programs write it and read it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from symposia.directory.affiliating import as_day
from symposia.directory.models.own import OwnField, OwnKind, Said
from symposia.shared.refusals import Objection, Refused
from symposia.work.imports.fields import TargetField

NOT_A_NUMBER = Objection("own_not_a_number", _("%(field)s: expected a number, got “%(got)s”"))
NOT_A_DAY = Objection(
    "own_not_a_day", _("%(field)s: expected a day like 2026-01-31, got “%(got)s”")
)
NOT_YES_OR_NO = Objection("own_not_yes_or_no", _("%(field)s: expected yes or no, got “%(got)s”"))
NOT_ON_THE_LIST = Objection(
    "own_not_on_the_list", _("%(field)s: “%(got)s” is none of: %(expected)s")
)
NOT_WORDS = Objection("own_not_words", _("%(field)s: expected words, got “%(got)s”"))
TOO_LONG = Objection("own_too_long", _("%(field)s: longer than the directory keeps: “%(got)s”"))
UNREADABLE = {
    each.code: each
    for each in (*(NOT_WORDS, NOT_A_NUMBER, NOT_A_DAY, NOT_YES_OR_NO, NOT_ON_THE_LIST, TOO_LONG),)
}
# Words, and the words of a list beside each other, are kept up to here.
LONGEST = 250
# Between two words of a list.
BETWEEN = ";"
_LARGEST, _PLACES = Decimal(10) ** 14, 4
_YES = frozenset({"yes", "y", "true", "1", "x"})
_NO = frozenset({"no", "n", "false", "0"})
Own = Mapping[OwnField, Said | None]


def read_own(field: OwnField, given: Any) -> Said | None:
    """What somebody gave, as the field keeps it; nothing where they said nothing. Refused where it
    is not what the field can say."""
    if given is None or given in ("", [], ()):
        return None
    return _READERS[field.kind](field, given)


def _no(objection: Objection, field: OwnField, got: Any) -> Refused:
    words = ", ".join(field.options)
    expected = words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
    return Refused(objection.about(field=field.label, got=str(got)[:60], expected=expected))


def _text(field: OwnField, given: Any) -> Said | None:
    if isinstance(given, bool | list | tuple):
        raise _no(NOT_WORDS, field, given)
    text = " ".join(str(given).replace("\x00", "").split())
    if len(text) > LONGEST:
        raise _no(TOO_LONG, field, text)
    return text or None


def _number(field: OwnField, given: Any) -> Said | None:
    text = "".join(str(given).split())
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _no(NOT_A_NUMBER, field, given) from None
    is_kept = number.is_finite() and abs(number) < _LARGEST
    if isinstance(given, bool) or not is_kept or round(number, _PLACES) != number:
        raise _no(NOT_A_NUMBER, field, given)
    return number


def _day(field: OwnField, given: Any) -> Said | None:
    if isinstance(given, date):
        return given
    text = str(given).strip()
    day = as_day(text.removesuffix("00:00:00").rstrip(" T"))
    if text and day is None:
        raise _no(NOT_A_DAY, field, given)
    return day


def _yes_no(field: OwnField, given: Any) -> Said | None:
    if isinstance(given, bool):
        return given
    text = str(given).strip().casefold()
    if text in _YES or text == gettext("yes").casefold():
        return True
    if text in _NO or text == gettext("no").casefold():
        return False
    if text:
        raise _no(NOT_YES_OR_NO, field, given)
    return None


def _one(field: OwnField, given: Any) -> Said | None:
    text = " ".join(str(given).split())
    words = {word.casefold(): word for word in field.options}
    if text and text.casefold() not in words:
        raise _no(NOT_ON_THE_LIST, field, given)
    return words.get(text.casefold())


def _several(field: OwnField, given: Any) -> Said | None:
    several: Sequence[Any] = given if isinstance(given, list | tuple) else str(given).split(BETWEEN)
    chosen = {_one(field, each) for each in several}
    return tuple(word for word in field.options if word in chosen) or None


_READERS: dict[str, Callable[[OwnField, Any], Said | None]] = {
    OwnKind.TEXT: _text,
    OwnKind.NUMBER: _number,
    OwnKind.DAY: _day,
    OwnKind.YES_NO: _yes_no,
    OwnKind.ONE: _one,
    OwnKind.SEVERAL: _several,
}


def plain_own(said: Said | None) -> str:  # noqa: PLR0911  # one answer per type
    """The same as the journal, requests and files write it; `read_own` reads it back."""
    match said:
        case None:
            return ""
        case bool():
            return "yes" if said else "no"
        case Decimal():
            return format(said.normalize(), "f")
        case date():
            return said.isoformat()
        case tuple():
            return f"{BETWEEN} ".join(said)
        case _:
            return said


def own_in_words(said: Said | None) -> str:
    """The same as people read it."""
    match said:
        case bool():
            return gettext("Yes") if said else gettext("No")
        case date():
            return date_format(said, "j M Y")
        case tuple():
            return ", ".join(said)
        case _:
            return plain_own(said)


def as_program_reads(said: Said | None) -> Any:
    """The same as the API answers it: numbers as numbers, several as a list."""
    match said:
        case Decimal():
            return int(said) if said == said.to_integral_value() else float(said)
        case date():
            return said.isoformat()
        case tuple():
            return list(said)
        case _:
            return said


_WRITTEN = {
    OwnKind.TEXT: _("words"),
    OwnKind.NUMBER: _("a number, as 12.5"),
    OwnKind.DAY: _("a day, as 2026-01-31"),
    OwnKind.YES_NO: _("yes or no"),
    OwnKind.ONE: _("one of: %(words)s"),
    OwnKind.SEVERAL: _("some of, with a semicolon between them: %(words)s"),
}
_EXAMPLES = {OwnKind.NUMBER: "12.5", OwnKind.DAY: "2026-01-31", OwnKind.YES_NO: "yes"}


def _example_of(field: OwnField) -> str:
    """Something that the field can say; of a list its first words."""
    if field.options:
        several = field.options[:2] if field.kind == OwnKind.SEVERAL else field.options[:1]
        return f"{BETWEEN} ".join(several)
    return _EXAMPLES.get(OwnKind(field.kind), "")


def own_columns(fields: Sequence[OwnField]) -> tuple[TargetField, ...]:
    """What columns of a file may mean besides what every directory has."""
    return tuple(
        TargetField(
            each.name,
            gettext("Own field: %(label)s") % {"label": each.label},
            (each.label,),
            each.help,
            _WRITTEN[OwnKind(each.kind)] % {"words": ", ".join(each.options)},
            gettext("yes, of newcomers") if each.is_required else "",
            _example_of(each),
        )
        for each in fields
    )
