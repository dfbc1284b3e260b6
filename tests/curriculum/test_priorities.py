from datetime import date

import pytest

from symposia.audit.models import Entry
from symposia.curriculum.actions.priorities import rate_gap, set_weights, write_statement
from symposia.curriculum.lists.gaps import GAPS
from symposia.curriculum.models import CriterionWeight, Gap, GapStatement
from symposia.curriculum.policies.gaps import (
    GAP_CLOSED,
    NO_WEIGHT,
    NOT_RATED,
    WRONG_POINTS,
    WRONG_WEIGHT,
    objection_to_points,
    objection_to_weights,
)
from symposia.curriculum.queries.priorities import priority_of, statements_of, weights_in_force
from symposia.curriculum.standards.reading import (
    competencies,
    starting_weights,
    word_limit,
    word_limits,
    words_of,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.curriculum import GapEvidenceFactory, GapFactory


@pytest.mark.parametrize(
    ("criterion", "points", "objection"),
    [
        ("severity", 0, None),
        ("severity", 5, None),
        ("severity", 6, WRONG_POINTS),
        ("severity", -1, WRONG_POINTS),
        ("evidence", 3, NOT_RATED),
    ],
)
def test_points_are_given_on_what_people_judge(criterion, points, objection):
    assert objection_to_points(criterion, points) == objection


@pytest.mark.parametrize(
    ("weights", "objection"),
    [
        ({"severity": 10, "reach": 0}, None),
        ({"severity": 11}, WRONG_WEIGHT),
        ({"severity": 0, "reach": 0}, NO_WEIGHT),
    ],
)
def test_something_counts_and_nothing_counts_too_much(weights, objection):
    assert objection_to_weights(weights) == objection


@pytest.mark.parametrize(
    ("text", "words"), [("", 0), ("one", 1), ("  two\n words ", 2), ("a-b c", 2)]
)
def test_words_are_counted_between_blanks(text, words):
    assert words_of(text) == words


def test_the_limits_are_those_of_the_structured_abstract():
    """ACCME Performance-in-Practice Structured Abstract: 100, 50, 50 and 25 words."""
    limits = {each.statement: each.words for each in word_limits()}

    assert limits == {"gap": 100, "need": 50, "designed_to_change": 50, "format": 25}
    assert all(each.citation and each.is_to_verify for each in word_limits())
    assert word_limit("gap", date(2021, 12, 31)) is None


def test_three_frameworks_have_fifteen_competencies_with_their_source():
    """ACCME Competencies (C6): ACGME/ABMS six, IOM five, IPEC four."""
    found = competencies().values()
    frameworks = [each.framework for each in found]

    assert [frameworks.count(name) for name in dict.fromkeys(frameworks)] == [6, 5, 4]
    assert all(each.citation for each in found)


def test_the_score_is_points_times_weights_and_shown_as_such(organisation):
    gap = GapFactory()
    for kind in ("guideline", "survey", "survey"):
        GapEvidenceFactory(gap=gap, kind=kind)
    set_weights({"severity": 4, "reach": 1, "distance": 0}, reason="Board", by=SYSTEM)
    rate_gap(gap, "severity", 5, reason="Deaths", by=SYSTEM)
    rate_gap(gap, "reach", 3, reason="", by=SYSTEM)

    priority = priority_of(gap)

    # 4 x 5 + 1 x 3 + 2 x 2 kinds of evidence
    assert priority.total == 27
    assert priority.most == (4 + 1 + 0 + 1 + 2) * 5
    assert priority.sum_in_words.endswith("= 27")
    assert Gap.objects.with_score(weights_in_force()).get(pk=gap.pk).score == 27


def test_gaps_stand_in_the_order_of_their_scores(organisation):
    low, high = GapFactory(), GapFactory()
    rate_gap(high, "severity", 5, reason="", by=SYSTEM)
    closed = GapFactory(state="closed")

    assert (priority_of(high).place, priority_of(low).place) == (1, 2)
    assert priority_of(closed).place is None
    assert priority_of(high).among == 2


def test_the_list_of_gaps_sorts_by_score(organisation):
    low, high = GapFactory(), GapFactory()
    rate_gap(high, "severity", 5, reason="", by=SYSTEM)

    rows = Gap.objects.with_score(weights_in_force()).order_by("-score")

    assert list(rows) == [high, low]
    assert GAPS.column("score").value(rows[0]) == starting_weights()["severity"] * 5


def test_weights_are_kept_as_they_were_and_set_once(organisation):
    first = set_weights({"reach": 9}, reason="Board", by=SYSTEM)
    again = set_weights({"reach": 9}, reason="Board", by=SYSTEM)
    set_weights({"reach": 5}, reason="Less", by=SYSTEM)

    assert len(first) == 1
    assert again == []
    assert weights_in_force()["reach"] == 5
    assert CriterionWeight.objects.count() == 2
    assert Entry.objects.filter(action="priorities.weight_set").count() == 2


def test_weights_that_count_nothing_are_refused(organisation):
    nothing = dict.fromkeys(starting_weights(), 0)

    with pytest.raises(Refused) as refused:
        set_weights(nothing, reason="x", by=SYSTEM)

    assert refused.value.objection == NO_WEIGHT
    assert not CriterionWeight.objects.exists()


def test_rating_again_the_same_way_journals_nothing(organisation):
    gap = GapFactory()

    for _time in (1, 2):
        rate_gap(gap, "reach", 2, reason="few", by=SYSTEM)
    rate_gap(gap, "reach", 4, reason="more", by=SYSTEM)

    entries = Entry.objects.filter(action="gap.rated").order_by("pk")
    assert [e.details["changes"][0]["now"] for e in entries] == [2, 4]


def test_words_over_the_limit_are_counted_and_not_refused(organisation):
    gap = GapFactory(statement="word " * 103)
    write_statement(gap, "change_performance", "word " * 50, by=SYSTEM)
    write_statement(gap, "need_knowledge", "word " * 51, by=SYSTEM)

    found = {each.kind or "gap": each for each in statements_of(gap, date(2026, 3, 1))}

    assert found["gap"].too_many == 3
    assert found["change_performance"].too_many == 0
    assert found["need_knowledge"].too_many == 1


def test_an_empty_statement_takes_it_back(organisation):
    gap = GapFactory()
    write_statement(gap, "need_knowledge", "They do not know.", by=SYSTEM)
    write_statement(gap, "need_knowledge", " They do not know. ", by=SYSTEM)
    assert GapStatement.objects.count() == 1

    assert write_statement(gap, "need_knowledge", "  ", by=SYSTEM) is None

    assert not GapStatement.objects.exists()
    assert Entry.objects.filter(action="gap.statement_written").count() == 2


def test_a_closed_gap_is_neither_rated_nor_described(organisation):
    gap = GapFactory(state="closed")

    for change in (
        lambda: rate_gap(gap, "reach", 2, reason="", by=SYSTEM),
        lambda: write_statement(gap, "need_knowledge", "x", by=SYSTEM),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.objection == GAP_CLOSED
