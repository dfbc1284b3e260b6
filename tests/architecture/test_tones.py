"""A state that was forgotten in the tones of its list would be an error of the first such row."""

import importlib

import pytest
from django.db.models import TextChoices

from tests.architecture.test_boundaries import FILES, ROOT

LISTS = [path for path in FILES if path.name.endswith("lists.py") or path.parent.name == "lists"]


def tones():
    for path in LISTS:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for name, found in vars(importlib.import_module(module)).items():
            if name.endswith("TONES") and isinstance(found, dict):
                kinds = {type(key) for key in found}
                if all(issubclass(kind, TextChoices) for kind in kinds):
                    yield pytest.param(kinds, found, id=f"{module}.{name}")


@pytest.mark.parametrize(("kinds", "found"), list(tones()))
def test_every_state_has_its_tone(kinds, found):
    assert set(found) == {choice for kind in kinds for choice in kind}


def test_the_lists_of_the_product_are_looked_at():
    assert len(list(tones())) > 15
