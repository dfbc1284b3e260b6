"""What roles are limited to, by name."""

import uuid
from collections.abc import Collection

from symposia.activities.models import Activity
from symposia.directory.models import Territory


def names_of_scopes(ids: Collection[uuid.UUID]) -> dict[str, str]:
    """The territories and activities to which roles are limited, by their ids as text."""
    if not ids:
        return {}
    found = [*Territory.objects.filter(pk__in=ids), *Activity.objects.filter(pk__in=ids)]
    return {str(each.pk): str(each) for each in found}
