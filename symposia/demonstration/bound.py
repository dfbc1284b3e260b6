"""What the demonstration shows to accreditors: two binders, guests who read one of them, and what
is held."""

from datetime import datetime, timedelta

import time_machine
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.demonstration.thread import Cast
from symposia.reporting.actions.binders import choose_binder, draw_binder, keep_edition
from symposia.reporting.actions.guests import (
    invite_reviewer,
    note_binder_opening,
    revoke_reviewer,
)
from symposia.reporting.actions.holds import lift_hold, put_hold
from symposia.reporting.binding import bind_activity, bind_programme
from symposia.reporting.drawing import DrawRule
from symposia.reporting.models import Binder
from symposia.reporting.queries import activities_bound, candidates
from symposia.shared.actors import Actor

TITLE = "Reaccreditation: the sample of the year"
REVIEWERS = (
    ("Dr. Lena Marsh", "lena.marsh@reviewers.example.net"),
    ("Prof. Ade Coker", "ade.coker@reviewers.example.net"),
)


def tell_bound(cast: Cast, held: Activity, today: datetime) -> None:
    """The office binds what was held and lets reviewers read it; compliance holds what is asked
    about."""
    by, officer = cast.actor("coordinator"), cast.actor("compliance_officer")
    with time_machine.travel(cast.at_work(today, 2), tick=True):
        hold = put_hold("A question of a learner's lawyer; answered.", by=officer)
        put_hold("A complaint about the programme, under review.", activity=held, by=officer)
        lift_hold(hold, reason="The matter is settled.", by=officer)
        if cast.organisation.is_company:
            return
        rule = DrawRule(held.wall_ends.year - 1, held.wall_ends.year)
        if candidates(rule):
            _reviewed(draw_binder(TITLE, rule, seed="2026-spring", by=by), by)
        _made(choose_binder(held.title, [held.number], by=by), by)


def _reviewed(binder: Binder, by: Actor) -> None:
    """Two guests; one has read, the other's link was ended."""
    _made(binder, by)
    until = now() + timedelta(days=60)
    guests = [invite_reviewer(binder, name, address, until, by=by) for name, address in REVIEWERS]
    reader = Actor("link", guests[0].pk, guests[0].name)
    for what in ("the index", activities_bound(binder)[0].number):
        note_binder_opening(guests[0], what, by=reader)
    revoke_reviewer(guests[1], by=by)


def _made(binder: Binder, by: Actor) -> None:
    """At once, as the worker does it later."""
    activities = activities_bound(binder)
    bound = [bind_activity(each) for each in activities]
    keep_edition(binder, bound, bind_programme(activities), by=by)
