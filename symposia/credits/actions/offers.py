from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.credits.awarding import format_key_of, format_of
from symposia.credits.events import CreditOfferChanged
from symposia.credits.models import CreditOffer, CreditSystem
from symposia.credits.policies import (
    objection_to_activity_number,
    objection_to_format,
    objection_to_offering,
    objection_to_withdrawing,
)
from symposia.credits.queries import amount_offered, creditable_minutes
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if

# What of an offer follows the agenda and the type of its activity.
_FOLLOWS = ("creditable_minutes", "format_key", "learning_format", "maximum")


@transaction.atomic
def offer_credit(
    activity: Activity, system: CreditSystem, *, activity_number: str = "", by: Actor
) -> CreditOffer:
    """Offer credit of a system: as much as the creditable minutes of the agenda amount to, by the
    body's rule for this learning format."""
    activity = Activity.objects.locked(activity.pk)
    minutes, key = creditable_minutes(activity), format_key_of(activity.type)
    maximum, learning_format = amount_offered(system, activity, key), format_of(system, key)

    refuse_if(
        objection_to_offering(
            activity,
            system,
            is_company=Organisation.objects.get(pk=activity.organisation_id).is_company,
            is_offered=CreditOffer.objects.of(activity).filter(system=system).exists(),
            minutes=minutes,
        )
    )
    refuse_if(objection_to_format(system, learning_format, maximum))
    refuse_if(objection_to_activity_number(system, activity_number))

    offer = CreditOffer.objects.create(
        activity=activity,
        system=system,
        learning_format=learning_format.words if learning_format else "",
        format_key=key,
        activity_number=activity_number.strip(),
        creditable_minutes=minutes,
        maximum=maximum,
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
    """Bring offers that are not designated yet up to the agenda and the type as they are now: a
    limit of the day and another learning format tell even where the minutes are the same. Where a
    body gives no credit for what the activity has become, the format stays as it was offered."""
    minutes, key = creditable_minutes(activity), format_key_of(activity.type)
    offers = CreditOffer.objects.of(activity).filter(designated_at=None)
    for offer in offers.select_for_update(of=("self",)):
        was = {name: getattr(offer, name) for name in _FOLLOWS}
        offer.creditable_minutes = minutes
        if learning_format := format_of(offer.system, key):
            offer.format_key, offer.learning_format = key, learning_format.words
        offer.maximum = amount_offered(offer.system, activity, offer.format_key)
        if was != {name: getattr(offer, name) for name in _FOLLOWS}:
            offer.save(update_fields=_FOLLOWS)
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
