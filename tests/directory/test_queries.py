import random

import pytest
from django.db import connection

from symposia.accounts.permissions import Access, Granted, Permission
from symposia.directory.models import Clinician, Identifier
from symposia.directory.queries import find_clinicians, holder_of
from symposia.directory.statistics import refresh_directory_statistics
from tests.factories.directory import ClinicianFactory


@pytest.fixture
def access(organisation):
    everything = Granted("x", frozenset({Permission.VIEW_DIRECTORY}))
    return Access(organisation.pk, organisation.pk, (everything,))


@pytest.fixture
def many(organisation):
    """As many people as make an index worth it."""
    chance = random.Random(3)  # noqa: S311  # invented people, not secrets
    people = [Clinician(full_name=_name(chance)) for _each in range(5_000)]
    for one in people:
        one.remember_search_form()
    Clinician.objects.bulk_create(people)
    Identifier.objects.bulk_create(
        Identifier(clinician=one, scheme="own", value=str(number))
        for number, one in enumerate(people)
    )
    refresh_directory_statistics()


def _name(chance):
    return " ".join("".join(chance.choices("abcdefghijklmnop", k=7)) for _word in range(2))


@pytest.mark.parametrize("verb", ["search_names", "resembling"])
def test_names_are_found_by_the_index_in_spite_of_row_security(many, access, verb):
    people = Clinician.objects.visible_to(access)

    assert "clinician_name_trigrams" in getattr(people, verb)("avery exam").explain()


def test_numbers_are_found_by_the_index(many, access):
    people = Clinician.objects.visible_to(access)

    assert "one_clinician_per_number" in people.by_number("1234567893").explain()


def test_the_list_is_read_in_the_order_of_its_index(many, access):
    people = Clinician.objects.visible_to(access).order_by("search_text", "pk")

    assert "clinicians_in_order" in people[:50].explain()


def test_beginnings_come_before_resemblances(organisation, access):
    exact = ClinicianFactory(full_name="Jon Smithe")
    ClinicianFactory(full_name="Joan Smith")

    assert find_clinicians(access, "jon smithe") == [exact]


def test_nobody_is_found_by_nothing(organisation, access):
    ClinicianFactory()

    assert find_clinicians(access, "") == []
    assert find_clinicians(access, "%") == []


def test_a_register_number_names_one_person(organisation):
    one = ClinicianFactory(npi="1234567893")

    assert holder_of("npi", "", "1234567893").clinician == one
    assert holder_of("npi", "", "1003000126") is None


def test_the_runtime_role_may_ask_for_fresh_statistics(organisation):
    ClinicianFactory.create_batch(3)

    refresh_directory_statistics()

    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'directory_clinician'")
        assert cursor.fetchone() == (3,)
