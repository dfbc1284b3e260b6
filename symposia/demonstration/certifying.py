"""How the provider's certificates look, and one that was spelled wrong."""

from datetime import datetime

import time_machine

from symposia.activities.models import Activity
from symposia.credits.actions.certificates import make_files
from symposia.credits.actions.claims import replace_certificate
from symposia.credits.actions.designs import design_certificates
from symposia.credits.designs import Design, Signer
from symposia.credits.models import Certificate, PaperColour
from symposia.demonstration.thread import Cast

LOOK = Design(
    colour=PaperColour.NAVY,
    said="{provider} thanks {name} for taking part.",
    signers=(Signer("Dr. Ines Okafor", "Chair, CME committee"), Signer("Jonas Lindqvist", "Dean")),
)


def tell_look(cast: Cast, today: datetime) -> None:
    """Before the first certificate the administrator chooses how papers look."""
    with time_machine.travel(cast.at_work(today, 30), tick=True):
        design_certificates(cast.organisation, LOOK, by=cast.actor("administrator"))


def tell_mended(cast: Cast, held: Activity, today: datetime) -> None:
    """Somebody's name was printed wrong; the number stays, the old paper leads to the new one."""
    with time_machine.travel(cast.at_work(today, 3), tick=True):
        first = Certificate.objects.of(held).current_versions().order_by("number").first()
        if first is None:
            raise LookupError("nobody was certified")
        reason = "Middle initial as on the licence."
        later = replace_certificate(first, reason=reason, by=cast.actor("coordinator"))
        make_files([later.pk], by=cast.actor("coordinator"))
