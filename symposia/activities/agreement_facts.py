"""What the agreements of an activity say on its rail and to the rules."""

from django.db.models import OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.agreed import agreement_rows, contract_facts, rate_rows
from symposia.activities.facts import Fact, Reading, register_fact
from symposia.activities.models import Activity, Agreement, AgreementState
from symposia.activities.numbers import numbers_of, register_numbers
from symposia.activities.reading import Batch, read_together
from symposia.compliance.facts import knows_facts
from symposia.shared.counting import CountOf


def _agreements(activity: Activity) -> Reading | None:
    count, signed = numbers_of(activity, "agreements", "agreements_signed")
    if not count:
        return None
    link = ("activity_agreements", [activity.pk])
    words = _("%(a)d of %(b)d") % {"a": signed, "b": count}
    return Reading("done" if signed == count else "now", link=link, count=words)


def register_agreements() -> None:
    """Agreements on the rail; what the rules make of those that are missing is theirs."""
    mine = Agreement.objects.filter(activity=OuterRef("pk")).standing()
    register_numbers(
        agreements=CountOf(mine),
        agreements_signed=CountOf(mine.filter(state=AgreementState.SIGNED)),
    )
    register_fact(Fact("agreements", gettext_lazy("Agreements"), _agreements, order=44))
    read_together(Batch.RULES, agreement_rows, rate_rows)
    knows_facts("activity", "contracts")(contract_facts)
