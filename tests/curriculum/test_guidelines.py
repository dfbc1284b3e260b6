import pytest

from symposia.audit.models import Entry
from symposia.curriculum.actions.gaps import EvidenceFacts, add_evidence
from symposia.curriculum.actions.guidelines import (
    GuidelineFacts,
    add_guideline,
    correct_guideline,
    review_citation,
    supersede_guideline,
)
from symposia.curriculum.actions.objectives import Grounds, add_objective, ground_objective
from symposia.curriculum.citing import Citing, _readers, cites
from symposia.curriculum.events import GuidelineSuperseded
from symposia.curriculum.models import CitationReview, Guideline, Objective
from symposia.curriculum.policies.gaps import GAP_CLOSED
from symposia.curriculum.policies.objectives import BY_ITSELF, REVIEW_REASON, missing_of
from symposia.shared import events
from symposia.shared.actors import SYSTEM
from symposia.shared.changing import CHANGED_MEANWHILE
from symposia.shared.refusals import Refused
from tests.factories.curriculum import GapFactory, GuidelineFactory, ObjectiveFactory

FACTS = GuidelineFacts("Stroke Council", "Acute stroke", 2019)


def codes(objective):
    return [each.code for each in missing_of(objective)]


def test_a_guideline_gets_a_number_and_is_cited_by_body_year_and_title(organisation):
    guideline = add_guideline(FACTS, by=SYSTEM)

    assert guideline.number.startswith("GDL-")
    assert str(guideline) == "Stroke Council 2019: Acute stroke"


def test_a_citation_is_corrected_unless_somebody_else_did(organisation):
    guideline = add_guideline(FACTS, by=SYSTEM)
    mended = GuidelineFacts("Stroke Council", "Acute stroke", 2020)
    correct_guideline(guideline, mended, seen_version=1, by=SYSTEM)

    with pytest.raises(Refused) as refused:
        correct_guideline(guideline, FACTS, seen_version=1, by=SYSTEM)

    assert refused.value.objection == CHANGED_MEANWHILE
    assert Guideline.objects.get().year == 2020
    assert correct_guideline(guideline, mended, seen_version=2, by=SYSTEM).version == 2


def test_an_objective_says_what_it_still_lacks(organisation):
    objective, guideline = ObjectiveFactory(), GuidelineFactory()
    assert codes(objective) == ["no_guideline", "no_local_figure"]

    grounds = Grounds(guideline, local_figure="48 % of 91")
    objective = ground_objective(objective, grounds, by=SYSTEM)
    assert codes(objective) == ["no_recommendation", "no_local_source"]

    whole = Grounds(guideline, "3.5.1, class I", "48 % of 91", "Own audit")
    objective = ground_objective(objective, whole, by=SYSTEM)
    assert codes(objective) == []

    supersede_guideline(guideline, GuidelineFactory(), reason="2026 edition", by=SYSTEM)
    assert codes(Objective.objects.get(pk=objective.pk)) == ["old_guideline"]


def test_grounding_the_same_way_journals_nothing(organisation):
    objective = ObjectiveFactory()
    for _time in (1, 2):
        ground_objective(objective, Grounds(local_figure="1 of 2"), by=SYSTEM)

    assert Entry.objects.filter(action="gap.objective_grounded").count() == 1


def test_an_objective_of_a_closed_gap_keeps_its_grounds(organisation):
    objective = ObjectiveFactory(gap=GapFactory(state="closed"))

    with pytest.raises(Refused) as refused:
        ground_objective(objective, Grounds(local_figure="x"), by=SYSTEM)

    assert refused.value.objection == GAP_CLOSED


def test_a_competency_must_be_in_a_framework(organisation):
    with pytest.raises(Refused) as refused:
        add_objective(GapFactory(), text="X", competency="charm", by=SYSTEM)

    assert refused.value.objection.code == "unknown_competency"
    assert not Objective.objects.exists()


def test_whatever_cites_a_superseded_guideline_is_listed_for_review(organisation, monkeypatch):
    old, new = GuidelineFactory(), GuidelineFactory()
    gap = GapFactory()
    for _time in (1, 2):
        add_evidence(gap, EvidenceFacts("guideline", "G", guideline=old), by=SYSTEM)
    objective = ObjectiveFactory(guideline=old)
    ObjectiveFactory(guideline=new)
    monkeypatch.setitem(_readers, "question", lambda pk: [Citing(pk, "Question 7")])
    heard = []
    monkeypatch.setitem(events._listeners, GuidelineSuperseded, [heard.append])

    reviews = supersede_guideline(old, new, reason="2026 edition", by=SYSTEM)

    found = {(each.subject_type, each.subject_id) for each in reviews}
    assert found == {("gap", gap.pk), ("objective", objective.pk), ("question", old.pk)}
    assert heard == [GuidelineSuperseded(old.pk, new.pk)]
    assert Entry.objects.filter(action="citation.to_review").count() == 3
    assert Guideline.objects.get(pk=old.pk).superseded_by == new


def test_nothing_new_cites_a_superseded_guideline(organisation):
    old, new = GuidelineFactory(), GuidelineFactory()
    supersede_guideline(old, new, reason="x", by=SYSTEM)

    for change in (
        lambda: ground_objective(ObjectiveFactory(), Grounds(old), by=SYSTEM),
        lambda: add_evidence(
            GapFactory(), EvidenceFacts("guideline", "G", guideline=old), by=SYSTEM
        ),
        lambda: supersede_guideline(old, new, reason="again", by=SYSTEM),
        lambda: supersede_guideline(new, old, reason="back", by=SYSTEM),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.objection.code == "is_superseded"
        assert str(new) in str(refused.value)


def test_a_guideline_is_not_superseded_by_itself(organisation):
    guideline = GuidelineFactory()

    with pytest.raises(Refused) as refused:
        supersede_guideline(guideline, guideline, reason="x", by=SYSTEM)

    assert refused.value.objection == BY_ITSELF


def test_a_citation_is_reviewed_once_and_with_a_reason(organisation):
    old = GuidelineFactory()
    ObjectiveFactory(guideline=old)
    (review,) = supersede_guideline(old, GuidelineFactory(), reason="x", by=SYSTEM)

    with pytest.raises(Refused) as refused:
        review_citation(review, changed=False, reason=" ", by=SYSTEM)
    assert refused.value.objection == REVIEW_REASON

    review_citation(review, changed=False, reason="Same recommendation", by=SYSTEM)
    assert CitationReview.objects.get().state == "kept"

    with pytest.raises(Refused) as refused:
        review_citation(review, changed=True, reason="again", by=SYSTEM)
    assert refused.value.objection.code == "citation_reviewed"


def test_a_context_above_registers_what_of_its_own_cites():
    @cites("test")
    def reader(guideline_id):
        return []

    assert _readers.pop("test") is reader
