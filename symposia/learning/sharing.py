"""Practices as their author, an editor and colleagues see them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import OuterRef, QuerySet

from symposia.directory.models import Clinician
from symposia.learning.discussing import Voice
from symposia.learning.identifiers import Finding, findings_in
from symposia.learning.models import (
    Adopting,
    Adoption,
    IdentifierAnswer,
    Practice,
    PracticeDecision,
    PracticeState,
)
from symposia.learning.models import Contribution as Comment
from symposia.registrations.models import Registration
from symposia.shared.counting import CountOf

# The texts of a practice, and which of them cite a paper.
PARTS = ("title", "done", "setting", "result", "reference")
OF_PAPERS = ("reference",)


@dataclass(frozen=True)
class Checked:
    """Something that may tell who a patient is, and what its author said of it."""

    finding: Finding
    reason: str = ""

    @property
    def is_answered(self) -> bool:
        return bool(self.reason)


@dataclass(frozen=True)
class Adoptions:
    """How many colleagues do the same, and how many will try it."""

    doing: int = 0
    trying: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.doing + self.trying


def texts_of(practice: Practice) -> dict[str, str]:
    """Everything of a practice that is looked through."""
    return {name: getattr(practice, name) for name in PARTS}


def checked(practice: Practice) -> list[Checked]:
    """What may tell who a patient is, in the order of reading, each with its answer."""
    found = findings_in(texts_of(practice), of_papers=OF_PAPERS)
    if not found:
        return []
    said = {
        (each.kind, each.part, each.quoted): each.reason
        for each in IdentifierAnswer.objects.filter(practice=practice)
    }
    return [Checked(each, said.get(key_of(each), "")) for each in found]


def key_of(finding: Finding) -> tuple[str, str, str]:
    """As an answer keeps it: what was found is quoted as far as there is room."""
    kind, part, quoted = finding.key
    return (kind, part, quoted[:200])


def left_open(found: Iterable[Checked]) -> list[Finding]:
    """What its author has not answered."""
    return [each.finding for each in found if not each.is_answered]


def finding_named(practice: Practice, kind: str, part: str, quoted: str) -> Finding | None:
    """What was found of that kind in that text, where it still stands there."""
    found = findings_in(texts_of(practice), of_papers=OF_PAPERS)
    return next((each for each in found if key_of(each) == (kind, part, quoted)), None)


def practices_for(registration: Registration) -> QuerySet[Practice]:
    """What colleagues published at activities of the same mode, the latest first."""
    rows = Practice.objects.published().filter(activity__mode=registration.activity.mode)
    return (
        rows.with_names()
        .annotate(adopted=_adopted(), said=_said())
        .order_by("-published_at", "-pk")
    )


def own_practices(registration: Registration) -> list[Practice]:
    """What somebody wrote, under whichever place, the latest first."""
    rows = Practice.objects.filter(clinician=registration.clinician_id)
    rows = rows.exclude(state=PracticeState.WITHDRAWN).with_names()
    return list(rows.annotate(adopted=_adopted()).order_by("-written_at", "-pk"))


def _adopted() -> CountOf:
    return CountOf(Adoption.objects.filter(practice=OuterRef("pk")).values("pk"))


def _said() -> CountOf:
    return CountOf(Comment.objects.shown().filter(practice=OuterRef("pk")).values("pk"))


def specialties_among(rows: QuerySet[Practice]) -> list[str]:
    """The specialties that practices are about, in their order."""
    known = rows.exclude(specialty="").order_by("specialty")
    return list(known.values_list("specialty", flat=True).distinct())


def activities_among(rows: QuerySet[Practice]) -> list[tuple[uuid.UUID, str]]:
    """The activities that practices come from, by title."""
    found = rows.order_by("activity__title").values_list("activity", "activity__title")
    return list(dict(found).items())


def adoptions_of(practice: Practice) -> Adoptions:
    """What a practice came to among colleagues."""
    rows = list(Adoption.objects.filter(practice=practice).order_by("-at", "-pk"))
    doing = sum(each.kind == Adopting.DOING for each in rows)
    notes = [each.note for each in rows if each.note]
    return Adoptions(doing, len(rows) - doing, notes)


def adoption_by(practice: Practice, voice: Voice) -> Adoption | None:
    """How far somebody took a practice up, if at all."""
    return Adoption.objects.filter(practice=practice, clinician=voice.person_id).first()


def decisions_on(practice: Practice) -> list[PracticeDecision]:
    """What editors decided, the latest first."""
    return list(PracticeDecision.objects.filter(practice=practice).order_by("-at", "-pk"))


def author_user_of(practice: Practice) -> uuid.UUID | None:
    """The account of its author, where the author signs in."""
    rows = Clinician.objects.filter(pk=practice.clinician_id)
    return rows.values_list("user_id", flat=True).first()
