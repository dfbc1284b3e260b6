"""Who speaks where, what moderators do, and what counts as evidence."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now

from symposia.audit.models import Entry
from symposia.learning.actions.contributions import (
    Said,
    contribute,
    edit_contribution,
    report_contribution,
    withdraw_contribution,
)
from symposia.learning.actions.discussions import (
    DiscussionFacts,
    change_discussion,
    open_discussion,
    remove_discussion,
    send_of_discussion,
    tell_of_discussion,
)
from symposia.learning.actions.following import (
    follow_discussion,
    send_digests,
    stop_following,
)
from symposia.learning.actions.moderation import (
    hide_contribution,
    keep_contribution,
    pin_contribution,
    show_contribution,
)
from symposia.learning.actions.requirements import set_requirements
from symposia.learning.defaults import Asked
from symposia.learning.discussing import threads_of, voice_of_office, voice_of_place
from symposia.learning.models import Contribution, Discussion, Following
from symposia.learning.steps import missing_in, steps_of
from symposia.notifications.models import Delivery
from symposia.registrations.actions.places import cancel_registration
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.refusals import Refused
from tests.factories.accounts import day_here
from tests.factories.activities import ActivityFactory
from tests.factories.discussing import discussion_of, said_by
from tests.factories.learning import course_with, enduring, text
from tests.factories.registrations import RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
EDITOR = Actor("person", uuid.UUID(int=7), "Noor")


def refusal(act, *given, **named):
    with pytest.raises(Refused) as refused:
        act(*given, **named)
    return refused.value.objection.code


@pytest.fixture
def discussion(organisation):
    return discussion_of()


@pytest.fixture
def place(discussion):
    return RegistrationFactory(activity=discussion.activity)


@pytest.fixture
def other(discussion):
    return RegistrationFactory(activity=discussion.activity)


def shown_to(place, discussion):
    return [
        (each.author_name, each.text)
        for one in threads_of(discussion, voice_of_place(place))
        for each in (one.head, *one.replies)
    ]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"title": " "}, "discussion_title"),
        ({"closes_on": day_here() - timedelta(days=9)}, "discussion_days"),
        ({"kind": "journal_club"}, "no_citation"),
        ({"doi": "twelve"}, "no_doi"),
        ({"address": "javascript:alert(1)"}, "no_web_address"),
    ],
    ids=lambda each: each if isinstance(each, str) else None,
)
def test_a_discussion_that_is_not_whole_is_refused(facts, code):
    wanted = {"title": "Why?", "opens_on": day_here()} | facts
    activity = ActivityFactory(state="open")

    assert refusal(open_discussion, activity, DiscussionFacts(**wanted), by=SYSTEM) == code


def test_a_doi_is_kept_without_what_leads_to_it():
    made = discussion_of(kind="journal_club", citation="A 2025", doi="https://doi.org/10.1000/182")

    assert (made.doi, made.paper) == ("10.1000/182", "https://doi.org/10.1000/182")


def test_a_title_is_not_given_twice_and_nothing_is_overwritten(discussion):
    facts = DiscussionFacts("WHAT stands in the way?", day_here())

    assert refusal(open_discussion, discussion.activity, facts, by=SYSTEM) == "discussion_title"
    changed = change_discussion(discussion, facts, seen_version=1, by=SYSTEM)
    assert changed.version == 2
    assert (
        refusal(change_discussion, discussion, facts, seen_version=1, by=SYSTEM)
        == "changed_meanwhile"
    )


def test_a_question_that_somebody_spoke_about_stays_as_it_is(organisation):
    discussion = discussion_of(questions=["Why?", "How?"])
    said_by(RegistrationFactory(activity=discussion.activity), discussion, question=1)

    def asking(*questions):
        return DiscussionFacts(discussion.title, discussion.opens_on, questions=questions)

    changed = {"seen_version": 1, "by": SYSTEM}
    other = asking("What?", "How?")
    assert refusal(change_discussion, discussion, other, **changed) == "questions_answered"
    assert change_discussion(discussion, asking("Why?", "Who?"), **changed).version == 2


def test_people_of_the_activity_speak_and_reply(discussion, place, other):
    head = said_by(place, discussion, "Why?")
    said_by(other, discussion, "Because.", head=head)
    answer = Contribution.objects.get(text="Because.")
    said_by(place, discussion, "Really.", head=answer)

    (thread,) = threads_of(discussion, voice_of_place(place))
    assert [each.text for each in thread.replies] == ["Because.", "Really."]
    assert Entry.objects.filter(action="contribution.written").count() == 3


def test_nobody_else_speaks_or_reads(discussion):
    stranger = RegistrationFactory()
    queued = RegistrationFactory(activity=discussion.activity, state="queued")

    for place in (stranger, queued):
        assert refusal(said_by, place, discussion) == "discussion_without_place"


def test_whoever_gave_up_the_place_speaks_no_more(discussion, place):
    cancel_registration(place, by=SYSTEM)
    place = Registration.objects.with_people().get(pk=place.pk)

    assert refusal(said_by, place, discussion) == "discussion_without_place"


@pytest.mark.parametrize(
    ("days", "code"),
    [((1, None), "discussion_early"), ((-9, -2), "discussion_closed")],
    ids=["before", "after"],
)
def test_words_are_said_in_its_days_alone(days, code):
    first, last = days
    today = day_here()
    closes = None if last is None else today + timedelta(days=last)
    discussion = discussion_of(opens_on=today + timedelta(days=first), closes_on=closes)
    place = RegistrationFactory(activity=discussion.activity)

    assert refusal(said_by, place, discussion) == code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said("  "), "nothing_said"),
        (Said("x" * 5_001), "said_too_much"),
        (Said("Yes.", question=2), "question_not_asked"),
    ],
    ids=["nothing", "much", "question"],
)
def test_words_that_say_nothing_are_refused(said, code):
    discussion = discussion_of(questions=["Why?"])
    voice = voice_of_place(RegistrationFactory(activity=discussion.activity))

    assert refusal(contribute, discussion, voice, said, by=SYSTEM) == code


def test_what_is_hidden_or_elsewhere_is_not_replied_to(discussion, place):
    head = said_by(place, discussion)
    elsewhere = discussion_of(discussion.activity, title="Elsewhere")

    assert refusal(said_by, place, elsewhere, head=head) == "reply_lost"
    hide_contribution(head, "Names a ward", by=SYSTEM)
    assert refusal(said_by, place, discussion, head=head) == "reply_lost"


def test_own_words_are_changed_within_a_while_and_taken_back_at_any_time(discussion, place, other):
    said = said_by(place, discussion, "Ours are smaler.")
    voice = voice_of_place(place)

    edit_contribution(said, voice, "Ours are smaller.", seen_version=1, by=SYSTEM)
    assert shown_to(other, discussion)[0][1] == "Ours are smaller."
    stranger = voice_of_place(other)
    changed = {"seen_version": 2, "by": SYSTEM}
    assert refusal(edit_contribution, said, stranger, "Mine.", **changed) == "not_own_words"
    with time_machine.travel(now() + timedelta(minutes=16)):
        assert refusal(edit_contribution, said, voice, "Late.", **changed) == "edit_over"
        assert refusal(withdraw_contribution, said, stranger, by=SYSTEM) == "not_own_words"
        withdraw_contribution(said, voice, by=SYSTEM)
    assert shown_to(other, discussion) == []
    assert refusal(withdraw_contribution, said, voice, by=SYSTEM) == "not_standing"


def test_where_a_moderator_looks_first_nobody_else_sees_it_before(organisation):
    discussion = discussion_of(moderation="before")
    place, other = RegistrationFactory.create_batch(2, activity=discussion.activity)
    said = said_by(place, discussion)

    assert (said.state, len(shown_to(place, discussion)), shown_to(other, discussion)) == (
        "waiting",
        1,
        [],
    )
    shown = show_contribution(said, seen_version=1, by=EDITOR)
    assert len(shown_to(other, discussion)) == 1
    edit_contribution(shown, voice_of_place(place), "Otherwise.", seen_version=1, by=SYSTEM)
    assert shown_to(other, discussion) == []
    assert refusal(show_contribution, said, seen_version=1, by=EDITOR) == "changed_meanwhile"
    organiser = contribute(discussion, voice_of_office(EDITOR), Said("Hello"), by=EDITOR)
    assert organiser.is_shown


def test_a_moderator_hides_with_a_reason_that_the_author_sees_and_restores(
    discussion, place, other
):
    said = said_by(place, discussion)

    assert refusal(hide_contribution, said, " ", by=EDITOR) == "moderation_reason"
    hide_contribution(said, "It names a product.", by=EDITOR)
    (thread,) = threads_of(discussion, voice_of_place(place))
    assert (thread.head.state, thread.head.settled_because) == ("hidden", "It names a product.")
    assert shown_to(other, discussion) == []
    assert refusal(hide_contribution, said, "Again", by=EDITOR) == "hidden_already"
    show_contribution(said, seen_version=1, by=EDITOR)
    assert len(shown_to(other, discussion)) == 1


def test_a_report_stands_in_the_queue_until_a_moderator_looks(discussion, place, other):
    said = said_by(place, discussion)
    voice = voice_of_place(other)

    report_contribution(said, voice, "It blames.", by=SYSTEM)
    assert refusal(report_contribution, said, voice, "Again", by=SYSTEM) == "reported_already"
    own = voice_of_place(place)
    assert refusal(report_contribution, said, own, "Mine", by=SYSTEM) == "own_report"
    assert list(Contribution.objects.reported()) == [said]
    keep_contribution(said, by=EDITOR)
    assert not Contribution.objects.reported().exists()
    assert refusal(keep_contribution, said, by=EDITOR) == "nothing_reported"


def test_what_is_pinned_stands_first(discussion, place):
    first, last = (said_by(place, discussion, text) for text in ("First", "Last"))

    assert [each[1] for each in shown_to(place, discussion)] == ["Last", "First"]
    pin_contribution(first, pinned=True, by=EDITOR)
    assert [each[1] for each in shown_to(place, discussion)] == ["First", "Last"]
    reply = said_by(place, discussion, "Yes", head=last)
    assert refusal(pin_contribution, reply, pinned=True, by=EDITOR) == "pin_head"


def test_a_discussion_in_which_somebody_spoke_stays(discussion, place):
    empty = discussion_of(discussion.activity, title="Empty")
    said_by(place, discussion)

    remove_discussion(empty, by=SYSTEM)
    assert refusal(remove_discussion, discussion, by=SYSTEM) == "discussion_said"
    assert Discussion.objects.get() == discussion


def test_everybody_with_a_place_is_written_to_once(discussion, place, other):
    RegistrationFactory(activity=discussion.activity, state="queued")

    tell_of_discussion(discussion, by=SYSTEM)
    assert send_of_discussion(discussion, by=SYSTEM) == 2
    letters = Delivery.objects.filter(template_code="learning.discussion_opened")
    assert {each.to_address for each in letters} == {
        each.clinician.email for each in (place, other)
    }
    assert refusal(tell_of_discussion, discussion, by=SYSTEM) == "told_of_discussion"


def test_a_follower_hears_what_others_said_once_a_day(discussion, place, other):
    begun = now()
    for each in (place, place, other):
        follow_discussion(discussion, each, by=SYSTEM)
    said_by(other, discussion)

    assert Following.objects.count() == 2
    assert send_digests(by=SYSTEM) == 0, "nobody hears on the day they began"
    with time_machine.travel(begun + timedelta(days=1, hours=1), tick=True):
        assert send_digests(by=SYSTEM) == 1
        said_by(other, discussion, "More.")
        assert send_digests(by=SYSTEM) == 0, "once a day at most"
    (letter,) = Delivery.objects.filter(template_code="learning.discussion_digest")
    assert letter.to_address == place.clinician.email
    assert "At night there are two of us." not in letter.text
    stop_following(discussion, place, by=SYSTEM)
    with time_machine.travel(begun + timedelta(days=3), tick=True):
        assert send_digests(by=SYSTEM) == 0


def asked_course(number=2):
    """Enduring material that asks for so many contributions."""
    activity = enduring(state="approved")
    discussion = discussion_of(activity)
    course_with(text(), activity=activity)
    steps = ["register", "content", ("discussion", {"contributions": number}), "claim"]
    asked = [Asked(*each) if isinstance(each, tuple) else Asked(each) for each in steps]
    set_requirements(activity, asked, by=SYSTEM)
    type(activity).objects.filter(pk=activity.pk).update(state="open")
    return discussion


def step_of(place):
    return next(each for each in steps_of(place) if each.kind.code == "discussion")


def test_contributions_that_stand_are_asked_for_before_the_credit(organisation):
    discussion = asked_course()
    place = RegistrationFactory(activity=discussion.activity)

    first = said_by(place, discussion)
    step = step_of(place)
    assert (step.stand.is_done, step.stand.detail) == (False, "1 of 2 contributions")
    assert step.missing.code == "discussion_left"
    said_by(place, discussion, "And another thing.")
    assert step_of(place).missing is None
    hide_contribution(first, "Names a ward", by=EDITOR)
    assert step_of(place).stand.detail == "1 of 2 contributions"


def test_what_waits_for_a_moderator_is_said_and_does_not_count(organisation):
    discussion = asked_course(1)
    Discussion.objects.filter(pk=discussion.pk).update(moderation="before")
    place = RegistrationFactory(activity=discussion.activity)
    said_by(place, discussion)

    assert step_of(place).stand.detail == "0 of 1 contributions, 1 waits for a moderator"


def test_everybody_of_an_activity_is_counted_alike(organisation):
    discussion = asked_course(1)
    done, idle = RegistrationFactory.create_batch(2, activity=discussion.activity)
    said_by(done, discussion)
    missing = missing_in(discussion.activity)

    assert (missing(done.pk).code, missing(idle.pk).code) == ("content_first", "content_first")
    kind = step_of(done).kind
    assert set(kind.done_in(discussion.activity, {"contributions": 1})) == {done.pk}


def test_a_discussion_that_is_not_there_is_not_asked_for(organisation):
    activity = enduring(state="draft")
    course_with(text(), activity=activity)
    kinds = [Asked(each) for each in ("register", "content", "discussion", "claim")]

    assert refusal(set_requirements, activity, kinds, by=SYSTEM) == "nothing_to_discuss"


def test_the_last_discussion_that_is_asked_for_is_not_removed(organisation):
    discussion = asked_course()

    assert refusal(remove_discussion, discussion, by=SYSTEM) == "discussion_asked"
