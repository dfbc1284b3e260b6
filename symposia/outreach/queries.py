import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.directory.asking import may_be_asked
from symposia.directory.models import Channel, Clinician, Purpose
from symposia.notifications.queries import suppressed_among
from symposia.outreach.models import CalendarChange, Invitation, State
from symposia.shared.refusals import Objection


def latest_change(activity: Activity) -> CalendarChange | None:
    """The last change of the activity that calendars must follow."""
    return CalendarChange.objects.filter(activity=activity).order_by("-sequence").first()


def calendar_sequence(activity: Activity) -> int:
    """How often calendars had to follow this activity; what is sent now carries this number."""
    change = latest_change(activity)
    return change.sequence if change else 0


@dataclass(frozen=True)
class Known:
    """What is known of the clinicians somebody wants to invite, read in a few statements."""

    invited: dict[object, Invitation]
    suppressed: frozenset[str]
    # Why somebody is not asked by e-mail: what they said themselves, and what the directory says.
    not_asked: Mapping[uuid.UUID, Objection | None] = field(default_factory=dict)


def known_about(activity: Activity, clinicians: Iterable[Clinician]) -> Known:
    chosen = list(clinicians)
    invitations = Invitation.objects.of(activity).to_any_of(chosen)
    return Known(
        {invitation.clinician_id: invitation for invitation in invitations},
        suppressed_among(clinician.email for clinician in chosen if clinician.email),
        may_be_asked(chosen, Channel.EMAIL, Purpose.INVITATIONS),
    )


def counts_of(activity: Activity) -> dict[str, int]:
    """How many invitations of the activity stand in each state; their sum is all that were sent."""
    counted = Invitation.objects.of(activity).values_list("state").annotate(Count("pk")).order_by()
    return {**dict.fromkeys(State.values, 0), **Counter(dict(counted))}


def candidates_of(access: Access, ids: Iterable[uuid.UUID]) -> list[Clinician]:
    """The chosen clinicians, as far as this person may see and invite them."""
    reached = Clinician.objects.within(access, Permission.INVITE).filter(pk__in=list(ids))
    return list(reached.order_by("search_text", "pk"))
