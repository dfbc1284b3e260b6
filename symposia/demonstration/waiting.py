"""A waitlist that moves by offers, colleagues who wait together, and requests to be answered."""

from datetime import datetime, timedelta

import time_machine

from symposia.activities.models import Activity
from symposia.demonstration.thread import Cast
from symposia.directory.models import Clinician
from symposia.registrations.actions.admission import request_place, settle_admission
from symposia.registrations.actions.line import set_waitlist_terms
from symposia.registrations.actions.parties import register_party
from symposia.registrations.actions.places import cancel_registration
from symposia.registrations.models import AdmissionKind, Places, Registration
from symposia.shared.actors import Actor

# An independent course keeps a free place for two days; a company's meeting looks at each request.
HOURS = 48


def tell_waiting(cast: Cast, today: datetime) -> None:
    """What became of the activity that more people want to come to than there are places."""
    full = Places.objects.filter(waiting__gt=0, activity__state="open").select_related("activity")
    with time_machine.travel(today - timedelta(hours=5), tick=True):
        for places in full.order_by("pk")[:1]:
            _move(places.activity, cast)


def _move(activity: Activity, cast: Cast) -> None:
    by = cast.actor("coordinator")
    known = Registration.objects.of(activity).current().values("clinician")
    others = Clinician.objects.filter(user=None).exclude(email="").exclude(pk__in=known)
    new = list(others.order_by("pk")[:4])
    if not activity.is_independent:
        settle_admission(activity, AdmissionKind.MODERATED, by=by)
        for clinician in new[:2]:
            request_place(clinician, activity, by=Actor("link", None, clinician.called))
        return
    set_waitlist_terms(activity, offer_hours=HOURS, passes_over=False, by=by)
    register_party(new[:2], activity, name="Ward 3, stroke unit", source="office", by=by)
    leaves = Registration.objects.of(activity).confirmed().order_by("-pk").first()
    if leaves:
        cancel_registration(leaves, by=Actor("link", leaves.pk, leaves.clinician.called))
