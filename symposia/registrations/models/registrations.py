from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import by_mode
from symposia.directory.models import Clinician
from symposia.registrations.models.places import Attending, Share
from symposia.registrations.models.waiting import Party
from symposia.shared.planned import fetch
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel, current_organisation_id


class State(models.TextChoices):
    """What has become of a clinician's wish for a place."""

    REQUESTED = "requested", _("Requested")
    CONFIRMED = "confirmed", _("Place confirmed")
    QUEUED = "queued", _("On the waitlist")
    OFFERED = "offered", _("Place offered")
    CANCELLED = "cancelled", _("Cancelled")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Offer not taken")


class Source(models.TextChoices):
    """How a clinician came to register."""

    INVITATION = "invitation", _("Invitation")
    OPEN = "open", _("Public page")
    OFFICE = "office", _("Entered by the office")
    WALK_IN = "walk_in", _("Walk-in")
    GROUP = "group", _("Enrolled by the manager of a group")


# A registration that still asks for something: one of these per clinician and activity.
CURRENT = (State.REQUESTED, State.CONFIRMED, State.QUEUED, State.OFFERED)


# The words of the index that allows one: so the index finds it.
_HELD = """
organisation_id = %(of)s AND activity_id = %(to)s AND clinician_id = %(by)s
  AND state IN ('requested', 'confirmed', 'queued', 'offered')
"""


class RegistrationQuerySet(Locking["Registration"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_PEOPLE_OF_ACTIVITY
    ) -> Self:
        """Those at activities within reach; with a territory, those of its clinicians alone."""

        def reach(held: Access) -> Q:
            if held.everywhere(permission):
                return Q()
            activities = held.scopes(permission, "activity")
            clinicians = Clinician.objects.visible_to(held, permission).values("pk")
            return Q(activity__in=activities) | Q(clinician__in=clinicians)

        return self.filter(by_mode(access, permission, reach))

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def current(self) -> Self:
        return self.filter(state__in=CURRENT)

    def confirmed(self) -> Self:
        return self.filter(state=State.CONFIRMED)

    def queue(self) -> Self:
        """Those who wait, the longest first."""
        return self.filter(state=State.QUEUED).order_by("requested_at", "pk")

    def requested(self) -> Self:
        """Those whom nobody has answered yet, the longest first."""
        return self.filter(state=State.REQUESTED).order_by("requested_at", "pk")

    def offered(self) -> Self:
        """Those who have to say yes to a place, the soonest to lapse first."""
        return self.filter(state=State.OFFERED).order_by("offered_until", "pk")

    def held_by(self, clinician: Clinician, activity: Activity) -> "Registration | None":
        """The place a clinician has or waits for."""
        values = {"of": current_organisation_id(), "to": activity.pk, "by": clinician.pk}
        return next(iter(fetch(Registration, _HELD, **values)), None)

    def with_people(self) -> Self:
        return self.select_related("clinician", "clinician__institution", "activity", "party")

    def search(self, text: str) -> Self:
        """Those whose clinician's name or number, or whose typed ticket code this is."""
        found = Clinician.objects.search(text).values("pk")
        return self.filter(Q(clinician__in=found) | Q(ticket_code=text.strip().upper()))


class Registration(Stateful, TenantModel):
    """A clinician's place at an activity, or the wish for one."""

    BEHIND = "learners"

    TRANSITIONS: ClassVar[Transitions] = {
        State.REQUESTED: {State.CONFIRMED, State.QUEUED, State.DECLINED, State.CANCELLED},
        State.QUEUED: {State.CONFIRMED, State.OFFERED, State.CANCELLED, State.DECLINED},
        State.OFFERED: {State.CONFIRMED, State.LAPSED, State.CANCELLED},
        State.CONFIRMED: {State.CANCELLED},
        State.CANCELLED: set(),
        State.DECLINED: set(),
        State.LAPSED: set(),
    }

    activity = Key(Activity)
    clinician = Key(Clinician)
    state = models.CharField(max_length=10, choices=State)
    source = models.CharField(max_length=10, choices=Source)
    # Typed at the door where a camera cannot read the ticket.
    ticket_code = models.CharField(max_length=8)
    # Let in by the door although all places were taken.
    beyond_capacity = models.BooleanField(default=False)
    requested_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    # The colleagues with whom the clinician wants to come, or does not want to come.
    party = Key(Party, null=True, blank=True)
    # The group that has places of its own, and the share out of which the place was taken, if any.
    group = Key(Share, null=True, blank=True)
    drawn_from = Key(Share, null=True, blank=True)
    attending = models.CharField(max_length=10, choices=Attending, blank=True)
    # A place from the waitlist that is kept until then for whoever has to say yes.
    offered_at = models.DateTimeField(null=True, blank=True)
    offered_until = models.DateTimeField(null=True, blank=True)
    # Why the place was given up, in the words of whoever gave it up.
    cancelled_because = models.CharField(max_length=300, blank=True)
    # Why the office said no; the person reads it.
    declined_because = models.CharField(max_length=300, blank=True)

    objects: ClassVar[RegistrationQuerySet] = RegistrationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "clinician"],
                condition=Q(state__in=["requested", "confirmed", "queued", "offered"]),
                name="one_current_registration_per_clinician",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "ticket_code"], name="one_registration_per_ticket_code"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False),
                name="a_confirmed_place_says_since_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | Q(cancelled_at__isnull=False),
                name="a_cancelled_place_says_since_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offered_until__gt=F("offered_at")),
                name="an_offered_place_says_until_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity", "requested_at", "id"],
                condition=Q(state="queued"),
                name="the_waitlist",
            ),
            models.Index(
                fields=["organisation_id", "clinician", "-requested_at"],
                name="registrations_of_a_clinician",
            ),
            models.Index(
                fields=["organisation_id", "offered_until"],
                condition=Q(state="offered"),
                name="offers_that_run",
            ),
        ]

    def __str__(self) -> str:
        """How the journal calls it: never by the code that opens the door."""
        return f"REG-{self.pk.hex[-8:].upper()}"

    @property
    def is_current(self) -> bool:
        return self.state in CURRENT

    @property
    def is_confirmed(self) -> bool:
        return self.state == State.CONFIRMED

    @property
    def is_queued(self) -> bool:
        return self.state == State.QUEUED

    @property
    def is_requested(self) -> bool:
        return self.state == State.REQUESTED

    @property
    def is_offered(self) -> bool:
        return self.state == State.OFFERED
