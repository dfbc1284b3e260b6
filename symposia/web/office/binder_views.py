"""What a binder says, as pages show it: to the office with the ways to mend, to guests without."""

import uuid
from datetime import date
from typing import Any

from django.http import Http404

from symposia.reporting.binding import GAP, MET, state_words
from symposia.reporting.models import BinderEdition
from symposia.web.openings import link_to
from symposia.web.requests import UserRequest

_TONES = {GAP: "stop", MET: "ok"}


def summary_of(edition: BinderEdition) -> list[dict[str, Any]]:
    """Its activities with how many criteria each has, and how many lack something."""
    return [
        {**said, **_days(said), "position": position, "count": len(said["criteria"])}
        for position, said in enumerate(edition.content["activities"], start=1)
    ]


def _days(said: dict[str, Any]) -> dict[str, date]:
    """Editions keep days as they are sorted; people read them as everywhere else."""
    return {each: date.fromisoformat(said[each]) for each in ("from", "until")}


def activity_said(
    request: UserRequest | None, edition: BinderEdition, position: int
) -> dict[str, Any]:
    """What it says of one of its activities; to nobody of the office without ways to mend."""
    activities = edition.content["activities"]
    if not 1 <= position <= len(activities):
        raise Http404
    said = activities[position - 1]
    paths = {each["id"]: each for each in edition.content["files"]}
    shown = [criterion_said(request, each, paths) for each in said["criteria"]]
    return {
        **said,
        **_days(said),
        "position": position,
        "criteria": shown,
        "before": position - 1,
        "after": position + 1 if position < len(activities) else 0,
    }


def programme_said(request: UserRequest | None, edition: BinderEdition) -> list[dict[str, Any]]:
    """What it says of the provider."""
    return [criterion_said(request, each, {}) for each in edition.content["programme"]]


def criterion_said(
    request: UserRequest | None, said: dict[str, Any], files: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """One criterion with its evidence, its state in words and its files by name."""
    evidence = [
        {
            **each,
            "mend_href": _mend(request, each["mend"]),
            "kept": [files[pk] for pk in each["files"] if pk in files],
        }
        for each in said["evidence"]
    ]
    state = said["state"]
    return {
        **said,
        "evidence": evidence,
        "tone": _TONES.get(state, ""),
        "words": state_words(state),
    }


def _mend(request: UserRequest | None, mend: list[Any] | None) -> str:
    """Where it is mended, for whoever may open that page."""
    if request is None or not mend:
        return ""
    name, arguments = mend
    return link_to(request.access, name, [uuid.UUID(each) for each in arguments])
