"""The words of an agreement: what is a heading, and what stays as it was written."""

from symposia.activities.agreeing import DEFAULT_TEXT, blocks_of, filled, objection_to_words


def test_a_line_with_a_mark_is_a_heading_and_empty_lines_are_none():
    assert blocks_of("Agreement 7\n\n# Fee\n  USD 520 # in all \n") == [
        (False, "Agreement 7"),
        (True, "Fee"),
        (False, "USD 520 # in all"),
    ]
    assert blocks_of("") == []


def test_the_shipped_words_say_how_the_fee_comes_about():
    assert objection_to_words(DEFAULT_TEXT) is None
    values = {"rate": "USD 260.00", "unit": "an hour", "quantity": "2", "fee": "USD 520.00"}
    lines = [text for _heading, text in blocks_of(filled(DEFAULT_TEXT, values))]
    assert any(line.startswith("USD 260.00 an hour × 2 = USD 520.00.") for line in lines)
