"""Every kind of evidence that criteria ask for: who keeps it, and how it is read."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from symposia.reporting.evidence import credit, independence, learning, planning, programme
from symposia.reporting.evidence.parts import Found, Kind
from symposia.shared.lists import Words

_LEAD, _OFFICE, _FACULTY = _("Education lead"), _("CME coordinator"), _("Planners and faculty")

KINDS: dict[str, Kind] = {
    each.key: each
    for each in (
        Kind("gap", _("Practice gap"), _LEAD, planning.gap),
        Kind("needs", _("Educational needs"), _LEAD, planning.needs),
        Kind("designed", _("Designed to change"), _LEAD, planning.designed),
        Kind("format", _("Format"), _LEAD, planning.format_chosen),
        Kind("objectives", _("Objectives"), _LEAD, planning.objectives),
        Kind("competencies", _("Competencies"), _LEAD, planning.competencies),
        Kind("agenda", _("Programme"), _OFFICE, planning.agenda),
        Kind("content", _("Review of content"), _("Reviewers of content"), independence.content),
        Kind("control", _("Disclosures"), _FACULTY, independence.control),
        Kind("mitigation", _("Relationships and mitigation"), _OFFICE, independence.mitigation),
        Kind("told", _("What learners were told"), _OFFICE, independence.told),
        Kind("independence", _("Independence"), _LEAD, independence.independence),
        Kind("support", _("Commercial support"), _OFFICE, independence.support),
        Kind(
            *("support_agreement", _("Agreements of support"), _OFFICE),
            independence.support_agreement,
        ),
        Kind("separation", _("Marketing and exhibits"), _OFFICE, independence.separation),
        Kind("attendance", _("Attendance"), _OFFICE, learning.attendance),
        Kind("tests", _("Tests"), _LEAD, learning.tests),
        Kind("evaluation", _("Evaluation"), _LEAD, learning.evaluation),
        Kind("change", _("Changes in learners"), _LEAD, learning.change),
        Kind("statement", _("Statement of accreditation"), _("Administrator"), credit.statement),
        Kind("designation", _("Designation of credit"), _OFFICE, credit.designation),
        Kind("activity_number", _("Number of the activity"), _OFFICE, credit.activity_number),
        Kind("credits", _("Credit claimed"), _OFFICE, credit.credits),
        Kind("reports", _("Reports to bodies"), _OFFICE, credit.reports),
        Kind("observer", _("Observer"), _OFFICE, credit.observer),
    )
}
# What is asked of the programme, read over the years of a binder.
OF_PROGRAMME: dict[str, tuple[Words, Words, Callable[[tuple[int, int]], Found]]] = {
    "mission": (_("Mission"), _LEAD, programme.mission),
    "analysis": (_("Analysis of the programme"), _LEAD, programme.analysis),
    "improvements": (_("Improvements"), _LEAD, programme.improvements),
}
