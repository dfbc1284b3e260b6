import uuid
from datetime import timedelta

import structlog
from django.utils.timezone import now

from symposia.accounts.queries import all_organisations
from symposia.finance.actions.charges import charge_registration, lapse_unpaid
from symposia.finance.actions.checkouts import reconcile_checkouts
from symposia.finance.actions.reminders import remind_in_time
from symposia.finance.cards import provider
from symposia.finance.models import Checkout
from symposia.finance.owed import charge_of
from symposia.registrations.queries import registration_of
from symposia.shared.actors import job_actor
from symposia.shared.jobs import task, tick
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in

BY = job_actor("finance")
log = structlog.get_logger("symposia.cards")
# So long the provider may take to tell us by itself.
PATIENCE = timedelta(minutes=15)


@task("finance.charge_registration")
def charge(registration_id: str) -> None:
    """Charge whoever has a place what it costs."""
    charge_registration(registration_of(uuid.UUID(registration_id)), by=BY)


@task("finance.lapse_unpaid")
def lapse(charge_id: str) -> None:
    """A place that is not paid by its day goes on, where that was settled."""
    lapse_unpaid(charge_of(uuid.UUID(charge_id)), by=BY)


@task("finance.remind_of_fee")
def remind(charge_id: str) -> None:
    """Write to whoever has not paid before the last day."""
    remind_in_time(charge_of(uuid.UUID(charge_id)), by=BY)


@tick("finance.reconcile_cards", seconds=3600)
def reconcile_cards() -> None:
    """Ask the provider for payments of which it told nothing."""
    cards = provider()
    if cards is None:
        return
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            late = list(Checkout.objects.begun().filter(begun_at__lt=now() - PATIENCE)[:100])
            try:
                reconcile_checkouts(late, cards, by=BY)
            except Refused as refused:
                log.warning("cards_not_reconciled", because=str(refused))
