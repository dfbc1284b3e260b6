import factory
from django.utils.timezone import now
from factory.django import DjangoModelFactory

from symposia.accounts.actions import add_member, create_organisation, make_personal_token
from symposia.accounts.models import Organisation, Role, User
from symposia.accounts.queries import access_of
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.shared.times import day_at

ZONE = "America/New_York"


def day_here():
    """The day it is at the organisations that are made here: by the clock of Greenwich it is
    another one for some hours of each night."""
    return day_at(now(), ZONE)


class OrganisationFactory(DjangoModelFactory):
    """An organisation as the product makes it: with its roles and its first journal entry."""

    class Meta:
        model = Organisation

    kind = "provider"
    name = factory.Sequence("Harbour Teaching Hospital {}".format)
    slug = factory.Sequence("harbour-{}".format)
    country = "US"
    currency = "USD"
    zone = ZONE

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return create_organisation(by=SYSTEM, **kwargs)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence("person{}@example.org".format)
    full_name = factory.Sequence("Person {}".format)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return User.objects.create_user(**kwargs)


def member(organisation, role="coordinator", **scope):
    """A user who holds a role in an organisation."""
    user = UserFactory()
    with acting_in(organisation.pk):
        add_member(user, Role.objects.get(code=role), by=SYSTEM, **scope)
    return user


def key_of(user, organisation, permissions):
    """The headers of a program with a personal key of somebody, good for these permissions."""
    access = access_of(user, organisation, at=now())
    _made, secret = make_personal_token(user, access, name="T", permissions=permissions, by=SYSTEM)
    return {"authorization": f"Bearer {secret}"}
