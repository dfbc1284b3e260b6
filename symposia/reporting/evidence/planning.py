"""Why an activity was held and how it was planned: gap, needs, change, format, competencies."""

import uuid
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from symposia.activities.models import Activity, DocumentVersion
from symposia.activities.queries import agenda_of, objectives_of
from symposia.activities.reading import loaded_once
from symposia.curriculum.models import Gap, GapEvidence, GapStatement, StatementKind
from symposia.reporting.criteria import papers_shown
from symposia.reporting.evidence.parts import Found, said
from symposia.reporting.models import Outcome
from symposia.reporting.queries import facts_of

_OVERVIEW = "activity"


def gap(activity: Activity) -> Found:
    """The gaps behind its objectives, and where it is written that they exist."""
    gaps = _gaps(activity)
    if not gaps:
        return Found(
            gap=_("No gap: the activity has taken on no objective of the curriculum."),
            mend=(_OVERVIEW, [activity.pk]),
        )
    sources: dict[object, list[str]] = {}
    for each in GapEvidence.objects.filter(gap__in=gaps).order_by("added_at", "pk"):
        where = f"{each.get_kind_display()}: {each.citation}"
        sources.setdefault(each.gap_id, []).append(where)
    lines = [line for one in gaps for line in _gap_lines(one, sources.get(one.pk, []))]
    bare = [one.number for one in gaps if one.pk not in sources]
    if not bare:
        return Found(lines)
    missing = _("No source is named for %(gaps)s.") % {"gaps": ", ".join(bare)}
    return Found(lines, gap=missing, mend=("gap", [gaps[0].pk]))


def _gaps(activity: Activity) -> list[Gap]:
    found = {objective.gap_id: objective.gap for objective in objectives_of(activity)}
    return sorted(found.values(), key=lambda each: each.number)


def _gap_lines(one: Gap, sources: list[str]) -> list[tuple[str, str]]:
    figures = " → ".join(filter(None, (one.baseline, one.target)))
    return said(
        (_("Gap"), f"{one.number} {one.title}"),
        (_("What is not as it should be"), one.statement),
        (_("Whose"), one.population),
        (_("Measured by"), " ".join(filter(None, (one.measure, figures)))),
        (_("Sources"), "; ".join(sources)),
    )


def needs(activity: Activity) -> Found:
    """Which needs lie under the gaps, in the words that the form asks for."""
    return _statements(activity, "need", _("No need in knowledge, competence or performance"))


def _statements(activity: Activity, beginning: str, missing: str) -> Found:
    gaps = _gaps(activity)
    kinds = [kind for kind in StatementKind if kind.value.startswith(beginning)]
    rows = GapStatement.objects.filter(gap__in=gaps, kind__in=kinds).select_related("gap")
    lines = [
        (f"{StatementKind(row.kind).label}, {row.gap.number}", row.text)
        for row in rows.order_by("gap__number", "kind")
    ]
    if lines:
        return Found(lines)
    if not gaps:
        said_so = _("%(what)s is written down: the activity has no gap.") % {"what": missing}
        return Found(gap=said_so, mend=(_OVERVIEW, [activity.pk]))
    numbers = ", ".join(one.number for one in gaps)
    said_so = _("%(what)s is written down with %(gaps)s.") % {"what": missing, "gaps": numbers}
    return Found(said((_("Kind of need"), gaps[0].get_need_type_display())), (), said_so, _at(gaps))


def _at(gaps: list[Gap]) -> tuple[str, list[object]]:
    return "gap", [gaps[0].pk]


def designed(activity: Activity) -> Found:
    """What it was designed to change, as bodies were told and as the gaps say."""
    changes = [str(Outcome(code).label) for code in loaded_once(activity, facts_of).designed_for]
    words = _statements(activity, "change", _("Nothing that it is designed to change"))
    lines = [*said((_("Designed to change"), ", ".join(changes))), *words.lines]
    if changes:
        return Found(lines)
    return Found(
        lines,
        gap=_("Nobody has said what it is designed to change."),
        mend=("activity_report_facts", [activity.pk]),
    )


def format_chosen(activity: Activity) -> Found:
    """In which form it was given, for how long, to how many."""
    agenda = agenda_of(activity)
    lines = said(
        (_("Type"), activity.get_type_display()),
        (_("Delivered"), activity.get_delivery_display()),
        (_("Sessions"), str(len(agenda.slots))),
        (_("Creditable minutes"), str(agenda.creditable_minutes)),
        (_("Why in this form"), activity.summary),
    )
    if activity.summary.strip():
        return Found(lines)
    missing = _("Nothing is written of why this format suits the objectives.")
    return Found(lines, gap=missing, mend=(_OVERVIEW, [activity.pk]))


def objectives(activity: Activity) -> Found:
    """What learners will be able to do, as they were told."""
    found = objectives_of(activity)
    lines = [(_("Objective"), each.text) for each in found]
    if lines:
        return Found(lines)
    return Found(gap=_("No objective is stated."), mend=(_OVERVIEW, [activity.pk]))


def competencies(activity: Activity) -> Found:
    """Which attributes of clinicians its objectives are about."""
    named = {each.get_competency_display() for each in objectives_of(activity) if each.competency}
    if named:
        return Found([(_("Competency"), name) for name in sorted(named)])
    missing = _("No objective names a competency of a framework.")
    return Found(gap=missing, mend=(_OVERVIEW, [activity.pk]))


def agenda(activity: Activity) -> Found:
    """The programme: when, what, for how many minutes, and who teaches."""
    lines = [
        (
            f"{slot.session.wall_starts:%Y-%m-%d %H:%M}",
            " · ".join(
                filter(
                    None,
                    (
                        slot.session.title,
                        _("%d minutes") % slot.session.creditable_minutes,
                        ", ".join(person.name for person in slot.faculty),
                    ),
                )
            ),
        )
        for slot in agenda_of(activity).slots
    ]
    if lines:
        return Found(lines, _papers(activity))
    missing = _("There is no programme.")
    return Found(gap=missing, mend=("activity_agenda", [activity.pk]))


def _papers(activity: Activity) -> list[uuid.UUID]:
    """The latest file of each document that shows the programme."""
    named = reduce(or_, (Q(slot__title__icontains=word) for word in papers_shown()))
    rows = DocumentVersion.objects.filter(named, slot__activity=activity.pk)
    latest = rows.filter(file__deleted_at=None).order_by("slot", "-number").distinct("slot")
    return [each.file_id for each in latest]
