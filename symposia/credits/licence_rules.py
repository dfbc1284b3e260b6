"""Whether a licence may be tracked and a rule of one's own written: pure rules."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from symposia.credits.models import Licence, OwnPack, RequirementPack
from symposia.credits.subjects import known_subjects
from symposia.shared.refusals import Objection

# A year outside these was mistyped.
EARLIEST, LATEST = 1950, 2200
MOST_MONTHS, MOST_HOURS = 120, Decimal(2000)

CYCLE_TURNED = Objection("cycle_turned", _("A cycle ends after it begins."))
CYCLE_TOO_LONG = Objection("cycle_too_long", _("A cycle lasts at most ten years."))
NOT_OUR_TIME = Objection("cycle_far", _("These days cannot be right: write the years in full."))
TRACKED_ALREADY = Objection("licence_there", _("You track this already: %(which)s."))
NOT_OF_RULE = Objection("subject_not_asked", _("The rule does not ask for “%(subject)s”."))
ENDED_ALREADY = Objection("licence_ended", _("This licence is not tracked any more."))
SAME_DAY = Objection(
    "pack_day", _("A new version applies from a later day than the one it replaces: %(day)s.")
)
NO_NAME = Objection("pack_name", _("Write what the rule is called and who asks for it."))
NO_CYCLE = Objection("pack_cycle", _("A cycle has 1 to 120 months."))
NO_HOURS = Objection("pack_hours", _("Write how many hours a cycle asks for: more than none."))
UNKNOWN_SYSTEM = Objection("pack_system", _("No credit system has the code “%(code)s”."))
CORE_OVER = Objection("pack_core", _("What must be of certain systems is part of all hours."))
NO_SOURCE = Objection("pack_source", _("Write where the rule stands."))
REPLACED_ALREADY = Objection("pack_replaced", _("There is a later version of this rule."))
SAME_NAME = Objection("pack_there", _("There is a rule of this name from this day on."))
UNKNOWN_SUBJECT = Objection("subject_unknown", _("No rule asks for “%(subject)s”."))
NO_SUBJECT_HOURS = Objection(
    "subject_hours", _("Write how many hours are about the subject: to 999.99.")
)


@dataclass(frozen=True)
class LicenceFacts:
    """What a learner says of a licence: its rule, its number, the cycle that runs."""

    asks: RequirementPack | OwnPack
    number: str
    cycle_starts_on: date
    cycle_ends_on: date
    left_out: Collection[str] = ()


@dataclass(frozen=True)
class PackFactsIn:
    """What a rule of one's own says."""

    name: str
    authority: str
    cycle_months: int
    hours: Decimal
    valid_from: date
    citation: str
    core_hours: Decimal | None = None
    core_systems: Collection[str] = ()
    topics: list[dict[str, object]] = field(default_factory=list)
    notes: str = ""


def objection_to_licence(facts: LicenceFacts, twin: Licence | None) -> Objection | None:
    """Why a licence cannot be tracked as it is said to be."""
    if facts.cycle_starts_on.year < EARLIEST or facts.cycle_ends_on.year > LATEST:
        return NOT_OUR_TIME
    if facts.cycle_ends_on <= facts.cycle_starts_on:
        return CYCLE_TURNED
    if (facts.cycle_ends_on - facts.cycle_starts_on).days > MOST_MONTHS * 31:
        return CYCLE_TOO_LONG
    asked = {topic["topic"] for topic in facts.asks.topics}
    strange = next((each for each in facts.left_out if each not in asked), None)
    if strange is not None:
        return NOT_OF_RULE.about(subject=strange)
    return TRACKED_ALREADY.about(which=twin) if twin else None


def objection_to_ending(licence: Licence) -> Objection | None:
    """What is not tracked any more is not changed."""
    return ENDED_ALREADY if licence.ended_at else None


def objection_to_own_pack(
    facts: PackFactsIn,
    before: OwnPack | None,
    *,
    is_replaced: bool,
    is_there: bool,
    known_systems: Collection[str],
) -> Objection | None:
    """Why a rule, or a later version of one, cannot be written so."""
    core = facts.core_hours or Decimal(0)
    objections = (
        (is_replaced, REPLACED_ALREADY),
        (is_there, SAME_NAME),
        (not (facts.name.strip() and facts.authority.strip()), NO_NAME),
        (not 1 <= facts.cycle_months <= MOST_MONTHS, NO_CYCLE),
        (not 0 < facts.hours <= MOST_HOURS, NO_HOURS),
        (core > facts.hours, CORE_OVER),
        (not facts.citation.strip(), NO_SOURCE),
    )
    found = next((objection for holds, objection in objections if holds), None)
    if found is not None:
        return found
    strange = next((each for each in facts.core_systems if each not in known_systems), None)
    if strange is not None:
        return UNKNOWN_SYSTEM.about(code=strange[:60])
    if before is not None and facts.valid_from <= before.valid_from:
        return SAME_DAY.about(day=before.valid_from)
    return None


def objection_to_subjects(hours: Mapping[str, Decimal]) -> Objection | None:
    """Why an activity cannot be said to be about these subjects for so many hours."""
    strange = next((each for each in hours if each not in known_subjects()), None)
    if strange is not None:
        return UNKNOWN_SUBJECT.about(subject=strange[:60])
    fits = all(0 < each < 1000 and each == round(each, 2) for each in hours.values())
    return None if fits else NO_SUBJECT_HOURS
