from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.utils.timezone import now

from symposia.audit.models import Entry
from symposia.credits import external
from symposia.credits.actions.claims import claim_credit
from symposia.credits.actions.transcripts import (
    Proof,
    accept_external_credit,
    hand_in_external_credit,
    return_external_credit,
    revoke_transcript_share,
    share_transcript,
    withdraw_external_credit,
)
from symposia.credits.external import ExternalFacts, is_open
from symposia.credits.transcript_papers import print_transcript, transcript_sheet
from symposia.credits.transcripts import transcript_of
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import day_here, member
from tests.factories.credits import PDF, ExternalCreditFactory, ama, attended
from tests.factories.directory import ClinicianFactory


@pytest.fixture
def clinician(organisation):
    return ClinicianFactory()


def facts(**more):
    said = {
        "system": ama(),
        "title": "Stroke update",
        "provider": "Elsewhere University",
        "earned_on": day_here() - timedelta(days=3),
        "amount": Decimal("4.00"),
    }
    return ExternalFacts(**said | more)


def handed_in(clinician, **more):
    return hand_in_external_credit(clinician, facts(**more), Proof("p.pdf", PDF), by=SYSTEM)


def test_credit_from_elsewhere_counts_once_the_office_accepts_it(clinician):
    credit = handed_in(clinician, subjects=["medical_ethics", "medical_ethics"])
    assert transcript_of(clinician).lines == ()

    accept_external_credit(credit, by=SYSTEM)

    line = transcript_of(clinician).lines[0]
    assert (line.title, line.amount, line.is_external) == ("Stroke update", Decimal(4), True)
    assert line.subjects == (("medical_ethics", Decimal(4)),)
    assert default_storage.exists(credit.file.storage_name)
    assert Delivery.objects.get().to_address == clinician.email


@pytest.mark.parametrize(
    ("more", "objection"),
    [
        ({"earned_on": day_here() + timedelta(days=2)}, external.FROM_TOMORROW),
        ({"amount": Decimal("0.10")}, external.NOT_WHOLE_STEPS),
        ({"title": "  "}, external.SAY_WHAT),
        ({"subjects": ["astrology"]}, external.BAD_SUBJECT),
    ],
    ids=["tomorrow", "not a step", "no words", "no subject"],
)
def test_what_cannot_be_is_refused_in_words(clinician, more, objection):
    with pytest.raises(Refused) as refused:
        handed_in(clinician, **more)

    assert refused.value.objection.code == objection.code


def test_the_same_is_not_entered_twice_but_mended_it_is(clinician):
    first = handed_in(clinician)
    with pytest.raises(Refused) as twice:
        handed_in(clinician)
    assert twice.value.objection.code == external.ENTERED_ALREADY.code

    return_external_credit(first, reason="No name on it", by=SYSTEM)

    assert handed_in(clinician).pk != first.pk


@pytest.mark.parametrize("content", [b"#!/bin/sh", b"", b"%PDF-" + b" " * external.LARGEST])
def test_a_proof_is_a_document_or_picture_of_some_size(clinician, content):
    with pytest.raises(Refused):
        hand_in_external_credit(clinician, facts(), Proof("p.pdf", content), by=SYSTEM)


def test_nobody_decides_on_their_own_and_nothing_is_decided_twice(organisation):
    user = member(organisation, "coordinator")
    credit = ExternalCreditFactory(clinician=ClinicianFactory(user=user))
    with pytest.raises(Refused) as own:
        accept_external_credit(credit, by=user.actor())
    assert own.value.objection.code == external.OWN_CREDIT.code

    withdraw_external_credit(credit, by=user.actor())

    with pytest.raises(Refused) as decided:
        accept_external_credit(credit, by=SYSTEM)
    assert decided.value.objection.code == external.DECIDED_ALREADY.code


def test_a_credit_that_is_sent_back_says_why(clinician):
    with pytest.raises(Refused) as refused:
        return_external_credit(handed_in(clinician), reason=" ", by=SYSTEM)
    assert refused.value.objection.code == external.RETURN_WHY.code


def test_a_transcript_holds_what_was_awarded_between_two_days(organisation):
    registration = attended()
    claim_credit(registration, Decimal("1.25"), attested=True, by=SYSTEM)
    person, day = registration.clinician, registration.activity.wall_starts.date()

    assert transcript_of(person, day, day).by_system == [
        ("AMA PRA Category 1 Credit™", Decimal("1.25"))
    ]
    assert transcript_of(person, day + timedelta(days=1)).lines == ()
    assert transcript_of(person, None, day - timedelta(days=1)).lines == ()
    assert transcript_of(person).totals[0].year == day.year
    assert transcript_of(person).lines[0].proof.startswith("CERT-")


def test_the_paper_and_the_sheet_say_the_same_and_run_nothing(clinician):
    accept_external_credit(handed_in(clinician, title="=2+2"), by=SYSTEM)
    found, at = transcript_of(clinician), now()

    assert "'=2+2" in transcript_sheet(found)
    assert print_transcript(found, at).startswith(b"%PDF-")
    assert print_transcript(found, at) == print_transcript(found, at)


def test_a_board_reads_until_a_day_or_until_revoked(clinician):
    ends = now() + timedelta(days=30)
    share = share_transcript(clinician, "Board of Alabama", ends, by=SYSTEM)
    assert is_open(share, at=now())
    assert not is_open(share, at=ends)

    revoked = revoke_transcript_share(share, by=SYSTEM)

    assert not is_open(revoked, at=now())
    actions = Entry.objects.filter(action__startswith="transcript.").values_list(
        "action", flat=True
    )
    assert sorted(actions) == ["transcript.shared", "transcript.unshared"]
    with pytest.raises(Refused):
        revoke_transcript_share(share, by=SYSTEM)


@pytest.mark.parametrize(
    ("board", "days"), [(" ", 30), ("Board", 0), ("Board", 400)], ids=["nobody", "past", "too long"]
)
def test_a_share_names_its_reader_and_ends(clinician, board, days):
    with pytest.raises(Refused):
        share_transcript(clinician, board, now() + timedelta(days=days), by=SYSTEM)
