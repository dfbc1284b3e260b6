from collections.abc import Sequence

from django.db import transaction

from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.finance.models import TaxLine
from symposia.finance.payable import Paper, as_it_is, asked_by, field_of, standing_payment
from symposia.finance.tax_rules import TaxFacts, objection_to_taxes, parts_of
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def set_taxes(paper: Paper, taxes: Sequence[TaxFacts], *, by: Actor) -> list[TaxLine]:
    """Say which taxes stand in what is asked for and which are withheld, all of them at once; until
    it is paid. What is withheld does not go to the payee."""
    Activity.objects.locked(paper.activity_id)
    paper = as_it_is(paper)
    whole = asked_by(paper)

    refuse_if(objection_to_taxes(whole, taxes, standing_payment(paper)))

    for each in TaxLine.objects.of(paper):
        record(by, "tax_line.removed", each)
        each.delete()
    made = [
        TaxLine.objects.create(
            **{field_of(paper): paper},
            position=position,
            way=each.facts.way,
            name=each.facts.name.strip(),
            percent=each.facts.percent,
            base_minor=each.base_minor,
            amount_minor=each.amount_minor,
            currency=whole.currency,
            citation=each.facts.citation.strip()[:300],
            set_by_name=by.name,
        )
        for position, each in enumerate(parts_of(whole, taxes))
    ]
    for each in made:
        record(by, "tax_line.written", each, details={"of": paper.number, "tax": str(each)})
    return made
