import pytest

from symposia.accounts.permissions import Access, Granted, Permission
from symposia.directory.models import Clinician
from symposia.directory.spelling import plain_number, search_form
from tests.factories.directory import ClinicianFactory, TerritoryFactory


def _access(organisation, kind="organisation", scope=None):
    granted = Granted("x", frozenset({Permission.VIEW_DIRECTORY}), kind, scope)
    return Access(organisation.pk, organisation.pk, (granted,))


def test_a_representative_sees_the_clinicians_of_the_own_territory_alone(organisation):
    west = TerritoryFactory()
    inner = TerritoryFactory(parent=west)
    deepest = TerritoryFactory(parent=inner)
    mine = [ClinicianFactory(territory=t) for t in (west, inner, deepest)]
    ClinicianFactory(territory=TerritoryFactory())
    ClinicianFactory()

    seen = Clinician.objects.visible_to(_access(organisation, "territory", west.pk))

    assert set(seen) == set(mine)


def test_a_coordinator_sees_everyone(organisation):
    ClinicianFactory(territory=TerritoryFactory())
    ClinicianFactory()

    assert Clinician.objects.visible_to(_access(organisation)).count() == 2


def test_somebody_without_the_permission_sees_nobody(organisation):
    ClinicianFactory()

    nobody = Access(organisation.pk, organisation.pk, ())

    assert not Clinician.objects.visible_to(nobody).exists()


@pytest.mark.parametrize("typed", ["garc", "GARCÍA", "maria garcia", "garcia mar"])
def test_search_finds_the_beginnings_of_words_without_accents(organisation, typed):
    maria = ClinicianFactory(full_name="María García-López")
    ClinicianFactory(full_name="Magnus Argar")

    assert list(Clinician.objects.search(typed)) == [maria]


def test_search_finds_a_number_however_it_is_written(organisation):
    one = ClinicianFactory(npi="1234567893")
    ClinicianFactory()

    assert list(Clinician.objects.search("1234-567 893")) == [one]


def test_a_name_with_an_error_is_still_found(organisation):
    one = ClinicianFactory(full_name="Katherine Johnson")
    ClinicianFactory(full_name="Bertram Quill")

    assert list(Clinician.objects.resembling("katherin jonson")) == [one]


def test_the_display_name_is_searchable_too(organisation):
    one = ClinicianFactory(full_name="Venkataraman Subramanian", display_name="Dr. Ravi")

    assert list(Clinician.objects.search("ravi")) == [one]


def test_the_form_that_search_compares():
    assert search_form("  Ó'Brien,  JOSÉ ") == " o brien jose"
    assert plain_number(" mci/12-345.a ") == "MCI12345A"
