"""Messages to one domain leave one after the other, each waiting in line once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from symposia.audit.models import Entry
from symposia.notifications.actions import claim_delivery, retry_delivery, settle_delivery
from symposia.notifications.actions.pace import lift_domain_pace, set_domain_pace
from symposia.notifications.models import Delivery, DomainPace
from symposia.notifications.posting import Outcome
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.notifications import message

START = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as moved:
        yield moved


def claimed(*deliveries):
    return [claim_delivery(each.pk) is not None for each in deliveries]


def slots():
    rows = Delivery.objects.filter(slot_at__isnull=False).order_by("slot_at")
    return [(row.slot_at - START).total_seconds() for row in rows]


def test_each_waits_for_its_slot_and_only_once(clock, organisation):
    set_domain_pace("@Example.org", 30, by=SYSTEM)
    three = [message(to_address=f"a{n}@EXAMPLE.org") for n in range(3)]

    assert claimed(*three) == [True, False, False]
    assert slots() == [2, 4]

    clock.shift(timedelta(seconds=2))
    assert claimed(three[1], three[2]) == [True, False]
    clock.shift(timedelta(seconds=2))
    assert claimed(three[2]) == [True]


def test_another_domain_and_an_idle_one_wait_for_nobody(clock, organisation):
    set_domain_pace("example.org", 1, by=SYSTEM)
    assert claimed(message(), message(to_address="b@example.net")) == [True, True]

    clock.shift(timedelta(minutes=5))

    assert claimed(message()) == [True]


def test_a_message_tried_again_waits_in_line_again(clock, organisation):
    set_domain_pace("example.org", 1, by=SYSTEM)
    first, second = message(), message()
    assert claimed(first, second) == [True, False]
    settle_delivery(first.pk, Outcome("later", "451 not now"))

    clock.shift(timedelta(seconds=30))
    assert claimed(first) == [False]
    clock.shift(timedelta(seconds=90))
    assert claimed(second, first) == [True, True]
    settle_delivery(first.pk, Outcome("failed", "554 no"))
    retry_delivery(first, by=SYSTEM)
    assert claimed(first) == [False]


def test_without_a_pace_messages_leave_as_they_come(clock, organisation):
    pace = set_domain_pace("example.org", 1, by=SYSTEM)
    lift_domain_pace(pace, by=SYSTEM)

    assert claimed(message(), message()) == [True, True]
    said = Entry.objects.filter(action__startswith="pace.").values_list("action", flat=True)
    assert sorted(said) == ["pace.lifted", "pace.set"]


@pytest.mark.parametrize(
    ("domain", "per_minute", "code"),
    [("not a domain", 5, "no_domain"), ("", 5, "no_domain"), ("example.org", 0, "no_pace")],
)
def test_what_is_no_pace_is_refused(organisation, domain, per_minute, code):
    with pytest.raises(Refused) as refused:
        set_domain_pace(domain, per_minute, by=SYSTEM)

    assert refused.value.objection.code == code


def test_another_pace_takes_the_place_of_the_first(organisation):
    set_domain_pace("example.org", 5, by=SYSTEM)
    set_domain_pace("example.org", 60, by=SYSTEM)

    assert DomainPace.objects.get().interval == timedelta(seconds=1)
