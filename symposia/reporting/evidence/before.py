"""What is known of activities that were held before Symposia: what their files said."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from symposia.credits.models import CreditOffer, ImportedCredit
from symposia.reporting.evidence.parts import Found, said
from symposia.reporting.models import ImportedActivity, Outcome, PastDisclosure


def with_the_past(key: str, found: Found, past: ImportedActivity) -> Found:
    """The same evidence, with what a file of the past says where nothing else does."""
    read = _READERS.get(key)
    lines = read(past) if found.gap and read else []
    if not lines:
        return found
    marked = [*lines, (_("Imported"), past.said_of_file)]
    return replace(found, lines=[*found.lines, *marked], gap="", mend=None)


def _facts(past: ImportedActivity) -> Mapping[str, Any]:
    facts: Mapping[str, Any] = past.facts
    return facts


def _attendance(past: ImportedActivity) -> list[tuple[str, str]]:
    facts = _facts(past)
    return said(
        (_("Physicians"), facts.get("physicians")), (_("Other learners"), facts.get("others"))
    )


def _designed(past: ImportedActivity) -> list[tuple[str, str]]:
    changes = [str(Outcome(code).label) for code in _facts(past).get("designed") or []]
    return said((_("Designed to change"), ", ".join(changes)))


def _change(past: ImportedActivity) -> list[tuple[str, str]]:
    measured = [str(Outcome(code).label) for code in _facts(past).get("measured") or []]
    return said((_("Change was measured in"), ", ".join(measured)))


def _credits(past: ImportedActivity) -> list[tuple[str, str]]:
    rows = ImportedCredit.objects.of(past.activity_id).order_by().values("system__name")
    sums = rows.annotate(people=Count("clinician", distinct=True), total=Sum("amount"))
    words = _("%(people)d learners, %(total)s together")
    return [
        (row["system__name"], words % {"people": row["people"], "total": f"{row['total']:f}"})
        for row in sums.order_by("system__name")
    ]


def _designation(past: ImportedActivity) -> list[tuple[str, str]]:
    most = _("at most %s")
    offers = CreditOffer.objects.of(past.activity_id)
    return [(each.system.name, most % f"{each.maximum.normalize():f}") for each in offers]


def _control(past: ImportedActivity) -> list[tuple[str, str]]:
    rows = PastDisclosure.objects.of(past.activity_id)
    return [(_called(each), _disclosed(each)) for each in rows]


def _called(each: PastDisclosure) -> str:
    return f"{each.name} ({each.role})" if each.role else each.name


def _disclosed(each: PastDisclosure) -> str:
    what = f"{each.company} ({each.nature})" if each.company else _("no relationships")
    day = each.disclosed_on.isoformat()
    return _("disclosed on %(day)s: %(what)s") % {"day": day, "what": what}


def _reports(past: ImportedActivity) -> list[tuple[str, str]]:
    return said((_("Number the body gave it"), past.body_number))


_READERS: dict[str, Callable[[ImportedActivity], list[tuple[str, str]]]] = {
    "attendance": _attendance,
    "designed": _designed,
    "change": _change,
    "credits": _credits,
    "designation": _designation,
    "control": _control,
    "reports": _reports,
}
