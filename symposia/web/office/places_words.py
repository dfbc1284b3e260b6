"""What the journal says of places, the waitlist and tickets, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

PLACES: dict[str, Any] = {
    "registration.requested": _("Asked for a place"),
    "registration.approved": _("The office said yes"),
    "registration.declined": _("The office said no"),
    "registration.confirmed": _("Got a place"),
    "registration.queued": _("Came onto the waitlist"),
    "registration.promoted": _("A place came free: next in line and it fitted"),
    "registration.offered": _("A place came free and is kept: next in line and it fitted"),
    "registration.offer_taken": _("Took the offered place"),
    "registration.offer_lapsed": _("The offer ended; the place went on"),
    "registration.cancelled": _("Place given up"),
    "registration.handed_on": _("Place handed on to somebody else"),
    "registration.took_over": _("Came in somebody's place"),
    "registration.walked_in": _("Let in at the door"),
    "registration.joined_group": _("Belongs to a group with places of its own"),
    "registration.form_settled": _("Comes in person, as forms are counted now"),
    "party.registered": _("Registered together"),
    "waitlist.settled": _("How the waitlist moves was settled"),
    "admission.settled": _("Who may come was settled"),
    "share.set_apart": _("Places counted apart"),
    "share.changed": _("Places of a share changed"),
    "ticket_key.changed": _("Tickets signed with a new key"),
}
