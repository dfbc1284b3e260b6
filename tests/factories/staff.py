"""A group of staff with somebody who looks after it, and people who work there."""

from datetime import timedelta

from django.utils.timezone import now

from symposia.accounts.memberships import member_of_user
from symposia.accounts.queries import access_of
from symposia.directory.actions.staff import (
    Appointment,
    StaffGroupFacts,
    appoint_manager,
    make_staff_group,
)
from symposia.directory.models import Affiliation
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import day_here, member
from tests.factories.directory import ClinicianFactory, InstitutionFactory


class Ward:
    """A department of a house in the hands of a learner."""

    def __init__(self, organisation, name="Cardiology ward", **appointed):
        self.organisation, self.house = organisation, InstitutionFactory()
        self.lead = member(organisation, "learner")
        facts = StaffGroupFacts(name, self.house, "Cardiology")
        self.group = make_staff_group(facts, by=SYSTEM)
        days = Appointment(day_here(), **appointed)
        self.manager = appoint_manager(self.group, member_of_user(self.lead), days, by=SYSTEM)

    @property
    def access(self):
        return access_of(self.lead, self.organisation, at=now())

    @property
    def by(self):
        return {"access": self.access, "by": self.lead.actor()}

    def works(self, department="cardiology", *, until=None, **facts):
        """Somebody who works there."""
        person = ClinicianFactory(**facts)
        Affiliation.objects.create(
            clinician=person,
            institution=self.house,
            department=department,
            from_on=day_here() - timedelta(days=9),
            until_on=until,
            added_by_name="Test",
        )
        return person
