"""The claim as the last thing that an activity asks of its learners."""

import uuid
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.credits.models import Certificate
from symposia.credits.queries import current_certificate
from symposia.registrations.models import Registration
from symposia.registrations.requirements import (
    RequirementKind,
    Settings,
    Stand,
    register_requirement_kind,
)
from symposia.shared.refusals import Objection

CLAIM_LEFT = Objection("claim_left", _("Claim your credit, or get your certificate."))


def _claimed(registration: Registration, _settings: Settings) -> Stand:
    return Stand(current_certificate(registration) is not None)


def _all_claimed(activity: Activity, _settings: Settings) -> Collection[uuid.UUID]:
    rows = Certificate.objects.of(activity).current_versions()
    return frozenset(rows.values_list("registration_id", flat=True))


def register_claim() -> None:
    """Whoever has a certificate has claimed."""
    label = _("Claim")
    register_requirement_kind(
        RequirementKind("claim", label, CLAIM_LEFT, _claimed, _all_claimed, page="finish", rank=90)
    )
