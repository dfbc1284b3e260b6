"""What agreements cost, as lines of the estimate."""

from symposia.activities.models import Agreement


def called(agreement: Agreement) -> str:
    """How the line of a fee is called: the person's name is what rules find it by."""
    return f"{agreement.contributor.name}, {agreement.number}"[:200]
