import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from symposia.accounts.actions import make_sign_in_link
from symposia.accounts.tasks import send_sign_in_link
from symposia.audit.models import Entry
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import INSTALLATION, acting_in
from tests.factories.accounts import OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def mails():
    with acting_in(INSTALLATION):
        return list(Delivery.objects.order_by("pk"))


def journal():
    with acting_in(INSTALLATION):
        return list(Entry.objects.order_by("pk").values_list("action", flat=True))


def do_what_was_asked_for():
    """The jobs that a request asked for, as the worker does them."""
    asked = ProcrastinateJob.objects.filter(task_name=send_sign_in_link.name).order_by("pk")
    for job in asked:
        send_sign_in_link.run(**job.args)
    return len(asked)


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def test_the_link_in_the_mail_signs_in_after_a_press_and_only_then(client):
    user = member(OrganisationFactory(), "coordinator")
    client.post(reverse("sign_in_link"), {"email": user.email.upper()})
    do_what_was_asked_for()
    [mail] = mails()
    link = re.search(r"http://localhost:8000(/account/link/\S+/)", mail.text)[1]

    for _ in range(3):  # what scanners of mail do
        assert client.get(link).status_code == 200
    assert signed_in_as(client) is None

    response = client.post(f"{link}use/")

    assert response.status_code == 302
    assert signed_in_as(client) == str(user.pk)
    assert {"sign_in_link.made", "sign_in_link.used", "session.started"} <= set(journal())


def test_a_link_works_once(client):
    token = make_sign_in_link(member(OrganisationFactory(), "learner"), by=SYSTEM)
    use = reverse("sign_in_link_use", args=[token])
    client.post(use)
    client.logout()

    response = client.post(use, follow=True)

    assert signed_in_as(client) is None
    assert "already used" in response.text


def test_an_old_link_does_not_work(client):
    token = make_sign_in_link(UserFactory(), by=SYSTEM)

    with time_machine.travel(now() + timedelta(minutes=16)):
        response = client.post(reverse("sign_in_link_use", args=[token]), follow=True)

    assert "too old" in response.text


def test_a_made_up_link_does_not_work(client):
    response = client.post(reverse("sign_in_link_use", args=["x" * 43]), follow=True)

    assert "not one of ours" in response.text


def test_known_and_unknown_addresses_get_the_same_answer(client):
    user = UserFactory()

    known = client.post(reverse("sign_in_link"), {"email": user.email})
    unknown = client.post(reverse("sign_in_link"), {"email": "nobody@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert do_what_was_asked_for() == 2
    assert len(mails()) == 1


def test_asking_again_and_again_is_slowed_down(client):
    user = UserFactory()

    answers = [
        client.post(reverse("sign_in_link"), {"email": user.email}).status_code for _ in range(30)
    ]

    assert answers[-1] == 429


def test_no_organisation_sees_the_mail_of_sign_in(client):
    organisation = OrganisationFactory()
    user = member(organisation, "coordinator")
    client.post(reverse("sign_in_link"), {"email": user.email})

    with acting_in(organisation.pk):
        assert not Delivery.objects.exists()


def test_a_person_with_a_second_factor_is_asked_for_it_after_the_link(client):
    user = UserFactory()
    TOTP.activate(user, generate_totp_secret())

    response = client.post(reverse("sign_in_link_use", args=[make_sign_in_link(user, by=SYSTEM)]))

    assert response["Location"] == reverse("mfa_authenticate")
    assert signed_in_as(client) is None


def test_a_code_by_mail_signs_in(client):
    user = member(OrganisationFactory(), "coordinator")
    client.post(reverse("account_request_login_code"), {"email": user.email})
    [mail] = mails()
    code = re.match(r"(\S+) is your sign-in code", mail.subject)[1]

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert signed_in_as(client) == str(user.pk)


def test_a_password_signs_in_and_a_wrong_one_is_journalled(client):
    user = UserFactory(password="a long enough phrase")
    given = {"login": user.email, "password": "another phrase altogether"}

    wrong = client.post(reverse("account_login"), given)
    assert wrong.status_code == 200
    assert "session.refused" in journal()

    client.post(reverse("account_login"), given | {"password": "a long enough phrase"})
    assert signed_in_as(client) == str(user.pk)


def test_signing_out_is_journalled(client):
    client.force_login(UserFactory())

    client.post(reverse("account_logout"))

    assert journal()[-1] == "session.ended"


def statements_of(client, address, values):
    """What the database was asked, without the values and the counting of attempts."""
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(address, values)
    said = [
        re.sub(r"(?:'[^']*')+|_django_curs\w+|[0-9a-f_x]{12,}|\b\d+\b", "?", each["sql"])
        for each in asked
    ]
    counting = ("symposia_cache", "SAVEPOINT")
    return answer.status_code, [one for one in said if not any(word in one for word in counting)]


def test_asking_for_a_link_does_the_same_for_strangers_and_members(client):
    known = member(OrganisationFactory(), "coordinator").email
    address = reverse("sign_in_link")

    of_member = statements_of(client, address, {"email": known})
    of_stranger = statements_of(client, address, {"email": "nobody@example.org"})

    assert of_member == of_stranger
    assert mails() == []
    assert do_what_was_asked_for() == 2
    assert [mail.to_address for mail in mails()] == [known]


def test_asking_for_a_code_does_the_same_for_strangers_and_members(client):
    known = member(OrganisationFactory(), "coordinator").email
    address = reverse("account_request_login_code")

    of_member = statements_of(type(client)(), address, {"email": known})
    of_stranger = statements_of(type(client)(), address, {"email": "nobody@example.org"})

    assert of_member == of_stranger
    assert len(mails()) == 2
