"""What becomes of a row of a log, and why, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "host": _("runs the meeting, and is no learner"),
    "no_name": _("says neither a name nor an e-mail address nor a ticket code"),
    "no_time": _("its times cannot be read"),
    "ends_first": _("ends before it begins"),
    "other_day": _("is further than half a day from the activity"),
    "twice": _("stands in this file twice"),
    "known": _("was imported before"),
    "to_decide": _("kept; whose place it is, a person decides"),
}
