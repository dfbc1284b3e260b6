"""What looks like an identifier is found with its place, and what does not is left alone."""

import pytest

from symposia.learning.identifiers import findings_in, oldest_age, source_of_forms, without


def found(text, field="done", **more):
    return [(str(each.kind), each.quoted) for each in findings_in({field: text}, **more)]


@pytest.mark.parametrize(
    ("text", "kind", "quoted"),
    [
        ("Write to r.iyer@ward.example.org today", "email", "r.iyer@ward.example.org"),
        ("DOB: 4/7/1961, female", "birth", "DOB: 4/7/1961"),
        ("born on 4 July 1961 in a village", "birth", "born on 4 July 1961"),
        ("seen on 2024-03-12 at noon", "date", "2024-03-12"),
        ("seen on 12.03.2024 at noon", "date", "12.03.2024"),
        ("seen on March 12, 2024 at noon", "date", "March 12, 2024"),
        ("seen on the 3rd of May", "date", "3rd of May"),
        ("Aadhaar 2345 6789 0123 was shown", "aadhaar", "2345 6789 0123"),
        ("by 1234567893, the provider", "npi", "1234567893"),
        ("SSN 219-09-9999", "social", "219-09-9999"),
        ("MRN 00482213 was called", "record", "MRN 00482213"),
        ("UHID: AP-220134", "record", "UHID: AP-220134"),
        ("call +91 98450 12345 now", "phone", "+91 98450 12345"),
        ("call (617) 555-0142 now", "phone", "(617) 555-0142"),
        ("number 48221307 on the band", "number", "48221307"),
        ("then Mrs Radhika Iyer came", "name", "Mrs Radhika Iyer"),
        ("then Dr. O'Brien came", "name", "Dr. O'Brien"),
        ("a 94-year-old woman", "age", "94-year"),
        ("a woman aged 101 came", "age", "aged 101"),
    ],
    ids=lambda each: each if " " not in each else None,
)
def test_what_may_tell_who_a_patient_is_is_found(text, kind, quoted):
    assert found(text) == [(kind, quoted)]


@pytest.mark.parametrize(
    "text",
    [
        "In March 2024 we began; by 2025 it was routine.",
        "A woman of 89 years; aged 71; a 45-year-old man.",
        "Lactate fell from 4.2 to 2.1 mmol/l in 120 min, 36 of 40 calls.",
        "Version 3.40.99 of the score, ward 12, bed 4, 500 ml, 10 000 steps.",
        "The mistress of the ward and the doctor agreed.",
    ],
    ids=["months", "ages", "values", "versions", "words"],
)
def test_what_tells_of_nobody_is_left_alone(text):
    assert found(text) == []


def test_a_citation_may_have_its_dates_numbers_and_names_but_no_address():
    text = "Dr Kurian T. J Emerg Med 2025 Mar 12; PMID 38112345. t.kurian@journal.example.org"

    assert found(text, "reference", of_papers=("reference",)) == [
        ("email", "t.kurian@journal.example.org")
    ]


def test_the_place_is_named_by_line_and_the_words_around_it():
    (one,) = findings_in({"done": "First we waited.\nThen Mr Paul Bose came to the ward."})

    assert (one.line, one.before[-5:], one.after[:5]) == (2, "Then ", " came")
    assert (one.start, one.end) == (22, 34)


def test_a_number_with_a_wrong_check_digit_is_no_npi():
    assert found("by 1234567890, the provider") != [("npi", "1234567890")]


def test_what_is_taken_out_leaves_a_mark():
    text = "Mr Paul Bose came. Mr Paul Bose left."

    left = without(text, "Mr Paul Bose")

    assert found(left) == []
    assert left == "[…] came. […] left."


def test_the_forms_say_where_they_come_from():
    assert "164.514" in source_of_forms()
    assert oldest_age() == 89
