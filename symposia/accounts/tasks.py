from django.utils.timezone import now

from symposia.accounts.actions import send_sign_in_link as send_link
from symposia.accounts.actions.synced import forget_sync_steps
from symposia.accounts.queries import all_organisations
from symposia.shared.actors import job_actor
from symposia.shared.jobs import task, tick
from symposia.shared.tenancy import acting_in

_FORGETTING = job_actor("what a directory asked for")


@task("accounts.send_sign_in_link")
def send_sign_in_link(address: str) -> None:
    """Write a sign-in link to whoever signs in with this address; nobody to nobody."""
    send_link(address)


@tick("accounts.forget_sync_steps", seconds=3600)
def forget_steps() -> None:
    """What the directories asked for is looked back at for a while only."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            forget_sync_steps(at=now(), by=_FORGETTING)
