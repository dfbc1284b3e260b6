"""Standard 3 as it is enforced: what is collected, who decides, what is blocked and what is told.

Source of every rule claimed here: ACCME Standards for Integrity and Independence, Standard 3.
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from symposia.activities.actions.disclosures import (
    DeclaredRelationship,
    DisclosureFacts,
    Judgement,
    decide_relevance,
    give_disclosure,
    mitigate_relationship,
    tell_learners_again,
)
from symposia.activities.actions.exemptions import end_exemption, exempt_from_disclosure
from symposia.activities.actions.lifecycle import open_activity, start_activity
from symposia.activities.actions.team import (
    add_team_member,
    enter_contributor,
    enter_own_contributor,
    remove_team_member,
)
from symposia.activities.control import in_control_of, relationships_of, statements_of
from symposia.activities.facts import Stage, objections_to, read_facts
from symposia.activities.models import Contributor, Disclosure, DisclosureExemption, TeamMember
from symposia.activities.standards import reading
from symposia.activities.standards.reading import Entry as Line
from symposia.activities.standards.reading import steps_for, titles
from symposia.audit.models import Entry
from symposia.shared.refusals import Refused
from tests.factories.accounts import UserFactory, day_here
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.team import ContributorFactory, TeamMemberFactory

LATER = date(2027, 1, 1)
NOTHING = DisclosureFacts(nothing=True, attested=True)


def code_of(change):
    with pytest.raises(Refused) as refused:
        change()
    return refused.value.objection.code


def declared(*rows, attested=True):
    return DisclosureFacts(False, [DeclaredRelationship(*row) for row in rows], attested)


def disclosed(person, *rows):
    facts = declared(*rows) if rows else NOTHING
    return give_disclosure(person, facts, by=UserFactory().actor())


def decider(**facts):
    user = UserFactory(**facts)
    give_disclosure(enter_own_contributor(user, by=user.actor()), NOTHING, by=user.actor())
    return user.actor()


@pytest.fixture
def taught(organisation):
    """An approved activity that one person from outside teaches."""
    person = ContributorFactory(name="Dr Meera Rao")
    activity = ActivityFactory(state="approved")
    SessionFacultyFactory(session=SessionFactory(activity=activity), name=person.name)
    return activity, person


def blocks(activity, stage):
    return [o.code for o in objections_to(stage, read_facts(activity))]


def condition(activity):
    return {p.name: p.condition for p in in_control_of(activity)}


def judge(activity, person, by, relevant=True, **more):
    (relationship,) = relationships_of(Disclosure.objects.of(person).first())
    said = Judgement(relationship, relevant, "Teaches about its product", **more)
    return decide_relevance(activity, person, said, by=by)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (DisclosureFacts(nothing=False, attested=True), "disclosure_empty"),
        (DisclosureFacts(nothing=True), "disclosure_not_attested"),
        (
            DisclosureFacts(True, [DeclaredRelationship("Acme", "speaker")], True),
            "nothing_and_something",
        ),
        (declared(("Acme", "friend")), "unknown_nature"),
        (declared(("", "speaker")), "company_by_name"),
        (declared(("Acme $5000", "speaker")), "company_by_name"),
        (declared(("Acmestatin®", "speaker")), "company_by_name"),
        (declared(("https://acme.example", "speaker")), "company_by_name"),
        (declared(("Acme", "speaker"), ("ACME", "speaker")), "told_twice"),
        (declared(("Acme", "speaker", date(2999, 1, 1))), "ends_later"),
    ],
)
def test_a_disclosure_is_whole_or_refused(organisation, facts, code):
    person = ContributorFactory()

    assert code_of(lambda: give_disclosure(person, facts, by=UserFactory().actor())) == code
    assert not Disclosure.objects.exists()


def test_it_looks_back_24_months_and_a_new_one_takes_the_place_of_the_last(organisation):
    person = ContributorFactory()
    with time_machine.travel("2026-02-10T12:00:00Z"):
        first = disclosed(person, ("Acme", "speaker"))
        second = disclosed(person)

    assert first.looks_back_to == date(2024, 2, 10)
    assert (first.number, second.number) == (1, 2)
    assert first.expires_on == date(2027, 2, 10)
    assert relationships_of(second) == []
    assert Entry.objects.filter(action="disclosure.given").count() == 2


def test_faculty_without_a_disclosure_hold_back_opening_and_starting_but_not_submitting(taught):
    activity, person = taught

    assert "not_disclosed" in blocks(activity, Stage.OPEN)
    assert "not_disclosed" in blocks(activity, Stage.START)
    assert "not_disclosed" not in blocks(activity, Stage.SUBMIT)
    assert code_of(lambda: open_activity(activity, by=UserFactory().actor())) == "not_disclosed"
    disclosed(person)
    assert blocks(activity, Stage.OPEN) == []


def test_planners_disclose_before_a_plan_is_submitted(organisation):
    member = TeamMemberFactory(role="planner")

    assert "not_disclosed" in blocks(member.activity, Stage.SUBMIT)
    disclosed(member.contributor)
    assert "not_disclosed" not in blocks(member.activity, Stage.SUBMIT)


def test_one_disclosure_counts_in_every_activity_and_runs_out(organisation):
    clinician = ClinicianFactory()
    person = enter_contributor(clinician=clinician, by=UserFactory().actor())
    activities = [ActivityFactory(state="approved"), ActivityFactory(state="approved")]
    for activity in activities:
        SessionFacultyFactory(
            session=SessionFactory(activity=activity), clinician=clinician, name=clinician.called
        )
    disclosure = disclosed(person)

    assert [list(condition(a).values()) for a in activities] == [["clear"], ["clear"]]
    last_day = disclosure.expires_on
    with time_machine.travel(f"{last_day.isoformat()}T12:00:00Z"):
        assert list(condition(activities[0]).values()) == ["clear"]
    with time_machine.travel(f"{(last_day + timedelta(days=2)).isoformat()}T12:00:00Z"):
        assert list(condition(activities[0]).values()) == ["expired"]
        assert "disclosure_ran_out" in blocks(activities[0], Stage.START)


def test_a_relationship_is_decided_then_mitigated_before_the_role(taught):
    activity, person = taught
    by = decider()
    disclosed(person, ("Acme", "speaker"))
    (relationship,) = relationships_of(Disclosure.objects.of(person).first())

    assert condition(activity) == {"Dr Meera Rao": "undecided"}
    early = {"step": "content_review", "by": by}
    assert (
        code_of(lambda: mitigate_relationship(activity, person, relationship, **early))
        == "nothing_to_mitigate"
    )
    judge(activity, person, by)
    assert condition(activity) == {"Dr Meera Rao": "unmitigated"}
    for step, code in (("recuse", "unknown_step"), ("other", "step_needs_words")):
        wrong = {"step": step, "by": by}
        assert (
            code_of(lambda w=wrong: mitigate_relationship(activity, person, relationship, **w))
            == code
        )
    mitigate_relationship(activity, person, relationship, step="content_review", by=by)
    assert condition(activity) == {"Dr Meera Rao": "clear"}

    disclosed(person, ("Acme", "speaker"))
    assert condition(activity) == {"Dr Meera Rao": "clear"}
    disclosed(person, ("Acme", "speaker"), ("Borax", "consultant"))
    assert condition(activity) == {"Dr Meera Rao": "undecided"}


def test_what_is_not_relevant_needs_no_step_and_a_new_decision_needs_a_new_one(taught):
    activity, person = taught
    by = decider()
    disclosed(person, ("Acme", "speaker"))
    (relationship,) = relationships_of(Disclosure.objects.of(person).first())

    judge(activity, person, by, relevant=False)
    assert condition(activity) == {"Dr Meera Rao": "clear"}
    judge(activity, person, by)
    mitigate_relationship(activity, person, relationship, step="topic", by=by)
    judge(activity, person, by)
    assert condition(activity) == {"Dr Meera Rao": "unmitigated"}


@pytest.mark.parametrize("nature", ["employee", "executive", "owner", "private_stock"])
def test_owners_and_employees_stay_out_without_one_of_three_exceptions(taught, nature):
    activity, person = taught
    by = decider()
    disclosed(person, ("Acme", nature))

    assert condition(activity) == {"Dr Meera Rao": "excluded"}
    assert code_of(lambda: judge(activity, person, by)) == "exception_needed"
    assert code_of(lambda: judge(activity, person, by, relevant=False)) == "exception_needed"
    judge(activity, person, by, relevant=False, exception="basic_science")
    assert condition(activity) == {"Dr Meera Rao": "clear"}


def test_whoever_is_excluded_is_said_while_it_is_still_a_draft(organisation):
    person = ContributorFactory(name="Dr Meera Rao")
    activity = ActivityFactory(state="draft")
    SessionFacultyFactory(session=SessionFactory(activity=activity), name=person.name)

    def state():
        return {k.fact.name: k.reading.state for k in read_facts(activity)}["disclosures"]

    assert state() == "waiting"
    disclosed(person, ("Acme", "speaker"))
    assert state() == "waiting"
    disclosed(person, ("Acme", "employee"))
    assert state() == "blocked"
    assert "owner_or_employee" not in blocks(activity, Stage.SUBMIT)


@pytest.mark.parametrize("nature", ["public_stock", "options", "researcher"])
def test_stock_of_a_public_company_and_options_exclude_nobody(taught, nature):
    activity, person = taught
    disclosed(person, ("Acme", nature))

    assert condition(activity) == {"Dr Meera Rao": "undecided"}
    exception = "unrelated"
    assert (
        code_of(lambda: judge(activity, person, decider(), relevant=False, exception=exception))
        == "exception_without_need"
    )


def test_an_employee_who_left_is_no_longer_excluded_but_still_weighed(taught):
    activity, person = taught
    disclosed(person, ("Acme", "employee", day_here() - timedelta(days=40)))

    assert condition(activity) == {"Dr Meera Rao": "undecided"}


def test_who_decides_has_disclosed_and_has_no_relationship_that_matters(taught):
    activity, person = taught
    disclosed(person, ("Acme", "speaker"))
    stranger = UserFactory().actor()
    related = UserFactory()
    own = enter_own_contributor(related, by=related.actor())
    disclosed(own, ("acme", "consultant"))

    assert code_of(lambda: judge(activity, person, stranger)) == "decider_undisclosed"
    assert code_of(lambda: judge(activity, person, related.actor())) == "decider_related"
    TeamMemberFactory(activity=activity, contributor=own)
    assert code_of(lambda: judge(activity, own, related.actor())) == "decides_of_self"
    other = ContributorFactory()
    disclosed(other, ("Acme", "speaker"))
    assert code_of(lambda: judge(activity, other, decider())) == "no_such_relationship"


def test_learners_are_told_names_and_natures_and_it_is_locked_when_the_activity_opens(taught):
    activity, person = taught
    by = decider()
    disclosed(person, ("Acme", "speaker"))
    (relationship,) = relationships_of(Disclosure.objects.of(person).first())
    judge(activity, person, by)
    mitigate_relationship(activity, person, relationship, step="evidence", by=by)
    free = ContributorFactory(name="Dr Free")
    TeamMemberFactory(activity=activity, contributor=free, role="moderator")
    disclosed(free)

    open_activity(activity, by=by)

    (statement,) = statements_of(activity)
    assert statement.text == (
        "Dr Meera Rao (Faculty): Acme (Speaker)\n"
        "All of the relevant financial relationships listed have been mitigated.\n"
        "No relevant financial relationships with ineligible companies: Dr Free."
    )
    assert code_of(lambda: tell_learners_again(activity, by=by)) == "same_statement"
    late = ContributorFactory(name="Dr Late")
    TeamMemberFactory(activity=activity, contributor=late, role="moderator")
    assert code_of(lambda: tell_learners_again(activity, by=by)) == "not_disclosed"
    disclosed(late)
    second = tell_learners_again(activity, by=by)
    assert (second.number, "Dr Late" in second.text) == (2, True)
    assert [s.number for s in statements_of(activity)] == [2, 1]


def test_a_change_after_opening_holds_back_the_start(taught):
    activity, person = taught
    by = decider()
    disclosed(person)
    open_activity(activity, by=by)
    disclosed(person, ("Acme", "speaker"))

    with time_machine.travel(activity.starts_at):
        assert code_of(lambda: start_activity(activity, by=by)) == "relevance_undecided"


def test_the_standards_own_exceptions_lift_it_for_a_whole_activity(taught):
    activity, _person = taught
    by = decider()

    wrong = {"code": "grand_rounds", "reason": "We like it", "by": by}
    assert code_of(lambda: exempt_from_disclosure(activity, **wrong)) == "unknown_exemption"
    exempt_from_disclosure(activity, code="non_clinical", reason="Billing course", by=by)
    right = {"code": "non_clinical", "reason": "Again", "by": by}
    assert code_of(lambda: exempt_from_disclosure(activity, **right)) == "exempted_already"
    assert blocks(activity, Stage.OPEN) == []


def test_an_exemption_stated_by_mistake_is_taken_back_and_may_be_stated_anew(taught):
    activity, _person = taught
    stated = {"code": "non_clinical", "reason": "Billing course", "by": decider()}
    first = exempt_from_disclosure(activity, **stated)

    assert code_of(lambda: end_exemption(activity, reason=" ", by=stated["by"])) == (
        "why_not_exempt"
    )
    end = end_exemption(activity, reason="It is about treatment", by=stated["by"])

    assert blocks(activity, Stage.OPEN) == ["not_disclosed"]
    assert code_of(lambda: end_exemption(activity, reason="Again", by=stated["by"])) == (
        "not_exempted"
    )
    entry = Entry.objects.get(action="disclosure.exemption_ended")
    assert (entry.subject_id, entry.reason) == (end.pk, "It is about treatment")
    again = exempt_from_disclosure(activity, **stated)
    assert again.follows == first
    assert blocks(activity, Stage.OPEN) == []


def test_the_database_lets_one_exemption_stand(taught):
    activity, _person = taught
    exempt_from_disclosure(activity, code="non_clinical", reason="Billing course", by=decider())

    with pytest.raises(IntegrityError), transaction.atomic():
        DisclosureExemption.objects.create(activity=activity, code="non_clinical", reason="Twice")


def test_what_was_decided_keeps_the_words_of_its_day(taught, monkeypatch):
    activity, person = taught
    by = decider()
    disclosed(person, ("Acme", "owner"))
    decision = judge(activity, person, by, relevant=False, exception="technician")
    words = "Another wording, from another day on"
    old = Line("technician", decision.title, date(2022, 1, 1), LATER, False, frozenset())
    new = Line("technician", words, LATER, None, False, frozenset())
    monkeypatch.setattr(reading, "_entries", lambda _name: (old, new))

    (in_control,) = in_control_of(activity)

    assert decision.title.startswith("A technician teaches")
    assert in_control.matters[0].exception == decision.title
    assert titles("exceptions", on=date(2026, 1, 1)) == [("technician", decision.title)]
    assert titles("exceptions", on=LATER) == [("technician", words)]


def test_a_companys_meeting_asks_for_no_disclosure(organisation):
    activity = ActivityFactory(state="approved", mode="scientific")
    SessionFacultyFactory(session=SessionFactory(activity=activity))

    assert "disclosures" not in [k.fact.name for k in read_facts(activity)]
    wrong = {"code": "non_clinical", "reason": "No", "by": decider()}
    assert code_of(lambda: exempt_from_disclosure(activity, **wrong)) == "only_independent"


def test_people_of_the_team_are_kept_once_and_leave(organisation):
    by = UserFactory().actor()
    activity = ActivityFactory()
    first = enter_contributor(name=" Dr Outside ", by=by)
    again = enter_contributor(name="dr outside", by=by)
    user = UserFactory()

    assert first == again
    assert enter_own_contributor(user, by=by) == enter_own_contributor(user, by=by)
    member = add_team_member(activity, first, role="author", by=by)
    assert add_team_member(activity, first, role="author", by=by) == member
    assert code_of(lambda: add_team_member(activity, first, role="king", by=by)) == "who_is_it"
    remove_team_member(member, by=by)
    assert not TeamMember.objects.exists()
    assert Contributor.objects.count() == 2
    over = ActivityFactory(state="held")
    late = {"role": "author", "by": by}
    assert code_of(lambda: add_team_member(over, first, **late)) == "team_stays"


def test_a_person_of_the_same_name_who_signs_in_is_somebody_else(organisation):
    user = UserFactory(full_name="Dr Same")
    own = enter_own_contributor(user, by=user.actor())
    outside = enter_contributor(name="Dr Same", by=user.actor())
    activity = ActivityFactory()
    for person in (own, outside):
        TeamMemberFactory(activity=activity, contributor=person, role="author")
    disclosed(own)

    assert sorted(p.condition for p in in_control_of(activity)) == ["clear", "missing"]


def test_every_role_has_steps_and_every_list_its_codes():
    on = date(2026, 1, 1)
    planners = {code for code, _title in steps_for(is_planner=True, on=on)}
    faculty = {code for code, _title in steps_for(is_planner=False, on=on)}

    assert {"divest", "recuse", "planning_review"} < planners
    assert {"divest", "content_review", "evidence"} < faculty
    assert len(titles("exceptions", on=on)) == 3
    assert len(titles("exemptions", on=on)) == 3
    assert titles("exemptions", on=date(2021, 12, 31)) == []
