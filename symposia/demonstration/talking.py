"""What colleagues say of a paper after an activity, and what they share of their own practice."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import time_machine

from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.demonstration.thread import Cast
from symposia.learning.actions.adoptions import adopt_practice
from symposia.learning.actions.contributions import (
    Said,
    comment_on_practice,
    contribute,
    report_contribution,
)
from symposia.learning.actions.discussions import DiscussionFacts, open_discussion
from symposia.learning.actions.following import follow_discussion
from symposia.learning.actions.moderation import pin_contribution
from symposia.learning.actions.practice_decisions import publish_practice
from symposia.learning.actions.practices import (
    Identifier,
    PracticeFacts,
    answer_identifier,
    draft_practice,
    send_practice,
)
from symposia.learning.discussing import voice_of_office, voice_of_place
from symposia.learning.models import Adopting, Discussion, DiscussionKind, Moderation, Practice
from symposia.learning.practice_rules import digest_of_practice
from symposia.learning.sharing import checked, left_open
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor

PAPER = (
    "Halloran P, Adeyemi S, Kurian T. A checklist in the first hour: a stepped-wedge trial in "
    "eleven hospitals. J Invented Emerg Med 2025;12:101-9 (demonstration data)"
)
QUESTIONS = (
    "Would the eleven hospitals be like ours?",
    "What would have to change on our wards tomorrow?",
)
SAID = (
    "Ours are smaller, and nights are thinner. The effect at night is what I would look at first.",
    "The checklist was read aloud by whoever came last. That is the part I would keep.",
    "We tried a card and lost it in every coat. A poster at the bed worked.",
)
REPLY = "We had it on the wall too; it was read when somebody was asked by name."
PUBLISHED = PracticeFacts(
    kind="practice",
    title="The last to arrive reads the checklist aloud",
    done="Whoever comes last to the bed reads the five lines aloud; nobody moves before that.",
    setting="A ward of 24 beds, nights with one resident and two nurses.",
    result="In three months it was read in 31 of 36 calls; we had counted 9 of 40 before.",
    reference="Own count, two quarters (demonstration data)",
    specialty="Internal medicine",
)
SENT = PracticeFacts(
    kind="case",
    title="Fever without a focus after a journey",
    done="Cultures before the first antibiotic, then a second look at the skin under the bandage.",
    setting="Emergency department. Dr Watts, who wrote the score that we used, was asked by mail.",
    result="A tick bite was found; the course was changed on the second day.",
    reference="Invented guideline on fever after travel, 2024 (demonstration data)",
    specialty="Emergency medicine",
)


def tell_talking(cast: Cast, held: Activity, today: datetime) -> None:
    """A journal club with a few words, one practice that colleagues take up, one that waits."""
    rows = Registration.objects.of(held).confirmed().with_people().order_by("requested_at", "pk")
    people = list(rows[:7])
    by = cast.actor("coordinator")
    with time_machine.travel(held.ends_at + timedelta(hours=3), tick=True):
        club, corridor = _opened(held, by)
    with time_machine.travel(cast.at_work(today, 4), tick=True):
        _talk(club, people, by)
        contribute(corridor, voice_of_place(people[3]), Said(SAID[2]), by=_own(people[3]))
    with time_machine.travel(cast.at_work(today, 3), tick=True):
        _share(people, by)


def _opened(held: Activity, by: Actor) -> tuple[Discussion, Discussion]:
    """About a paper, and what is looked at before it is shown."""
    day = local_day()
    club = DiscussionFacts(
        kind=DiscussionKind.JOURNAL_CLUB,
        title="Journal club: a checklist in the first hour",
        introduction="Read it on the way home; it has four pages. Then say what you would do.",
        citation=PAPER,
        questions=QUESTIONS,
        opens_on=day,
        closes_on=day + timedelta(days=180),
    )
    corridor = DiscussionFacts(
        kind=DiscussionKind.OPEN,
        title="What gets in the way on your ward?",
        opens_on=day,
        moderation=Moderation.BEFORE,
    )
    return open_discussion(held, club, by=by), open_discussion(held, corridor, by=by)


def _talk(club: Discussion, people: Sequence[Registration], by: Actor) -> None:
    """Two answers and a reply; the office asks, and that stands first."""
    opened = Said("Where would you begin: days or nights? Say why.")
    asked = contribute(club, voice_of_office(by), opened, by=by)
    pin_contribution(asked, pinned=True, by=by)
    for number, place in enumerate(people[:2], start=1):
        said = Said(SAID[number - 1], question=number)
        last = contribute(club, voice_of_place(place), said, by=_own(place))
    answered = Said(REPLY, head=last)
    contribute(club, voice_of_place(people[2]), answered, by=_own(people[2]))
    follow_discussion(club, people[0], by=_own(people[0]))
    why = "It reads as if one ward were to blame."
    report_contribution(last, voice_of_place(people[3]), why, by=_own(people[3]))


def _share(people: Sequence[Registration], by: Actor) -> None:
    """One is published and taken up, one waits for an editor."""
    published = _sent(people[1], PUBLISHED)
    publish_practice(published, seen_sha256=digest_of_practice(published), by=by)
    published = Practice.objects.with_names().get(pk=published.pk)
    kinds = (Adopting.TRYING, Adopting.TRYING, Adopting.TRYING, Adopting.DOING)
    for place, kind in zip((people[0], *people[2:5]), kinds, strict=True):
        adopt_practice(published, place, kind, "On Mondays first", by=_own(place))
    said = Said("Who reads when everybody comes at once?")
    comment_on_practice(published, voice_of_place(people[4]), said, by=_own(people[4]))
    _sent(people[5], SENT)


def _sent(place: Registration, facts: PracticeFacts) -> Practice:
    """Written, what looks like a patient answered, and sent."""
    voice, own = voice_of_place(place), _own(place)
    practice = draft_practice(place, facts, by=own)
    for each in left_open(checked(practice)):
        found = Identifier(*each.key)
        why = "An author of a score, no patient."
        answer_identifier(practice, voice, found, removed=False, reason=why, by=own)
    return send_practice(practice, voice, by=own)


def _own(place: Registration) -> Actor:
    return Actor("link", place.pk, place.clinician.called)
