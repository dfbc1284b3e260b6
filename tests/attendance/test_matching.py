import uuid

import pytest

from symposia.attendance.matching import Because, Candidate, Said, identity_of, match_of

MEERA = Candidate(uuid.uuid4(), ("Meera Rao",), "meera.rao@example.net", "City Hospital")
JOHN = Candidate(uuid.uuid4(), ("John Smith",), "john@example.net", "City Hospital")
OTHER_JOHN = Candidate(uuid.uuid4(), ("John Smith",), "js@example.net", "Harbour Clinic")
EVERYBODY = [MEERA, JOHN, OTHER_JOHN]


@pytest.mark.parametrize(
    ("said", "expected", "because"),
    [
        (Said("Meera Rao", "Meera.Rao@example.net"), MEERA, Because.SAME_EMAIL),
        (Said("", "meera.rao@example.net"), MEERA, Because.SAME_EMAIL),
        (Said("Dr. Meera Rao, MD"), MEERA, Because.SAME_NAME),
        (Said("Rao, Meera"), MEERA, Because.SAME_NAME),
        (Said("Meera Rao (she/her)"), MEERA, Because.SAME_NAME),
        (Said("John Smith", "", "Harbour clinic"), OTHER_JOHN, Because.NAME_AND_PLACE),
        (Said("M. Rao"), MEERA, Because.SIMILAR_NAME),
        (Said("Mera Rao"), MEERA, Because.SIMILAR_NAME),
        (Said("Peter Pan", "meera.rao@example.net"), MEERA, Because.OTHER_NAME),
    ],
)
def test_a_person_is_found_with_the_reason(said, expected, because):
    match = match_of(said, EVERYBODY)

    assert (match.registration_id, match.because) == (expected.registration_id, because)


@pytest.mark.parametrize(
    "said", [Said("John Smith"), Said("iPhone"), Said(""), Said("Wei Chen", "wei@example.net")]
)
def test_where_nobody_or_several_fit_nobody_is_proposed(said):
    assert match_of(said, EVERYBODY).registration_id is None


def test_only_an_address_or_a_name_with_its_house_counts_without_asking():
    assert match_of(Said("Meera Rao", "meera.rao@example.net"), EVERYBODY).is_sure
    assert match_of(Said("John Smith", "", "City Hospital"), EVERYBODY).is_sure
    assert not match_of(Said("Meera Rao"), EVERYBODY).is_sure
    assert not match_of(Said("Peter Pan", "meera.rao@example.net"), EVERYBODY).is_sure


def test_two_lines_of_a_log_are_one_person_by_address_or_else_by_name():
    assert identity_of(Said("Meera", "M@example.net")) == identity_of(Said("", "m@example.net"))
    assert identity_of(Said("Rao, Meera")) == identity_of(Said("Dr Meera Rao"))
    assert identity_of(Said("Meera Rao")) != identity_of(Said("Meera Rao", "", "City Hospital"))
