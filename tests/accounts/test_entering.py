import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from symposia.accounts.entering import entered
from symposia.accounts.models import Grant, Membership, Role, ScopeKind
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.shared.tenancy import NoOrganisation, acting_in, current_organisation_id
from tests.factories.accounts import OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    return OrganisationFactory(name="Alder Hospital")


@pytest.fixture
def second(first):
    return OrganisationFactory(name="Birch Hospital")


@pytest.fixture
def both(first, second):
    """A coordinator of the first organisation who decides in the second."""
    user = member(first, "coordinator")
    with acting_in(second.pk):
        of_second = Membership.objects.create(user=user)
        role = Role.objects.get(code="compliance_officer")
        Grant.objects.create(membership=of_second, role=role)
    return user


def test_a_person_goes_into_the_organisation_they_wish(both, first, second):
    with entered(both, str(second.pk), at=now()) as found:
        assert found.organisation == second
        assert found.organisations == [first, second]
        assert found.access.holds(Permission.DECIDE_APPROVALS)
        assert current_organisation_id() == second.pk
        assert set(Role.objects.values_list("organisation_id", flat=True)) == {second.pk}


@pytest.mark.parametrize("wished", ["", "no id", str(uuid.UUID(int=4))])
def test_without_a_usable_wish_it_is_the_first_by_name(both, first, wished):
    with entered(both, wished, at=now()) as found:
        assert found.organisation == first
        assert not found.access.holds(Permission.DECIDE_APPROVALS)


def test_nobody_goes_where_they_are_not_a_member(both, first):
    other = OrganisationFactory(name="Aspen Hospital")

    with entered(both, str(other.pk), at=now()) as found:
        assert found.organisation == first
        assert other not in found.organisations
        assert set(Role.objects.values_list("organisation_id", flat=True)) == {first.pk}


def test_an_ended_membership_opens_nothing(both, first, second):
    with acting_in(second.pk):
        Membership.objects.filter(user=both).update(ended_at=now())

    with entered(both, str(second.pk), at=now()) as found:
        assert (found.organisation, found.organisations) == (first, [first])


def test_somebody_who_belongs_nowhere_sees_no_row(first):
    with entered(UserFactory(), str(first.pk), at=now()) as found:
        assert found is None
        assert not Role.objects.exists()
        with pytest.raises(NoOrganisation):
            current_organisation_id()


def test_access_is_what_the_grants_say_now(first):
    territory = uuid.uuid4()
    user = member(first, "coordinator", scope_kind=ScopeKind.TERRITORY, scope_id=territory)
    with acting_in(first.pk):
        mine = Membership.objects.get(user=user)
        late = now() - timedelta(minutes=1)
        Grant.objects.create(
            membership=mine, role=Role.objects.get(code="publisher"), valid_until=late
        )
        expected = access_of(user, first, at=now())

    with entered(user, "", at=now()) as found:
        assert found.access == expected
        assert found.access.scopes(Permission.INVITE, "territory") == {territory}
        assert {granted.role for granted in found.access.granted} == {"coordinator"}


def test_a_member_whose_last_role_was_taken_has_no_access(first):
    user = member(first)
    with acting_in(first.pk):
        Grant.objects.all().delete()

    with entered(user, "", at=now()) as found:
        assert found.organisation == first
        assert found.access is None


def test_the_way_in_is_two_statements_and_leaves_nothing_behind(both, second):
    with CaptureQueriesContext(connection) as asked, entered(both, str(second.pk), at=now()):
        inside = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]

    assert len(inside) == 2
    assert not Role.objects.exists()
