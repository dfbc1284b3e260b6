import uuid

import pytest

from symposia.compliance import facts
from symposia.compliance.facts import facts_of, knows_facts


@pytest.fixture
def readers(monkeypatch):
    """A registry of its own, with one reader of a meal."""
    monkeypatch.setattr(facts, "_readers", {})
    knows_facts("meal", "kitchen")(lambda _id: {"heads": 12})


def test_what_all_readers_know_is_known_of_a_subject(readers):
    knows_facts("meal", "till")(lambda _id: {"price": "40.00"})

    assert facts_of("meal", uuid.uuid4()) == {"heads": 12, "price": "40.00"}


def test_two_readers_have_two_names(readers):
    with pytest.raises(ValueError, match="two readers of meal are called kitchen"):
        knows_facts("meal", "kitchen")(lambda _id: {"heads": 13})


def test_a_fact_has_one_reader(readers):
    knows_facts("meal", "till")(lambda _id: {"heads": 13})

    with pytest.raises(ValueError, match=r"till names facts .*: .'heads'."):
        facts_of("meal", uuid.uuid4())
