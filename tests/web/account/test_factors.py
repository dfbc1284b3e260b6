"""Second factors of somebody who came by a link: their forms lead on, nothing breaks between."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse

from tests.factories.accounts import OrganisationFactory, member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def publisher(client):
    user = member(OrganisationFactory(), "publisher")
    client.force_login(user)
    return user


def test_every_form_of_a_factor_goes_to_an_address(client, publisher):
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        page = client.get(reverse(name)).content.decode()
        actions = re.findall(r'<form method="post"[^>]* action="([^"]*)"', page)
        assert reverse(name) in actions, name
        assert not [action for action in actions if "{" in action]


def test_a_page_that_asks_for_the_factor_again_leads_there(client, publisher):
    Authenticator.objects.create(
        user=publisher, type=Authenticator.Type.TOTP, data={"secret": "not used here"}
    )
    RecoveryCodes.activate(publisher)

    answer = client.get(reverse("mfa_view_recovery_codes"))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
