"""A wave by text message: whom it reaches, in registered words, and its recall."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.models import Channel
from symposia.notifications.actions.texts import SenderFacts, change_text_sender
from symposia.notifications.models import Delivery, TextMessage
from symposia.outreach.actions.campaigns import WaveFacts, make_campaign, release_wave
from symposia.outreach.actions.waves import recall_wave
from symposia.outreach.audience import audience_now
from symposia.outreach.models import Aim, Invitation, Recipient
from symposia.outreach.sending import TEXT
from symposia.outreach.tasks import send_wave
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory

START = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
PHONE = "+91 98765 4321"


@pytest.fixture
def clock(settings):
    settings.MAILBOX_INSIDE = True
    with time_machine.travel(START, tick=False) as moved:
        yield moved


@pytest.fixture
def access(organisation, clock):
    return access_of(member(organisation, "coordinator"), organisation, at=now())


def texted(people, access):
    """A wave by text message that is released."""
    campaign = make_campaign(ActivityFactory(state="open"), people=people, by=SYSTEM)
    audience = audience_now(campaign, Aim.NEW, access, Channel.SMS)
    return release_wave(campaign, audience, WaveFacts(channel=Channel.SMS), by=SYSTEM)


def run(wave, clock):
    clock.shift(timedelta(seconds=61))
    send_wave.run(str(wave.organisation_id), wave_id=str(wave.pk))


def registered(**templates):
    facts = SenderFacts("LAKESD", "1101", templates or {"en": "1107"})
    change_text_sender(TEXT, facts, by=SYSTEM)


def test_who_has_no_number_or_shares_one_is_skipped(access):
    registered()
    fine = ClinicianFactory(full_name="Ada Alder", email="", phone=f"{PHONE}0")
    without = ClinicianFactory(phone="98765 43210")
    same = ClinicianFactory(full_name="Zoe Alder", phone=f"{PHONE}0")

    campaign = make_campaign(ActivityFactory(state="open"), people=[fine, without, same], by=SYSTEM)
    answer = audience_now(campaign, Aim.NEW, access, Channel.SMS)

    assert answer.invited == [fine]
    codes = {each.clinician: each.objection.code for each in answer.skipped}
    assert codes == {without: "no_text_number", same: "same_address"}


def test_a_wave_by_text_writes_texts_and_no_mail(access, clock):
    registered()
    one, two = (ClinicianFactory(phone=f"{PHONE}{n}") for n in (0, 1))

    wave = texted([one, two], access)
    run(wave, clock)

    assert not Delivery.objects.exists()
    assert Invitation.objects.filter(state="sent").count() == 2
    messages = TextMessage.objects.order_by("to_number")
    assert [each.to_number for each in messages] == ["+919876543210", "+919876543211"]
    assert all("/r/" in each.body for each in messages)
    assert Recipient.objects.filter(wave=wave, text__isnull=False).count() == 2


def test_who_reads_a_language_without_registered_words_is_skipped(access, clock):
    registered(en="1107")
    arabic = ClinicianFactory(phone=f"{PHONE}0", language="ar")

    wave = texted([arabic], access)
    run(wave, clock)

    row = Recipient.objects.get(wave=wave)
    assert (row.state, row.reason) == ("skipped", "no_text_template")
    assert not Invitation.objects.exists()


def test_without_a_sender_nothing_is_released(access):
    with pytest.raises(Refused) as refused:
        texted([ClinicianFactory(phone=f"{PHONE}0")], access)

    assert refused.value.objection.code == "no_text_sender"


def test_texts_that_wait_are_recalled(access, clock):
    registered()
    wave = texted([ClinicianFactory(phone=f"{PHONE}0")], access)
    run(wave, clock)

    recalled = recall_wave(wave, by=SYSTEM)

    assert (recalled.kept_back, recalled.out) == (1, 0)
    assert TextMessage.objects.get().state == "cancelled"
    assert Invitation.objects.get().state == "withdrawn"


def test_a_wave_by_chat_reaches_who_agreed_to_it(access, clock):
    facts = SenderFacts("106540352242922", "", {"en": "invitation_short"}, "chat")
    change_text_sender(TEXT, facts, by=SYSTEM)
    fine, said_no = (ClinicianFactory(phone=f"{PHONE}{n}") for n in (0, 1))
    state_consent(said_no, ConsentFacts("invitations", "chat", given=False), by=SYSTEM)
    campaign = make_campaign(ActivityFactory(state="open"), people=[fine, said_no], by=SYSTEM)

    audience = audience_now(campaign, Aim.NEW, access, Channel.CHAT)
    wave = release_wave(campaign, audience, WaveFacts(channel=Channel.CHAT), by=SYSTEM)
    run(wave, clock)

    assert [each.clinician for each in audience.skipped] == [said_no]
    message = TextMessage.objects.get()
    assert (message.channel, message.template_id) == ("chat", "invitation_short")
    assert "/r/" in message.parameters[-1]
    assert audience_now(campaign, Aim.NEW, access, Channel.SMS).invited == [said_no]
