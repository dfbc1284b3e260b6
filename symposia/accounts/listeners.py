"""What administrators are told of that happened below."""

from django.utils.timezone import now

from symposia.accounts.letters import tell_of_sender_domain
from symposia.accounts.queries import administrators, this_organisation
from symposia.notifications.events import SenderDomainFailed
from symposia.shared.actors import job_actor
from symposia.shared.events import listens_to

BY = job_actor("checks of sender domains")


@listens_to(SenderDomainFailed)
def tell_administrators(_event: SenderDomainFailed) -> None:
    """Mail leaves from another address: whoever can mend the records hears of it."""
    tell_of_sender_domain(this_organisation(), administrators(now()), by=BY)
