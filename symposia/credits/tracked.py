"""The licences people track, each with its arithmetic; and what of the catalogue would help."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from symposia.credits.catalogue import Listed, open_to_everybody
from symposia.credits.models import ActivitySubject, Licence, OwnPack, RequirementPack
from symposia.credits.tracking import Asked, Cycle, Earned, Progress, asked_of, progress_of
from symposia.credits.transcripts import TranscriptLine, lines_of_people
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration

# A page suggests so many; more is the catalogue itself.
SUGGESTED = 6


@dataclass(frozen=True)
class Tracked:
    """A licence and how far its holder is."""

    licence: Licence
    progress: Progress


def tracked(licences: Iterable[Licence]) -> list[Tracked]:
    """Each licence with its arithmetic; the credit of all holders is read at once."""
    held = list(licences)
    earned = earned_by(each.clinician for each in held)
    return [Tracked(each, progress_for(each, earned[each.clinician_id])) for each in held]


def progress_for(
    licence: Licence, earned: Sequence[Earned], asked: Asked | None = None
) -> Progress:
    """The arithmetic of a licence under its own rule, or under another that is tried."""
    cycle = Cycle(licence.cycle_starts_on, licence.cycle_ends_on)
    return progress_of(asked or asked_of(licence.asks), cycle, earned, left_out=licence.left_out)


def earned_by(clinicians: Iterable[Clinician]) -> dict[uuid.UUID, list[Earned]]:
    """What several people hold, by the record their licence stands under."""
    kept = {each.pk: each.merged_into_id or each.pk for each in clinicians}
    lines = lines_of_people(set(kept.values()))
    return {pk: [_earned(line) for line in lines[into]] for pk, into in kept.items()}


def _earned(line: TranscriptLine) -> Earned:
    return Earned(line.on, line.system.code, line.amount, dict(line.subjects), line.title)


def licences_of(clinician: Clinician) -> list[Tracked]:
    """What one person tracks, the nearest end first."""
    return tracked(Licence.objects.of(clinician).held())


@dataclass(frozen=True)
class Suggestion:
    """An activity of the catalogue, which open needs it would count for, and whether whoever holds
    the licence has a place there already, or waits for one."""

    listed: Listed
    subjects: tuple[str, ...]
    credit: Decimal
    is_planned: bool


@dataclass(frozen=True)
class _Coming:
    """What the catalogue holds, the subjects of each, and where the person has a place."""

    listed: Sequence[Listed]
    subjects: Mapping[uuid.UUID, Sequence[str]]
    planned: frozenset[uuid.UUID]


def what_would_help(held: Sequence[Tracked], at: datetime) -> dict[uuid.UUID, list[Suggestion]]:
    """For each licence of one person that lacks something: activities that anybody may ask for a
    place at, before the cycle ends, that count for it; those about a missing subject first."""
    lacking = [each for each in held if each.progress.open_needs]
    if not lacking:
        return {}
    listed = open_to_everybody("", at=at)
    planned = Registration.objects.current().filter(
        clinician=lacking[0].licence.clinician_id,
        activity__in=[each.activity.pk for each in listed],
    )
    ids = frozenset(planned.values_list("activity", flat=True))
    coming = _Coming(listed, _subjects_of(listed), ids)
    return {each.licence.pk: _helping(each, coming) for each in lacking}


def _helping(each: Tracked, coming: _Coming) -> list[Suggestion]:
    wanted = {need.subject for need in each.progress.open_needs}
    core = set(each.licence.asks.core_systems)
    found = []
    for listed in coming.listed:
        if not _is_in(each.progress.cycle, listed):
            continue
        pk = listed.activity.pk
        about = tuple(s for s in coming.subjects.get(pk, ()) if s in wanted)
        counts_whole = "" in wanted or ("core" in wanted and bool(listed.systems & core))
        credit = max((offer.maximum for offer in listed.offers), default=Decimal(0))
        if about or (counts_whole and credit):
            found.append(Suggestion(listed, about, credit, pk in coming.planned))
    found.sort(key=lambda s: (-len(s.subjects), s.listed.activity.starts_at))
    return found[:SUGGESTED]


def _is_in(cycle: Cycle, listed: Listed) -> bool:
    on: date = listed.activity.wall_starts.date()
    return on <= cycle.ends_on


def _subjects_of(coming: Sequence[Listed]) -> dict[uuid.UUID, list[str]]:
    ids = [each.activity.pk for each in coming]
    found: dict[uuid.UUID, list[str]] = {}
    for line in ActivitySubject.objects.filter(activity__in=ids).order_by("subject"):
        found.setdefault(line.activity_id, []).append(line.subject)
    return found


@dataclass(frozen=True)
class RuleImpact:
    """Who tracks a rule, and how many are done by it as it is and as it would be."""

    holders: int
    done_before: int
    done_after: int
    newly_open: tuple[str, ...]


def impact_of(before: OwnPack, after: Asked) -> RuleImpact:
    """What a change of a rule would do to whoever tracks it today."""
    held = list(Licence.objects.held().filter(own_pack=before).with_packs().order_by("pk"))
    earned = earned_by(each.clinician for each in held)
    now_, then, opened = 0, 0, []
    for each in held:
        was = progress_for(each, earned[each.clinician_id]).is_done
        will = progress_for(each, earned[each.clinician_id], after).is_done
        now_, then = now_ + was, then + will
        if was and not will:
            opened.append(each.clinician.full_name)
    return RuleImpact(len(held), now_, then, tuple(opened))


def packs_in_force(on: date) -> list[RequirementPack | OwnPack]:
    """Every rule that can be tracked on a day, the organisation's own first."""
    return [*OwnPack.objects.in_force(on), *RequirementPack.objects.in_force(on)]


def pack_by_key(key: str) -> RequirementPack | OwnPack | None:
    """A rule by the key a form or a program names it with."""
    shipped = RequirementPack.objects.filter(pk=key).first()
    if shipped is not None:
        return shipped
    try:
        return OwnPack.objects.filter(pk=uuid.UUID(key)).first()
    except ValueError:
        return None
