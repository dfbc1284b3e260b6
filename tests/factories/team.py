import factory
from factory.django import DjangoModelFactory

from symposia.activities.actions.disclosures import DisclosureFacts, give_disclosure
from symposia.activities.actions.team import enter_contributor
from symposia.activities.control import in_control_of
from symposia.activities.models import Contributor, TeamMember
from symposia.shared.actors import SYSTEM
from tests.factories.activities import ActivityFactory


class ContributorFactory(DjangoModelFactory):
    """Somebody from outside the directory who controls content."""

    class Meta:
        model = Contributor

    name = factory.Sequence("Dr Anil Bose {}".format)
    email = factory.Sequence("anil.bose{}@example.org".format)


class TeamMemberFactory(DjangoModelFactory):
    class Meta:
        model = TeamMember

    activity = factory.SubFactory(ActivityFactory)
    contributor = factory.SubFactory(ContributorFactory)
    role = "planner"


def disclose_nothing(activity):
    """Whoever teaches at an activity has nothing to disclose."""
    for person in in_control_of(activity):
        who = enter_contributor(name=person.name, by=SYSTEM)
        give_disclosure(who, DisclosureFacts(nothing=True, attested=True), by=SYSTEM)
