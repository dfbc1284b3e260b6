"""What the page around a package begins with: its parts, and each document as it was left."""

from typing import Any

from django.conf import settings

from symposia.learning.models import Package, PackageAttempt
from symposia.learning.scorm.resuming import begins_with


def launch_of(attempt: PackageAttempt, item: str = "") -> dict[str, Any]:
    """What a learner goes on with. To the package they are a number of this attempt, and a name."""
    learner = (attempt.pk.hex, attempt.registration.clinician.called)
    opened = _chosen(attempt.package, item or attempt.item)
    part = _part(attempt.package, opened, learner, attempt.states)
    tip = str(attempt.tip) if attempt.tip else None
    return part | {"version": attempt.version, "tip": tip, "keeps": True}


def looking_at(package: Package, item: str = "") -> dict[str, Any]:
    """What whoever only looks begins with: nothing of it is kept."""
    part = _part(package, _chosen(package, item), ("look", "Preview"), {})
    return part | {"version": 0, "tip": None, "keeps": False}


def _chosen(package: Package, item: str) -> dict[str, Any]:
    """The part of this name; where there is none, the first one."""
    opened = package.opened
    return next((each for each in opened if each["id"] == item), opened[0])


def _part(
    package: Package, opened: dict[str, Any], learner: tuple[str, str], states: dict[str, Any]
) -> dict[str, Any]:
    return {
        "origin": settings.ORIGIN,
        "standard": package.standard,
        "item": opened["id"],
        "title": opened["title"],
        "href": opened["href"],
        "isSco": opened["is_sco"],
        "cmi": begins_with(package.standard, opened, states.get(opened["id"], {}), learner),
    }
