"""What credit adds to the readiness of an activity."""

from decimal import Decimal

from django.db.models import OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from symposia.activities.facts import Condition, Fact, Reading
from symposia.activities.models import Activity
from symposia.activities.numbers import number_of, register_numbers
from symposia.activities.reading import Batch, loaded_once, read_together
from symposia.credits.models import Certificate
from symposia.credits.queries import offer_rows, offers_of
from symposia.shared.counting import CountOf


def _offered(activity: Activity) -> Reading | None:
    """Independent education says which credit it offers, before it is approved."""
    if not activity.is_independent:
        return None
    link = ("activity_credits", [activity.pk])
    offers = loaded_once(activity, offers_of)
    if not offers:
        return Reading("waiting", link=link, detail=_("No credit is offered."))
    most = max((offer.maximum for offer in offers), default=Decimal(0))
    state: Condition = "sealed" if all(offer.is_designated for offer in offers) else "done"
    return Reading(state, link=link, detail=_("up to %s") % f"{most:.2f}")


def _certified(activity: Activity) -> Reading | None:
    """How many certificates there are, once the activity is over."""
    if not activity.is_over:
        return None
    count = number_of(activity, "certificates")
    said = ngettext("%d certificate", "%d certificates", count) % count
    state: Condition = "done" if count else "waiting"
    return Reading(state, link=("activity_credits", [activity.pk]), detail=said)


def register_certificates() -> None:
    """Let what the rail shows of credit be read together with the rest of it."""
    made = Certificate.objects.filter(activity=OuterRef("pk")).current_versions()
    register_numbers(certificates=CountOf(made))
    read_together(Batch.RAIL, offer_rows)


FACTS = (
    Fact("credit", gettext_lazy("Credit"), _offered, order=50),
    Fact("certificates", gettext_lazy("Certificates"), _certified, order=90),
)
