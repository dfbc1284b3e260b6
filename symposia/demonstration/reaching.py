"""How people of the directory want to be reached, and what they said of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import time_machine
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.models import Activity, State
from symposia.demonstration.thread import Cast
from symposia.directory.actions.changes import decide_change, propose_change
from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.actions.restrictions import RestrictionFacts, restrict_person
from symposia.directory.actions.segments import SegmentFacts, add_to_segment, save_segment
from symposia.directory.changing import ChangeFacts
from symposia.directory.models import Channel, Clinician, ConsentSource, Purpose, SegmentKind
from symposia.outreach.actions.campaigns import make_campaign
from symposia.shared.actors import Actor

# Purpose, channel, yes or no, how one knows, and what shows it.
SAID = (
    (Purpose.NEWS, Channel.EMAIL, True, ConsentSource.FORM, "Registration form of the spring day"),
    (Purpose.INVITATIONS, Channel.PHONE, False, ConsentSource.VOICE, ""),
    (Purpose.SHARING, "", True, ConsentSource.PAPER, "Folder 2026, page 14"),
    (Purpose.INVITATIONS, Channel.EMAIL, True, ConsentSource.FORM, "Card handed in at the desk"),
    (Purpose.PROMOTION, Channel.CHAT, False, ConsentSource.VOICE, ""),
    (Purpose.NEWS, Channel.POST, True, ConsentSource.FORM, "Card handed in at the desk"),
)
# Why some are not asked, and who says so.
BARRED = (
    ("retired", "government", "employer_letter"),
    ("Personnel office", "The person, by telephone", "Head of the department"),
)
# What people ask to have changed of themselves.
CHANGES = (
    ChangeFacts("specialty", "Geriatric Medicine", evidence="Board certificate of May"),
    ChangeFacts("display_name", "Dr Quill", evidence="Everybody calls me so"),
    ChangeFacts("phone", "+1 202 555 0142", evidence="New ward, since Monday"),
    ChangeFacts("city", "Springfield", evidence="Moved to the new practice"),
)


def tell_reaching(cast: Cast, today: datetime) -> None:
    """A dozen statements, and three who are not asked, or not without a letter."""
    there = Clinician.objects.filter(user=None).exclude(email="")
    people = list(there.order_by("-email", "pk")[:12])
    by = cast.actor("coordinator")
    with time_machine.travel(cast.at_work(today, 3), tick=True):
        for place, clinician in enumerate(people):
            purpose, channel, given, source, proof = SAID[place % len(SAID)]
            facts = ConsentFacts(purpose, channel, given, source=source, proof=proof)
            state_consent(clinician, facts, by=by)
        for clinician, kind, says in zip(people[6:], *BARRED, strict=False):
            begins = today.date() - timedelta(days=20)
            restrict_person(clinician, RestrictionFacts(kind, says, begins), by=by)
        _ask_for_changes(cast, people)
        _keep_segments(cast, people)


def _ask_for_changes(cast: Cast, people: Sequence[Clinician]) -> None:
    """What people want changed: one was agreed to, one refused, two wait."""
    asked = [
        propose_change(clinician, wish, by=Actor("link", clinician.pk, clinician.called))
        for clinician, wish in zip(people[2:], CHANGES, strict=False)
    ]
    by = cast.actor("compliance_officer")
    decide_change(asked[0], accepted=True, by=by)
    decide_change(asked[1], accepted=False, by=by, reason="Nobody here knows that name.")


def _keep_segments(cast: Cast, people: Sequence[Clinician]) -> None:
    """A filter that the team keeps, and a list somebody made by hand."""
    by = cast.actor("coordinator")
    wish = "They are asked first when a seminar has free places."
    kept = SegmentFacts("Pharmacists", wish, True, SegmentKind.FILTER, "profession=pharmacist")
    pharmacists = save_segment(kept, by=by)
    board = save_segment(SegmentFacts("Board of the spring day", is_shared=True), by=by)
    if access := access_of(cast.team["coordinator"], cast.organisation, at=now()):
        add_to_segment(board, people[:5], access=access, by=by)
    coming = Activity.objects.filter(state=State.OPEN, starts_at__gt=now())
    if activity := coming.order_by("starts_at", "pk").first():
        make_campaign(activity, segment=pharmacists, by=by)
