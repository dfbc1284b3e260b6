"""Every page of sign-in is drawn in our frame, without a script or style of its own."""

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

from symposia.accounts.models import User
from symposia.audit.models import Entry
from symposia.shared.tenancy import INSTALLATION, acting_in
from tests.factories.accounts import OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db
OPEN = [
    "account_login", "account_request_login_code", "account_reset_password",
    "account_reset_password_done", "account_signup", "account_inactive", "sign_in_link",
    "sign_in_link_sent",
]  # fmt: skip
OWN = [
    "profile", "account_change_password", "account_set_password", "account_logout",
    "account_email", "mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn",
    "usersessions_list", "account_reauthenticate",
]  # fmt: skip


def is_ours(response):
    page = response.text
    assert 'class="public-bar"' in page
    assert page.count("<h1") == 1
    assert "<style" not in page
    assert not re.search(r"\sstyle=", page)
    assert not re.search(r"\son[a-z]+=", page)
    for script in re.findall(r"<script([^>]*)>", page):
        assert "src=" in script or "application/json" in script
    return True


@pytest.mark.parametrize("name", OPEN)
def test_pages_before_sign_in(client, name):
    response = client.get(reverse(name), follow=True)

    assert response.status_code == 200
    assert is_ours(response)


@pytest.mark.parametrize("name", OWN)
def test_pages_of_one_who_is_signed_in(client, name):
    user = UserFactory(password="a long enough phrase")
    client.post(reverse("account_login"), {"login": user.email, "password": "a long enough phrase"})

    response = client.get(reverse(name), follow=True)

    assert response.status_code == 200
    assert is_ours(response)


def test_a_person_changes_name_language_and_clock(client):
    user = member(OrganisationFactory(), "coordinator")
    client.force_login(user)

    client.post(
        reverse("profile"), {"full_name": "Asha K", "language": "ar", "zone": "Asia/Kolkata"}
    )

    user = User.objects.get(pk=user.pk)
    assert (user.full_name, user.language, user.zone) == ("Asha K", "ar", "Asia/Kolkata")
    with acting_in(INSTALLATION):
        assert Entry.objects.filter(action="profile.changed", subject_id=user.pk).exists()


def test_a_zone_that_does_not_exist_is_refused(client):
    client.force_login(UserFactory())

    response = client.post(reverse("profile"), {"full_name": "A", "zone": "Mars/Olympus"})

    assert response.status_code == 422


def test_a_factor_that_is_added_is_journalled(client, django_capture_on_commit_callbacks):
    user = UserFactory(password="a long enough phrase")
    client.post(reverse("account_login"), {"login": user.email, "password": "a long enough phrase"})
    client.post(reverse("account_reauthenticate"), {"password": "a long enough phrase"})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code})

    with acting_in(INSTALLATION):
        added = Entry.objects.filter(action="factor.added").values_list("details", flat=True)
        assert {"type": "totp"} in list(added)
