import uuid
from datetime import datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from symposia.activities.actions.organisers import (
    CouncilApproval,
    OrganiserFacts,
    enter_council_approval,
    name_organiser,
    remove_organiser,
)
from symposia.activities.facts import read_facts
from symposia.activities.models import Activity, Organiser
from symposia.activities.organisers import council_hours_of, facts_of_organiser, organiser_of
from symposia.activities.organising import objection_to_council_hours, objection_to_organiser
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from tests.activities.test_actions import code_of
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db
BEFORE = datetime.fromisoformat("2027-03-01T12:00+00:00")
NUMBER = CouncilApproval("Maharashtra Medical Council", "MMC/CME/2027/118")


def association(**more):
    activity = ActivityFactory(mode="scientific", **more)
    return name_organiser(activity, OrganiserFacts("association", "Cardiology Society"), by=SYSTEM)


@pytest.mark.parametrize(
    ("mode", "part", "ineligible", "found"),
    [
        ("independent", "direct", False, None),
        ("independent", "joint", False, None),
        # ACCME, Standards for Integrity and Independence: eligibility of organisations.
        ("independent", "joint", True, "ineligible_company"),
        ("independent", "direct", True, "ineligible_company"),
        ("independent", "association", False, "no_association"),
        ("scientific", "association", False, None),
        ("scientific", "joint", False, "no_joint_provider"),
        ("promotional", "association", False, "no_association"),
        ("promotional", "direct", False, "no_joint_provider"),
    ],
)
def test_who_may_stand_beside_us(mode, part, ineligible, found):
    activity = Activity(mode=mode, organisation_id=uuid.uuid4())

    objection = objection_to_organiser(activity, part, ineligible=ineligible)

    assert (objection and objection.code) == found


def test_a_joint_provider_is_named_once_and_kept_in_the_journal(organisation):
    activity = ActivityFactory()

    for _again in range(2):
        name_organiser(activity, OrganiserFacts("joint", " City College "), by=SYSTEM)

    assert organiser_of(activity).name == "City College"
    assert Entry.objects.filter(action="activity.organiser_named").count() == 1
    assert facts_of_organiser(activity.pk)["organised_with"] == "joint"


def test_a_councils_number_is_entered_before_the_event(organisation):
    organiser = association()

    with time_machine.travel(BEFORE):
        entered = enter_council_approval(organiser, NUMBER, by=SYSTEM)

    assert entered.approval_number == NUMBER.number
    assert objection_to_council_hours(organiser.activity, entered) is None
    assert facts_of_organiser(organiser.activity_id)["council_approved"] is True


def test_a_number_after_the_first_minute_is_too_late(organisation):
    organiser = association()

    with time_machine.travel(organiser.activity.starts_at):
        found = code_of(lambda: enter_council_approval(organiser, NUMBER, by=SYSTEM))

    assert found == "approval_too_late"
    assert objection_to_council_hours(organiser.activity, organiser).code == "no_council_number"


def test_a_number_needs_the_association_that_holds_it(organisation):
    joint = name_organiser(ActivityFactory(), OrganiserFacts("joint", "College"), by=SYSTEM)

    assert code_of(lambda: enter_council_approval(joint, NUMBER, by=SYSTEM)) == (
        "no_approval_to_enter"
    )


def test_another_name_voids_the_approval_of_the_first(organisation):
    organiser = association()
    with time_machine.travel(BEFORE):
        enter_council_approval(organiser, NUMBER, by=SYSTEM)

    facts = OrganiserFacts("association", "Another Society")
    changed = name_organiser(organiser.activity, facts, by=SYSTEM)

    assert changed.approval_number == ""
    assert changed.approval_entered_at is None


def test_the_rail_of_a_companys_meeting_says_no_credit_until_the_number_is_in(organisation):
    organiser = association()

    def said():
        activity = Activity.objects.get(pk=organiser.activity_id)
        return next(k.reading for k in read_facts(activity) if k.fact.name == "council")

    assert "No credit" in said().detail
    with time_machine.travel(BEFORE):
        enter_council_approval(organiser, NUMBER, by=SYSTEM)
    assert said().state == "done"


def test_a_number_that_came_after_the_new_first_minute_gives_no_hours(organisation):
    organiser = association()
    with time_machine.travel(BEFORE):
        enter_council_approval(organiser, NUMBER, by=SYSTEM)
    earlier = datetime.fromisoformat("2027-02-01T09:00+00:00")
    Activity.objects.filter(pk=organiser.activity_id).update(
        wall_starts=earlier.replace(tzinfo=None), starts_at=earlier
    )
    activity = Activity.objects.get(pk=organiser.activity_id)

    rail = next(k.reading for k in read_facts(activity) if k.fact.name == "council")

    assert council_hours_of(activity).objection.code == "no_council_number"
    assert facts_of_organiser(activity.pk)["council_approved"] is False
    assert rail.state == "waiting"


def test_only_a_companys_meeting_speaks_of_a_councils_hours(organisation):
    assert council_hours_of(Activity(mode="independent", organisation_id=uuid.uuid4())) is None
    assert council_hours_of(ActivityFactory(mode="promotional")).objection is not None


def test_the_database_keeps_an_approval_whole(organisation):
    organiser = association()

    with pytest.raises(IntegrityError), transaction.atomic():
        Organiser.objects.filter(pk=organiser.pk).update(approval_number="1")


def test_removing_it_leaves_us_alone(organisation):
    organiser = association()

    remove_organiser(organiser, by=SYSTEM)

    assert organiser_of(organiser.activity) is None
    assert Entry.objects.get(action="activity.organiser_removed").details["name"] == (
        "Cardiology Society"
    )


@pytest.mark.parametrize("state", ["submitted", "running", "held", "closed"])
def test_what_others_decide_on_and_what_has_begun_keeps_its_organiser(organisation, state):
    activity = ActivityFactory(state=state)

    found = code_of(lambda: name_organiser(activity, OrganiserFacts("joint", "X"), by=SYSTEM))

    assert found == "activity_frozen"


def test_what_is_approved_takes_no_organiser_where_the_rules_say_no(organisation):
    activity = ActivityFactory(state="open")

    found = code_of(lambda: name_organiser(activity, OrganiserFacts("joint", "X"), by=SYSTEM))

    assert found == "blocked_by_rules"
    assert not Organiser.objects.exists()
