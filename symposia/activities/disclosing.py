"""What Standard 3 asks before a person takes up a content role. Pure: no query, no clock."""

import re
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from symposia.activities.control import InControl, Matter
from symposia.activities.models import Activity, DisclosureStatement, Relationship, TeamRole
from symposia.activities.standards.reading import steps_for, titles
from symposia.shared.refusals import Objection

_NO_COMPANY_NAME = re.compile(r"https?:|www\.|[$€£₹¥®™<>]|\d{4,}", re.IGNORECASE)

NOT_DISCLOSED = Objection("not_disclosed", _("Not disclosed yet: %(people)s."))
DISCLOSURE_RAN_OUT = Objection("disclosure_ran_out", _("The disclosure ran out: %(people)s."))
EXCLUDED = Objection(
    "owner_or_employee",
    _("Owner or employee of an ineligible company, without a ground for admission: %(people)s."),
)
NOT_DECIDED = Objection("relevance_undecided", _("Relevance is not decided yet: %(people)s."))
NOT_MITIGATED = Objection(
    "not_mitigated", _("A relevant relationship is not mitigated yet: %(people)s.")
)
WHO_IS_IT = Objection("who_is_it", _("Choose a clinician or write the name of the person."))
NOTHING_AND_SOMETHING = Objection(
    "nothing_and_something", _("Either there is nothing to disclose, or list what there is.")
)
ANSWER_MISSING = Objection(
    "disclosure_empty", _("List each relationship, or say that there is none.")
)
COMPANY_BY_NAME = Objection(
    "company_by_name",
    _("“%(company)s”: write the company's name only: no amount, sign or address."),
)
UNKNOWN_NATURE = Objection("unknown_nature", _("Choose the nature of each relationship."))
TOLD_TWICE = Objection("told_twice", _("“%(company)s” is there twice with the same nature."))
ENDS_LATER = Objection("ends_later", _("A relationship that ended did so by today."))
NOT_SIGNED = Objection("disclosure_not_attested", _("Confirm that this is complete."))
DECIDER_UNDISCLOSED = Objection(
    "decider_undisclosed",
    _("Whoever decides has disclosed first: yours is missing or ran out."),
)
DECIDES_OF_SELF = Objection("decides_of_self", _("Nobody decides of their own relationships."))
DECIDER_RELATED = Objection(
    "decider_related",
    _("You have a relationship with %(company)s. Somebody without a relationship decides."),
)
NOT_THEIRS = Objection("no_such_relationship", _("This person disclosed no such relationship."))
REASON_OF_RELEVANCE = Objection("relevance_reason", _("Say why it is relevant or not."))
EXCLUDED_NEEDS_EXCEPTION = Objection(
    "exception_needed",
    _("An owner or employee stays out, unless one of the grounds of Standard 3.2 applies."),
)
EXCEPTION_WITHOUT_NEED = Objection(
    "exception_without_need", _("A ground for admission is for owners and employees only.")
)
NOTHING_TO_MITIGATE = Objection("nothing_to_mitigate", _("It was not decided to be relevant."))
UNKNOWN_STEP = Objection("unknown_step", _("Choose a step that fits the role."))
STEP_NEEDS_WORDS = Objection("step_needs_words", _("Describe the step."))
ROLE_BEGAN = Objection("role_began", _("The activity is over: the role has been taken."))
EXEMPTION_UNKNOWN = Objection(
    "unknown_exemption", _("Choose an exemption, and say why it applies.")
)
EXEMPTED_ALREADY = Objection("exempted_already", _("An exemption is stated already."))
NOT_EXEMPTED = Objection("not_exempted", _("No exemption is stated here, or it was taken back."))
WHY_NOT_EXEMPT = Objection("why_not_exempt", _("Say why the exemption does not apply."))
ONLY_INDEPENDENT = Objection(
    "only_independent", _("Disclosures are asked for independent education only.")
)
NOT_OPEN_YET = Objection("statement_not_open", _("Learners are told once the activity opens."))
SAME_STATEMENT = Objection("same_statement", _("Learners were told exactly this already."))
TEAM_STAYS = Objection("team_stays", _("This activity is over: its team stays as it was."))

_WHAT = {
    "missing": NOT_DISCLOSED,
    "expired": DISCLOSURE_RAN_OUT,
    "excluded": EXCLUDED,
    "undecided": NOT_DECIDED,
    "unmitigated": NOT_MITIGATED,
}


def objection_to_roles(people: Sequence[InControl]) -> Objection | None:
    """The first thing that keeps people from their roles, with everybody it concerns."""
    for condition, objection in _WHAT.items():
        who = [person.name for person in people if person.condition == condition]
        if who:
            return objection.about(people=", ".join(who))
    return None


def objection_to_disclosure(
    nothing: bool, relationships: Sequence[Relationship], *, attested: bool, today: date
) -> Objection | None:
    """A disclosure says nothing or something, by name and nature, and is confirmed."""
    if nothing and relationships:
        return NOTHING_AND_SOMETHING
    if not nothing and not relationships:
        return ANSWER_MISSING
    if not attested:
        return NOT_SIGNED
    return _objection_to_relationships(relationships, today)


def _objection_to_relationships(
    relationships: Sequence[Relationship], today: date
) -> Objection | None:
    known = dict(titles("natures", on=today))
    seen = set()
    for each in relationships:
        if not each.company or _NO_COMPANY_NAME.search(each.company):
            return COMPANY_BY_NAME.about(company=each.company)
        if each.nature not in known:
            return UNKNOWN_NATURE
        if each.ended_on and each.ended_on > today:
            return ENDS_LATER
        if (each.company.casefold(), each.nature) in seen:
            return TOLD_TWICE.about(company=each.company)
        seen.add((each.company.casefold(), each.nature))
    return None


def objection_to_deciding_of(
    person: InControl | None, decider: InControl | None, *, matter: Matter | None
) -> Objection | None:
    """Relevance is decided by somebody who disclosed and has no relationship that matters here."""
    if person is None or matter is None:
        return NOT_THEIRS
    if decider is None or decider.condition in {"missing", "expired"}:
        return DECIDER_UNDISCLOSED
    if decider.contributor_id == person.contributor_id:
        return DECIDES_OF_SELF
    open_ones = [m for m in decider.matters if m.condition != "clear" or m.is_relevant]
    same = [m for m in decider.matters if _company(m) == _company(matter)]
    for each in [*same, *open_ones]:
        return DECIDER_RELATED.about(company=each.relationship.company)
    return None


def _company(matter: Matter) -> str:
    return matter.relationship.company.casefold()


def objection_to_relevance(
    matter: Matter, *, is_relevant: bool, exception: str, reason: str, on: date
) -> Objection | None:
    """An owner or employee needs one of the grounds for admission; nobody else has one."""
    if not reason.strip():
        return REASON_OF_RELEVANCE
    if matter.excludes:
        is_known = exception in dict(titles("exceptions", on=on))
        return None if is_known and not is_relevant else EXCLUDED_NEEDS_EXCEPTION
    return EXCEPTION_WITHOUT_NEED if exception else None


def objection_to_mitigating(
    activity: Activity, person: InControl, matter: Matter, *, step: str, note: str, on: date
) -> Objection | None:
    """A step of the fixed list that fits the role, before the role has been taken."""
    if activity.is_over:
        return ROLE_BEGAN
    if not matter.is_relevant:
        return NOTHING_TO_MITIGATE
    if step not in dict(steps_for(is_planner=person.is_planner, on=on)):
        return UNKNOWN_STEP
    return STEP_NEEDS_WORDS if step == "other" and not note.strip() else None


def objection_to_team(activity: Activity, *, name: str, role: str) -> Objection | None:
    """The team changes until the activity is over."""
    if activity.is_over:
        return TEAM_STAYS
    return None if name.strip() and role in TeamRole.values else WHO_IS_IT


def objection_to_exempting(activity: Activity, *, has_one: bool) -> Objection | None:
    """Independent education alone asks for disclosures; one exemption lifts them."""
    if not activity.is_independent:
        return ONLY_INDEPENDENT
    return EXEMPTED_ALREADY if has_one else None


def objection_to_exemption(code: str, reason: str, *, on: date) -> Objection | None:
    """One of the standard's own exemptions, with the reason why it applies."""
    is_known = code in dict(titles("exemptions", on=on))
    return None if is_known and reason.strip() else EXEMPTION_UNKNOWN


def objection_to_ending_exemption(reason: str) -> Objection | None:
    """What was stated by mistake is taken back at any time, with the reason."""
    return None if reason.strip() else WHY_NOT_EXEMPT


def objection_to_telling(
    activity: Activity, text: str, last: DisclosureStatement | None, people: Sequence[InControl]
) -> Objection | None:
    """Learners are told again when what was locked is no longer true, and all is mitigated."""
    if not activity.is_independent:
        return ONLY_INDEPENDENT
    if last is None:
        return NOT_OPEN_YET
    if last.text == text:
        return SAME_STATEMENT
    return objection_to_roles(people)
