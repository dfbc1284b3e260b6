"""What is written about an agreement."""

from symposia.accounts.models import Organisation
from symposia.activities.faculty_letters import faculty_link, faculty_values
from symposia.activities.models import Agreement, FacultyInvitation
from symposia.notifications.actions import queue_message
from symposia.shared.actors import Actor


def write_agreement(
    agreement: Agreement, invitation: FacultyInvitation, organisation: Organisation, *, by: Actor
) -> None:
    """Ask the person to read and accept; the link is that of all their tasks."""
    known = faculty_values(invitation, organisation, left="")
    values = {name: known[name] for name in ("organisation", "name", "activity", "when")}
    queue_message(
        "activities.agreement",
        to_address=agreement.contributor.email,
        to_name=agreement.contributor.name,
        values=values
        | {
            "number": agreement.number,
            "fee": str(agreement.fee),
            "faculty_link": faculty_link(invitation, organisation),
        },
        language=organisation.language,
        about=("activities.Agreement", agreement.pk),
        by=by,
    )
