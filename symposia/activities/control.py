"""Who controls the content of an activity, what they disclosed, and what was done about it."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypeVar

from django.db.models import QuerySet

from symposia.accounts.models import PersonalToken
from symposia.accounts.queries import local_day
from symposia.activities.declared import Declared, contributor_rows, declared_by, declared_for
from symposia.activities.models import (
    Activity,
    Contributor,
    Disclosure,
    DisclosureExemption,
    DisclosureStatement,
    Mitigation,
    Relationship,
    RelevanceDecision,
    SessionFaculty,
    TeamMember,
    TeamRole,
)
from symposia.activities.queries import faculty_of
from symposia.activities.reading import rows_of
from symposia.activities.standards.reading import excluding_natures, title_of
from symposia.shared.actors import Actor
from symposia.shared.lists import Words

Clearance = Literal["missing", "expired", "undecided", "excluded", "unmitigated", "clear"]
Weighed = TypeVar("Weighed", RelevanceDecision, Mitigation)


@dataclass(frozen=True)
class Matter:
    """One relationship of a person with what was decided of it in this activity."""

    relationship: Relationship
    excludes: bool
    decision: RelevanceDecision | None = None
    mitigation: Mitigation | None = None

    @property
    def nature(self) -> str:
        return title_of("natures", self.relationship.nature)

    @property
    def exception(self) -> str:
        kept = self.decision
        return kept.title or title_of("exceptions", kept.exception) if kept else ""

    @property
    def step(self) -> str:
        kept = self.mitigation
        return kept.title or title_of("mitigations", kept.step) if kept else ""

    @property
    def is_relevant(self) -> bool:
        return self.decision is not None and self.decision.is_relevant

    @property
    def condition(self) -> Clearance:
        if self.decision is None:
            return "excluded" if self.excludes else "undecided"
        if self.excludes:
            return "clear" if self.decision.exception else "excluded"
        return "unmitigated" if self.is_relevant and self.mitigation is None else "clear"


@dataclass(frozen=True)
class InControl:
    """A person with content roles in an activity, and how it stands with the disclosure."""

    name: str
    clinician_id: uuid.UUID | None
    roles: tuple[Words, ...]
    is_planner: bool
    contributor_id: uuid.UUID | None = None
    user_id: uuid.UUID | None = None
    disclosure: Disclosure | None = None
    matters: Sequence[Matter] = field(default=())
    on: date | None = None

    @property
    def condition(self) -> Clearance:
        """What is missing first; nothing is when it is clear."""
        if self.disclosure is None:
            return "missing"
        if self.on is not None and not self.disclosure.counts_on(self.on):
            return "expired"
        found = {matter.condition for matter in self.matters}
        order: tuple[Clearance, ...] = ("excluded", "undecided", "unmitigated")
        return next((each for each in order if each in found), "clear")

    @property
    def owes_disclosure(self) -> bool:
        """Nothing was disclosed, or it no longer counts: it may be said aloud and written down."""
        return self.contributor_id is not None and self.condition in {"missing", "expired"}

    @property
    def relevant(self) -> list[Matter]:
        return [matter for matter in self.matters if matter.is_relevant]


def team_rows(activity_id: uuid.UUID) -> QuerySet[TeamMember]:
    """Whoever plans, writes, reviews or moderates beyond the sessions."""
    rows = TeamMember.objects.filter(activity=activity_id).select_related("contributor")
    return rows.order_by("role", "contributor__name", "pk")


def team_of(activity: Activity) -> list[TeamMember]:
    """Whoever plans, writes, reviews or moderates beyond the sessions."""
    return rows_of(activity.pk, team_rows)


def exemption_rows(activity_id: uuid.UUID) -> QuerySet[DisclosureExemption]:
    """Which of the standard's exemptions stands: one row, or none."""
    return DisclosureExemption.objects.filter(activity=activity_id, ends=None)


def exemption_of(activity: Activity) -> DisclosureExemption | None:
    """Which of the standard's exemptions stands for an activity."""
    return next(iter(rows_of(activity.pk, exemption_rows)), None)


def latest_disclosure(contributor: Contributor) -> Disclosure | None:
    """What a person disclosed last."""
    return Disclosure.objects.of(contributor).first()


Said = tuple[Disclosure, list[tuple[str, Relationship]]]


def disclosures_of(contributor: Contributor) -> list[Disclosure]:
    """Everything a person disclosed, the latest first."""
    return list(Disclosure.objects.of(contributor))


def said_of(
    disclosures: Sequence[Disclosure],
) -> list[Said]:
    """Each disclosure with its relationships and the words of their nature."""
    rows = Relationship.objects.filter(disclosure__in=[d.pk for d in disclosures])
    related = _by_disclosure(rows.order_by("company", "nature"))
    return [
        (each, [(title_of("natures", row.nature), row) for row in related.get(each.pk, [])])
        for each in disclosures
    ]


def relationships_of(disclosure: Disclosure | None) -> list[Relationship]:
    """The relationships of a disclosure, by company."""
    if disclosure is None or disclosure.nothing:
        return []
    return list(disclosure.relationships.order_by("company", "nature"))


def statement_rows(activity_id: uuid.UUID) -> QuerySet[DisclosureStatement]:
    """What learners were told, the latest first."""
    return DisclosureStatement.objects.filter(activity=activity_id).order_by("-number")


def statements_of(activity: Activity) -> list[DisclosureStatement]:
    """What learners were told, the latest first."""
    return rows_of(activity.pk, statement_rows)


def contributor_of_user(user_id: uuid.UUID | None) -> Contributor | None:
    """Whom a signed-in person is among those who control content."""
    return Contributor.objects.filter(user=user_id).first() if user_id else None


def contributor_among(people: Iterable[InControl], pk: uuid.UUID) -> Contributor | None:
    """One of those in control of an activity's content, as the person they are."""
    known = {person.contributor_id for person in people}
    return Contributor.objects.filter(pk=pk).first() if pk in known else None


def contributor_acting(by: Actor) -> Contributor | None:
    """Who decides: a signed-in person, or the one whose token is used."""
    if by.kind != "token" or by.id is None:
        return contributor_of_user(by.id)
    token = PersonalToken.objects.filter(pk=by.id).first()
    return contributor_of_user(token.user_id) if token else None


def in_control_of(activity: Activity) -> list[InControl]:
    """Everybody in control of the content, each once."""
    people = _people(faculty_of(activity), team_of(activity))
    known = {_key(_person(each)): each.pk for each in rows_of(activity.pk, contributor_rows)}
    known_people = [
        replace(p, contributor_id=p.contributor_id or known.get(_key(p))) for p in people
    ]
    return _weighed(declared_for(activity), known_people)


def standing_of(activity: Activity, contributor: Contributor) -> InControl:
    """How it stands with one person in an activity, whether they have a role there or not."""
    return _weighed(declared_by(contributor, activity), [_person(contributor)])[0]


def _weighed(declared: Declared, people: Sequence[InControl]) -> list[InControl]:
    said = {_key(_person(d.contributor)): d for d in declared.disclosures}
    related = _by_disclosure(declared.relationships)
    decided, mitigated = _latest(declared.decisions), _latest(declared.mitigations)
    today = local_day()
    found = []
    for person in people:
        disclosure = said.get(_key(person))
        rows = related.get(disclosure.pk, []) if disclosure and not disclosure.nothing else []
        who = disclosure.contributor_id if disclosure else person.contributor_id
        matters = [_matter(row, who, decided, mitigated, today) for row in rows]
        found.append(
            replace(person, contributor_id=who, disclosure=disclosure, matters=matters, on=today)
        )
    return found


WeighedKey = tuple[uuid.UUID | None, str, str]


def _key(person: InControl) -> str:
    if person.clinician_id:
        return f"clinician {person.clinician_id}"
    return f"user {person.user_id}" if person.user_id else f"name {person.name.casefold()}"


def _person(who: Contributor, *roles: Words, is_planner: bool = False) -> InControl:
    return InControl(who.name, who.clinician_id, roles, is_planner, who.pk, who.user_id)


def _people(faculty: Iterable[SessionFaculty], team: Iterable[TeamMember]) -> list[InControl]:
    found: dict[str, InControl] = {}
    for member in team:
        planner = member.role == TeamRole.PLANNER
        person = _person(member.contributor, TeamRole(member.role).label, is_planner=planner)
        _merge(found, person)
    for each in faculty:
        _merge(found, InControl(each.name, each.clinician_id, (each.get_role_display(),), False))
    return list(found.values())


def _merge(found: dict[str, InControl], person: InControl) -> None:
    was = found.setdefault(_key(person), person)
    new = [role for role in person.roles if role not in was.roles]
    planner = was.is_planner or person.is_planner
    found[_key(person)] = replace(was, roles=(*was.roles, *new), is_planner=planner)


def _by_disclosure(rows: Iterable[Relationship]) -> dict[uuid.UUID, list[Relationship]]:
    found: dict[uuid.UUID, list[Relationship]] = {}
    for row in rows:
        found.setdefault(row.disclosure_id, []).append(row)
    return found


def _latest(rows: Iterable[Weighed]) -> dict[WeighedKey, Weighed]:
    return {(r.contributor_id, r.company.casefold(), r.nature): r for r in rows}


def _matter(
    row: Relationship,
    contributor_id: uuid.UUID | None,
    decided: dict[WeighedKey, RelevanceDecision],
    mitigated: dict[WeighedKey, Mitigation],
    today: date,
) -> Matter:
    subject = (contributor_id, row.company.casefold(), row.nature)
    is_over = row.ended_on is not None and row.ended_on <= today
    excludes = row.nature in excluding_natures(on=today) and not is_over
    decision = decided.get(subject)
    mitigation = mitigated.get(subject)
    if decision and mitigation and mitigation.at < decision.at:
        mitigation = None
    return Matter(row, excludes, decision, mitigation)
