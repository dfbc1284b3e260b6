"""What the journal says of binders, holds and the past, in words."""

from typing import Any

from django.utils.translation import gettext_lazy

EVIDENCE: dict[str, Any] = {
    "binder.drawn": gettext_lazy("Sample drawn"),
    "binder.chosen": gettext_lazy("Activities chosen"),
    "binder.made": gettext_lazy("Binder made"),
    "binder.taken": gettext_lazy("Binder taken home"),
    "binder.guest_invited": gettext_lazy("Reviewer invited"),
    "binder.guest_revoked": gettext_lazy("Reviewer's link ended"),
    "binder.opened": gettext_lazy("Opened by a reviewer"),
    "hold.put": gettext_lazy("Legal hold put"),
    "hold.lifted": gettext_lazy("Legal hold lifted"),
    "past.received": gettext_lazy("File of the past received"),
    "past.checked": gettext_lazy("Rows of the past checked"),
    "past.unreadable": gettext_lazy("File of the past not readable"),
    "past.imported": gettext_lazy("Past imported"),
    "past.taken_back": gettext_lazy("Import of the past taken back"),
    "past.signed": gettext_lazy("Counts and sums signed"),
    "activity.imported": gettext_lazy("Imported"),
    "activity.removed": gettext_lazy("Import taken back"),
    "credit.imported": gettext_lazy("Credit imported"),
    "credit.taken_back": gettext_lazy("Import of credit taken back"),
    "disclosure.imported": gettext_lazy("Disclosure of before imported"),
    "disclosure.taken_back": gettext_lazy("Import of a disclosure taken back"),
}
