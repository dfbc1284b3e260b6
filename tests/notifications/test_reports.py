"""Reports of mail servers: which address is no good, who complained, what only waits."""

import io
from argparse import Namespace

import pytest
from django.test import Client
from django.urls import reverse

from symposia.audit.models import Entry
from symposia.cli import mail_report
from symposia.notifications.actions import suppress_address
from symposia.notifications.actions.reports import take_reports
from symposia.notifications.models import Cause, State, Suppression
from symposia.notifications.posting import letter_of
from symposia.notifications.reports import reports_in, says_no_such_address
from symposia.outreach.selection import sort_out
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, key_of, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.notifications import message

REPORT = """From: MAILER-DAEMON@mx.example.net
To: symposia@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.

--b
Content-Type: message/{kind}

{fields}

--b
Content-Type: text/rfc822-headers

Message-ID: <{pk}@localhost>
To: {address}

--b--
"""


def failure(delivery, *, action="failed", status="5.1.1", said="550 5.1.1 User unknown"):
    fields = (
        "Reporting-MTA: dns; mx.example.net\n\n"
        f"Final-Recipient: rfc822; {delivery.to_address.upper()}\n"
        f"Action: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {said}"
    )
    return report("delivery-status", fields, delivery)


def complaint(delivery):
    fields = "Feedback-Type: abuse\nVersion: 1\nUser-Agent: Loop/1.0"
    return report("feedback-report", fields, delivery)


def report(kind, fields, delivery):
    return REPORT.format(
        kind=kind, fields=fields, pk=delivery.pk, address=delivery.to_address
    ).encode()


@pytest.fixture
def delivery(organisation):
    made = message()
    made.move(State.SENDING)
    made.move(State.SENT)
    return made


def test_an_address_that_does_not_exist_is_marked_with_the_servers_words(delivery):
    [taken] = take_reports(failure(delivery), by=SYSTEM)

    delivery.refresh_from_db()
    suppression = Suppression.objects.get()
    assert taken.message_id == delivery.pk
    assert (delivery.state, delivery.error) == (State.BOUNCED, "550 5.1.1 User unknown")
    assert suppression.address == "ada@example.org"
    assert (suppression.cause, suppression.diagnostic) == (Cause.BOUNCED, delivery.error)
    assert Entry.objects.filter(action="message.bounced", subject_id=delivery.pk).exists()


def test_a_full_mailbox_costs_one_message_and_no_address(delivery):
    take_reports(failure(delivery, status="5.2.2", said="552 5.2.2 Mailbox full"), by=SYSTEM)

    delivery.refresh_from_db()
    assert delivery.state == State.BOUNCED
    assert not Suppression.objects.exists()


def test_a_delay_changes_nothing(delivery):
    [taken] = take_reports(failure(delivery, action="delayed", status="4.4.1"), by=SYSTEM)

    delivery.refresh_from_db()
    assert taken.kind == "delayed"
    assert delivery.state == State.SENT
    assert not Suppression.objects.exists()


def test_whoever_complains_is_invited_no_more(delivery):
    take_reports(complaint(delivery), by=SYSTEM)

    assert Suppression.objects.get().cause == Cause.COMPLAINED


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"Subject: hello\n\nI am on holiday.", "not_a_report"),
        (b"\xff\xfe\x00\x01" * 50, "not_a_report"),
        (b"", "not_a_report"),
    ],
    ids=["a letter", "no mail at all", "nothing"],
)
def test_what_is_no_report_is_refused_in_words(organisation, raw, code):
    with pytest.raises(Refused) as refused:
        take_reports(raw, by=SYSTEM)

    assert refused.value.objection.code == code


def test_a_report_about_what_was_not_sent_marks_nobody(delivery):
    raw = failure(delivery)
    other = OrganisationFactory()

    with acting_in(other.pk), pytest.raises(Refused) as refused:
        take_reports(raw, by=SYSTEM)
    assert refused.value.objection.code == "not_ours"

    number = str(delivery.pk).encode()
    forged = raw.replace(b"ADA@EXAMPLE.ORG", b"dean@example.org").replace(number, b"1")
    with pytest.raises(Refused):
        take_reports(forged, by=SYSTEM)
    assert not Suppression.objects.exists()


def test_a_forwarded_message_is_known_by_its_number(delivery):
    raw = failure(delivery).replace(b"ADA@EXAMPLE.ORG", b"ada.at.home@example.net")

    take_reports(raw, by=SYSTEM)

    assert Suppression.objects.get().address == delivery.to_address


def test_the_same_report_twice_marks_once(delivery):
    take_reports(failure(delivery), by=SYSTEM)
    take_reports(failure(delivery), by=SYSTEM)

    assert Suppression.objects.count() == 1


def test_the_word_of_the_person_outweighs_that_of_a_server(delivery):
    take_reports(failure(delivery), by=SYSTEM)
    suppress_address("ada@example.org", by=SYSTEM)
    take_reports(failure(delivery), by=SYSTEM)

    assert Suppression.objects.get().cause == Cause.ASKED


def test_whoever_is_skipped_is_told_apart(organisation):
    people = [ClinicianFactory() for _ in range(3)]
    for clinician, cause in zip(people, Cause.values, strict=True):
        suppress_address(clinician.email, cause=cause, by=SYSTEM)

    skipped = sort_out(ActivityFactory(state="open"), people).skipped

    assert [each.objection.code for each in skipped] == [
        "suppressed", "address_refused", "complained",
    ]  # fmt: skip


def test_a_refusal_at_the_door_of_the_mail_server_marks_the_address_too(
    organisation, mail_server, send
):
    mail_server.refuse_address = "550 5.1.1 no such user here"
    send(message())
    mail_server.refuse_address = "554 5.7.1 relaying denied"
    send(message(to_address="bo@example.org"))

    assert Suppression.objects.get().address == "ada@example.org"


@pytest.mark.parametrize(
    ("answer", "is_final"),
    [
        ("550 5.1.1 unknown", True),
        ("5.1.10", True),
        ("550 5.2.1 disabled", True),
        ("550 5.1.8 bad sender", False),
        ("550 no such user", False),
        ("450 4.1.1 later", False),
        ("554 5.7.1 spam", False),
    ],
)
def test_only_what_is_about_the_address_is_final(answer, is_final):
    assert says_no_such_address(answer) is is_final


def test_several_addresses_of_one_report_are_read(delivery):
    raw = failure(delivery).replace(
        b"Diagnostic-Code: smtp; 550 5.1.1 User unknown",
        b"\nFinal-Recipient: rfc822; bo@example.org\nAction: delayed\nStatus: 4.2.2\n"
        b"Diagnostic-Code: smtp; 452 mailbox\n full",
    )

    found = [(each.kind, each.address, each.diagnostic) for each in reports_in(raw)]

    assert found == [
        ("bounced", "ada@example.org", "5.1.1"),
        ("delayed", "bo@example.org", "4.2.2 452 mailbox full"),
    ]


def test_an_answer_goes_to_a_person(organisation):
    assert letter_of(message(reply_to="asha@example.org"))["Reply-To"] == "asha@example.org"
    assert letter_of(message())["Reply-To"] is None


def piped(organisation_code, raw, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    return mail_report.run(Namespace(organisation=organisation_code))


def test_a_pipe_of_the_mail_server_hands_reports_in(organisation, delivery, monkeypatch, capsys):
    assert piped(organisation.code, complaint(delivery), monkeypatch) == 0
    assert capsys.readouterr().out == "complained ada@example.org abuse\n"
    assert Suppression.objects.get().cause == Cause.COMPLAINED
    assert piped(organisation.code, b"Subject: hello\n\nHello", monkeypatch) == 1
    assert "This is no report of a mail server" in capsys.readouterr().err
    assert piped("nowhere", complaint(delivery), monkeypatch) == 2
    assert "No organisation has the code nowhere." in capsys.readouterr().err


def test_a_program_hands_reports_in_as_they_came(organisation, delivery, client):
    user = member(organisation, "administrator")
    address = "/api/v1/messages/raw-reports"

    def post(raw, permissions):
        headers = key_of(user, organisation, permissions)
        return client.post(address, raw, content_type="message/rfc822", headers=headers)

    assert post(failure(delivery), ["view_outbox"]).status_code == 403
    assert not Suppression.objects.exists()
    [taken] = post(failure(delivery), ["manage_messages"]).json()
    assert (taken["kind"], taken["is_for_good"]) == ("bounced", True)
    assert Suppression.objects.get().cause == Cause.BOUNCED
    assert post(b"\xff\xfe nonsense", ["manage_messages"]).json()["code"] == "not_a_report"


def test_a_persons_page_says_why_they_are_invited_no_more(organisation, delivery, client):
    person = ClinicianFactory(email="Ada@example.org")
    page = reverse("clinician", args=[person.pk])
    client.force_login(member(organisation, "coordinator"))
    administrator = Client()
    administrator.force_login(member(organisation, "administrator"))
    assert "Invited no more by mail" not in client.get(page).text
    take_reports(failure(delivery), by=SYSTEM)

    said = client.get(page).text

    assert "Mail server says there is no such address" in said
    assert "550 5.1.1 User unknown" in said
    suppression = Suppression.objects.get()
    assert reverse("suppression", args=[suppression.pk]) in said
    lifting = reverse("suppression_lifting", args=[suppression.pk])
    assert administrator.post(lifting, {"reason": ""}).status_code == 422
    administrator.post(lifting, {"reason": "She wrote that the mailbox is back."})
    assert "Invited no more by mail" not in client.get(page).text
    assert Entry.objects.get(action="address.unsuppressed").reason
