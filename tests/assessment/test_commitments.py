"""What learners want to change, and what became of it after 30, 60 and 90 days."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.models import ActivityObjective
from symposia.assessment.actions.commitments import (
    ReportFacts,
    Wish,
    commit_to_change,
    report_commitment,
)
from symposia.assessment.lists.commitments import COMMITMENTS
from symposia.assessment.models import Commitment, CommitmentResult, Kept
from symposia.assessment.policies import NOT_THERE
from symposia.assessment.policies.commitments import (
    COMMITTED,
    NO_SUCH_BARRIER,
    NOTHING_PROMISED,
    REPORTED,
    TOO_EARLY,
    TOO_MANY,
)
from symposia.assessment.queries.commitments import figures_of_commitments
from symposia.assessment.stages import stage_at
from symposia.audit.models import Entry
from symposia.credits.letters import LEARNING
from symposia.notifications.models import Delivery
from symposia.outreach.actions.reminders import remind_next
from symposia.outreach.models import Reminder, Trigger
from symposia.shared.actors import SYSTEM, job_actor
from symposia.shared.links import make_link
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.credits import attended
from tests.factories.curriculum import ObjectiveFactory

DONE = ReportFacts(Kept.DONE)
PARTLY = ReportFacts(Kept.PARTLY, ["time"], "The ward was full.")


def committed(registration=None, *texts):
    wishes = [Wish(text) for text in texts or ["Measure lactate within the hour"]]
    return commit_to_change(registration or attended(), wishes, by=SYSTEM)


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection


@pytest.mark.parametrize(
    ("days", "stage"), [(0, None), (29, None), (30, 30), (59, 30), (60, 60), (90, 90), (400, 90)]
)
def test_a_stage_is_the_last_one_that_has_passed(days, stage):
    assert stage_at(now(), now() + timedelta(days=days)) == stage


def test_what_is_to_be_changed_is_written_down_once_and_never_in_the_journal(organisation):
    registration = attended()

    given = committed(registration, "Measure lactate", " ", "Call early")

    assert [(c.number, c.text) for c in given] == [(1, "Measure lactate"), (2, "Call early")]
    assert refusal(lambda: committed(registration)) == COMMITTED
    assert "lactate" not in str([e.__dict__ for e in Entry.objects.all()])


def test_who_was_not_there_or_says_nothing_or_too_much_commits_to_nothing(organisation):
    assert refusal(lambda: committed(attended(minutes=0))) == NOT_THERE
    assert refusal(lambda: committed(attended(), " ")) == NOTHING_PROMISED
    assert refusal(lambda: committed(attended(), *"abcd")) == TOO_MANY


def test_an_objective_is_one_of_the_activity(organisation):
    registration, mine = attended(), ObjectiveFactory()
    ActivityObjective.objects.create(activity=registration.activity, objective=mine)

    (given,) = commit_to_change(registration, [Wish("Measure it", mine)], by=SYSTEM)

    assert given.objective == mine
    foreign = [Wish("Measure it", ObjectiveFactory())]
    with pytest.raises(Refused, match="has not taken on"):
        commit_to_change(attended(), foreign, by=SYSTEM)


def test_what_became_of_it_is_said_once_for_each_stage(organisation):
    (given,) = committed()

    assert refusal(lambda: report_commitment(given, DONE, by=SYSTEM)) == TOO_EARLY
    with time_machine.travel(given.given_at + timedelta(days=31), tick=False) as clock:
        wrong = ReportFacts(Kept.NOT, ["weather"])
        assert refusal(lambda: report_commitment(given, wrong, by=SYSTEM)) == NO_SUCH_BARRIER
        first = report_commitment(given, PARTLY, by=SYSTEM)
        assert refusal(lambda: report_commitment(given, DONE, by=SYSTEM)) == REPORTED
        clock.shift(timedelta(days=30))
        second = report_commitment(given, DONE, by=SYSTEM)

    assert [(r.stage, r.kept) for r in (first, second)] == [(30, "partly"), (60, "done")]


def test_who_committed_is_asked_after_30_60_and_90_days_until_it_is_done(organisation):
    (given,) = committed()
    after = list(Reminder.objects.filter(trigger=Trigger.COMMITMENT).order_by("hours"))
    assert [r.hours for r in after] == [720, 1440, 2160]
    assert {r.made_by_name for r in after} == {job_actor("commitments").name}
    committed()
    assert Reminder.objects.filter(trigger=Trigger.COMMITMENT).count() == 3

    def sent(days):
        with time_machine.travel(given.given_at + timedelta(days=days, minutes=1), tick=False):
            return [remind_next(each.pk) for each in after]

    assert sent(29) == [0, 0, 0]
    assert sent(30) == [2, 0, 0]
    assert sent(31) == [0, 0, 0]
    with time_machine.travel(given.given_at + timedelta(days=32), tick=False):
        report_commitment(given, DONE, by=SYSTEM)
    assert sent(60) == [0, 1, 0]
    letter = Delivery.objects.filter(template_code="credits.commitments").first()
    assert "commitments/" in letter.text
    assert "lactate" not in letter.text


def test_figures_tell_of_three_people_and_more(organisation):
    first = attended()
    given = [committed(first)[0], committed(attended(activity=first.activity))[0]]
    later = now() + timedelta(days=31)
    assert not figures_of_commitments(first.activity, later).is_shown

    given.append(committed(attended(activity=first.activity))[0])
    with time_machine.travel(later, tick=False):
        for each, facts in zip(given, (DONE, PARTLY, PARTLY), strict=True):
            report_commitment(each, facts, by=SYSTEM)

    figures = figures_of_commitments(first.activity, later)
    (stage,) = figures.stages
    assert (stage.stage, stage.asked, stage.done, stage.partly, stage.not_done) == (30, 3, 1, 2, 0)
    assert figures.barriers == ()


def test_the_list_is_for_whoever_works_on_evaluations(organisation):
    (given,) = committed()

    def seen_by(role):
        access = access_of(member(organisation, role), organisation, at=now())
        return list(COMMITMENTS.rows_for(access, {}))

    assert seen_by("coordinator") == [given]
    assert seen_by("medical_affairs") == []


def address(organisation, registration, name="finish_commitments", *more):
    return reverse(name, args=[make_link(LEARNING, registration.pk, organisation.code), *more])


def test_on_the_phone_it_is_written_down_and_answered_later(client, organisation):
    registration = attended()
    to = address(organisation, registration)

    before = client.get(to).text
    empty = client.post(to, {"text1": ""})
    client.post(to, {"text1": "Measure lactate"})
    after = client.get(to).text

    assert "You will be asked after 30, 60, 90 days" in before
    assert empty.status_code == 422
    assert "Measure lactate" in after
    assert "Say what became of number 1" not in after
    report = address(organisation, registration, "finish_commitment_result", 1)
    with time_machine.travel(now() + timedelta(days=31), tick=False):
        assert "Say what became of number 1" in client.get(to).text
        client.post(report, {"c1-kept": "not", "c1-barriers": ["time", "money"]})
        assert "After 30 days: Not done" in client.get(to).text
        refused = client.post(report, {"c1-kept": "done"})
        assert "You have said what became of this." in refused.text
        nothing = address(organisation, registration, "finish_commitment_result", 2)
        assert client.post(nothing, {"c2-kept": "done"}).status_code == 404
    assert CommitmentResult.objects.get().barriers == ["time", "money"]
    assert Commitment.objects.count() == 1
