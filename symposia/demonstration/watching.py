"""What is watched in the demonstration: who looked as whom, who met the wall, a route proposed."""

from collections.abc import Mapping
from datetime import datetime

import time_machine
from django.utils.timezone import now

from symposia.accounts.actions.support import (
    SupportFacts,
    note_page_seen,
    start_support,
    stop_support,
)
from symposia.accounts.memberships import member_of_user
from symposia.accounts.models import User
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.activities.actions.wall import note_meeting
from symposia.activities.encounters import met_by
from symposia.activities.models import Activity
from symposia.approvals.actions import RouteFacts, propose_route
from symposia.approvals.conditions import conditions_in
from symposia.approvals.models import Meaning, Step
from symposia.demonstration.thread import Cast

OUTSIDE = ("supporter", "brand_manager", "field_representative")
# A small one would need two signatures instead of three, if two people agree to that.
SMALL = "budget.total at most 60000 INR"
WHY = "She asks why the list of places shows her nothing."


def tell_watching(cast: Cast, held: Activity, today: datetime) -> None:
    """Somebody looked as the coordinator for some minutes; others stood before the wall."""
    with time_machine.travel(cast.at_work(today, 1), tick=True):
        _look_as(cast.team["administrator"], cast.team["coordinator"], held)
        for role in OUTSIDE:
            if role in cast.team:
                _meet_wall(cast, role, held)
        if "deputy" in cast.team:
            _propose_route(cast.team)


def _look_as(administrator: User, person: User, held: Activity) -> None:
    membership = member_of_user(person)
    if membership is None:
        raise LookupError(person.email)
    by = administrator.actor()
    facts = SupportFacts(WHY, 15)
    view = start_support(administrator, membership, facts, factor="totp", by=by)
    for page in ("/today/", f"/activities/{held.pk}/people/"):
        note_page_seen(view, page, by=by)
    stop_support(view, by=by)


def _meet_wall(cast: Cast, role: str, held: Activity) -> None:
    """Whoever may not see the people of an activity asks for them."""
    user = cast.team[role]
    access = access_of(user, cast.organisation, at=now())
    wanted = [Permission.VIEW_PEOPLE_OF_ACTIVITY]
    met = met_by(access, wanted, [held.pk]) if access else None
    if met:
        note_meeting(met, page=f"/activities/{held.pk}/people/", by=user.actor())


def _propose_route(team: Mapping[str, User]) -> None:
    steps = [
        Step("Compliance", "compliance_officer", True, Meaning.COMPLIANCE),
        Step("Finance", "finance_officer", False, Meaning.BUDGET, beside=True, covers=["budget"]),
    ]
    facts = RouteFacts("activity", "Small meetings", steps, "small", 10, conditions_in(SMALL), ())
    propose_route(facts, by=team["deputy"].actor())
