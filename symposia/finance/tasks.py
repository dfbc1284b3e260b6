import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from symposia.accounts.queries import all_organisations
from symposia.activities.models import Activity
from symposia.finance.actions.charges import charge_registration, lapse_unpaid
from symposia.finance.actions.checkouts import settle_checkout
from symposia.finance.actions.reminders import remind_in_time
from symposia.finance.cards import (
    CardProvider,
    PaymentLost,
    ProviderSilent,
    provider,
    whoever_takes_cards,
)
from symposia.finance.models import Checkout
from symposia.finance.owed import charge_of, checkouts_begun
from symposia.registrations.queries import registration_of
from symposia.shared.actors import Actor, job_actor
from symposia.shared.jobs import task, tick
from symposia.shared.tenancy import acting_in
from symposia.work.background import Progress, request_job, run_job

BY = job_actor("finance")
log = structlog.get_logger("symposia.cards")
# So long the provider may take to tell us by itself.
PATIENCE = timedelta(minutes=15)
# After so many silences one after the other the provider is down, not one payment lost.
GIVE_UP_AFTER = 5


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


@dataclass(frozen=True)
class Asking:
    """Payments whose end the provider is asked for, and whom to tell how far that is."""

    organisation_id: uuid.UUID
    payments: Sequence[str]
    cards: CardProvider
    tell: Callable[[int], None] = lambda _done: None


@dataclass(frozen=True)
class Asked:
    """How many payments have ended, and of how many the provider said nothing."""

    ended: int = 0
    silent: int = 0


def ask_one_by_one(asking: Asking, *, by: Actor) -> Asked:
    """Ask for each and settle it in a transaction of its own, none of which is open meanwhile; a
    payment that gets no answer keeps no other from being settled."""
    ended = silent = in_a_row = 0
    for place, payment in enumerate(asking.payments, start=1):
        try:
            state = asking.cards.state_of(payment)
        except ProviderSilent as silence:
            log.warning("payment_not_reconciled", payment=payment, because=str(silence))
            silent += 1
            in_a_row = 0 if isinstance(silence, PaymentLost) else in_a_row + 1
            if in_a_row == GIVE_UP_AFTER:
                return Asked(ended, silent + len(asking.payments) - place)
        else:
            in_a_row = 0
            with acting_in(asking.organisation_id):
                ended += settle_checkout(payment, state, by=by) is not None
        asking.tell(place)
    return Asked(ended, silent)


@tick("finance.reconcile_cards", seconds=3600)
def reconcile_cards() -> None:
    """Ask the provider for payments of which it told nothing."""
    cards = provider()
    if cards is None:
        return
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            late = Checkout.objects.begun().filter(begun_at__lt=now() - PATIENCE)
            payments = list(
                late.order_by("-begun_at", "pk").values_list("payment", flat=True)[:100]
            )
        ask_one_by_one(Asking(organisation_id, payments, cards), by=BY)


@task("finance.reconcile_activity", whole=False, attempts=1)
def reconcile_activity(organisation_id: uuid.UUID, job_id: str, payments: list[str]) -> None:
    """The same for one activity, because somebody asked."""

    def work(progress: Progress) -> None:
        asking = Asking(organisation_id, payments, whoever_takes_cards(), progress.report)
        progress.report(0, len(payments))
        asked = ask_one_by_one(asking, by=BY)
        progress.finish(message=_in_words(asked)[:300])

    run_job(organisation_id, job_id, work)


def _in_words(asked: Asked) -> str:
    ended = ngettext("%(n)d payment has ended.", "%(n)d payments have ended.", asked.ended)
    said = [ended % {"n": asked.ended}]
    if asked.silent:
        silent = ngettext(
            "The provider said nothing of %(n)d payment.",
            "The provider said nothing of %(n)d payments.",
            asked.silent,
        )
        said.append(silent % {"n": asked.silent})
    return " ".join(said)


@transaction.atomic
def start_reconciling(activity: Activity, *, by: Actor, href: str) -> int:
    """Ask the provider for the open payments of an activity, as a job; how many those are."""
    whoever_takes_cards()
    payments = [each.payment for each in checkouts_begun(activity)]
    title = _("Asking the card provider, %s") % activity.number
    if payments:
        said = {"kind": "cards", "title": title[:200], "href": href}
        request_job(reconcile_activity, by=by, payments=payments, **said)
    return len(payments)
