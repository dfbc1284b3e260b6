"""A scan goes past everything that is for pages, and past nothing that protects."""

import json
import uuid

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from symposia.registrations.tickets import ticket_text
from symposia.web.door.passes import make_pass
from tests.factories.accounts import member
from tests.factories.registrations import RegistrationFactory
from tests.web.door.test_scans import Opened


@pytest.fixture
def door(organisation):
    return member(organisation, "door_staff")


@pytest.fixture
def registration(organisation):
    return RegistrationFactory()


def sent(client, organisation, user, registration, **headers):
    """A scan as a browser sends it, whose cookies come along."""
    door_pass = make_pass(Opened(organisation, user), registration.activity_id)
    body = {
        "event_uuid": str(uuid.uuid4()),
        "code": ticket_text(organisation.code, registration.pk),
        "kind": "in",
        "source": "scan",
    }
    return client.post(
        reverse("door_scan"),
        json.dumps(body),
        content_type="application/json",
        headers={"authorization": f"Door {door_pass}", **headers},
    )


def test_the_headers_that_protect_are_on_it(organisation, door, registration):
    answer = sent(Client(), organisation, door, registration)

    assert answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Request-Id"]
    assert answer["Content-Length"] == str(len(answer.content))


def test_another_host_name_is_refused(organisation, door, registration):
    assert sent(Client(), organisation, door, registration, host="evil.test").status_code == 400


def test_a_browser_that_is_signed_in_costs_no_statement_more(organisation, door, registration):
    client = Client()
    client.force_login(door)
    asked = []

    def note(execute, sql, *others):
        asked.append(sql)
        return execute(sql, *others)

    with connection.execute_wrapper(note):
        answer = sent(client, organisation, door, registration)

    assert answer.json()["verdict"] == "in"
    assert not [sql for sql in asked if '"django_session"' in sql or '"accounts_user"' in sql]
    assert len(asked) <= 8, asked


def test_the_sentences_are_in_the_language_of_the_page_and_of_no_other_request(
    organisation, door, registration
):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    languages = set()

    def note(execute, *statement):
        languages.add(translation.get_language())
        return execute(*statement)

    with connection.execute_wrapper(note):
        sent(client, organisation, door, registration)

    assert languages == {"ar"}
    assert translation.get_language() == "en"


def test_only_a_post_is_answered(organisation, door):
    assert Client().get(reverse("door_scan")).status_code == 405


def test_a_scan_is_planned_once_a_connection(organisation, door):
    for _ in range(2):
        sent(Client(), organisation, door, RegistrationFactory())

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement ~ 'WITH duty'")
        assert cursor.fetchone() == (1,)
