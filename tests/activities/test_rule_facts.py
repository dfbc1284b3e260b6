"""What rules ask of people, of what learners are told and of content, and what they say of it.

Source of the rules: ACCME Standards for Integrity and Independence, Standards 1, 3.1 to 3.5.
"""

import pytest
from django.utils import translation
from django.utils.timezone import now

from symposia.activities.actions.content_reviews import expect_content, review_content
from symposia.activities.actions.disclosures import mitigate_relationship, tell_learners_again
from symposia.activities.actions.exemptions import exempt_from_disclosure
from symposia.activities.actions.lifecycle import open_activity
from symposia.activities.actions.organisers import OrganiserFacts, name_organiser
from symposia.activities.actions.rules import check_rules
from symposia.activities.control import relationships_of
from symposia.activities.facts import read_facts
from symposia.activities.models import (
    Activity,
    ContentItem,
    Disclosure,
    DisclosureStatement,
    Mode,
    Organiser,
)
from symposia.activities.queries import evaluation_of, facts_known_of
from symposia.compliance.facts import facts_of
from symposia.compliance.models import Finding
from symposia.credits.actions.offers import offer_credit
from symposia.insights.actions import count_stale_figures, touch_figures
from symposia.shared.actors import SYSTEM
from tests.activities.test_content_reviews import ACCEPTED, hand_in, reviewer_of
from tests.activities.test_disclosures import decider, disclosed, judge
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory
from tests.factories.assessment import EvaluationFormFactory
from tests.factories.credits import ama
from tests.factories.outreach import InvitationFactory
from tests.factories.registrations import RegistrationFactory
from tests.factories.team import ContributorFactory, TeamMemberFactory


def known(activity):
    return facts_of("activity", activity.pk)


def said(activity, rule):
    """What a rule says of an activity now; nothing while it keeps silent."""
    evaluation = check_rules(activity, by=SYSTEM)
    found = Finding.objects.filter(evaluation=evaluation, rule=rule).first()
    return found and found.result


def rail(activity):
    return {k.fact.name: k.reading for k in read_facts(activity)}


@pytest.fixture
def planned(organisation):
    """A draft with one planner; somebody from outside is to teach."""
    activity = ActivityFactory()
    planner = ContributorFactory(name="Dr Asha Planner")
    TeamMemberFactory(activity=activity, contributor=planner, role="planner")
    SessionFacultyFactory(session=SessionFactory(activity=activity), name="Dr Meera Rao")
    return activity, planner


@pytest.fixture
def approved(organisation):
    person = ContributorFactory(name="Dr Meera Rao")
    activity = ActivityFactory(state="approved")
    SessionFacultyFactory(session=SessionFactory(activity=activity), name=person.name)
    return activity, person


def test_while_it_is_planned_planners_alone_hold_it_back(planned):
    activity, planner = planned
    assert known(activity)["disclosures_missing"] == 1
    assert said(activity, "SI-4") == "block"

    disclosed(planner)

    assert known(activity)["disclosures_missing"] == 0
    assert said(activity, "SI-4") == "pass"
    assert said(activity, "SI-7") is None


def test_from_approval_on_everybody_counts(approved):
    activity, person = approved
    assert said(activity, "SI-4") == "block"
    assert said(activity, "SI-7") == "warn"

    disclosed(person)

    assert [said(activity, rule) for rule in ("SI-4", "SI-5", "SI-6", "SI-7")] == ["pass"] * 4


def test_a_relevant_relationship_blocks_until_it_is_mitigated(approved):
    activity, person = approved
    by = decider()
    disclosed(person, ("Acme", "speaker"))
    assert known(activity)["relationships_unmitigated"] == 1
    assert said(activity, "SI-6") == "block"

    judge(activity, person, by)
    assert said(activity, "SI-6") == "block"
    (relationship,) = relationships_of(Disclosure.objects.of(person).first())
    mitigate_relationship(activity, person, relationship, step="content_review", by=by)

    assert said(activity, "SI-6") == "pass"


def test_what_was_decided_to_be_irrelevant_is_not_open(approved):
    activity, person = approved
    disclosed(person, ("Acme", "speaker"))

    judge(activity, person, decider(), relevant=False)

    assert known(activity)["relationships_unmitigated"] == 0


def test_an_employee_is_excluded_and_an_exception_lets_them_in(approved):
    activity, person = approved
    disclosed(person, ("Acme", "employee"))
    assert known(activity)["excluded_people"] == 1
    assert said(activity, "SI-5") == "block"

    judge(activity, person, decider(), relevant=False, exception="unrelated")

    assert said(activity, "SI-5") == "pass"


def test_once_it_is_open_learners_were_told_and_what_they_were_told_is_true(approved):
    activity, person = approved
    disclosed(person)
    DisclosureStatement.objects.create(
        activity=activity, number=1, text="Something else.", sha256="0" * 64, by_name="x"
    )
    Activity.objects.filter(pk=activity.pk).update(state="open")
    assert known(activity)["learner_disclosure_missing"] is True

    tell_learners_again(Activity.objects.get(pk=activity.pk), by=SYSTEM)

    assert known(activity)["learner_disclosure_missing"] is False
    assert said(activity, "SI-7") == "pass"


def test_the_statement_is_in_the_language_of_the_organisation_whoever_opens(approved):
    activity, person = approved
    disclosed(person)

    with translation.override("ar"):
        opened = open_activity(activity, by=SYSTEM)

    assert DisclosureStatement.objects.get(activity=opened).text.startswith("No relevant")
    assert known(opened)["learner_disclosure_missing"] is False


@pytest.mark.parametrize("mode", [Mode.SCIENTIFIC, Mode.PROMOTIONAL])
def test_a_companys_meeting_is_asked_for_no_disclosure(organisation, mode):
    activity = ActivityFactory(mode=mode, state="approved")
    SessionFacultyFactory(session=SessionFactory(activity=activity), name="Dr X")

    assert "disclosures_missing" not in known(activity)


def test_the_standards_own_exception_silences_the_rules(approved):
    activity, _person = approved

    exempt_from_disclosure(activity, code="non_clinical", reason="Leadership", by=SYSTEM)

    assert said(activity, "SI-4") is None


def test_content_without_a_review_warns_until_it_is_released(organisation):
    activity = ActivityFactory(mode="independent")
    assert said(activity, "SI-1") is None

    item = expect_content(activity, ContributorFactory(), "Slides", by=SYSTEM)
    assert said(activity, "SI-1") == "warn"

    by = reviewer_of(activity)
    review_content(hand_in(item), ACCEPTED, by=by)

    assert known(activity)["content_unreviewed"] == 0
    assert said(activity, "SI-1") == "pass"


def offer(activity):
    SessionFactory(activity=activity, creditable_minutes=45)
    check_rules(activity, by=SYSTEM)
    offer_credit(activity, ama(), by=SYSTEM)


def invite(activity):
    InvitationFactory(activity=activity, sent_at=now())


def register(activity):
    RegistrationFactory(activity=activity)


def organise(activity):
    Organiser.objects.create(activity=activity, part="joint", name="City College")


def disclose(activity):
    TeamMemberFactory(activity=activity, role="planner")


def expect(activity):
    ContentItem.objects.create(activity=activity, title="S", contributor=ContributorFactory())


@pytest.mark.parametrize("change", [offer, invite, register, organise, disclose, expect])
def test_whatever_rules_decide_on_makes_the_rail_say_that_it_changed(organisation, change):
    activity = ActivityFactory()
    check_rules(activity, by=SYSTEM)
    assert "Changed" not in rail(activity)["rules"].detail

    change(activity)

    assert rail(activity)["rules"].state == "waiting"
    assert "Changed since it was checked" in rail(activity)["rules"].detail


def test_the_rail_compares_exactly_what_is_kept(planned):
    activity, _planner = planned

    evaluation = check_rules(activity, by=SYSTEM)

    assert facts_known_of(activity) == evaluation.facts


def test_what_changed_is_looked_at_again_by_itself(planned):
    activity, planner = planned
    before = check_rules(activity, by=SYSTEM)

    disclosed(planner)
    told = evaluation_of(activity)
    assert told.pk != before.pk
    assert told.facts["disclosures_missing"] == 0

    name_organiser(activity, OrganiserFacts("joint", "City College"), by=SYSTEM)
    assert evaluation_of(activity).facts["organised_with"] == "joint"

    SessionFactory(activity=activity, creditable_minutes=45)
    offer_credit(activity, ama(), by=SYSTEM)
    count_stale_figures(by=SYSTEM)
    assert evaluation_of(activity).facts["credit_systems"] == 1


def test_places_and_invitations_are_looked_at_seconds_later(organisation):
    activity = ActivityFactory(state="open")
    EvaluationFormFactory(activity=activity)
    check_rules(activity, by=SYSTEM)
    RegistrationFactory(activity=activity)
    touch_figures(activity.pk)
    count_stale_figures(by=SYSTEM)

    assert evaluation_of(activity).facts["busiest_attendee_count"] == 1


def test_opening_keeps_the_rail_of_an_open_activity_quiet(approved):
    activity, person = approved
    disclosed(person)
    check_rules(activity, by=SYSTEM)

    open_activity(activity, by=SYSTEM)

    assert evaluation_of(activity).facts["learner_disclosure_missing"] is False
