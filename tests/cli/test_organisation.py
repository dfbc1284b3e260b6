import argparse
import json

import pytest

from symposia.accounts.models import Grant, Organisation, User
from symposia.cli import organisation
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import member

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN = {
    "name": "Lakeside Medical School",
    "slug": "lakeside",
    "kind": "provider",
    "country": "us",
    "currency": "usd",
    "zone": "America/New_York",
    "admin-email": "ira@lakeside.example",
}


def create(capsys, **changed):
    parser = argparse.ArgumentParser()
    organisation.add_arguments(parser)
    given = {**GIVEN, **changed}
    flags = [word for name, value in given.items() for word in (f"--{name}", value)]
    code = organisation.run(parser.parse_args(["create", *flags, "--json"]))
    return code, json.loads(capsys.readouterr().out)


def test_a_new_organisation_has_an_administrator_who_can_sign_in(capsys, client):
    code, answer = create(capsys)

    assert code == 0
    opened = Organisation.objects.get(slug="lakeside")
    assert (opened.country, opened.currency) == ("US", "USD")
    with acting_in(opened.pk):
        (grant,) = Grant.objects.select_related("role", "membership__user")
        assert grant.role.code == "administrator"
        assert grant.membership.user.email == "ira@lakeside.example"
    used = client.post(f"/{answer['link'].split('/', 3)[3]}use/")
    assert used.status_code == 302
    assert client.session["_auth_user_id"]


def test_what_is_wrong_is_said_and_nothing_is_opened(capsys):
    code, answer = create(capsys, zone="Boston", **{"admin-email": "nobody"})

    assert code == 1
    assert "There is no time zone 'Boston'" in answer["problem"]
    assert "email" in answer["problem"]
    assert not Organisation.objects.exists()
    assert not User.objects.exists()


def test_a_short_name_is_given_once(capsys):
    create(capsys)

    code, answer = create(capsys)

    assert code == 1
    assert "slug" in answer["problem"]


def leave(capsys, **given):
    parser = argparse.ArgumentParser()
    organisation.add_arguments(parser)
    flags = [word for name, value in given.items() for word in (f"--{name}", value)]
    code = organisation.run(parser.parse_args(["leave", *flags, "--json"]))
    return code, json.loads(capsys.readouterr().out)


def test_whoever_runs_the_server_lets_an_administrator_leave(capsys):
    create(capsys)
    second = member(Organisation.objects.get(), "administrator")
    given = {"slug": "lakeside", "email": second.email, "reason": "The account is in wrong hands"}

    assert leave(capsys, **given) == (0, {"left": second.email})
    assert "does not work at" in leave(capsys, **given)[1]["problem"]
    last = leave(capsys, **{**given, "email": GIVEN["admin-email"]})
    assert "at least one administrator" in last[1]["problem"]
    assert leave(capsys, **{**given, "slug": "nowhere"})[0] == 1
