"""A department of the hospital in the hands of one of its doctors."""

from datetime import datetime, timedelta

import time_machine
from django.utils.timezone import now

from symposia.accounts.memberships import member_of_user
from symposia.accounts.queries import local_day
from symposia.demonstration.thread import Cast
from symposia.directory.actions.staff import (
    Appointment,
    StaffGroupFacts,
    appoint_manager,
    list_staff,
    make_staff_group,
)
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration

NAME = "Hospital medicine, ward 4"
PEOPLE = 12


def tell_ward(cast: Cast, today: datetime) -> None:
    """The learner looks after the people of a ward: some with places, some who track a licence."""
    office = cast.actor("coordinator")
    lead = Clinician.objects.get(user=cast.team["learner"])
    with time_machine.travel(cast.at_work(today, 2), tick=True):
        group = make_staff_group(StaffGroupFacts(NAME), by=office)
        first = local_day(now()) - timedelta(days=200)
        for person in [lead, *_colleagues(lead)]:
            list_staff(group, person, first, by=office)
        hands = Appointment(local_day(now()), sees_licences=True)
        if colleague := member_of_user(cast.team["learner"]):
            appoint_manager(group, colleague, hands, by=office)


def _colleagues(lead: Clinician) -> list[Clinician]:
    """People with places, those whose licences run first."""
    placed = Registration.objects.current().values("clinician")
    people = Clinician.objects.active().filter(pk__in=placed, merged_into=None)
    return list(people.exclude(pk=lead.pk).exclude(email="").order_by("email")[: PEOPLE - 1])
