"""Whatever moves a figure leaves a mark; scans leave none, the count looks at the doors itself."""

from symposia.activities.events import (
    ActivityApproved,
    ActivityCreated,
    ActivityHeld,
    ActivityOpened,
)
from symposia.assessment.events import EvaluationAnswered
from symposia.credits.events import CreditAwarded
from symposia.finance.events import MoneyPosted
from symposia.insights.actions import touch_figures
from symposia.outreach.events import InvitationAccepted, InvitationDeclined, InvitationsSent
from symposia.registrations.events import (
    PlaceCancelled,
    PlaceConfirmed,
    PlacePromoted,
    PlaceQueued,
)
from symposia.shared.events import listens_to

Counted = (
    ActivityCreated
    | ActivityApproved
    | ActivityOpened
    | ActivityHeld
    | EvaluationAnswered
    | CreditAwarded
    | MoneyPosted
    | InvitationAccepted
    | InvitationDeclined
    | InvitationsSent
)
Placed = PlaceConfirmed | PlaceQueued | PlacePromoted | PlaceCancelled


def of_activity(event: Counted) -> None:
    touch_figures(event.activity_id)


def of_place(event: Placed) -> None:
    touch_figures(event.activity_id)


for kind in Counted.__args__:
    listens_to(kind)(of_activity)
for kind in Placed.__args__:
    listens_to(kind)(of_place)
