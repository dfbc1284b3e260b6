from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """A request waits until it is approved; returned for change, it may be asked again; refused, it
    may not; withdrawn, whoever asked took it back.
    """

    OPEN = "open", _("Waits for a decision")
    RETURNED = "returned", _("Returned for change")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Verdict(models.TextChoices):
    """What an approver says of a request."""

    APPROVE = "approve", _("Approve")
    RETURN = "return", _("Return for change")
    REFUSE = "refuse", _("Refuse")

    @property
    def said(self) -> Promise:
        """What was done, where the label names what to do."""
        said: dict[str, Promise] = {
            "approve": _("Approved"),
            "return": _("Returned for change"),
            "refuse": _("Refused"),
        }
        return said[self.value]


class Risk(models.TextChoices):
    """How much the rules found to look at, the gravest last."""

    UNKNOWN = "0", _("Not rated")
    LOW = "1", _("Low risk")
    MEDIUM = "2", _("Medium risk")
    HIGH = "3", _("High risk")


class Because(models.TextChoices):
    """Why a signature stopped counting."""

    CHANGED = "changed", _("What it covers changed")
    RESTED = "rested", _("A signature it builds on fell")
    INVOLVED = "involved", _("Whoever signed has prepared it since")
