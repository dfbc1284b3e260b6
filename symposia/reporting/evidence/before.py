"""What is known of activities that were held before Symposia: what their files said."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from symposia.credits.models import CreditOffer, ImportedCredit
from symposia.reporting.evidence.credit import held_by
from symposia.reporting.evidence.parts import Found, Where, said
from symposia.reporting.models import ImportedActivity, Outcome, PastDisclosure


def with_the_past(key: str, found: Found, past: ImportedActivity) -> Found:
    """The same evidence, with what a file of the past says where nothing else does."""
    if key in _OF_THEN:
        return _OF_THEN[key](found, past)
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
    return [
        (row["system__name"], held_by(row["people"], row["total"]))
        for row in sums.order_by("system__name")
    ]


def _undesignated(found: Found, past: ImportedActivity) -> Found:
    """What was offered then; that it was designated in advance no file of the past says."""
    most = _("at most %s")
    offers = CreditOffer.objects.of(past.activity_id)
    lines = [(one.system.name, most % f"{one.maximum.normalize():f}") for one in offers]
    if not lines:
        return found
    missing = _("The file does not say that the credit was designated before it was held.")
    marked = [*lines, (_("Imported"), past.said_of_file)]
    return Found(marked, gap=missing, mend=_papers(past, missing))


def _control(past: ImportedActivity) -> list[tuple[str, str]]:
    rows = PastDisclosure.objects.of(past.activity_id)
    return [(_called(each), _disclosed(each)) for each in rows]


def _mitigation(found: Found, past: ImportedActivity) -> Found:
    """Of each relationship of then what the file says was done about it."""
    related = [each for each in PastDisclosure.objects.of(past.activity_id) if each.company]
    if not related:
        return found
    lines = [
        (f"{each.name}, {each.company}", each.mitigated_by or _("the file does not say"))
        for each in related
    ]
    silent = sorted({each.name for each in related if not each.mitigated_by})
    missing = _("The file does not say what was done about relationships of %(names)s.")
    gap = missing % {"names": ", ".join(silent)} if silent else ""
    return Found([*lines, (_("Imported"), past.said_of_file)], gap=gap, mend=_papers(past, gap))


def _told(found: Found, past: ImportedActivity) -> Found:
    """What learners were told then stands in no file of the past."""
    if found.lines or not PastDisclosure.objects.of(past.activity_id).exists():
        return found
    missing = _("No file says what learners were told of disclosures.")
    return Found(gap=missing, mend=_papers(past, missing))


def _papers(past: ImportedActivity, gap: str) -> Where | None:
    """A paper of then is handed in among the documents of the activity."""
    return ("activity_tasks", [past.activity_id]) if gap else None


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
    "control": _control,
    "reports": _reports,
}
# What is read of then whatever stands here: nothing here may answer for it.
_OF_THEN: dict[str, Callable[[Found, ImportedActivity], Found]] = {
    "designation": _undesignated,
    "mitigation": _mitigation,
    "told": _told,
}
