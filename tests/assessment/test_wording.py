import pytest

from symposia.assessment.bank_rows import wishes_of
from symposia.assessment.models import BankKind
from symposia.assessment.policies.bank import objection_to_wording
from symposia.assessment.wording import OptionFacts, Wording, lines_of, options_from_lines


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("single", "[x] Alteplase // It dissolves. // https://example.org/a\n[ ] Heparin"),
        ("order", "Airway\nBreathing // Second.\nCirculation"),
        ("match", "Aspirin => Antiplatelet\nHeparin => Anticoagulant // Why. // Book"),
        ("short", "AF\natrial fibrillation"),
    ],
)
def test_lines_of_a_file_come_back_as_they_were_written(kind, lines):
    assert lines_of(kind, options_from_lines(BankKind(kind), lines)) == lines


def right(*marks):
    return tuple(OptionFacts(f"Answer {n}", mark) for n, mark in enumerate(marks))


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        (Wording(BankKind.SINGLE, " ", right(True, False)), "bank_no_words"),
        (Wording(BankKind.SINGLE, "x" * 2001, right(True, False)), "bank_too_long"),
        (Wording(BankKind.SINGLE, "Which?", right(True)), "bank_too_few_answers"),
        (Wording(BankKind.SINGLE, "Which?", right(False, False)), "bank_none_right"),
        (Wording(BankKind.SINGLE, "Which?", right(True, True, False)), "bank_one_right"),
        (Wording(BankKind.MULTIPLE, "Which?", right(True, True)), "bank_all_right"),
        (Wording(BankKind.MULTIPLE, "Which?", right(*[True] * 21)), "bank_too_many_answers"),
        (
            Wording(BankKind.ORDER, "Which?", (OptionFacts("A"), OptionFacts("b" * 501))),
            "bank_answer_too_long",
        ),
        (
            Wording(BankKind.ORDER, "Which?", (OptionFacts("A"), OptionFacts(" a."))),
            "bank_answers_alike",
        ),
        (
            Wording(BankKind.MATCH, "Which?", (OptionFacts("A", partner="1"), OptionFacts("B"))),
            "bank_no_partner",
        ),
        (Wording(BankKind.NUMERIC, "How much?"), "bank_no_number"),
        (Wording(BankKind.NUMERIC, "How much?", value=1, tolerance=-1), "bank_tolerance"),
        (Wording(BankKind.SHORT, "What?"), "bank_no_accepted"),
        (Wording(BankKind.SINGLE, "Which?", right(True, False)), None),
        (Wording(BankKind.MULTIPLE, "Which?", right(True, True, False)), None),
        (Wording(BankKind.NUMERIC, "How much?", value=0), None),
        (Wording(BankKind.SHORT, "What?", (OptionFacts("AF"),)), None),
    ],
)
def test_a_question_that_nobody_could_answer_is_refused(wording, code):
    objection = objection_to_wording(wording)

    assert (objection and objection.code) == code


def test_a_row_says_what_it_means_or_why_nobody_can_know():
    columns = {"question": 0, "kind": 1, "value": 2, "tags": 3}
    rows = [
        ["How much?", "A number", "1.5", "Dose, stroke"],
        ["", "", "", ""],
        ["How much?", "guess", "", ""],
        ["How much?", "numeric", "much", ""],
    ]

    numeric, no_kind, no_number = wishes_of(rows, columns)

    assert (numeric.line, numeric.wording.kind, str(numeric.wording.value)) == (2, "numeric", "1.5")
    assert numeric.tags == ("Dose", " stroke")
    assert (no_kind.line, no_kind.problem) == (4, "kind")
    assert no_number.problem == "number"
