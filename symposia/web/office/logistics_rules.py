"""What the rules say of an arrangement while it is being typed."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

from symposia.accounts.queries import this_organisation
from symposia.activities.models import Activity, Arrangement
from symposia.activities.queries import rule_facts_of, rule_subject_of
from symposia.compliance.facts import people_of
from symposia.compliance.lists import RESULT_TONES
from symposia.compliance.models import Finding
from symposia.compliance.queries.evaluations import facts_known, findings_on, in_order
from symposia.finance.queries import figures_for_rules
from symposia.shared.ids import uuid7
from symposia.shared.money import Money
from symposia.web.office.logistics_forms import ArrangementForm, stretch


@dataclass(frozen=True)
class Said:
    """The cost of one person, and what each rule about it says."""

    per_head: Money | None
    per_night: Money | None
    findings: list[tuple[Finding, str]]


def said_by_rules(
    activity: Activity, form: ArrangementForm, before: Arrangement | None
) -> Said | None:
    """Nothing while the form says no cost yet."""
    draft = _draft(activity, form, before)
    if draft is None or not draft.cost_minor:
        return None
    organisation, subject = this_organisation(), rule_subject_of(activity)
    people = people_of(subject.type, subject.id)
    facts = facts_known(subject, rule_facts_of(activity), people, organisation)
    figures = figures_for_rules(activity.pk, draft)
    facts |= {name: figure for name, figure in figures.items() if figure is not None}
    found = in_order(findings_on(subject, facts, organisation, localdate()))
    return Said(
        draft.per_head,
        draft.per_night,
        [(each, RESULT_TONES[each.result]) for each in found if figures.keys() & set(each.facts)],
    )


def _draft(
    activity: Activity, form: ArrangementForm, before: Arrangement | None
) -> Arrangement | None:
    """The arrangement as the form has it, whether or not all of it is right yet."""
    if not form.is_bound:
        return before
    form.is_valid()
    said: dict[str, Any] = form.cleaned_data
    if not {"kind", "heads", "cost"} <= said.keys() or said["cost"] is None:
        return None
    starts, ends = stretch(said)
    return Arrangement(
        id=before.pk if before else uuid7(),
        activity=activity,
        kind=said["kind"],
        heads=said["heads"],
        cost_minor=Money(said["cost"], form.currency).minor,
        currency=form.currency,
        wall_starts=starts,
        wall_ends=ends,
    )


def heard(text: str) -> list[uuid.UUID]:
    """The id that a form sent, if it is one."""
    try:
        return [uuid.UUID(text)]
    except ValueError:
        return []
