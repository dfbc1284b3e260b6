"""The drawn map of a case: rows by the longest way, also of a draft that is not right yet."""

from symposia.learning.cases.document import CaseDocument, CaseStep
from symposia.web.case_map import case_drawn
from tests.factories.cases import document, option


def rows_of(drawn):
    return {node.code: node.y for node in drawn.nodes}


def test_each_step_stands_below_those_that_lead_to_it():
    rows = rows_of(drawn := case_drawn(document()))

    assert rows["s1"] < rows["s2"] < rows["e1"] == rows["e2"]
    assert len(drawn.edges) == 3
    assert drawn.height > max(rows.values()) + 56


def test_a_draft_that_goes_in_a_circle_is_drawn_too():
    made = document(s2={"options": [option("o1", "s1"), option("o2", "e1")]})

    drawn = case_drawn(made, wrong=frozenset({"s2"}))

    assert {node.code for node in drawn.nodes} == {"s1", "s2", "e1", "e2"}
    assert [node.code for node in drawn.nodes if node.is_wrong] == ["s2"]
    assert rows_of(drawn)["e2"] == max(rows_of(drawn).values()), (
        "nobody comes there: it stands last"
    )


def test_long_titles_are_short_and_nothing_is_drawn_of_nothing():
    long = CaseStep("s1", "An unusually comprehensive description of everything that was found")

    (node,) = case_drawn(CaseDocument(steps=(long,))).nodes

    assert [len(line) <= 24 for line in node.lines] == [True, True]
    assert node.lines[1].endswith("…")
    assert case_drawn(CaseDocument()).nodes == []


def test_figures_stand_at_steps_and_ways():
    drawn = case_drawn(document(), came={"s1": "9"}, went={("s1", "s2"): "9"})

    assert [node.note for node in drawn.nodes if node.code == "s1"] == ["9"]
    assert [edge.label for edge in drawn.edges if edge.label] == ["9"]
