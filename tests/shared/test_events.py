"""What a context announces is heard above it, at once and in the same transaction."""

from collections import defaultdict
from dataclasses import dataclass

import pytest
from django.db import transaction

from symposia.accounts.models import Role
from symposia.shared import events
from symposia.shared.events import announce, listens_to
from symposia.shared.refusals import Objection, Refused


@dataclass(frozen=True)
class Happened:
    """Something that only these tests know."""

    what: str


@dataclass(frozen=True)
class HappenedTwice(Happened):
    """Something more special."""


@pytest.fixture(autouse=True)
def own_listeners(monkeypatch):
    monkeypatch.setattr(events, "_listeners", defaultdict(list))


def test_everybody_who_listens_hears_in_the_order_of_listening():
    heard = []
    for name in ("first", "second"):
        listens_to(Happened)(lambda event, name=name: heard.append((name, event)))

    announce(Happened("once"))

    assert heard == [("first", Happened("once")), ("second", Happened("once"))]


def test_nobody_has_to_listen():
    assert announce(Happened("unheard")) is None


def test_only_the_very_kind_is_heard():
    heard = []
    listens_to(Happened)(heard.append)

    announce(HappenedTwice("special"))

    assert heard == []


def test_a_listener_stays_an_ordinary_function():
    @listens_to(Happened)
    def listener(event):
        return event.what

    assert listener(Happened("said")) == "said"


def test_a_listener_that_refuses_takes_all_of_it_back(organisation):
    """What was written before, by the announcing and by other listeners, is gone too."""
    before = Role.objects.count()

    @listens_to(Happened)
    def writes(event):
        Role.objects.filter(code="learner").update(description=event.what)

    @listens_to(Happened)
    def refuses(_event):
        raise Refused(Objection("no", "Not like this."))

    with pytest.raises(Refused, match="Not like this"), transaction.atomic():
        Role.objects.create(code="made", name="Made", permissions=[])
        announce(Happened("written"))

    assert Role.objects.count() == before
    assert not Role.objects.filter(description="written").exists()
