"""A mail server in trouble for half an hour: nothing is lost, and what may have come twice says so
(F6)."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now

from symposia.notifications.models import Delivery, State
from tests.factories.notifications import message

LETTERS, OUTAGE, DRAINED = 4, timedelta(minutes=30), timedelta(minutes=5)
LOOK = timedelta(seconds=15)
REFUSES = "nobody listens"


@pytest.fixture
def patience(settings):
    """How long a conversation may take, shorter than in life."""
    settings.EMAIL_TIMEOUT = 0.2
    return settings


class Trouble:
    """What goes wrong with each conversation, until it is over."""

    def __init__(self, server, settings, kind):
        self.server, self.settings, self.kind = server, settings, kind

    def begin(self):
        if self.kind == REFUSES:
            self.settings.EMAIL_PORT = 1
        elif self.kind.startswith("450"):
            self.server.refuse_address = self.kind
        else:
            self.server.answers = [self.kind] * LETTERS * 100

    def end(self):
        self.settings.EMAIL_PORT, self.settings.EMAIL_TIMEOUT = self.server.port, 20
        self.server.refuse_address, self.server.answers = "", []


def live_through(begun, until, send):
    """What the worker does meanwhile: whatever is due is tried."""
    at = begun
    while at <= until:
        with time_machine.travel(at, tick=False):
            due = Delivery.objects.filter(state=State.WAITING, next_attempt_at__lte=now())
            for delivery in due.order_by("pk"):
                send(delivery)
        at += LOOK


@pytest.mark.parametrize(
    "kind", [REFUSES, "421 closing", "451 later", "450 greylisted", "drop", "tarpit"]
)
def test_after_half_an_hour_without_mail_everything_arrives_once(
    organisation, mail_server, patience, send, kind
):
    letters = [message(to_address=f"doctor{n}@example.org") for n in range(LETTERS)]
    trouble, begun = Trouble(mail_server, patience, kind), now() + LOOK
    trouble.begin()
    live_through(begun, begun + OUTAGE, send)
    assert Delivery.objects.filter(state=State.WAITING).count() == LETTERS
    assert not mail_server.taken

    trouble.end()
    live_through(begun + OUTAGE, begun + OUTAGE + DRAINED, send)

    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}
    taken = Counter(each["Message-ID"] for each in mail_server.taken)
    assert taken == {f"<{each.pk}@localhost>": 1 for each in letters}
    unsure = kind in {"drop", "tarpit"}
    assert set(Delivery.objects.values_list("may_be_duplicate", flat=True)) == {unsure}


def test_a_server_that_took_it_and_said_nothing_gets_it_again_under_the_same_name(
    organisation, mail_server, patience, send
):
    mail_server.answers = ["took"]
    begun, letter = now() + LOOK, message()

    live_through(begun, begun + timedelta(minutes=1), send)

    letter.refresh_from_db()
    assert (letter.state, letter.may_be_duplicate) == (State.SENT, True)
    assert [each["Message-ID"] for each in mail_server.taken] == [f"<{letter.pk}@localhost>"] * 2
