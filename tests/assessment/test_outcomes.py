import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from symposia.activities.models import ActivityObjective
from symposia.assessment.actions.tests import TestFacts, change_test, make_test, open_test
from symposia.assessment.models import Purpose
from symposia.assessment.policies.tests import PartFacts
from symposia.assessment.queries.outcomes import figures_of, gains_of, taking_of
from symposia.assessment.queries.tests import find_test
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.assessment import bank_question, choice, taken
from tests.factories.credits import attended
from tests.factories.curriculum import ObjectiveFactory


@pytest.fixture
def activity(organisation):
    """A pre-test and a post-test that ask the same four questions, two about an objective."""
    activity = attended().activity
    mine = ObjectiveFactory()
    ActivityObjective.objects.create(activity=activity, objective=mine)
    asked = [
        bank_question(choice(f"Question {n}?"), objective=mine if n < 3 else None)
        for n in range(1, 5)
    ]
    for purpose in (Purpose.PRE, Purpose.POST):
        test = make_test(activity, purpose, by=SYSTEM)
        facts = TestFacts(pass_mark=75, attempts=2, shuffles_questions=False)
        change_test(
            test, facts, [PartFacts(q) for q in asked], seen_version=test.version, by=SYSTEM
        )
        test.refresh_from_db()
        open_test(test, by=SYSTEM)
    return activity


def learner(activity, before, after):
    """Somebody who got these questions wrong in the pre-test and in the post-test."""
    registration = attended(activity=activity)
    with time_machine.travel(activity.starts_at - timedelta(hours=1), tick=True):
        taken(registration, Purpose.PRE, wrong=before)
    taken(registration, Purpose.POST, wrong=after)
    return registration


def three(activity):
    learner(activity, (1, 2), ())
    learner(activity, (1, 2, 3), (1,))
    learner(activity, (1,), (1,))


def test_figures_of_few_people_are_not_told(activity):
    learner(activity, (1,), ())
    learner(activity, (1,), ())

    figures, gains = figures_of(find_test(activity, Purpose.POST)), gains_of(activity)

    assert (figures.people, figures.is_shown, figures.mean, figures.items) == (2, False, None, ())
    assert (gains.people, gains.whole, gains.still_needed) == (2, None, 1)


def test_the_same_people_are_compared_by_test_objective_and_question(activity):
    three(activity)
    # Whoever took one of both is not compared.
    taken(attended(activity=activity), Purpose.POST)

    gains = gains_of(activity)

    # Before: 50, 25, 75; after: 100, 75, 75.
    assert (gains.people, gains.whole.gain.before) == (3, 50)
    assert gains.whole.gain.after == pytest.approx(83.333, abs=0.01)
    (objective,) = gains.objectives
    # Questions 1 and 2: before 0, 0, 50; after 100, 50, 50.
    assert objective.gain.before == pytest.approx(16.667, abs=0.01)
    assert objective.gain.after == pytest.approx(66.667, abs=0.01)
    first = gains.questions[0].gain
    assert (first.before, round(first.after)) == (0, 33)
    assert gains.whole.says_little


def test_only_the_first_attempt_counts(activity):
    three(activity)
    registration = attended(activity=activity)
    taken(registration, Purpose.POST, wrong=(1, 2, 3, 4))
    taken(registration, Purpose.POST)

    figures = figures_of(find_test(activity, Purpose.POST))

    assert figures.people == 4
    # 4 + 3 + 3 + 0 of 16 points.
    assert figures.mean == pytest.approx(62.5)
    first = figures.items[0]
    assert first.figures.difficulty == pytest.approx(0.25)
    assert [a.count for a in first.answers] == [1, 3, 0, 0]
    assert figures.reliability.is_kr20
    assert taking_of(activity)["post"].passed == 4


def test_the_pages_say_what_the_figures_are_and_take_them_home(client, activity, organisation):
    three(activity)
    client.force_login(member(organisation, "education_lead"))

    page = client.get(reverse("activity_gain", args=[activity.pk])).text
    figures = client.get(reverse("activity_test_statistics", args=[activity.pk, "post"])).text
    answer = client.get(reverse("activity_gain_csv", args=[activity.pk]))
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))

    assert "3 people scored 50 % in the pre-test and 83 % in the post-test." in page
    assert "not why" in page
    assert "Fewer than 10 people" in page
    assert "KR-20" in figures
    assert [row["about"] for row in rows] == ["test", "objective", *["question"] * 4]
    assert (rows[0]["people"], rows[0]["pre_percent"], rows[0]["post_percent"]) == (
        "3",
        "50.0",
        "83.33",
    )
    assert (
        b"Discrimination"
        in client.get(
            reverse("activity_test_statistics_csv", args=[activity.pk, "post"])
        ).getvalue()
    )


def test_figures_do_not_speak_of_causes(client, activity, organisation):
    three(activity)
    client.force_login(member(organisation, "education_lead"))

    page = client.get(reverse("activity_gain", args=[activity.pk])).text.casefold()

    for word in ("improved", "because", "led to", "caused", "thanks to", "effective"):
        assert word not in page
