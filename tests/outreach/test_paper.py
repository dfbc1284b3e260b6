"""Letters by post: who can be reached so, one page each, kept for whoever prints them."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.accounts.queries import access_of, this_organisation
from symposia.audit.models import Entry
from symposia.directory.models import Channel
from symposia.notifications.actions import suppress_address
from symposia.notifications.models import Delivery
from symposia.outreach.actions.campaigns import WaveFacts, make_campaign, release_wave
from symposia.outreach.audience import audience_now
from symposia.outreach.letters import Letters
from symposia.outreach.models import Aim, Invitation, Recipient
from symposia.outreach.paper import paper_for, print_letters
from symposia.outreach.queries import waves_of
from symposia.outreach.reaching import postal_lines
from symposia.outreach.tasks import print_wave, send_wave
from symposia.shared.actors import SYSTEM
from symposia.work.files import may_fetch, open_stored
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.outreach import InvitationFactory

START = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as moved:
        yield moved


@pytest.fixture
def activity(organisation, clock):
    return ActivityFactory(state="open", mode="scientific")


@pytest.fixture
def access(organisation, clock):
    return access_of(member(organisation, "coordinator"), organisation, at=now())


def posted(activity, people, access, clock):
    """A wave by post that is sent and printed."""
    campaign = make_campaign(activity, people=people, by=SYSTEM)
    audience = audience_now(campaign, Aim.NEW, access, Channel.POST)
    wave = release_wave(campaign, audience, WaveFacts(channel=Channel.POST), by=SYSTEM)
    clock.shift(timedelta(seconds=61))
    send_wave.run(str(wave.organisation_id), wave_id=str(wave.pk))
    print_wave.run(str(wave.organisation_id), wave_id=str(wave.pk))
    return wave


def test_who_has_no_place_is_skipped_and_an_address_of_mail_is_not_needed(activity, access, clock):
    fine, nowhere = ClinicianFactory(email="", city="Pune"), ClinicianFactory(city="")
    stopped = ClinicianFactory(city="Pune")
    suppress_address(stopped.email, by=SYSTEM)
    campaign = make_campaign(activity, people=[fine, nowhere, stopped], by=SYSTEM)

    answer = audience_now(campaign, Aim.NEW, access, Channel.POST)

    assert answer.invited == [fine]
    assert {s.clinician: s.objection.code for s in answer.skipped} == {
        nowhere: "no_postal_place",
        stopped: "suppressed",
    }


def test_a_wave_by_post_is_one_file_and_mails_nothing(activity, access, clock):
    people = ClinicianFactory.create_batch(3, city="Pune")

    wave = posted(activity, people, access, clock)

    assert not Delivery.objects.exists()
    assert Invitation.objects.filter(state="sent").count() == 3
    assert set(Recipient.objects.filter(wave=wave).values_list("state", flat=True)) == {"sent"}
    [counted] = waves_of(wave.campaign)
    with open_stored(counted.printed) as kept:
        pdf = kept.read()
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type ?/Page\b", pdf)) == 3
    assert Entry.objects.get(action="wave.printed").details["letters"] == 3


def test_the_letters_are_for_whoever_invites_there(organisation, activity, access, clock):
    wave = posted(activity, [ClinicianFactory(city="Pune")], access, clock)
    file = waves_of(wave.campaign)[0].printed
    reader = access_of(member(organisation, "compliance_officer"), organisation, at=now())

    assert may_fetch(access, file, at=now())
    assert not may_fetch(reader, file, at=now())


def test_a_page_says_who_what_and_how_to_answer(activity):
    invitation = InvitationFactory(
        activity=activity,
        clinician=ClinicianFactory(full_name="Dr Ada Moreno", city="Pune", country="IN"),
    )
    letters = Letters.for_activity(activity, this_organisation(), at=START)

    page = paper_for(letters, invitation)

    assert page["to"] == postal_lines(invitation.clinician)
    assert page["to"][0] == "Dr Ada Moreno"
    assert page["to"][-1] == "IN"
    button = next(each for each in page["blocks"] if each["kind"] == "button")
    assert "/r/" in button["address"]
    assert button["qr"].startswith("<svg")
    facts = next(each for each in page["blocks"] if each["kind"] == "facts")
    assert [label for label, _value in facts["rows"]] == ["When", "Where"]


def test_a_letter_reads_from_the_right_and_a_name_without_glyphs_prints(activity):
    letters = Letters.for_activity(activity, this_organisation(), at=START)
    arabic = ClinicianFactory(full_name="أحمد", language="ar", city="Pune")
    page = paper_for(letters, InvitationFactory(activity=activity, clinician=arabic))

    assert page["rtl"]
    assert BytesIO(print_letters([page], START)).read(5) == b"%PDF-"


def test_the_same_letters_are_the_same_bytes(activity):
    letters = Letters.for_activity(activity, this_organisation(), at=START)
    page = paper_for(letters, InvitationFactory(activity=activity))

    assert print_letters([page], START) == print_letters([page], START)


def test_a_letter_is_of_the_day_here(organisation):
    """In Kolkata the second of March has begun when it is the first in Greenwich."""
    Organisation.objects.filter(pk=organisation.pk).update(zone="Asia/Kolkata")
    invitation = InvitationFactory()
    at = datetime(2027, 3, 1, 19, 0, tzinfo=UTC)
    letters = Letters.for_activity(invitation.activity, this_organisation(), at=at)

    assert paper_for(letters, invitation)["date"] == "2 March 2027"
