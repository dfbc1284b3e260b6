"""Draws the style page as a signed-in person would get it; no database, no sign-in."""

from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

from symposia.accounts.permissions import Permission
from symposia.web import shell
from symposia.web.office.style import specimen


class Person:
    is_authenticated = True

    def __str__(self):
        return "Asha Kulkarni"


class Place:
    """What the frame asks of an organisation."""

    def __init__(self, name):
        self.name = self.pk = name

    def __str__(self):
        return self.name


class Uncounted(dict):
    """Takes every counter that pages register, and counts nothing."""

    def __contains__(self, url_name):
        return False


def access(*permissions):
    return SimpleNamespace(holds=lambda asked: asked in permissions)


def request_of(path="/style/", *, holding=tuple(Permission), cookies=None):
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies or {})
    request.user, request.access = Person(), access(*holding)
    request.organisations = [Place("Bhima Valley CME"), Place("Norvella Pharma")]
    request.organisation = request.organisations[0]
    request.request_id = "0193abcd"
    return request


def draw(template="office/style.html", *, language="en", **given):
    with translation.override(language):
        return render_to_string(template, specimen(), request_of(**given))


@pytest.fixture(autouse=True)
def _undefined_variables_fail(monkeypatch):
    class Undefined(str):
        def __contains__(self, text):
            return text == "%s"

        def __mod__(self, name):
            raise AssertionError(f"undefined template variable: {name}")

    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", Undefined("undefined"))


@pytest.fixture(autouse=True)
def _nothing_is_counted(monkeypatch):
    """The numbers beside the places are read from the database; each is tested where it is made."""
    monkeypatch.setattr(shell, "_counters", Uncounted())


@pytest.fixture
def style_page():
    """The style page as a reader in London sees it, whose clock is not the venue's."""
    with timezone.override(ZoneInfo("Europe/London")):
        return draw()
