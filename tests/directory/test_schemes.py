import pytest

from symposia.directory.actions.clinicians import add_identifier
from symposia.directory.models import Scheme
from symposia.directory.policies import objection_to_number
from symposia.directory.schemes import CHECKS, is_checked, scheme_named, schemes
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.directory import ClinicianFactory


@pytest.mark.parametrize(
    ("scheme", "right", "wrong"),
    [
        ("npi", "1234567893", "1234567890"),
        ("orcid", "0000000218250097", "0000000218250096"),
        ("orcid", "000000021694233X", "0000000216942330"),
        ("rpps", "10003456786", "10003456781"),
        ("gmc", "7012345", "701234"),
        ("ahpra", "MED0001234567", "MED1234567"),
    ],
)
def test_a_number_holds_what_its_register_says(scheme, right, wrong):
    assert objection_to_number(scheme, right) is None
    assert objection_to_number(scheme, wrong) is not None


@pytest.mark.parametrize("scheme", ["smc", "nmc", "licence", "own", "guild"])
def test_a_register_without_a_form_takes_what_is_written_and_says_so(scheme):
    assert objection_to_number(scheme, "ANYTHING-7") is None
    assert not is_checked(scheme)


@pytest.mark.parametrize(
    ("title", "scheme"),
    [
        ("NPI", "npi"),
        ("npi_number", "npi"),
        ("GMC no.", "gmc"),
        ("N° RPPS", "rpps"),
        ("ORCID iD", "orcid"),
        ("SMC number", "smc"),
        ("Licence number", ""),
        ("Own number", ""),
        ("Reg no", ""),
        ("NPI or GMC", ""),
    ],
)
def test_a_column_is_of_the_register_that_its_title_names(title, scheme):
    assert scheme_named(title) == scheme


def test_the_data_names_every_scheme_and_no_unknown_check():
    assert set(schemes()) == set(Scheme.values)
    assert {each.check for each in schemes().values()} - {""} == set(CHECKS)
    assert all(each.source for each in schemes().values() if each.is_checked)


def test_a_wrong_number_is_refused_in_the_words_of_its_register(organisation):
    with pytest.raises(Refused) as refused:
        add_identifier(ClinicianFactory(npi=False), scheme="gmc", number="12", by=SYSTEM)

    assert str(refused.value) == "12 is no number of GMC (United Kingdom): it is seven digits."
