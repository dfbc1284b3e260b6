"""A coordinator who is signed in, in an organisation with people."""

from django.test import Client

from benchmarks.people import activity, clinicians, places
from symposia.accounts.models import Organisation
from symposia.activities.models import Activity
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member


class Office:
    """So many people in the directory, all with a place in one activity."""

    def __init__(self, size: int) -> None:
        self.organisation: Organisation = OrganisationFactory()
        self.user = member(self.organisation, "coordinator")
        with acting_in(self.organisation.pk):
            self.activity: Activity = activity(None)
            self.people = clinicians(size)
            places(self.activity, self.people)
        self.client = Client(headers={"host": "localhost"})
        self.client.force_login(self.user)

    def cookie(self, port: int) -> str:
        """What a browser that signed in at this port would send: cookies are named after it."""
        return f"symposia_session_{port}={self.client.session.session_key}"
