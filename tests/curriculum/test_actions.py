import pytest

from symposia.audit.models import Entry
from symposia.curriculum.actions.gaps import (
    EvidenceFacts,
    GapFacts,
    add_evidence,
    address_gap,
    change_gap,
    close_gap,
    record_gap,
    remove_evidence,
    reopen_gap,
)
from symposia.curriculum.actions.objectives import add_objective, remove_objective
from symposia.curriculum.models import Gap, GapEvidence, Objective
from symposia.curriculum.policies.gaps import GAP_CLOSED, GAP_NOT_CLOSED, NO_EVIDENCE
from symposia.shared.actors import SYSTEM
from symposia.shared.changing import CHANGED_MEANWHILE
from symposia.shared.refusals import Refused
from symposia.shared.states import IllegalMove
from tests.factories.activities import ActivityObjectiveFactory
from tests.factories.curriculum import GapEvidenceFactory, GapFactory, ObjectiveFactory

FACTS = GapFacts(
    title="Door-to-needle time",
    statement="Half of the patients are treated too late.",
    need_type="performance",
    population="Emergency physicians",
    baseline="48 %",
    target="75 %",
)


def journal(subject):
    return list(Entry.objects.filter(subject_id=subject.pk).values_list("action", flat=True))


def test_a_gap_gets_a_number_people_can_read(organisation):
    first, second = record_gap(FACTS, by=SYSTEM), record_gap(FACTS, by=SYSTEM)

    assert first.number.startswith("GAP-")
    assert second.number != first.number
    assert journal(first) == ["gap.recorded"]


def test_a_change_names_what_was_and_what_is(organisation):
    gap = record_gap(FACTS, by=SYSTEM)

    change_gap(gap, GapFacts(**{**vars(FACTS), "target": "80 %"}), seen_version=1, by=SYSTEM)

    entry = Entry.objects.get(subject_id=gap.pk, action="gap.changed")
    assert entry.details == {"changes": [{"field": "target", "was": "75 %", "now": "80 %"}]}
    assert Gap.objects.get(pk=gap.pk).version == 2


def test_saving_what_is_already_so_changes_and_journals_nothing(organisation):
    gap = record_gap(FACTS, by=SYSTEM)

    change_gap(gap, FACTS, seen_version=1, by=SYSTEM)

    assert Gap.objects.get(pk=gap.pk).version == 1
    assert journal(gap) == ["gap.recorded"]


def test_nobody_overwrites_what_they_have_not_seen(organisation):
    gap = record_gap(FACTS, by=SYSTEM)
    change_gap(gap, GapFacts(**{**vars(FACTS), "target": "80 %"}), seen_version=1, by=SYSTEM)

    with pytest.raises(Refused) as refused:
        change_gap(gap, GapFacts(**{**vars(FACTS), "title": "X"}), seen_version=1, by=SYSTEM)

    assert refused.value.objection == CHANGED_MEANWHILE
    assert Gap.objects.get(pk=gap.pk).target == "80 %"


def test_evidence_and_objectives_are_in_the_gaps_own_history(organisation):
    gap = record_gap(FACTS, by=SYSTEM)

    evidence = add_evidence(gap, EvidenceFacts("guideline", "Stroke guideline 2019"), by=SYSTEM)
    objective = add_objective(gap, text="Decide early", competency="patient_care", by=SYSTEM)
    remove_evidence(evidence, by=SYSTEM, reason="twice")
    remove_objective(objective, by=SYSTEM, reason="too vague")

    assert sorted(journal(gap)) == [
        "gap.evidence_added",
        "gap.evidence_removed",
        "gap.objective_added",
        "gap.objective_removed",
        "gap.recorded",
    ]
    assert not GapEvidence.objects.exists()
    assert not Objective.objects.exists()


def test_an_objective_that_an_activity_has_taken_on_stays(organisation):
    link = ActivityObjectiveFactory()

    with pytest.raises(Refused) as refused:
        remove_objective(link.objective, by=SYSTEM, reason="no longer")

    assert refused.value.objection.code == "objective_in_use"
    assert str(link.activity) in str(refused.value)
    assert Objective.objects.filter(pk=link.objective_id).exists()


def test_a_gap_is_closed_by_evidence_only(organisation):
    gap = GapFactory()

    with pytest.raises(Refused) as refused:
        close_gap(gap, reason="It is better now", by=SYSTEM)
    assert refused.value.objection == NO_EVIDENCE

    GapEvidenceFactory(gap=gap)
    assert close_gap(gap, reason="76 % within 60 minutes", by=SYSTEM).state == "closed"


def test_a_closed_gap_is_not_changed_until_it_is_reopened(organisation):
    gap = GapFactory(state="closed")

    for change in (
        lambda: change_gap(gap, FACTS, seen_version=1, by=SYSTEM),
        lambda: add_evidence(gap, EvidenceFacts("survey", "S"), by=SYSTEM),
        lambda: add_objective(gap, text="X", competency="quality", by=SYSTEM),
        lambda: close_gap(gap, reason="again", by=SYSTEM),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.objection == GAP_CLOSED

    assert reopen_gap(gap, reason="worse again", by=SYSTEM).state == "open"
    with pytest.raises(Refused) as refused:
        reopen_gap(gap, reason="twice", by=SYSTEM)
    assert refused.value.objection == GAP_NOT_CLOSED


def test_addressing_a_gap_twice_is_the_same_as_once(organisation):
    gap = GapFactory()

    address_gap(gap, by=SYSTEM, reason="ACT-2026-0001")
    address_gap(gap, by=SYSTEM, reason="ACT-2026-0002")

    assert Gap.objects.get(pk=gap.pk).state == "addressed"
    assert journal(gap) == ["gap.addressed"]


def test_a_gap_moves_only_along_its_table(organisation):
    gap = GapFactory(state="closed")

    with pytest.raises(IllegalMove):
        gap.move("addressed")


def test_objectives_of_closed_gaps_are_not_offered(organisation):
    wanted = ObjectiveFactory()
    ObjectiveFactory(gap=GapFactory(state="closed"))

    assert list(Objective.objects.choosable()) == [wanted]
