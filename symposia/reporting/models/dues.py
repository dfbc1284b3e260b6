from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import of_activities
from symposia.reporting.models.kinds import Kind
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class DueState(models.TextChoices):
    """How far a report that is owed to a body is."""

    OPEN = "open", _("To be reported")
    SENT = "sent", _("Sent, not answered yet")
    DONE = "done", _("Reported")
    WAIVED = "waived", _("Not to be reported")


D = DueState


class DueReportQuerySet(Locking["DueReport"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_CREDITS) -> Self:
        """Those of activities whose credit somebody sees."""
        return self.filter(of_activities(access, permission))

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity).order_by("due_on", "kind")

    def open(self) -> Self:
        return self.filter(state=D.OPEN)

    def due_by(self, on: date) -> Self:
        return self.open().filter(due_on__lte=on)


class DueReport(Stateful, TenantModel):
    """What an organisation owes a body about one activity, and by which day."""

    TRANSITIONS: ClassVar[Transitions] = {
        D.OPEN: {D.SENT, D.WAIVED},
        D.SENT: {D.DONE, D.OPEN},
        D.DONE: {D.SENT, D.OPEN},
        D.WAIVED: {D.OPEN},
    }

    activity = Key(Activity)
    kind = models.CharField(max_length=20, choices=Kind)
    due_on = models.DateField()
    # The rule it follows, as it stood when the day was reckoned.
    rule = models.CharField(max_length=300)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=6, choices=D, default=D.OPEN)
    reckoned_at = models.DateTimeField(default=timezone.now)
    waived_because = models.CharField(max_length=500, blank=True)

    objects: ClassVar[DueReportQuerySet] = DueReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "kind"], name="one_due_report_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(state="waived") & ~Q(waived_because="")
                | ~Q(state="waived") & Q(waived_because=""),
                name="a_waived_report_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "state", "due_on"], name="due_reports_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.activity}"

    @property
    def is_open(self) -> bool:
        return self.state == D.OPEN
