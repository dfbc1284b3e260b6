"""What came of an activity: attendance, tests, evaluation, change; in counts, nobody is named."""

from collections import Counter

from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.activities.models import Activity
from symposia.activities.vault import papers_kept
from symposia.assessment.models import Purpose
from symposia.assessment.queries import results_of
from symposia.assessment.queries.levels import TITLES, Figure, Level, outcomes_of
from symposia.assessment.queries.outcomes import gains_of, taking_of
from symposia.attendance.queries import evidence_by_registration, presence_by_registration
from symposia.directory.models import Profession
from symposia.registrations.models import Registration
from symposia.reporting.evidence.parts import Found, said

_SHEETS = "sign-in sheets"
# Levels that tell of change, beyond that people came and were pleased.
_CHANGE = (Level.DECLARATIVE, Level.PROCEDURAL, Level.COMPETENCE, Level.PERFORMANCE, Level.PATIENT)


def attendance(activity: Activity) -> Found:
    """How many were there, by profession, how that is known, and how many pages are signed. Pages
    that name learners stay with the provider, who shows them on request."""
    there = [pk for pk, each in presence_by_registration(activity).items() if each.was_there]
    if not there:
        missing = _("Nobody is counted as present.")
        return Found(gap=missing, mend=("activity_attendance", [activity.pk]))
    rows = Registration.objects.filter(pk__in=there).values_list("clinician__profession", flat=True)
    counted = Counter(str(Profession(each).label) for each in rows)
    known = evidence_by_registration(activity)
    sources = {row.get_source_display() for rows in known.values() for row in rows}
    lines = [
        (_("Present"), str(len(there))),
        *((name, str(count)) for name, count in sorted(counted.items())),
        (_("Known by"), ", ".join(sorted(map(str, sources)))),
    ]
    signed = sum(paper.group == _SHEETS for paper in papers_kept(activity.pk))
    return Found([*lines, *said((_("Signed pages that are kept"), signed or ""))])


def tests(activity: Activity) -> Found:
    """Who took the tests and passed them."""
    taken = taking_of(activity)
    if not taken:
        return Found(
            gap=_("There is no test."),
            mend=("activity_tests", [activity.pk]),
        )
    lines = [
        (
            str(Purpose(purpose).label),
            _("%(begun)d began, %(finished)d handed in, %(passed)d passed")
            % {"begun": each.begun, "finished": each.finished, "passed": each.passed},
        )
        for purpose, each in taken.items()
    ]
    if any(each.finished for each in taken.values()):
        return Found(lines)
    missing = _("Nobody has handed in a test.")
    return Found(lines, gap=missing, mend=("activity_tests", [activity.pk]))


def evaluation(activity: Activity) -> Found:
    """What was asked, and how many answered; answers of few are kept back."""
    found = results_of(activity)
    where = ("activity_evaluation", [activity.pk])
    if found.form is None:
        return Found(gap=_("There is no evaluation."), mend=where)
    lines = said(
        (_("Version of the form"), found.form.version),
        (_("Responses"), found.responses),
        *(
            (each.question.text, f"{each.mean:.2f} ({each.answered})")
            for each in found.questions
            if each.mean is not None and not each.is_kept_back
        ),
    )
    if found.responses:
        return Found(lines)
    return Found(lines, gap=_("Nobody has answered the evaluation."), mend=where)


def change(activity: Activity) -> Found:
    """What changed in learners, as far as something was measured."""
    found = outcomes_of(activity, now())
    lines = [
        (f"{TITLES[each.level][0]} {TITLES[each.level][1]}: {each.name}", _figure(each))
        for each in found.figures
        if each.level in _CHANGE and not each.is_kept_back and each.value is not None
    ]
    gains = gains_of(activity)
    lines += said((_("Took both tests"), gains.people))
    if any(each.level in _CHANGE for each in found.figures if each.value is not None):
        return Found(lines)
    missing = _("No change was measured: neither by tests, nor by commitments, nor by registers.")
    return Found(lines, gap=missing, mend=("activity_outcomes", [activity.pk]))


def _figure(each: Figure) -> str:
    before = f"{each.before:.1f} → " if each.before is not None else ""
    return f"{before}{each.value:.1f}{each.unit} (n = {each.people})"
