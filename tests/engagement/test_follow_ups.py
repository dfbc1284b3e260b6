"""After an activity: what its mode allows, for whoever looks after its doctors."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from symposia.activities.modes import Mode
from symposia.audit.models import Entry
from symposia.engagement.actions.follow_ups import (
    add_follow_up,
    decline_follow_up,
    finish_follow_up,
    hand_over_follow_ups,
    make_follow_ups,
    take_follow_up,
)
from symposia.engagement.models import FollowUp, FollowUpKind
from symposia.engagement.policies import objection_to_kind
from symposia.engagement.queries import owners_of
from symposia.engagement.rules import follow_up_rules, made_for, rule_for
from symposia.engagement.standing import kinds_for
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import UserFactory, day_here
from tests.factories.attendance import EvidenceFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.engagement import AfterMeeting
from tests.factories.outreach import InvitationFactory
from tests.factories.registrations import RegistrationFactory


@pytest.fixture
def after(organisation):
    return AfterMeeting(organisation)


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


@pytest.mark.parametrize("mode", Mode.values)
@pytest.mark.parametrize("kind", FollowUpKind.values)
def test_every_kind_has_one_rule_in_every_mode_with_its_source(mode, kind):
    held = [each for each in follow_up_rules() if (each.kind, each.mode) == (kind, mode)]

    assert [each for each in held if each.holds(day_here())] == [rule_for(kind, mode, day_here())]
    assert all(each.citation and each.is_to_verify for each in held)


def test_an_independent_activity_is_followed_up_by_nobody_of_a_company():
    assert made_for("independent", day_here(), came=True) == []
    for kind in FollowUpKind.values:
        rule = rule_for(kind, "independent", day_here())
        objection = objection_to_kind(rule, kind, "independent", came=True)
        assert objection.code == "follow_up_not_in_mode"
        assert rule.citation in str(objection)


def test_product_is_no_follow_up_of_a_scientific_meeting_and_is_one_of_a_promotional():
    def objection(mode):
        return objection_to_kind(rule_for("product", mode, day_here()), "product", mode, came=True)

    assert objection("scientific").code == "follow_up_not_in_mode"
    assert "Scientific" in str(objection("scientific"))
    assert objection("promotional") is None
    assert objection_to_kind(None, "product", "promotional", came=True).code == "follow_up_no_rule"


def test_who_came_is_thanked_and_who_missed_is_asked_by_the_representative_of_the_territory(after):
    after.make()

    made = {each.clinician: each for each in FollowUp.objects.for_list()}
    assert {who: (each.kind, each.came) for who, each in made.items()} == {
        after.came: ("thanks", True),
        after.missed: ("missed", False),
    }
    assert {each.owner for each in made.values()} == {after.user}
    ends = max(after.activity.wall_ends.date(), day_here())
    assert made[after.came].due_on == ends + timedelta(days=7)
    assert Entry.objects.filter(action="follow_up.made").count() == 2


def test_made_again_nothing_is_made_twice(after):
    after.make()

    assert make_follow_ups(after.activity, by=SYSTEM) == []
    assert FollowUp.objects.count() == 2


def test_nothing_is_made_before_it_is_over_or_of_an_independent_activity(organisation):
    running = AfterMeeting(organisation, is_over=False)
    independent = AfterMeeting(organisation, mode="independent")

    assert make_follow_ups(running.activity, by=SYSTEM) == []
    assert make_follow_ups(independent.activity, by=SYSTEM) == []


def test_whoever_turns_out_to_have_been_there_is_followed_up_as_such(after):
    after.make()
    EvidenceFactory(registration=after.activity_place(after.missed))

    make_follow_ups(after.activity, by=SYSTEM)

    states = dict(FollowUp.objects.filter(clinician=after.missed).values_list("kind", "state"))
    assert states == {"missed": "dropped", "thanks": "open"}


def test_of_several_who_hold_a_territory_whoever_invited_does_it(after):
    other = after.holder(after.territory)
    InvitationFactory(activity=after.activity, clinician=after.missed, invited_by_id=other.pk)

    owners = owners_of(after.activity, [after.came, after.missed], at=now())

    assert owners == {after.came.pk: after.user.pk, after.missed.pk: other.pk}


def test_a_territory_without_anybody_is_looked_after_by_the_one_around_it(after):
    around = TerritoryFactory()
    manager = after.holder(around, "area_manager")
    person = ClinicianFactory(territory=TerritoryFactory(parent=around))

    assert owners_of(after.activity, [person], at=now()) == {person.pk: manager.pk}


def test_doctors_whom_nobody_looks_after_get_no_follow_up(after):
    RegistrationFactory(activity=after.activity, clinician=ClinicianFactory())

    after.make()

    assert FollowUp.objects.count() == 2


def test_it_is_done_once_with_how_and_what_was_said(after):
    owed = after.make()

    assert code_of(lambda: finish_follow_up(owed, "call", " ", by=SYSTEM)) == "follow_up_say_what"
    assert code_of(lambda: finish_follow_up(owed, "x", "Hm.", by=SYSTEM)) == "follow_up_say_how"
    done = finish_follow_up(owed, "call", "Took home the bundle.", by=SYSTEM)

    assert (done.state, done.way, done.said) == ("done", "call", "Took home the bundle.")
    assert code_of(lambda: decline_follow_up(owed, "No.", by=SYSTEM)) == "follow_up_not_open"
    assert Entry.objects.filter(action="follow_up.done").count() == 1


def test_it_is_not_done_for_a_reason(after):
    owed = after.make()

    declined = decline_follow_up(owed, "Does not want to be called.", by=SYSTEM)

    assert (declined.state, declined.said) == ("declined", "Does not want to be called.")


def test_one_more_is_taken_on_where_the_mode_allows_it(after):
    after.make()

    def add(kind, who=after.came):
        return add_follow_up(after.activity, who, kind, owner_id=after.user.pk, by=SYSTEM)

    assert add("material").owner == after.user
    assert code_of(lambda: add("material")) == "follow_up_there_already"
    assert code_of(lambda: add("product")) == "follow_up_not_in_mode"
    assert code_of(lambda: add("missed")) == "follow_up_was_there"
    assert code_of(lambda: add("material", ClinicianFactory())) == "follow_up_neither"


def test_the_page_says_why_a_kind_is_not_allowed(after):
    said = {each.kind: each.objection for each in kinds_for(after.make())}

    assert said["material"] is None
    assert said["product"].code == "follow_up_not_in_mode"
    assert "thanks" not in said


def test_whoever_holds_the_territory_now_goes_on_with_it(after):
    owed, other = after.make(), UserFactory()

    taken = take_follow_up(owed, owner_id=other.pk, by=SYSTEM)

    assert after.of(after.came).owner == other

    def again():
        return take_follow_up(taken, owner_id=other.pk, by=SYSTEM)

    assert code_of(again) == "follow_up_yours_already"
    decline_follow_up(taken, "No.", by=SYSTEM)
    assert code_of(again) == "follow_up_not_open"


def test_a_successor_goes_on_with_what_a_leaver_owed(after):
    after.make()
    successor = UserFactory()
    finish_follow_up(after.of(after.missed), "call", "Was ill.", by=SYSTEM)

    assert hand_over_follow_ups(after.user.pk, successor.pk, by=SYSTEM) == 1
    assert after.of(after.came).owner == successor
    assert after.of(after.missed).owner == after.user
