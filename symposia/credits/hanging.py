"""The certificates that activities stand for, for the impact of a new version of rules."""

import uuid
from collections.abc import Collection

from symposia.compliance.hanging import Hanging, hangs_on
from symposia.credits.models import Certificate


@hangs_on("activity", "certificates")
def certificates_issued(activity_ids: Collection[uuid.UUID]) -> list[Hanging]:
    """The current version of every certificate of these activities that was not revoked."""
    rows = Certificate.objects.filter(activity__in=list(activity_ids)).current_versions()
    found = rows.filter(revocations=None).order_by("number")
    return [Hanging(str(pk), number) for pk, number in found.values_list("pk", "number")]
