"""The rows that changes of this context hold until they are done."""

from symposia.curriculum.models import Gap


def locked_gap(gap: Gap) -> Gap:
    """The gap as it is now, held until the transaction ends."""
    return Gap.objects.select_for_update(of=("self",)).get(pk=gap.pk)
