"""Whoever acts has a name that every column of a name can keep."""

from symposia.shared.actors import Actor


def test_a_name_is_as_long_as_its_columns_keep():
    by = Actor("link", None, "x" * 300, on_behalf_of="y" * 300)

    assert by.name == "x" * 200
    assert by.on_behalf_of == "y" * 200
    assert by == Actor("link", None, "x" * 250, on_behalf_of="y" * 200)
