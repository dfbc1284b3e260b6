"""Real conversations with a mail server."""

from datetime import timedelta
from select import select

import pytest
from django.db import OperationalError
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from symposia.audit.models import Entry
from symposia.notifications.actions import claim_delivery, retry_delivery
from symposia.notifications.models import LEASE, Delivery, State
from symposia.notifications.posting import Line, hand_over
from symposia.notifications.trying import GIVE_UP_AFTER
from symposia.shared.actors import SYSTEM
from symposia.shared.planned import fetch
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.notifications import message


def jobs(delivery):
    return ProcrastinateJob.objects.filter(
        task_name="notifications.send_delivery", args__delivery_id=str(delivery.pk)
    )


def later(delivery, by):
    Delivery.objects.filter(pk=delivery.pk).update(
        next_attempt_at=delivery.next_attempt_at - by,
        claimed_at=delivery.claimed_at and delivery.claimed_at - by,
        queued_at=delivery.queued_at - by,
    )
    delivery.refresh_from_db()


def test_queueing_asks_for_a_job_and_sends_nothing(organisation, mail_server):
    delivery = message()

    assert delivery.state == State.WAITING
    assert jobs(delivery).count() == 1
    assert mail_server.taken == []


def test_a_message_arrives_as_it_was_written(organisation, mail_server, send):
    delivery = send(message(to_name="Ada Moreno"))

    [arrived] = mail_server.taken
    assert delivery.state == State.SENT
    assert delivery.sent_at
    assert arrived["To"] == "Ada Moreno <ada@example.org>"
    assert arrived["From"].addresses[0].display_name == "Harbour Teaching Hospital"
    assert arrived["Subject"] == "A message to see how it looks, for Dr Ada Moreno"
    assert arrived["Message-ID"] == f"<{delivery.pk}@localhost>"
    assert arrived["List-Unsubscribe"] is None
    assert "http://localhost:8000/r/abc/?a=1&b=2" in arrived.get_body(("plain",)).get_content()
    assert (
        'href="http://localhost:8000/r/abc/?a=1&amp;b=2"'
        in arrived.get_body(("html",)).get_content()
    )
    assert Entry.objects.filter(action="message.sent", subject_id=delivery.pk).exists()


def test_the_demonstration_keeps_its_mail(organisation, mail_server, send, settings):
    settings.MAILBOX_INSIDE = True

    assert send(message()).state == State.SENT
    assert mail_server.taken == []


def test_not_now_is_tried_again_after_a_pause(organisation, mail_server, send):
    mail_server.answers = ["451 try later"]

    delivery = send(message())

    assert (delivery.state, delivery.attempts) == (State.WAITING, 1)
    assert delivery.error == "451 try later"
    assert not delivery.may_be_duplicate
    assert jobs(delivery).filter(scheduled_at__gt=now()).count() == 2  # the retry and the watch
    assert send(delivery).attempts == 1, "not before the pause is over"

    later(delivery, timedelta(minutes=1))

    assert send(delivery).state == State.SENT
    assert len(mail_server.taken) == 1


def test_a_no_is_final(organisation, mail_server, send):
    mail_server.answers = ["554 we do not like this"]

    delivery = send(message())

    assert (delivery.state, delivery.error) == (State.FAILED, "554 we do not like this")
    assert Entry.objects.get(action="message.failed").reason == "554 we do not like this"


def test_a_refused_address_is_a_bounce(organisation, mail_server, send):
    mail_server.refuse_address = "550 no such person"

    assert send(message()).state == State.BOUNCED


def test_a_greylisted_address_is_tried_again(organisation, mail_server, send):
    mail_server.refuse_address = "450 come back"

    assert send(message()).state == State.WAITING


def test_a_bounced_message_can_be_sent_again(organisation, mail_server, send):
    mail_server.refuse_address = "550 no such person"
    delivery = send(message())
    mail_server.refuse_address = ""

    retry_delivery(delivery, by=SYSTEM)

    assert send(delivery).state == State.SENT


def test_a_server_that_hangs_up_may_have_it_already(organisation, mail_server, send):
    mail_server.answers = ["drop"]

    delivery = send(message())

    assert delivery.state == State.WAITING
    assert delivery.may_be_duplicate


def test_no_server_at_all_loses_nothing(organisation, send, settings):
    settings.MAILBOX_INSIDE = False
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    delivery = send(message())

    assert delivery.state == State.WAITING
    assert not delivery.may_be_duplicate
    assert "refused" in delivery.error.lower()


def test_after_three_days_it_is_given_up(organisation, mail_server, send):
    mail_server.answers = ["451 later"]
    delivery = message()
    later(delivery, GIVE_UP_AFTER)

    assert send(delivery).state == State.FAILED


def test_killed_after_sending_and_before_noting_it_is_marked(organisation, mail_server, send):
    delivery = message()
    hand_over(claim_delivery(delivery.pk))  # and here the process ends

    delivery.refresh_from_db()
    assert send(delivery).state == State.SENDING, "another worker leaves it alone at first"
    later(delivery, LEASE)
    send(delivery)

    assert delivery.state == State.SENT
    assert delivery.may_be_duplicate
    assert [m["Message-ID"] for m in mail_server.taken] == [f"<{delivery.pk}@localhost>"] * 2
    assert Entry.objects.filter(action="message.left_behind").count() == 1


def test_a_job_that_runs_twice_sends_once(organisation, mail_server, send):
    delivery = message()

    send(delivery)
    send(delivery)

    assert len(mail_server.taken) == 1


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_a_calendar_travels_as_a_form_of_the_message_and_as_a_file(
    organisation, mail_server, send, method
):
    calendar = f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nEND:VCALENDAR\r\n"

    send(message(calendar=calendar.encode()))

    parts = [p for p in mail_server.taken[0].walk() if p.get_content_type() == "text/calendar"]
    assert [p.get_filename() for p in parts] == [None, "invitation.ics"]
    assert parts[0].get_param("method") == method
    assert all(f"METHOD:{method}" in str(p.get_content()) for p in parts)


def states(*deliveries):
    for each in deliveries:
        each.refresh_from_db()
    return [each.state for each in deliveries]


def test_what_else_waits_goes_on_the_same_line_and_its_job_is_done(organisation, mail_server, send):
    letters = [message(to_address=f"p{n}@example.org") for n in range(3)]

    send(letters[0])

    assert states(*letters) == [State.SENT] * 3
    assert mail_server.called == 1
    assert [m["To"] for m in mail_server.taken] == [f"p{n}@example.org" for n in range(3)]
    assert not any(jobs(each).filter(scheduled_at=None).exists() for each in letters[1:])
    assert Entry.objects.filter(action="message.sent").count() == 3


def test_what_another_organisation_wrote_is_not_taken_along(organisation, mail_server, send):
    first = message()
    with acting_in(OrganisationFactory().pk):
        theirs = message(to_address="theirs@example.org")

    send(first)

    assert [m["To"] for m in mail_server.taken] == ["ada@example.org"]
    assert ProcrastinateJob.objects.filter(args__delivery_id=str(theirs.pk)).count() == 1


def test_only_one_message_is_claimed_at_a_time(organisation, mail_server, send, monkeypatch):
    first, second = message(), message(to_address="b@example.org")
    seen = []

    def kept(delivery, sender, line):
        seen.append(states(first, second))
        return hand_over(delivery, sender, line)

    monkeypatch.setattr("symposia.notifications.tasks.hand_over", kept)
    send(first)

    assert seen == [[State.SENDING, State.WAITING], [State.SENT, State.SENDING]]


def test_a_no_to_one_does_not_stop_the_others(organisation, mail_server, send):
    mail_server.answers = ["250 OK", "554 not this one", "250 OK"]
    letters = [message(to_address=f"p{n}@example.org") for n in range(3)]

    send(letters[0])

    assert states(*letters) == [State.SENT, State.FAILED, State.SENT]


def test_a_server_that_is_not_there_is_not_asked_for_the_others(organisation, send, settings):
    settings.MAILBOX_INSIDE = False
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    first, second = message(), message(to_address="b@example.org")

    send(first)

    assert states(second) == [State.WAITING]
    assert (second.attempts, jobs(second).count()) == (0, 1)


def test_a_line_that_was_hung_up_between_two_messages_is_called_again(organisation, mail_server):
    first, second = message(), message(to_address="b@example.org")
    with Line() as line:
        assert hand_over(first, line=line).kind == "sent"
        mail_server.hang_up()
        assert select([line.server().sock], [], [], 5)[0] or mail_server.called == 2
        outcome = hand_over(second, line=line)

    assert (outcome.kind, mail_server.called, len(mail_server.taken)) == ("sent", 2, 2)


def test_what_goes_wrong_with_the_next_does_not_send_the_first_twice(
    organisation, mail_server, send, monkeypatch
):
    def broken(*_given):
        raise OperationalError

    first, second = message(), message(to_address="b@example.org")
    monkeypatch.setattr("symposia.notifications.tasks.claim_another", broken)

    send(first)

    assert states(first, second) == [State.SENT, State.WAITING]
    assert jobs(second).filter(scheduled_at=None).count() == 1
    assert Entry.objects.filter(action="message.sent").count() == 1


def test_what_somebody_holds_is_not_waited_for(organisation, mail_server, send, monkeypatch):
    first, second = message(), message(to_address="b@example.org")
    monkeypatch.setattr("symposia.notifications.actions.fetch", passed_over(second.pk))

    send(first)

    assert states(first, second) == [State.SENT, State.WAITING]
    assert jobs(second).get().scheduled_at


def passed_over(pk):
    """As the database answers while another transaction holds this row."""
    return lambda model, where, **values: (
        [] if values == {"id": pk} and "SKIP" in where else fetch(model, where, **values)
    )
