from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from symposia.reporting.models import BodyAccount, DueReport, LearnerIdentity
from tests.factories.accounts import day_here
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory


class DueReportFactory(DjangoModelFactory):
    """A report of activities to PARS, owed in ten days."""

    class Meta:
        model = DueReport

    activity = factory.SubFactory(ActivityFactory, state="held")
    kind = "pars_activities"
    due_on = factory.LazyFunction(lambda: day_here() + timedelta(days=10))
    rule = "By 31 March of the next year"


class BodyAccountFactory(DjangoModelFactory):
    class Meta:
        model = BodyAccount

    body = "pars"
    provider_number = "0004567"
    changed_by_name = "Avery Example"


class LearnerIdentityFactory(DjangoModelFactory):
    class Meta:
        model = LearnerIdentity

    clinician = factory.SubFactory(ClinicianFactory)
    given_name = "Avery"
    family_name = "Example"
    born = "1970-03-31"
    changed_by_name = "Avery Example"
