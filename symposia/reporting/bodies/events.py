"""What EACCME and state medical councils read of one activity: an application before it takes
place, a report after it. A paper and its lines; the facts of both are the same record.

The forms of these bodies are filled in on their own pages; what they ask for stands here in one
place. Which of it each asks for is to be verified with the body.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

from symposia.activities.models import APPROVED_ON, OVER, Activity, Session, SessionFaculty
from symposia.activities.modes import Mode
from symposia.assessment.queries import registrations_answered
from symposia.attendance.queries import presence_by_registration
from symposia.credits.models import CreditOffer
from symposia.directory.asking import may_be_asked
from symposia.directory.models import Identifier, Profession, Purpose, Scheme
from symposia.registrations.models import Registration
from symposia.reporting.bodies.checks import required
from symposia.reporting.bodies.parts import Declared, Facts, Line, Scope, Sheet
from symposia.reporting.bodies.writing import as_csv
from symposia.reporting.due_rules import rules_for
from symposia.reporting.models import Kind
from symposia.reporting.queries import facts_of, support_of, systems_offered
from symposia.shared.lists import Words
from symposia.shared.paper import print_paper
from symposia.shared.refusals import Objection

TEMPLATE = Path(__file__).with_name("events.typ")

NO_SESSIONS = Objection(
    "report_no_sessions", gettext_lazy("The programme has no session that counts for credit.")
)
NO_FACULTY = Objection(
    "report_no_faculty", gettext_lazy("Nobody teaches yet: name the faculty on the agenda.")
)
NO_OBSERVER = Objection(
    "report_no_observer", gettext_lazy("Enter the observer whom the council sent.")
)
NOBODY_THERE = Objection(
    "report_nobody_there", gettext_lazy("Nobody is counted as present: reconcile attendance first.")
)
NO_FEEDBACK = Objection(
    "report_no_feedback", gettext_lazy("No participant has answered the evaluation yet.")
)


def _collector(kind: str) -> Callable[[Scope], list[Line]]:
    """The record of one activity, or of each of a year, for which that kind is owed."""
    is_after = kind in {Kind.EACCME_REPORT, Kind.COUNCIL_RETURN}

    def collect(scope: Scope) -> list[Line]:
        found = Activity.objects.filter(state__in=OVER if is_after else APPROVED_ON)
        found = found.exclude(mode=Mode.PROMOTIONAL)
        if scope.activity_id:
            found = found.filter(pk=scope.activity_id)
        rows = found.filter(wall_ends__year=scope.year).order_by("starts_at", "pk")
        return [_line(activity, is_after=is_after) for activity in rows if _is_owed(kind, activity)]

    return collect


def _is_owed(kind: str, activity: Activity) -> bool:
    rules = rules_for(activity.country, systems_offered(activity), activity.wall_ends.date())
    return any(rule.kind == kind for rule in rules)


def _line(activity: Activity, *, is_after: bool) -> Line:
    kept = facts_of(activity)
    facts: dict[str, Any] = {
        "number": activity.number,
        "title": activity.title,
        "summary": activity.summary,
        "type": activity.get_type_display(),
        "starts": f"{activity.wall_starts:%Y-%m-%d %H:%M}",
        "ends": f"{activity.wall_ends:%Y-%m-%d %H:%M}",
        "venue": ", ".join(filter(None, (activity.venue_name, activity.venue_address))),
        "city": activity.city,
        "country": activity.country,
        "expected": activity.expected_attendance,
        "credit": [
            f"{offer.maximum.normalize():f} {offer.system.name}"
            for offer in CreditOffer.objects.of(activity)
        ],
        "observer": kept.observer,
        "support": [
            f"{each.source}: {each.in_kind or each.amount}" for each in support_of(activity)
        ],
        **_programme(activity),
    }
    if is_after:
        facts |= _attendance(activity)
    return Line(activity.pk.hex, activity.pk, f"{activity.number} {activity.title}"[:300], facts)


def _programme(activity: Activity) -> dict[str, Any]:
    """Sessions with their minutes, and who teaches in each."""
    people: dict[Any, list[str]] = {}
    for each in SessionFaculty.objects.of(activity):
        people.setdefault(each.session_id, []).append(str(each))
    sessions = [each for each in Session.objects.of(activity) if not each.is_break]
    return {
        "sessions": [
            [
                f"{each.wall_starts:%Y-%m-%d %H:%M}",
                each.title,
                str(each.creditable_minutes),
                ", ".join(people.get(each.pk, [])),
            ]
            for each in sessions
        ],
        "minutes": sum(each.creditable_minutes for each in sessions),
        "faculty": sorted({name for named in people.values() for name in named}),
    }


def _attendance(activity: Activity) -> dict[str, Any]:
    """Who was there and for how long; whoever has not agreed to be named is counted alone."""
    there = {pk: p for pk, p in presence_by_registration(activity).items() if p.was_there}
    rows = Registration.objects.filter(pk__in=there).select_related("clinician")
    places = sorted(rows, key=lambda r: (r.clinician.search_text, str(r.pk)))
    people = [place.clinician for place in places]
    agreed = may_be_asked(people, "", Purpose.REPORTING)
    numbers = _council_numbers([person.pk for person in people])
    named = [place for place in places if agreed[place.clinician_id] is None]
    professions = Counter(str(Profession(each.profession).label) for each in people)
    return {
        "attendees": [
            [
                place.clinician.full_name,
                numbers.get(place.clinician_id, ""),
                str(there[place.pk].creditable),
            ]
            for place in named
        ],
        "unnamed": len(places) - len(named),
        "present": len(places),
        "professions": dict(sorted(professions.items())),
        "feedback": len(registrations_answered(activity)),
    }


def _council_numbers(ids: list[Any]) -> dict[Any, str]:
    rows = Identifier.objects.filter(clinician__in=ids, scheme__in=[Scheme.SMC, Scheme.NMC])
    return {row.clinician_id: row.written or row.value for row in rows.order_by("-scheme", "pk")}


def check_application(facts: Facts) -> list[Objection]:
    """What a body asks before it takes place, and that is missing."""
    return [
        *required(
            facts,
            title=gettext_lazy("Title"),
            summary=gettext_lazy("What it is about"),
            city=gettext_lazy("City"),
        ),
        *([] if facts["minutes"] else [NO_SESSIONS]),
        *([] if facts["faculty"] else [NO_FACULTY]),
    ]


def check_report(facts: Facts) -> list[Objection]:
    """What EACCME asks afterwards: who came, and what they thought of it."""
    return [
        *([] if facts["present"] else [NOBODY_THERE]),
        *([] if facts["feedback"] else [NO_FEEDBACK]),
    ]


def check_return(facts: Facts) -> list[Objection]:
    """What a council asks afterwards: its observer, and who was there."""
    return [
        *([] if facts["observer"] else [NO_OBSERVER]),
        *([] if facts["present"] else [NOBODY_THERE]),
    ]


def _rows(facts: Facts) -> list[tuple[str, str]]:
    rows = [
        (_("Number"), facts["number"]),
        (_("Type"), facts["type"]),
        (_("From"), facts["starts"]),
        (_("Until"), facts["ends"]),
        (_("Venue"), facts["venue"]),
        (_("City"), ", ".join(filter(None, (facts["city"], facts["country"])))),
        (_("What it is about"), facts["summary"]),
        (_("Creditable minutes"), str(facts["minutes"])),
        (_("Credit"), "; ".join(facts["credit"])),
        (_("Expected"), str(facts["expected"])),
        (_("Observer of the council"), facts["observer"]),
        (_("Commercial support"), "; ".join(facts["support"]) or _("none is noted")),
        *_after(facts),
    ]
    return [(name, said) for name, said in rows if said]


def _after(facts: Facts) -> list[tuple[str, str]]:
    if "present" not in facts:
        return []
    professions = "; ".join(f"{name} {count}" for name, count in facts["professions"].items())
    return [
        (_("Present"), str(facts["present"])),
        (_("By profession"), professions),
        (_("Present and not named, because they did not agree"), str(facts["unnamed"])),
        (_("Evaluations answered"), str(facts["feedback"])),
    ]


def write_pdf(sheet: Sheet) -> bytes:
    """The paper of one activity; of several, of the first alone: each has a file of its own."""
    facts = sheet.records[0].facts
    programme = {
        "title": _("Programme"),
        "head": [_("Begins"), _("Session"), _("Minutes"), _("Faculty")],
        "rows": facts["sessions"],
        "empty": _("There is no programme yet."),
    }
    attended = {
        "title": _("Attendance"),
        "head": [_("Name"), _("Registration number"), _("Minutes")],
        "rows": facts.get("attendees", []),
        "empty": _("Nobody has agreed to be named."),
    }
    paper = {
        "title": facts["title"],
        "provider": sheet.provider,
        "number": sheet.number,
        "about": str(_SAID[sheet.kind]),
        "language": (get_language() or "en")[:2],
        "rtl": get_language_bidi(),
        "rows": [{"name": name, "said": said} for name, said in _rows(facts)],
        "parts": [programme, attended] if "present" in facts else [programme],
        "note": _("What the body asks for beyond this is filled in on its own form."),
    }
    return print_paper(TEMPLATE, paper, sheet.made_at)


def write_csv(sheet: Sheet) -> bytes:
    """The same as lines: what is said, in which part, cell by cell."""
    facts = sheet.records[0].facts
    lines = [[_("Facts"), name, said, "", ""] for name, said in _rows(facts)]
    lines += [[_("Programme"), *row] for row in facts["sessions"]]
    lines += [[_("Attendance"), *row, ""] for row in facts.get("attendees", [])]
    return as_csv([_("Part"), "1", "2", "3", "4"], lines)


_SAID: dict[str, Words] = {
    Kind.EACCME_APPLICATION: gettext_lazy("Application for European credit"),
    Kind.EACCME_REPORT: gettext_lazy("Report of an event with European credit"),
    Kind.COUNCIL_APPLICATION: gettext_lazy("Application to the medical council"),
    Kind.COUNCIL_RETURN: gettext_lazy("Return to the medical council: observer and attendance"),
}
_CHECKS: dict[str, Callable[[Facts], list[Objection]]] = {
    Kind.EACCME_APPLICATION: check_application,
    Kind.EACCME_REPORT: check_report,
    Kind.COUNCIL_APPLICATION: check_application,
    Kind.COUNCIL_RETURN: check_return,
}
EVENTS = tuple(
    Declared(
        kind=kind,
        collect=_collector(kind),
        check=_CHECKS[kind],
        writers={"pdf": write_pdf, "csv": write_csv},
        shown=(
            ("title", gettext_lazy("Title")),
            ("starts", gettext_lazy("From")),
            ("ends", gettext_lazy("Until")),
            ("city", gettext_lazy("City")),
            ("minutes", gettext_lazy("Creditable minutes")),
            ("credit", gettext_lazy("Credit")),
            ("faculty", gettext_lazy("Faculty")),
            ("observer", gettext_lazy("Observer of the council")),
            ("present", gettext_lazy("Present")),
            ("feedback", gettext_lazy("Evaluations answered")),
        ),
        needs_account=False,
        of_one=True,
    )
    for kind in _SAID
)
