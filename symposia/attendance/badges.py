"""Badges: the rules around their queue, the measures of their paper, and what stands on them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.attendance.models import Badge, BadgeDesign, BadgeField, BadgeSize
from symposia.registrations.models import Registration
from symposia.shared.refusals import Objection
from symposia.work.kinds import PICTURES, kind_of

FILE = Path(__file__).resolve().with_name("badge_sizes.json")
# Below the name there is room for so much.
MOST_LINES = 3
LARGEST_LOGO = 200 * 1024

NO_DESIGN = Objection("badge_no_design", _("Say first how the badges of this activity look."))
NO_SUCH_SIZE = Objection("badge_size", _("Choose one of the sizes of paper."))
TOO_MUCH = Objection("badge_lines", _("Below the name there is room for %(n)s lines, each once."))
NO_LOGO = Objection("badge_logo", _("The logo is a PNG or JPEG of at most 200 KB."))
NOTHING_WAITS = Objection("badge_nothing_waits", _("No badge waits for the printer."))
HAS_BADGE = Objection(
    "badge_printed_before", _("This badge was printed before. Say why it is printed again.")
)
WAITS_ALREADY = Objection("badge_waits", _("This badge waits for the printer already."))
NO_PLACE = Objection("badge_no_place", _("Only who has a place gets a badge."))
NOBODY_WITHOUT = Objection(
    "badge_nobody_without", _("Everybody with a place has a badge, or one that waits.")
)
NONE_CHOSEN = Objection("badge_none_chosen", _("Choose the badges that are not to be printed."))
NOT_WAITING = Objection("badge_not_waiting", _("This badge does not wait any more."))


@dataclass(frozen=True)
class Paper:
    """The measures of a size, in millimetres; the name in points."""

    width: int
    height: int
    margin: int
    name: int


@lru_cache(maxsize=1)
def papers() -> Mapping[str, Paper]:
    """The sizes by their code."""
    known = json.loads(FILE.read_text(encoding="utf-8"))["sizes"]
    return {code: Paper(**measures) for code, measures in known.items()}


def objection_to_design(size: str, shows: Sequence[str]) -> Objection | None:
    """Why badges cannot look so."""
    if size not in BadgeSize.values:
        return NO_SUCH_SIZE
    is_known = set(shows) <= set(BadgeField.values) and len(set(shows)) == len(shows)
    return None if is_known and len(shows) <= MOST_LINES else TOO_MUCH.about(n=MOST_LINES)


def objection_to_logo(content: bytes | None) -> Objection | None:
    """Why a file is no logo."""
    if content is None:
        return None
    return None if kind_of(content, PICTURES) and len(content) <= LARGEST_LOGO else NO_LOGO


def objection_to_queueing(
    registration: Registration, badges: Sequence[Badge], *, reason: str
) -> Objection | None:
    """Why a badge does not go to the printer."""
    states = {one.state for one in badges}
    objections = (
        (not registration.is_confirmed, NO_PLACE),
        ("waiting" in states, WAITS_ALREADY),
        ("printed" in states and not reason.strip(), HAS_BADGE),
    )
    return next((objection for holds, objection in objections if holds), None)


def objection_to_dropping(badge: Badge) -> Objection | None:
    """Only what waits is taken out of the queue."""
    return None if badge.state == "waiting" else NOT_WAITING


def design_of(activity: Activity) -> BadgeDesign | None:
    """How the badges of an activity look, if somebody has said."""
    return BadgeDesign.objects.of(activity).select_related("logo").first()


def without_badge(activity: Activity) -> list[Registration]:
    """Everybody with a place for whom no badge was printed or waits, by name."""
    have = Badge.objects.of(activity).exclude(state="dropped").values("registration")
    places = Registration.objects.of(activity).confirmed().with_people().exclude(pk__in=have)
    return list(places.order_by("clinician__search_text", "pk"))


def lines_of(design: BadgeDesign, registration: Registration) -> list[str]:
    """What stands below a name, as far as it is known."""
    clinician = registration.clinician
    said: dict[str, Any] = {
        BadgeField.CREDENTIAL: clinician.credential,
        BadgeField.INSTITUTION: str(clinician.institution or ""),
        BadgeField.PROFESSION: clinician.get_profession_display(),
        BadgeField.CITY: clinician.city,
        BadgeField.ACTIVITY: registration.activity.title,
        BadgeField.NUMBER: registration.ticket_code,
    }
    return [str(said[name]) for name in design.shows if said[name]]
