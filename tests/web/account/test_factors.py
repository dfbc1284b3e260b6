"""Second factors of somebody who came by a link: their forms lead on, nothing breaks between."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

from symposia.accounts.actions import make_sign_in_link
from symposia.shared.actors import SYSTEM
from symposia.web.account.factors import SIGNED_IN
from symposia.web.factors import FRESH_SECONDS
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


def test_setting_a_factor_up_leads_back_and_counts_as_having_used_it(client, publisher):
    client.get(reverse("factor_set_up"), {"next": reverse("approvals")})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))

    made = client.post(reverse("mfa_activate_totp"), {"code": code})

    # The codes are shown at once, without another question for the factor of a moment ago.
    assert made.url == reverse("mfa_view_recovery_codes")
    assert "Back to what I was doing" in client.get(made.url).text
    assert client.get(reverse("factor_return")).url == reverse("approvals")
    assert "Back to what I was doing" not in client.get(reverse("mfa_index")).text
    assert client.session["account_authentication_methods"][-1]["type"] == "totp"


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "account_set_password"])
def test_a_session_that_was_taken_over_sets_up_no_factor(client, publisher, name):
    assert client.get(reverse(name)).status_code == 200
    _as_old_as(client, FRESH_SECONDS + 1)

    for answer in (client.get(reverse(name)), client.post(reverse(name), {"code": "000000"})):
        assert answer.url == reverse("sign_in_link")
    assert "within five minutes of signing in" in client.get(reverse("sign_in_link")).text


def test_a_new_link_opened_in_the_same_session_lets_a_factor_be_set_up(client, publisher):
    _as_old_as(client, FRESH_SECONDS + 1)
    link = make_sign_in_link(publisher, by=SYSTEM)

    client.post(reverse("sign_in_link_use", args=[link]))

    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_whoever_has_a_password_is_asked_for_it(client, publisher):
    publisher.set_password("correct horse battery staple")
    publisher.save()
    client.force_login(publisher)

    answer = client.get(reverse("mfa_activate_totp"))

    assert answer.url.startswith(reverse("account_reauthenticate"))


def test_nobody_moves_their_sign_in_to_another_address(client, publisher):
    before, other = publisher.email, "elsewhere@example.org"

    for action in ("action_add", "action_primary"):
        answer = client.post(reverse("account_email"), {action: "", "email": other})
        assert answer.url == reverse("profile")

    publisher.refresh_from_db()
    assert publisher.email == before
    assert not EmailAddress.objects.filter(email=other).exists()


def _as_old_as(client, seconds):
    session = client.session
    session[SIGNED_IN] = time.time() - seconds
    session.save()


def test_the_way_back_leads_nowhere_else(client, publisher):
    client.get(reverse("factor_set_up"), {"next": "https://elsewhere.test/"})

    assert client.get(reverse("factor_return")).url == reverse("profile")


def test_a_code_that_does_not_fit_is_said_in_our_words(client, publisher):
    client.get(reverse("mfa_activate_totp"))

    answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert "This code does not fit." in answer.text
