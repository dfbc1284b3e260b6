"""What bodies answer: lines or XML, with names of their own for the same things."""

import pytest

from symposia.reporting.answers import MOST, Answered, Unreadable, by_record, read_answer


def test_lines_are_read_whatever_their_columns_are_called():
    found = read_answer(
        b"\xef\xbb\xbfCredit ID,Status,Error Code,Message\n"
        b"ccid:h:1,Accepted,,\nccid:h:2,Rejected,80,Licence invalid\n,Accepted,,\n"
    )

    assert found == [
        Answered("ccid:h:1", is_taken=True),
        Answered("ccid:h:2", is_taken=False, code="80", words="Licence invalid"),
    ]


def test_xml_is_read_by_attributes_and_by_elements():
    found = read_answer(
        b'<a xmlns="urn:x"><r ProviderActivityID="ACT-1" valid="true" ModuleID="001234567"/>'
        b"<r><CreditID>2</CreditID><Result>Error</Result><ErrorCode>7</ErrorCode></r></a>"
    )

    assert found == [
        Answered("ACT-1", is_taken=True, number="001234567"),
        Answered("2", is_taken=False, code="7"),
    ]


def test_an_answer_of_too_many_records_is_refused_and_not_cut_short():
    content = b"record,status\n" + b"".join(b"%d,accepted\n" % n for n in range(MOST + 1))

    with pytest.raises(Unreadable, match="more than 50000 records"):
        read_answer(content)


def test_the_last_answer_to_a_record_stands():
    found = read_answer(b"record,status\nA,rejected\nA,accepted\n")

    assert by_record(found)["A"].is_taken


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"record,status\nA,perhaps\n", id="no status that is known"),
        pytest.param(b"<a><b></a>", id="broken"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param(
            b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a><r id="&e;"/></a>',
            id="an entity",
        ),
    ],
)
def test_what_is_no_answer_is_refused(content):
    with pytest.raises(Unreadable):
        read_answer(content)
