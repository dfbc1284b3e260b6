"""Activities as they are made of the rows of a file: held long ago, closed, marked as imported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity, State
from symposia.activities.models.activities import DeliveryForm
from symposia.activities.modes import Mode
from symposia.credits.models import CreditOffer
from symposia.reporting.models import (
    ActivityFacts,
    CommercialSupport,
    ImportedActivity,
    Providership,
)
from symposia.reporting.past.judging import Judged
from symposia.shared.money import Money
from symposia.shared.times import at_venue
from symposia.work.models import Import

# Files of the past say days; what lies between is the working day of their organisation.
_BEGINS, _ENDS = time(8), time(17)
_ONLINE = {"webinar", "internet_enduring"}
# Kept beside the activity, as the file said it.
_FACTS = ("physicians", "others", "amount", "designed", "measured")


@dataclass(frozen=True)
class Made:
    """One activity with everything that its row said of it."""

    activity: Activity
    mark: ImportedActivity
    facts: ActivityFacts
    gifts: Sequence[CommercialSupport]
    offer: CreditOffer | None


def made_of(
    judged: Judged, number: str, *, made: Import, organisation: Organisation, by_name: str
) -> Made:
    """The records of a row, not written yet."""
    said = judged.read.facts
    activity = _activity(said, number, organisation)
    mark = ImportedActivity(
        activity=activity,
        made=made,
        line=judged.read.line,
        old_number=said["old_number"],
        body_number=said["body_number"],
        facts={name: _plain(said[name]) for name in _FACTS},
    )
    facts = ActivityFacts(
        activity=activity,
        region=said["region"],
        providership=said["providership"] or Providership.DIRECT,
        joint_with=said["joint_with"] if said["providership"] == Providership.JOINT else "",
        has_support=True if said["supporters"] else said["supported"],
        designed_for=said["designed"],
        measured=said["measured"],
        body_number=said["body_number"],
        changed_by_name=by_name,
    )
    gifts = [_gift(activity, each, organisation, by_name) for each in said["supporters"]]
    return Made(activity, mark, facts, gifts, _offer(activity, judged))


def _plain(value: Any) -> Any:
    return value if isinstance(value, list | int) or value is None else str(value)


def _activity(said: Any, number: str, organisation: Organisation) -> Activity:
    starts = datetime.combine(said["starts_on"], _BEGINS)
    ends = datetime.combine(said["ends_on"] or said["starts_on"], _ENDS)
    learners = (said["physicians"] or 0) + (said["others"] or 0)
    online = said["type"] in _ONLINE
    return Activity(
        number=number,
        title=said["title"],
        summary=said["summary"],
        mode=Mode.INDEPENDENT,
        type=said["type"],
        wall_starts=starts,
        wall_ends=ends,
        zone=organisation.zone,
        starts_at=at_venue(starts, organisation.zone),
        ends_at=at_venue(ends, organisation.zone),
        delivery=DeliveryForm.ONLINE if online else DeliveryForm.IN_PERSON,
        city=said["city"],
        country=said["country"] or organisation.country,
        expected_attendance=learners,
        state=State.CLOSED,
    )


def _gift(
    activity: Activity, said: Any, organisation: Organisation, by_name: str
) -> CommercialSupport:
    source, amount = said
    money = Money(amount, organisation.currency)
    return CommercialSupport(
        activity=activity,
        source=source,
        amount_minor=money.minor,
        currency=organisation.currency,
        in_kind="" if amount else "in kind",
        noted_by_name=by_name,
    )


def _offer(activity: Activity, judged: Judged) -> CreditOffer | None:
    amount, system = judged.read.facts["amount"], judged.system
    if system is None or not amount:
        return None
    return CreditOffer(
        activity=activity,
        system=system,
        learning_format=str(activity.get_type_display()),
        creditable_minutes=int(amount * 60),
        maximum=amount,
    )
