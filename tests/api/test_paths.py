"""Every address of the API has one form, so that a program's author guesses it right."""

import re
from itertools import pairwise

import pytest

from symposia.api.root import api

DESCRIBED = api.get_openapi_schema()["paths"]
PATHS = sorted(path.removeprefix("/api/v1") for path in DESCRIBED)
# Resources are plural; three of them without an s at the end.
PLURAL = re.compile(r"s$|^(curricula|equipment|attendance)$|^{")
# What is done to a resource is a noun as well: its submission, its closing, its evidence.
NOUN = re.compile(r"(s|ing|al|ion|ment|nce|ver)$|^curricula$")
# Of these an organisation has one.
ONE = {"directory-sync", "field", "journal", "portfolio", "registry", "retention", "wall"}
WORD = re.compile(r"[a-z]+(-[a-z]+)*")


def faults(path, methods=("get",)):
    """What is wrong with the form of an address, in words."""
    segments = path.strip("/").split("/")
    words = [each for each in segments if not each.startswith("{")]
    before = [a for a, b in pairwise(segments) if b.startswith("{")]
    first = [] if segments[0] in ONE else segments[:1]
    wrong = {
        "a slash at its end": path.endswith("/"),
        "other than small letters and hyphens": not all(map(WORD.fullmatch, words)),
        "two records in a row": any(each.startswith("{") for each in before),
        "no plural before a record": not all(map(PLURAL.search, [*first, *before])),
        "no noun for what is sent": "post" in methods and not NOUN.search(words[-1]),
    }
    return [what for what, found in wrong.items() if found]


@pytest.mark.parametrize("path", PATHS)
def test_an_address_has_the_one_form(path):
    assert faults(path, DESCRIBED[f"/api/v1{path}"]) == []


def test_every_operation_has_a_name_of_its_own():
    names = [each["operationId"] for methods in DESCRIBED.values() for each in methods.values()]

    assert [name for name in names if name.startswith("symposia")] == []
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/gaps/", "a slash at its end"),
        ("/gaps/{pk}/Ratings", "other than small letters and hyphens"),
        ("/gaps/{pk}/{other}/ratings", "two records in a row"),
        ("/gap/{pk}/ratings", "no plural before a record"),
        ("/plans/{pk}/end", "no noun for what is sent"),
    ],
)
def test_an_address_of_another_form_is_found(path, fault):
    """The negative control."""
    assert faults(path, ["post"]) == [fault]
