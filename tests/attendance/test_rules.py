from datetime import date, timedelta

import pytest

from symposia.attendance.actions.rules import RuleFacts, set_presence_rule
from symposia.attendance.policies import NO_SUCH_RULE, SAY_WHY
from symposia.attendance.queries import minutes_of
from symposia.attendance.rules import counting_of
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import EvidenceFactory
from tests.factories.registrations import RegistrationFactory


def decide(activity, no_leave, *, days=0):
    day = activity.wall_starts.date() + timedelta(days=days)
    return set_presence_rule(RuleFacts(activity.type, no_leave, day, "Our policy"), by=SYSTEM)


def test_each_type_counts_as_shipped_until_somebody_decides(organisation):
    course, conference = ActivityFactory(), ActivityFactory(type="conference")

    assert counting_of(course).no_leave == "whole_session"
    assert counting_of(conference).no_leave == "next_evidence"


def test_a_rule_counts_from_its_day_on_and_the_latest_wins(organisation):
    activity = ActivityFactory()
    decide(activity, "desk", days=1)
    assert counting_of(activity).no_leave == "whole_session"

    decide(activity, "next_evidence", days=-9)
    decide(activity, "desk")

    assert counting_of(activity).no_leave == "desk"


def test_minutes_follow_the_rule(organisation):
    registration = RegistrationFactory()
    SessionFactory(activity=registration.activity)
    EvidenceFactory(registration=registration)
    assert minutes_of(registration).creditable == 90

    decide(registration.activity, "desk")

    assert minutes_of(registration).creditable == 0


@pytest.mark.parametrize(
    ("type_code", "no_leave", "reason", "objection"),
    [
        ("dance", "desk", "x", NO_SUCH_RULE),
        ("course", "never", "x", NO_SUCH_RULE),
        ("course", "desk", " ", SAY_WHY),
    ],
)
def test_a_rule_names_a_type_a_way_and_a_reason(
    organisation, type_code, no_leave, reason, objection
):
    with pytest.raises(Refused) as refused:
        set_presence_rule(RuleFacts(type_code, no_leave, date(2027, 1, 1), reason), by=SYSTEM)

    assert refused.value.objection == objection
