from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.activities.lasting import is_enduring
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.credits.events import CreditOfferChanged
from symposia.credits.models import CreditOffer, CreditSystem
from symposia.credits.policies import objection_to_offering, objection_to_withdrawing
from symposia.credits.queries import amount_offered, creditable_minutes
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if

# How the bodies call what is attended at a time, and what is studied at any.
LIVE, ENDURING = "live activity", "enduring material"


@transaction.atomic
def offer_credit(activity: Activity, system: CreditSystem, *, by: Actor) -> CreditOffer:
    """Offer credit of a system: as much as the creditable minutes of the agenda amount to."""
    activity = Activity.objects.locked(activity.pk)
    minutes = creditable_minutes(activity)

    refuse_if(
        objection_to_offering(
            activity,
            system,
            is_company=Organisation.objects.get(pk=activity.organisation_id).is_company,
            is_offered=CreditOffer.objects.of(activity).filter(system=system).exists(),
            minutes=minutes,
        )
    )

    offer = CreditOffer.objects.create(
        activity=activity,
        system=system,
        learning_format=ENDURING if is_enduring(activity) else LIVE,
        creditable_minutes=minutes,
        maximum=amount_offered(system, minutes),
    )
    record(by, "credit.offered", offer)
    announce(CreditOfferChanged(activity.pk))
    return offer


@transaction.atomic
def withdraw_credit_offer(offer: CreditOffer, *, by: Actor) -> None:
    """Take back an offer that was not designated yet."""
    offer = CreditOffer.objects.select_for_update().get(pk=offer.pk)

    refuse_if(objection_to_withdrawing(offer))

    record(by, "credit.withdrawn", offer)
    offer.delete()
    announce(CreditOfferChanged(offer.activity_id))


@transaction.atomic
def refresh_offers(activity: Activity, *, by: Actor) -> None:
    """Bring offers that are not designated yet up to the agenda as it is now."""
    minutes = creditable_minutes(activity)
    offers = CreditOffer.objects.of(activity).filter(designated_at=None)
    for offer in offers.select_for_update(of=("self",)):
        if offer.creditable_minutes != minutes:
            offer.creditable_minutes = minutes
            offer.maximum = amount_offered(offer.system, minutes)
            offer.save(update_fields=["creditable_minutes", "maximum"])
            record(by, "credit.recomputed", offer, details={"minutes": minutes})
            announce(CreditOfferChanged(activity.pk))


@transaction.atomic
def designate_offers(activity: Activity, *, by: Actor) -> None:
    """Certify the offers of an approved activity: from here on they stand."""
    at = now()
    offers = CreditOffer.objects.of(activity).filter(designated_at=None)
    for offer in offers.select_for_update(of=("self",)):
        offer.designated_at = at
        offer.save(update_fields=["designated_at"])
        record(by, "credit.designated", offer)
        announce(CreditOfferChanged(activity.pk))
