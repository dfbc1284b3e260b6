import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from django.urls import reverse

from symposia.accounts.letters import write_sign_in_link
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.web.account.demo import current_code
from tests.factories.accounts import OrganisationFactory, UserFactory, member
from tests.factories.notifications import message

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration():
    return OrganisationFactory(is_demonstration=True)


def enter(client, user, organisation):
    given = {"user": str(user.pk), "organisation": str(organisation.pk)}
    return client.post(reverse("demo_entry"), given)


def test_one_press_signs_in_as_a_person_of_the_demonstration(client, demonstration):
    user = member(demonstration, "finance_officer")
    page = client.get(reverse("demo"))
    assert "Sign in as Finance officer" in page.text

    enter(client, user, demonstration)

    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.session["organisation"] == str(demonstration.pk)


def test_reading_the_page_signs_nobody_in(client, demonstration):
    member(demonstration, "finance_officer")

    client.get(reverse("demo"))

    assert "_auth_user_id" not in client.session


def test_the_code_of_a_deciders_authenticator_is_shown(client, demonstration):
    user = member(demonstration, "compliance_officer")
    secret = generate_totp_secret()
    TOTP.activate(user, secret)

    assert validate_totp_code(secret, current_code(user))
    assert current_code(user) in client.get(reverse("demo")).text


def test_nobody_of_a_real_organisation_can_be_played(client, demonstration):
    real = OrganisationFactory()
    user = member(real, "administrator")

    assert enter(client, user, real).status_code == 404
    assert enter(client, user, demonstration).status_code == 404
    assert user.email not in client.get(reverse("demo")).text


@pytest.mark.parametrize("user", ["", "x", "00000000-0000-7000-8000-000000000000"])
def test_nonsense_is_a_page_that_does_not_exist(client, demonstration, user):
    given = {"user": user, "organisation": str(demonstration.pk)}

    assert client.post(reverse("demo_entry"), given).status_code == 404


def test_outside_demo_mode_there_is_no_such_page(client, demonstration, settings):
    user = member(demonstration, "administrator")
    settings.DEMO = False

    assert client.get(reverse("demo")).status_code == 404
    assert enter(client, user, demonstration).status_code == 404
    assert client.get(reverse("mailbox")).status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_mailbox_shows_mail_of_demonstrations_and_of_sign_in_alone(client, demonstration):
    with acting_in(demonstration.pk):
        shown = message({"name": "Dr Shown"})
    with acting_in(OrganisationFactory().pk):
        hidden = message({"name": "Dr Hidden"})
    write_sign_in_link(UserFactory(), "secret-token", by=SYSTEM)

    page = client.get(reverse("mailbox")).text

    assert "Dr Shown" in page
    assert "Your sign-in link" in page
    assert "Dr Hidden" not in page
    for delivery, status in [(shown, 200), (hidden, 404)]:
        address = reverse("mailbox_message", args=[delivery.organisation_id, delivery.pk])
        assert client.get(address).status_code == status


def test_the_mail_to_one_address_can_be_found(client, demonstration):
    with acting_in(demonstration.pk):
        message({"name": "Dr One"}, to_address="one@example.org")
        message({"name": "Dr Two"}, to_address="two@example.org")

    page = client.get(reverse("mailbox"), {"to": "one@example.org"}).text

    assert "Dr One" in page
    assert "Dr Two" not in page
