import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from symposia.accounts.models import Grant, Membership, Role
from symposia.shared.guards import OUTSIDE, reference_models, tenant_models
from symposia.shared.tenancy import NoOrganisation, acting_in, current_organisation_id
from tests.factories.accounts import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_without_an_organisation_there_are_no_rows():
    OrganisationFactory()

    assert Role.objects.count() == 0


def test_one_organisation_never_sees_another():
    mine, theirs = OrganisationFactory(), OrganisationFactory()

    with acting_in(mine.pk):
        assert set(Role.objects.values_list("organisation_id", flat=True)) == {mine.pk}
        with acting_in(theirs.pk):
            assert set(Role.objects.values_list("organisation_id", flat=True)) == {theirs.pk}
        assert set(Role.objects.values_list("organisation_id", flat=True)) == {mine.pk}


def test_a_row_cannot_be_written_for_another_organisation():
    mine, theirs = OrganisationFactory(), OrganisationFactory()

    with acting_in(mine.pk), pytest.raises(ProgrammingError), transaction.atomic():
        Role.objects.create(code="x", name="X", organisation_id=theirs.pk)


def test_a_key_cannot_point_into_another_organisation():
    mine, theirs = OrganisationFactory(), OrganisationFactory()
    with acting_in(theirs.pk):
        foreign = Role.objects.first()
    user = UserFactory()

    with acting_in(mine.pk), pytest.raises(IntegrityError), transaction.atomic():
        membership = Membership.objects.create(user=user)
        Grant.objects.create(membership=membership, role_id=foreign.pk)
        connection.check_constraints()


def test_tenant_data_outside_a_transaction_of_an_organisation_is_a_bug():
    with pytest.raises(NoOrganisation):
        current_organisation_id()


def test_every_table_is_a_tenants_or_has_a_reason_not_to_be():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition"
        )
        tables = {row[0] for row in cursor}
    ours = {m._meta.db_table for m in tenant_models()}
    world = {m._meta.db_table for m in reference_models()}

    assert tables - ours - world == set(OUTSIDE)


def test_row_security_is_enabled_and_forced_on_every_tenant_table():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(i.inhparent::regclass::text, c.relname),"
            " bool_and(c.relrowsecurity AND c.relforcerowsecurity)"
            " FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid"
            " WHERE c.relkind IN ('r', 'p') GROUP BY 1"
        )
        forced = {table for table, is_forced in cursor if is_forced}

    assert forced == {m._meta.db_table for m in tenant_models()}


def test_the_runtime_role_can_neither_bypass_nor_change_row_security():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("symposia_app", False, False)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_role NO FORCE ROW LEVEL SECURITY")
