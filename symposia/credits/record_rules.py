"""Whether a transcript may be taken as a learner record: pure rules."""

from django.utils.translation import gettext_lazy as _

from symposia.shared.refusals import Objection

# Each line is signed on its own; so many take some seconds, and those who verify take as long.
MOST_LINES = 100
# What programs that verify such a record take at most, its proof included.
LARGEST_RECORD = 256 * 1024 - 1024

NO_LINES = Objection("record_of_nothing", _("There is no credit in these days."))
TOO_MANY_LINES = Objection(
    "record_too_long",
    _("A learner record has at most %(most)s lines, these days have %(lines)s. Choose fewer."),
)
TOO_LARGE = Objection(
    "record_too_large", _("These days are more than one learner record holds. Choose fewer.")
)


def objection_to_record(lines: int) -> Objection | None:
    """Why so many lines are no record."""
    if not lines:
        return NO_LINES
    return TOO_MANY_LINES.about(most=MOST_LINES, lines=lines) if lines > MOST_LINES else None


def objection_to_size_of_record(size: int) -> Objection | None:
    """Why a record of so many bytes is none that others read."""
    return TOO_LARGE if size > LARGEST_RECORD else None
