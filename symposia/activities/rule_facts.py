"""What rules ask of those in control of content, of what learners are told, and of the content.

A number counts whose role begins with the next step: planners while it is planned, everybody once
it is approved, as Standard 3 says ("before they assume their roles") and as the rail does.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import translation

from symposia.activities.control import InControl, exemption_of, in_control_of, statements_of
from symposia.activities.disclosing import objection_to_roles
from symposia.activities.models import Activity, State
from symposia.activities.queries import activity_known, organisation_of
from symposia.activities.reviewed import contents_of
from symposia.activities.telling import statement_text
from symposia.compliance.facts import knows_facts


@knows_facts("activity", "disclosures")
def facts_of_disclosures(activity_id: uuid.UUID) -> Mapping[str, Any]:
    """Who has not disclosed, who is excluded, what is open; nothing where none is asked for."""
    activity = activity_known(activity_id)
    if not activity.is_independent or exemption_of(activity):
        return {}
    everybody = in_control_of(activity)
    due = everybody if activity.is_approved_on else [p for p in everybody if p.is_planner]
    if not due:
        return {}
    facts = {
        "disclosures_missing": sum(p.condition in {"missing", "expired"} for p in due),
        "excluded_people": sum(_is_excluded(p) for p in due),
        # What nobody has decided of counts as relevant until somebody does.
        "relationships_unmitigated": sum(
            m.condition in {"undecided", "unmitigated"} for p in due for m in p.matters
        ),
    }
    if activity.is_approved_on:
        facts["learner_disclosure_missing"] = _is_untold(activity, everybody)
    return facts


@knows_facts("activity", "content")
def facts_of_content(activity_id: uuid.UUID) -> Mapping[str, Any]:
    """How many content items no reviewer released; nothing while there is no content."""
    contents = contents_of(activity_known(activity_id))
    if not contents:
        return {}
    return {"content_unreviewed": sum(not each.is_released for each in contents)}


def _is_excluded(person: InControl) -> bool:
    return any(matter.condition == "excluded" for matter in person.matters)


def _is_untold(activity: Activity, people: Sequence[InControl]) -> bool:
    """Before it opens: whether the statement could not be made; then: whether it is not true."""
    if activity.state == State.APPROVED:
        return objection_to_roles(people) is not None
    told = statements_of(activity)
    return not told or told[0].text != said_to_learners(activity, people)


def said_to_learners(activity: Activity, people: Sequence[InControl]) -> str:
    """The statement as it would be locked now, in the organisation's language whoever looks."""
    with translation.override(organisation_of(activity).language):
        return statement_text(people, exemption_of(activity))
