import factory
from factory.django import DjangoModelFactory

from symposia.directory.models import Clinician, Identifier, Institution, Scheme, Territory
from symposia.directory.numbers import with_check_digit


class TerritoryFactory(DjangoModelFactory):
    class Meta:
        model = Territory

    name = factory.Sequence("Territory {}".format)
    code = factory.Sequence("territory-{}".format)


class InstitutionFactory(DjangoModelFactory):
    class Meta:
        model = Institution

    name = factory.Sequence("Riverside Hospital {}".format)
    city = "Boston"
    region = "MA"
    country = "US"


class ClinicianFactory(DjangoModelFactory):
    """A physician with a valid NPI; `npi=False` leaves the number out."""

    class Meta:
        model = Clinician
        skip_postgeneration_save = True

    full_name = factory.Sequence("Avery Example {}".format)
    profession = "physician"
    credential = "MD"
    specialty = "Internal medicine"
    email = factory.Sequence("clinician{}@example.org".format)
    city = "Boston"
    region = "MA"
    country = "US"
    language = "en"
    zone = "America/New_York"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        made = model_class(*args, **kwargs)
        made.remember_search_form()
        made.save(force_insert=True)
        return made

    @factory.post_generation
    def npi(self, create, extracted, **kwargs):  # the library calls it so
        if extracted is not False:
            IdentifierFactory(clinician=self, **({"value": extracted} if extracted else {}))


class IdentifierFactory(DjangoModelFactory):
    class Meta:
        model = Identifier

    clinician = factory.SubFactory(ClinicianFactory, npi=False)
    scheme = Scheme.NPI
    value = factory.Sequence(lambda n: with_check_digit(f"1{n:08d}"))
