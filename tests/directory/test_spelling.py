import pytest

from symposia.directory.spelling import in_small_letters


@pytest.mark.parametrize(
    ("published", "written"),
    [
        ("ANNE MCDONALD", "Anne McDonald"),
        ("SEAN O'BRIEN", "Sean O'Brien"),
        ("SEAN O\u2019BRIEN", "Sean O\u2019Brien"),
        ("LUCIA D'ANGELO-MCKAY", "Lucia D'Angelo-McKay"),
        ("JACK MACK", "Jack Mack"),
        ("JOHN SMITH'S", "John Smith's"),
        ("NINA MC", "Nina Mc"),
    ],
)
def test_capitals_become_a_name_as_people_write_it(published, written):
    assert in_small_letters(published) == written
