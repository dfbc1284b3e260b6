"""What rules ask about the credit an activity offers; nothing while it offers none."""

import uuid
from collections.abc import Mapping
from typing import Any

from symposia.activities.queries import activity_known
from symposia.compliance.facts import knows_facts
from symposia.credits.queries import offers_of

AMA = "ama_pra_1"


@knows_facts("activity", "credits")
def facts_of_offers(activity_id: uuid.UUID) -> Mapping[str, Any]:
    """How many systems are offered, how much of the AMA's, and whether certified in advance."""
    activity = activity_known(activity_id)
    offers = offers_of(activity)
    facts: dict[str, Any] = {"credit_systems": len(offers)} if offers else {}
    certified = [each.designated_at for each in offers if each.designated_at]
    if certified:
        facts["credit_in_advance"] = max(certified) < activity.starts_at
    ama = next((each for each in offers if each.system.code == AMA), None)
    if ama:
        facts["credit_maximum"] = str(ama.maximum)
    return facts
