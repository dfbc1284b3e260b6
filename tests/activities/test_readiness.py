from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from symposia.activities.actions.lifecycle import return_activity, submit_activity
from symposia.activities.actions.rules import check_rules
from symposia.activities.facts import Fact, Reading, Stage, objections_to, read_facts
from symposia.activities.models import Activity
from symposia.activities.readiness import NO_OBJECTIVES, readiness_of
from symposia.compliance.queries import findings_of
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Objection
from tests.activities.test_actions import complete
from tests.factories.activities import ActivityFactory, SessionFactory

MISSING = Objection("missing", "Something is missing.")


def states(activity):
    return {known.fact.name: known.reading.state for known in read_facts(activity)}


def next_of(activity):
    return readiness_of(activity, read_facts(activity), at=now()).next


def test_an_empty_draft_says_what_it_lacks(organisation):
    found = states(ActivityFactory(venue_name=""))

    assert (found["needs"], found["place"], found["agenda"]) == ("blocked", "blocked", "blocked")
    assert found["approval"] == "waiting"
    assert "faculty" not in found


def test_a_complete_draft_waits_for_its_submission_only(organisation):
    activity = complete()

    found = states(activity)

    assert {found[name] for name in ("needs", "place", "agenda", "faculty")} == {"done"}
    assert next_of(activity).action == "submit"
    assert next_of(activity).objection is None


def test_what_is_approved_is_sealed(organisation):
    found = states(complete(state="approved"))

    assert {found[name] for name in ("needs", "place", "agenda", "faculty")} == {"sealed"}
    assert found["opened"] == "now"


def test_while_others_decide_there_is_no_step_to_take(organisation):
    activity = submit_activity(complete(), by=SYSTEM)

    assert next_of(activity) is None
    assert states(activity)["approval"] == "now"


def test_a_returned_plan_shows_its_approvers_words(organisation):
    activity = submit_activity(complete(), by=SYSTEM)
    return_activity(activity, reason="Fewer people, please", by=SYSTEM)

    activity = Activity.objects.get()
    approval = next(k for k in read_facts(activity) if k.fact.name == "approval")
    assert (approval.reading.state, approval.reading.detail) == ("blocked", "Fewer people, please")
    assert next_of(activity).action == "submit"


def test_what_the_rules_said_counts_until_the_plan_changes(organisation):
    activity = complete()
    check_rules(activity, by=SYSTEM)
    assert states(activity)["rules"] == "done"

    SessionFactory(activity=activity, title="More")

    assert states(activity)["rules"] == "waiting"


def test_promotional_activities_need_no_objective(organisation):
    assert "needs" not in states(ActivityFactory(mode="promotional"))


@pytest.mark.parametrize(
    ("values", "is_ready"),
    [
        ({"delivery": "online", "venue_name": "", "city": ""}, False),
        ({"delivery": "online", "online_address": "https://example.org/room"}, True),
        ({"delivery": "hybrid"}, False),
        ({"delivery": "in_person"}, True),
    ],
    ids=["no address", "address", "hybrid needs both", "venue"],
)
def test_the_place_follows_how_people_take_part(organisation, values, is_ready):
    assert (states(ActivityFactory(**values))["place"] == "done") is is_ready


def test_an_activity_starts_on_its_day(organisation):
    activity = ActivityFactory(state="open")
    assert next_of(activity).objection.code == "not_begun"

    Activity.objects.update(starts_at=now() - timedelta(minutes=5))
    assert next_of(Activity.objects.get()).objection is None


def test_a_fact_holds_back_only_the_steps_it_is_needed_for(organisation):
    activity = ActivityFactory()
    fact = Fact(
        "own", "Own", lambda _activity: Reading("blocked", MISSING), frozenset({Stage.CLOSE})
    )
    known = [*read_facts(activity)]
    known.append(type(known[0])(fact, fact.read(activity)))

    assert objections_to(Stage.CLOSE, known) == [MISSING]
    assert NO_OBJECTIVES in objections_to(Stage.SUBMIT, known)
    assert MISSING not in objections_to(Stage.SUBMIT, known)


def test_one_reading_asks_for_the_agenda_once(organisation):
    activity = complete()

    with CaptureQueriesContext(connection) as queries:
        read_facts(activity)

    asked = [q["sql"] for q in queries if 'FROM "activities_session"' in q["sql"]]
    assert len(asked) == 1


def test_a_later_reading_sees_what_changed_since(organisation):
    activity = complete()
    assert states(activity)["faculty"] == "done"

    SessionFactory(activity=activity, title="More")

    assert states(activity)["faculty"] == "blocked"


def test_the_rail_counts_what_the_rules_warn_of_and_says_what_they_block(organisation):
    activity = complete()
    evaluation = check_rules(activity, by=SYSTEM)
    found = list(findings_of(evaluation))
    warnings = [f for f in found if f.result == "warn"]

    (rules,) = [k.reading for k in read_facts(activity) if k.fact.name == "rules"]

    assert len(warnings) > 1
    assert (rules.state, rules.count) == ("done", f"{len(warnings)} warnings")
    assert rules.detail == ""


def test_material_that_is_offered_for_a_while_says_until_which_day(organisation):
    activity = ActivityFactory(type="internet_enduring", minutes=60 * 24 * 400)

    (held,) = [k.reading for k in read_facts(activity) if k.fact.name == "held"]

    assert held.count == f"until {activity.wall_ends:%-d %b %Y}"
