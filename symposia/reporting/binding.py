"""A binder put together: criterion by criterion what was found of each activity, what is missing,
and every file that shows it. What it says is kept as it was made; nobody who learned is named."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from symposia.activities.models import Activity
from symposia.activities.reading import one_reading
from symposia.reporting.criteria import PROGRAMME, Criterion, criteria_for
from symposia.reporting.evidence import KINDS, OF_PROGRAMME
from symposia.reporting.evidence.before import with_the_past
from symposia.reporting.evidence.parts import Found
from symposia.reporting.queries import past_of, systems_offered
from symposia.shared.archives import free_path, safe_name
from symposia.shared.lists import Words
from symposia.work.models import StoredFile

BODIES = {
    "accme": "ACCME",
    "ama": "AMA PRA",
    "ja": "Joint Accreditation",
    "acpe": "ACPE",
    "ancc": "ANCC",
    "eaccme": "UEMS-EACCME",
    "council": "State medical council",
}
MET, GAP, SPARED = "met", "gap", "spared"
Said = dict[str, Any]


@dataclass(frozen=True)
class Bound:
    """One activity of a binder as it is bound, and the files that its evidence names."""

    said: Said
    files: Sequence[uuid.UUID]


def bind_activity(activity: Activity) -> Bound:
    """What is asked of one activity, and the evidence for each of it."""
    with one_reading():
        offered = systems_offered(activity)
        asked = criteria_for(activity.country, offered, activity.wall_ends.date())
        found: dict[str, Found] = {}

        past = past_of(activity)

        def read(key: str) -> Found:
            if key not in found:
                here = KINDS[key].read(activity)
                found[key] = with_the_past(key, here, past) if past else here
            return found[key]

        judged = [_judged(each, read, _named) for each in asked]
    files = list(dict.fromkeys(pk for each in found.values() for pk in each.files))
    said = {
        "id": str(activity.pk),
        "number": activity.number,
        "title": activity.title,
        "type": str(activity.get_type_display()),
        "from": f"{activity.wall_starts:%Y-%m-%d}",
        "until": f"{activity.wall_ends:%Y-%m-%d}",
        "place": ", ".join(filter(None, (activity.city, activity.country))),
        "imported": past.said_of_file if past else "",
        "criteria": judged,
        "gaps": sum(each["state"] == GAP for each in judged),
    }
    return Bound(said, files)


def bind_programme(activities: Iterable[Activity]) -> list[Said]:
    """What is asked of the provider, over the years of these activities."""
    held = list(activities)
    years = [each.wall_ends.year for each in held]
    span = (min(years), max(years))
    last = max(each.wall_ends.date() for each in held)
    systems = {system for each in held for system in systems_offered(each)}
    countries = {each.country for each in held}
    asked = {
        each.key: each
        for country in sorted(countries)
        for each in criteria_for(country, systems, last, PROGRAMME)
    }

    def read(key: str) -> Found:
        return OF_PROGRAMME[key][2](span)

    return [_judged(each, read, _named_of_programme) for each in asked.values()]


def _named(key: str) -> tuple[Words, Words]:
    return KINDS[key].title, KINDS[key].whose


def _named_of_programme(key: str) -> tuple[Words, Words]:
    return OF_PROGRAMME[key][:2]


def _judged(
    criterion: Criterion,
    read: Callable[[str], Found],
    named: Callable[[str], tuple[Words, Words]],
) -> Said:
    evidence = [_evidence(key, read(key), *named(key)) for key in criterion.evidence]
    states = {each["state"] for each in evidence}
    state = GAP if GAP in states else MET if MET in states else SPARED
    return {
        "key": criterion.key,
        "body": BODIES[criterion.body],
        "title": criterion.title,
        "old": criterion.old,
        "requires": criterion.requires,
        "citation": criterion.citation,
        "to_verify": criterion.is_to_verify,
        "state": state,
        "evidence": evidence,
    }


def _evidence(key: str, found: Found, title: Words, whose: Words) -> Said:
    state = GAP if found.gap else SPARED if found.spared else MET
    mend = [found.mend[0], [str(each) for each in found.mend[1]]] if found.mend else None
    return {
        "key": key,
        "title": str(title),
        "state": state,
        "lines": [list(line) for line in found.lines],
        "files": [str(pk) for pk in found.files],
        "gap": found.gap,
        "spared": found.spared,
        "whose": str(whose),
        "mend": mend,
    }


def gaps_in(content: Mapping[str, Any]) -> int:
    """How many criteria of a binder lack something."""
    of_programme = sum(each["state"] == GAP for each in content["programme"])
    of_activities = sum(int(each["gaps"]) for each in content["activities"])
    return int(of_programme + of_activities)


def files_in(bound: Sequence[Bound]) -> list[Said]:
    """Every file that the evidence names, each under a path of its own, with its hash."""
    wanted = {pk for each in bound for pk in each.files}
    kept = StoredFile.objects.kept().in_bulk(wanted)
    taken: set[str] = set()
    found = []
    for each in bound:
        for pk in each.files:
            if file := kept.get(pk):
                path = free_path(f"{each.said['number']}/{safe_name(file.name)}", taken)
                found.append(_file(file, path, each.said["number"]))
    return found


def _file(file: StoredFile, path: str, number: str) -> Said:
    return {
        "id": str(file.pk),
        "path": path,
        "activity": number,
        "name": file.name,
        "size": file.size,
        "sha256": file.sha256,
    }


def state_words(state: str) -> str:
    """What became of one criterion, in a word or two."""
    return {MET: _("Shown"), GAP: _("Something is missing"), SPARED: _("Does not apply")}[state]
