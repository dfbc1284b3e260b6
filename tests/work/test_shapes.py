import zipfile

import pytest

from symposia.work.apart import Unreadable
from symposia.work.imports.shapes import shape_of


def archive(path, content):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("people.csv", content)
    return path


def test_an_archive_made_to_fill_the_machine_is_not_unpacked(tmp_path):
    bomb = archive(tmp_path / "bomb.zip", b"name,email\n" + b"a" * 20_000_000)

    with pytest.raises(Unreadable):
        shape_of(bomb)


def test_a_long_table_that_shrinks_as_tables_do_is_read(tmp_path):
    rows = b"".join(b"Person %d,p%d@example.org\n" % (n * 7919, n * 104729) for n in range(300_000))
    table = archive(tmp_path / "people.zip", b"name,email\n" + rows)

    assert shape_of(table).header == ("name", "email")
