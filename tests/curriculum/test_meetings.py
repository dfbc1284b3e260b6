from datetime import date, timedelta

import pytest
from django.utils.timezone import now

from symposia.audit.models import Entry
from symposia.curriculum.actions.guidelines import supersede_guideline
from symposia.curriculum.actions.meetings import (
    MeetingFacts,
    Promise,
    add_point,
    agree_action,
    cancel_meeting,
    change_meeting,
    decide_point,
    draw_up_agenda,
    finish_action,
    hold_meeting,
    plan_meeting,
    remove_point,
)
from symposia.curriculum.actions.office_policies import PolicyFacts, write_policy
from symposia.curriculum.models import AgendaItem, Gap, Meeting
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import UserFactory, day_here
from tests.factories.activities import ActivityFactory
from tests.factories.curriculum import (
    GapFactory,
    GuidelineFactory,
    MeetingFactory,
    NewsItemFactory,
    ObjectiveFactory,
    PlanFactory,
    SurveyFactory,
)

FACTS = MeetingFacts("Curriculum review", date(2027, 1, 31), "Board room")


def code_of(change):
    with pytest.raises(Refused) as refused:
        change()
    return refused.value.objection.code


def kinds(items):
    return sorted({item.kind for item in items})


def hold(meeting):
    return hold_meeting(meeting, minutes="Talked.", present="Anita, Asha", by=SYSTEM)


def test_the_agenda_is_made_from_what_changed(organisation):
    old = GuidelineFactory()
    ObjectiveFactory(guideline=old)
    supersede_guideline(old, GuidelineFactory(), reason="2026", by=SYSTEM)
    SurveyFactory(state="closed", closed_at=now())
    SurveyFactory(state="open")
    PlanFactory()
    PlanFactory(state="approved", approved_on=day_here())
    NewsItemFactory()
    NewsItemFactory(state="decided", decision="no_change", reason="x")
    due, later = day_here() + timedelta(days=10), day_here() + timedelta(days=200)
    write_policy("policy", PolicyFacts("Records", due), text="Keep.", by=SYSTEM)
    write_policy("policy", PolicyFacts("Refunds", later), text="Give.", by=SYSTEM)
    ActivityFactory(state="held")
    meeting = plan_meeting(FACTS, by=SYSTEM)

    items = list(meeting.items.order_by("position"))

    found = {kind: [i.title for i in items if i.kind == kind] for kind in kinds(items)}
    assert set(found) >= {"gap", "review", "survey", "plan", "news", "policy", "outcome", "rules"}
    assert [len(found[k]) for k in ("review", "survey", "plan", "news", "policy")] == [1] * 5
    assert draw_up_agenda(meeting, by=SYSTEM) == []


def test_only_what_changed_since_the_last_meeting_comes_up_again(organisation):
    seen = GapFactory()
    first = plan_meeting(FACTS, by=SYSTEM)
    _held, second = hold(first)
    fresh = GapFactory()
    Gap.objects.filter(pk=fresh.pk).update(changed_at=now() + timedelta(seconds=5))

    items = draw_up_agenda(second, by=SYSTEM)

    gaps = [item.subject_id for item in items if item.kind == "gap"]
    assert gaps == [fresh.pk]
    assert seen.pk not in gaps
    assert "rules" not in kinds(items)


def test_a_held_meeting_plans_the_next_a_month_later(organisation):
    meeting = plan_meeting(FACTS, by=SYSTEM)

    held, following = hold(meeting)

    assert (held.state, held.held_at is not None) == ("held", True)
    assert (following.on, following.place) == (date(2027, 2, 28), "Board room")
    alone = plan_meeting(MeetingFacts("Once", date(2027, 3, 1), "", None), by=SYSTEM)
    assert hold(alone)[1] is None


def test_a_meeting_is_held_with_minutes_and_people(organisation):
    meeting = MeetingFactory()

    assert code_of(lambda: hold_meeting(meeting, minutes=" ", present="A", by=SYSTEM)) == (
        "no_minutes"
    )
    assert code_of(lambda: hold_meeting(meeting, minutes="x", present=" ", by=SYSTEM)) == (
        "nobody_present"
    )


def test_the_record_of_a_meeting_that_is_over_stays(organisation):
    meeting = MeetingFactory()
    point = add_point(meeting, title="Room", note="", by=SYSTEM)
    hold(meeting)
    owner = UserFactory()

    for change in (
        lambda: hold(meeting),
        lambda: add_point(meeting, title="X", note="", by=SYSTEM),
        lambda: remove_point(point, by=SYSTEM),
        lambda: decide_point(point, decision="X", by=SYSTEM),
        lambda: draw_up_agenda(meeting, by=SYSTEM),
        lambda: agree_action(meeting, Promise("X", owner, date(2027, 1, 1)), by=SYSTEM),
        lambda: change_meeting(meeting, FACTS, seen_version=1, by=SYSTEM),
        lambda: cancel_meeting(meeting, reason="x", by=SYSTEM),
    ):
        assert code_of(change) == "meeting_over"


def test_a_decision_is_written_on_its_point_which_then_stays(organisation):
    meeting = MeetingFactory()
    point = add_point(meeting, title="Room", note="Too small", by=SYSTEM)
    spare = add_point(meeting, title="Spare", note="", by=SYSTEM)

    decide_point(point, decision="Take hall B", by=SYSTEM)
    remove_point(spare, by=SYSTEM)

    kept = AgendaItem.objects.get()
    assert (kept.decision, kept.decided_at is not None) == ("Take hall B", True)
    assert code_of(lambda: remove_point(kept, by=SYSTEM)) == "decided_point"
    assert Entry.objects.get(action="meeting.point_decided").reason == "Take hall B"


def test_an_action_that_is_not_done_comes_up_at_the_next_meeting(organisation):
    meeting, owner = MeetingFactory(), UserFactory(full_name="Asha")
    promise = Promise("Book hall B", owner, date(2027, 2, 1))
    action = agree_action(meeting, promise, by=SYSTEM)
    _held, following = hold(meeting)

    assert "action" in kinds(following.items.all())
    assert code_of(lambda: finish_action(action, note=" ", by=SYSTEM)) == "say_how_done"
    finish_action(action, note="Booked", by=SYSTEM)
    assert code_of(lambda: finish_action(action, note="again", by=SYSTEM)) == "action_done"
    later = plan_meeting(FACTS, by=SYSTEM)
    assert "action" not in kinds(later.items.all())


def test_a_meeting_is_moved_without_overwriting(organisation):
    meeting = plan_meeting(FACTS, by=SYSTEM)
    moved = MeetingFacts("Curriculum review", date(2027, 2, 7), "Board room")
    change_meeting(meeting, moved, seen_version=1, by=SYSTEM)
    change_meeting(meeting, moved, seen_version=2, by=SYSTEM)

    assert code_of(lambda: change_meeting(meeting, FACTS, seen_version=1, by=SYSTEM)) == (
        "changed_meanwhile"
    )
    assert Meeting.objects.get().on == date(2027, 2, 7)


def test_a_meeting_that_was_called_off_holds_nothing_up(organisation):
    meeting = cancel_meeting(MeetingFactory(), reason="Strike", by=SYSTEM)

    assert meeting.state == "cancelled"
    assert Meeting.objects.held_before(MeetingFactory()) is None
