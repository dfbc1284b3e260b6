"""A learner's transcript: what was awarded here and accepted from elsewhere, and what it comes to.

Days are those on the wall of the venue for what was attended, of the claim for what is done in
one's own time, and of the proof for what is from elsewhere.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from symposia.accounts.queries import this_organisation
from symposia.credits.awarding import LIVE
from symposia.credits.models import (
    ActivitySubject,
    Certificate,
    CreditEntry,
    CreditSystem,
    ExternalCredit,
    ImportedCredit,
)
from symposia.credits.wording import filled, plain
from symposia.directory.models import Clinician
from symposia.shared.times import day_at


@dataclass(frozen=True)
class TranscriptLine:
    """Credit of one system for one thing learned. `subjects`: hours by what boards ask for."""

    on: date
    title: str
    provider: str
    system: CreditSystem
    amount: Decimal
    proof: str
    is_external: bool
    # Brought from the system before: from which row of which file.
    imported_from: str = ""
    # The certificate that says exactly this, where one stands.
    certificate: Certificate | None = None
    subjects: tuple[tuple[str, Decimal], ...] = ()

    @property
    def unit(self) -> str:
        return plain(filled(self.system.statements["unit"], {}))


@dataclass(frozen=True)
class TranscriptTotal:
    """What somebody holds of one system, from the lines of one year."""

    year: int
    system: str
    amount: Decimal


@dataclass(frozen=True)
class Transcript:
    """The lines of a stretch of time, the latest first, and their sums."""

    clinician: Clinician
    from_on: date | None
    until_on: date | None
    lines: tuple[TranscriptLine, ...]

    @property
    def totals(self) -> list[TranscriptTotal]:
        """By year and system, the latest year first."""
        sums: dict[tuple[int, str], Decimal] = {}
        for line in self.lines:
            key = (-line.on.year, line.system.name)
            sums[key] = sums.get(key, Decimal(0)) + line.amount
        return [TranscriptTotal(-year, name, sums[year, name]) for year, name in sorted(sums)]

    @property
    def by_system(self) -> list[tuple[str, Decimal]]:
        sums: dict[str, Decimal] = {}
        for line in self.lines:
            sums[line.system.name] = sums.get(line.system.name, Decimal(0)) + line.amount
        return sorted(sums.items())


def transcript_of(
    clinician: Clinician, from_on: date | None = None, until_on: date | None = None
) -> Transcript:
    """Everything a person holds between two days, both included; open where none is given. Asked
    of a record that was merged, it is that of the record that was kept."""
    clinician = clinician.as_kept
    found = lines_of_people([clinician.pk]).get(clinician.pk, [])
    within = [
        each
        for each in found
        if (from_on is None or each.on >= from_on) and (until_on is None or each.on <= until_on)
    ]
    return Transcript(clinician, from_on, until_on, tuple(within))


def lines_of_people(kept: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[TranscriptLine]]:
    """The lines of several people by the record kept of each, the latest first."""
    lines: dict[uuid.UUID, list[TranscriptLine]] = {pk: [] for pk in kept}
    kept_here = list(lines)
    for person, line in [*_awarded(kept_here), *_external(kept_here), *_imported(kept_here)]:
        lines[person].append(line)
    for each in lines.values():
        each.sort(key=lambda line: (line.on, line.title), reverse=True)
    return lines


def _of_people(rows: QuerySet[Any], kept: Sequence[uuid.UUID]) -> Any:
    """Rows under the records kept of people, or under those found to be the same person, with their
    `person`. The records are asked for apart: asked for rows of either, the server reads all."""
    records = Clinician.objects.filter(Q(pk__in=kept) | Q(merged_into__in=kept))
    person = Coalesce("clinician__merged_into_id", "clinician_id")
    return rows.filter(clinician__in=records.values("pk")).annotate(person=person)


def _awarded(kept: Sequence[uuid.UUID]) -> list[tuple[uuid.UUID, TranscriptLine]]:
    rows = _of_people(CreditEntry.objects.select_related("activity", "system", "offer"), kept)
    held: dict[tuple[uuid.UUID, str], list[Any]] = {}
    for entry in rows.order_by("entered_at", "pk"):
        held.setdefault((entry.registration_id, entry.system_id), []).append(entry)
    standing = [each for each in held.values() if sum(e.amount for e in each) > 0]
    papers = _papers(entries[0].registration_id for entries in standing)
    subjects = _subjects(entries[0].activity_id for entries in standing)
    return [(entries[0].person, _line(entries, papers, subjects)) for entries in standing]


def _line(
    entries: Sequence[CreditEntry],
    papers: dict[uuid.UUID, Certificate],
    subjects: dict[uuid.UUID, list[tuple[str, Decimal]]],
) -> TranscriptLine:
    first, amount = entries[0], sum((e.amount for e in entries), Decimal(0))
    activity = first.activity
    is_own_time = first.offer.format_key != LIVE
    claimed_on = day_at(first.entered_at, activity.zone)
    paper = papers.get(first.registration_id)
    says_it = paper and paper.entry and paper.entry.system_id == first.system_id
    return TranscriptLine(
        claimed_on if is_own_time else activity.wall_starts.date(),
        activity.title,
        str(paper.printed["provider"]) if paper else this_organisation().name,
        first.system,
        amount,
        str(paper) if paper else "",
        is_external=False,
        certificate=paper if says_it else None,
        subjects=tuple((s, min(h, amount)) for s, h in subjects.get(first.activity_id, ())),
    )


def _papers(registrations: Iterable[uuid.UUID]) -> dict[uuid.UUID, Certificate]:
    """The certificate of each that stands."""
    rows = Certificate.objects.filter(registration__in=list(registrations)).current_versions()
    standing = rows.filter(revocations=None).select_related("entry")
    return {each.registration_id: each for each in standing}


def _subjects(activities: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[tuple[str, Decimal]]]:
    found: dict[uuid.UUID, list[tuple[str, Decimal]]] = {}
    for each in ActivitySubject.objects.filter(activity__in=list(activities)).order_by("subject"):
        found.setdefault(each.activity_id, []).append((each.subject, each.hours))
    return found


def _external(kept: Sequence[uuid.UUID]) -> list[tuple[uuid.UUID, TranscriptLine]]:
    rows = _of_people(ExternalCredit.objects.accepted(), kept)
    return [
        (
            each.person,
            TranscriptLine(
                each.earned_on,
                each.title,
                each.provider,
                each.system,
                each.amount,
                f"SHA-256 {each.sha256[:12]}",
                is_external=True,
                subjects=tuple((subject, each.amount) for subject in each.subjects),
            ),
        )
        for each in rows.select_related("system").order_by("pk")
    ]


def _imported(kept: Sequence[uuid.UUID]) -> list[tuple[uuid.UUID, TranscriptLine]]:
    """What was earned here before Symposia, under the number its certificate had then."""
    rows = _of_people(ImportedCredit.objects.standing(), kept)
    return [
        (
            each.person,
            TranscriptLine(
                each.earned_on,
                each.title,
                each.provider,
                each.system,
                each.amount,
                each.certificate_number,
                is_external=False,
                imported_from=f"{each.made.file_name}, {each.line}",
            ),
        )
        for each in rows.select_related("system", "made").order_by("pk")
    ]
