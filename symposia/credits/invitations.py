"""What an invitation says of credit: only what is designated may be announced."""

from symposia.activities.models import Activity
from symposia.credits.models.ledger import CreditOffer
from symposia.credits.wording import filled, plain
from symposia.outreach.facts import invitation_line


@invitation_line("credit")
def designated_credit(activity: Activity) -> str:
    """`1.50 AMA PRA Category 1 Credit(s)™`, in the system's words; nothing until designated."""
    if not activity.is_independent:
        return ""
    said = []
    for offer in CreditOffer.objects.of(activity):
        if offer.is_designated:
            unit = plain(filled(offer.system.statements["unit"], {}))
            said.append(f"{offer.maximum:.2f} {unit}")
    return ", ".join(said)
