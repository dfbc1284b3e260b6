from datetime import timedelta
from uuid import uuid4

import pytest

from symposia.audit.models import Entry
from symposia.curriculum.actions.curricula import (
    CurriculumFacts,
    add_step,
    begin_edition,
    change_curriculum,
    make_curriculum,
    move_step,
    publish_curriculum,
    remove_step,
    retire_curriculum,
)
from symposia.curriculum.learning import _readers, learnt_by
from symposia.curriculum.models import Curriculum, CurriculumStep
from symposia.curriculum.policies.curricula import progress_in
from symposia.curriculum.queries.curricula import learnt_of, steps_of_curriculum
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityObjectiveFactory, SessionFactory
from tests.factories.attendance import EvidenceFactory
from tests.factories.curriculum import CurriculumFactory, GapFactory, ObjectiveFactory
from tests.factories.registrations import RegistrationFactory

FACTS = CurriculumFacts("Acute stroke", "Residents")


def code_of(change):
    with pytest.raises(Refused) as refused:
        change()
    return refused.value.objection.code


def texts(curriculum):
    return [step.objective.text for step in steps_of_curriculum(curriculum)]


@pytest.fixture
def three(organisation):
    """A draft with three steps: A, B, C."""
    made = make_curriculum(FACTS, by=SYSTEM)
    for text in "ABC":
        add_step(made, ObjectiveFactory(text=text), required=True, by=SYSTEM)
    return made


def test_steps_stand_in_an_order_that_people_change(three):
    steps = steps_of_curriculum(three)

    move_step(steps[2], "up", by=SYSTEM)
    assert texts(three) == ["A", "C", "B"]
    move_step(steps_of_curriculum(three)[0], "up", by=SYSTEM)
    move_step(steps_of_curriculum(three)[2], "down", by=SYSTEM)
    assert texts(three) == ["A", "C", "B"]
    remove_step(steps_of_curriculum(three)[0], by=SYSTEM)
    assert texts(three) == ["C", "B"]
    assert [s.position for s in steps_of_curriculum(three)] == [0, 1]
    assert Entry.objects.filter(action="curriculum.step_moved").count() == 1


def test_an_objective_is_a_step_once_and_its_gap_is_not_closed(three):
    there = steps_of_curriculum(three)[0].objective
    closed = ObjectiveFactory(gap=GapFactory(state="closed"))

    assert code_of(lambda: add_step(three, there, required=True, by=SYSTEM)) == "step_there"
    assert code_of(lambda: add_step(three, closed, required=True, by=SYSTEM)) == "gap_closed"


def test_a_number_of_steps_is_said_and_there(three):
    few = CurriculumFacts("A", "B", rule="at_least")
    assert code_of(lambda: make_curriculum(few, by=SYSTEM)) == "no_number_of_steps"
    many = CurriculumFacts("A", "B", rule="at_least", at_least=4)
    change_curriculum(three, many, seen_version=1, by=SYSTEM)
    change_curriculum(three, many, seen_version=2, by=SYSTEM)
    assert code_of(lambda: change_curriculum(three, FACTS, seen_version=1, by=SYSTEM)) == (
        "changed_meanwhile"
    )
    assert code_of(lambda: publish_curriculum(three, by=SYSTEM)) == "too_few_steps"


def test_an_empty_curriculum_is_not_published(organisation):
    assert code_of(lambda: publish_curriculum(CurriculumFactory(), by=SYSTEM)) == "no_steps"


def test_what_was_published_stays_and_a_change_is_an_edition(three):
    publish_curriculum(three, by=SYSTEM)
    step = steps_of_curriculum(three)[0]
    for change in (
        lambda: change_curriculum(three, FACTS, seen_version=1, by=SYSTEM),
        lambda: add_step(three, ObjectiveFactory(), required=True, by=SYSTEM),
        lambda: move_step(step, "down", by=SYSTEM),
        lambda: remove_step(step, by=SYSTEM),
    ):
        assert code_of(change) == "curriculum_published"
    assert code_of(lambda: publish_curriculum(three, by=SYSTEM)) == "curriculum_not_now"

    second = begin_edition(three, by=SYSTEM)

    assert (second.edition, texts(second)) == (2, ["A", "B", "C"])
    assert code_of(lambda: begin_edition(three, by=SYSTEM)) == "has_draft"
    publish_curriculum(second, by=SYSTEM)
    states = Curriculum.objects.order_by("edition").values_list("state", flat=True)
    assert list(states) == ["retired", "published"]
    retire_curriculum(second, reason="Merged", by=SYSTEM)
    assert code_of(lambda: retire_curriculum(second, reason="x", by=SYSTEM)) == (
        "curriculum_not_now"
    )


A, B, C = uuid4(), uuid4(), uuid4()


def steps(*required):
    return [
        CurriculumStep(organisation_id=uuid4(), objective_id=pk, position=n, required=needed)
        for n, (pk, needed) in enumerate(zip((A, B, C), required, strict=True))
    ]


@pytest.mark.parametrize(
    ("facts", "required", "learnt", "taken", "complete", "following"),
    [
        ({}, (True, True, True), [], 0, False, A),
        ({}, (True, True, True), [B, C], 2, False, A),
        ({}, (True, True, True), [A, B, C], 3, True, None),
        ({}, (True, False, True), [A, C], 2, True, None),
        ({"in_order": True}, (True, True, True), [B, C], 0, False, A),
        ({"in_order": True}, (True, True, True), [A, C], 1, False, B),
        ({"in_order": True}, (False, True, True), [B, C], 2, True, None),
        ({"rule": "at_least", "at_least": 2}, (True, True, True), [C], 1, False, A),
        ({"rule": "at_least", "at_least": 2}, (True, True, True), [A, C], 2, True, None),
        (
            {"rule": "at_least", "at_least": 2, "in_order": True},
            (True, True, True),
            [B, C],
            0,
            False,
            A,
        ),
    ],
)
def test_somebody_completes_by_the_rule(facts, required, learnt, taken, complete, following):
    curriculum = Curriculum(organisation_id=uuid4(), **facts)

    progress = progress_in(curriculum, steps(*required), learnt)

    assert len(progress.taken) == taken
    assert progress.is_complete == complete
    assert (progress.next.objective_id if progress.next else None) == following


def test_contexts_above_know_what_somebody_has_learnt(monkeypatch):
    monkeypatch.setattr("symposia.curriculum.learning._readers", {})
    assert learnt_by(uuid4(), [A]) == set()
    assert "attendance" in _readers


def test_whoever_was_there_has_learnt_what_was_taught(organisation):
    link = ActivityObjectiveFactory()
    other = ObjectiveFactory()
    curriculum = CurriculumFactory()
    for objective in (link.objective, other):
        add_step(curriculum, objective, required=True, by=SYSTEM)
    present = RegistrationFactory(activity=link.activity, state="confirmed")
    absent = RegistrationFactory(activity=link.activity, state="confirmed")
    SessionFactory(activity=link.activity)
    EvidenceFactory(registration=present)
    EvidenceFactory(
        registration=present, kind="out", occurred_at=link.activity.starts_at + timedelta(hours=1)
    )

    assert learnt_of(curriculum, present.clinician_id) == {link.objective_id}
    assert learnt_of(curriculum, absent.clinician_id) == set()
