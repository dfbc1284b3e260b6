"""What journeys make beside the product (`Installation.asks`): colleagues, and their sessions."""

from django.conf import settings
from django.test import Client

from symposia.accounts.actions import add_member
from symposia.accounts.models import Role
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import UserFactory


def colleague(organisation, full_name, role):
    """Somebody who holds a role in an organisation."""
    email = f"{full_name.lower().replace(' ', '.')}@{organisation.slug}.example"
    user = UserFactory(full_name=full_name, email=email)
    with acting_in(organisation.pk):
        add_member(user, Role.objects.get(code=role), by=SYSTEM)
    return user


def session_of(user):
    """The cookie that a browser of theirs holds."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}
