"""What the organisations of the demonstration have decided where codes leave it to them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from symposia.activities.models import Activity
from symposia.activities.queries import rule_facts_of, rule_subject_of
from symposia.compliance.actions.drafting import (
    NewVersion,
    add_value,
    begin_version,
    propose_version,
)
from symposia.compliance.actions.evaluating import state_facts
from symposia.compliance.actions.own_values import OwnValue, propose_value, set_own_parameter
from symposia.compliance.actions.values import RestrictionFacts, add_restriction
from symposia.compliance.drafts import ValueEdit
from symposia.compliance.queries.screens import pack_in_force
from symposia.directory.actions.clinicians import add_clinician
from symposia.directory.models import Clinician
from symposia.shared.actors import SYSTEM, Actor

SPEAKERS = ("Vinay Gokhale", "Ritu Menon", "Harish Pillai", "Farah Contractor")
CAPS = (
    ("in-ucpmp", "meal_cap", "3000"),
    ("organisation-policy", "own_head_cap", "15000"),
    ("organisation-policy", "speaker_count_cap", "4"),
    ("organisation-policy", "speaker_pay_cap", "200000"),
    ("organisation-policy", "speaker_count_rolling", "5"),
    ("organisation-policy", "cooling_days", "10"),
    ("organisation-policy", "fewest_people", "5"),
    ("organisation-policy", "most_people", "60"),
    ("organisation-policy", "people_per_speaker", "4"),
    ("organisation-policy", "most_stars", "4"),
)
# What planners state because no record holds it.
OF_PROVIDER = {"commercial_support": False, "marketing_alongside": False}
OF_COMPANY = {"gifts": False, "guests": False, "dearest_item": "900"}


def add_speakers(names: Collection[str], by: Actor) -> None:
    """The doctors who speak at the company's meetings stand in its directory."""
    there = set(Clinician.objects.filter(full_name__in=names).values_list("full_name", flat=True))
    for name in (each for each in names if each not in there):
        add_clinician(
            by=by,
            full_name=name,
            profession="physician",
            credential="MD DM",
            specialty="Cardiology",
            country="IN",
        )


def decide_rules(by: Actor, today: datetime) -> None:
    """Caps of the company, one that waits for a second person, and a restricted product."""
    first = today.date().replace(month=1, day=1)
    reason = "Policy on meetings with doctors, section 4 (demonstration)"
    for code, name, value in CAPS:
        shown = pack_in_force(code, today.date())
        if shown is None:
            raise LookupError(code)
        set_own_parameter(
            shown.pack, name, value=value, effective_from=first, reason=reason, by=SYSTEM
        )
    policy = pack_in_force("organisation-policy", today.date())
    if policy is None:
        raise LookupError("organisation-policy")
    begins = today.date() + timedelta(days=30)
    propose_value(policy.pack, "attendee_rolling", OwnValue("8", begins, reason), by=by)
    what = RestrictionFacts(
        "product", "Not approved in India yet (demonstration)", first, words="Corvalan"
    )
    add_restriction(what, by=by)


def propose_lower_cap(by: Actor, today: datetime) -> None:
    """A version that waits for a second person: it would block a plan that holds today."""
    shown = pack_in_force("in-ucpmp", today.date())
    if shown is None:
        raise LookupError("in-ucpmp")
    begins = today.date() + timedelta(days=20)
    reason = "The company lowers its cap for items below that of the code (demonstration)"
    draft = begin_version(shown.row, NewVersion("own-1", begins, reason), by=by)
    edit = ValueEdit("800", begins, "Own policy on items, section 6 (demonstration)", "to_verify")
    draft = add_value(draft, "item_cap", edit, seen_revision=draft.revision, by=by)
    propose_version(draft, seen_sha256=draft.sha256, by=by)


def state_what_is_known(activity: Activity, *, by: Actor) -> None:
    """What the planner answers to the questions of the rules."""
    answers = OF_PROVIDER if activity.is_independent else OF_COMPANY
    state_facts(rule_subject_of(activity), answers, facts=rule_facts_of(activity), by=by)
