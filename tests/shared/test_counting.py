import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from symposia.accounts.models import Membership, Role
from symposia.shared.counting import counted_together
from tests.factories.accounts import member


def test_several_counts_are_one_statement(organisation):
    member(organisation)
    roles = Role.objects.filter(code__in=["learner", "faculty"])
    several = [roles, Membership.objects.all(), Role.objects.order_by("name")[:3]]

    with CaptureQueriesContext(connection) as asked:
        numbers = counted_together(several)

    assert numbers == [2, 1, 3]
    assert len(asked) == 1


@pytest.mark.parametrize(("place", "expected"), [(0, [0, 1]), (1, [1, 0])])
def test_what_cannot_match_counts_as_nothing_in_its_place(organisation, place, expected):
    several = [Role.objects.filter(code="learner")]
    several.insert(place, Role.objects.filter(code__in=[]))

    assert counted_together(several) == expected


@pytest.mark.parametrize("number", [0, 2])
def test_nothing_to_ask_asks_nothing(organisation, number):
    with CaptureQueriesContext(connection) as asked:
        assert counted_together([Role.objects.none()] * number) == [0] * number

    assert len(asked) == 0
