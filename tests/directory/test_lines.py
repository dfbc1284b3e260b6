import pytest

from symposia.directory.consent_lines import COLUMNS
from symposia.directory.lines import LINE_UNREADABLE, lines_of
from symposia.shared.refusals import Refused

HEADER = "Number or e-mail,Purpose,Channel,Given,Wording"


def test_a_cell_in_quotation_marks_may_hold_the_separator_and_marks():
    text = f'{HEADER}\nasha@example.org,invitations,email,yes,"Yes, ""please"""\n\n'

    assert [each.said["wording"] for each in lines_of(text, COLUMNS)] == ['Yes, "please"']


def test_a_line_that_cannot_be_told_from_the_next_is_refused_and_swallows_none():
    lines = [f'{name}@example.org,invitations,email,yes,"Yes' for name in ("asha", "meera")]

    with pytest.raises(Refused) as refused:
        lines_of("\n".join([HEADER, "ira@example.org,invitations,email,yes,", *lines]), COLUMNS)

    assert refused.value.objection == LINE_UNREADABLE
    assert "Line 3" in str(refused.value)
