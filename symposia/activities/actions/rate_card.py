from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from symposia.activities.agreeing import objection_to_rate, objection_to_words
from symposia.activities.models import AgreementTemplate, Rate
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.money import Money
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class RateFacts:
    """What a service of a tier is worth from a day on, and who says so."""

    service: str
    tier: str
    unit: str
    amount: Money
    ceiling: Money
    from_on: date
    source: str


@transaction.atomic
def set_rate(facts: RateFacts, *, by: Actor) -> Rate:
    """Put a rate on the card; the one before it ends the day before."""
    same = Rate.objects.of(facts.service, facts.tier, facts.unit)
    last = same.select_for_update().order_by("-from_on").first()

    refuse_if(
        objection_to_rate(
            facts.amount, facts.ceiling, source=facts.source, from_on=facts.from_on, last=last
        )
    )

    if last and last.until_on is None:
        last.until_on = facts.from_on - timedelta(days=1)
        last.save(update_fields=["until_on"])
        record(by, "rate.ended", last)
    rate = Rate.objects.create(
        service=facts.service,
        tier=facts.tier,
        unit=facts.unit,
        currency=facts.amount.currency,
        amount_minor=facts.amount.minor,
        ceiling_minor=facts.ceiling.minor,
        from_on=facts.from_on,
        source=facts.source.strip(),
        set_by_name=by.name,
    )
    details = {"amount": str(facts.amount), "ceiling": str(facts.ceiling)}
    record(by, "rate.set", rate, details=details)
    return rate


@transaction.atomic
def write_agreement_words(text: str, *, by: Actor) -> AgreementTemplate:
    """Change the words of agreements from now on; what was sent keeps its own."""
    refuse_if(objection_to_words(text))

    last = AgreementTemplate.objects.order_by("-number").first()
    template = AgreementTemplate.objects.create(
        number=last.number + 1 if last else 1, text=text.strip(), written_by_name=by.name
    )
    record(by, "agreement.words_written", template)
    return template
