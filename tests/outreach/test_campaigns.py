"""A campaign from its audience to the last message, and its recall."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.audit.models import Entry
from symposia.directory.actions.segments import (
    SegmentFacts,
    add_to_segment,
    retire_segment,
    save_segment,
)
from symposia.notifications.actions import suppress_address
from symposia.notifications.models import Delivery
from symposia.outreach.actions import record_reply
from symposia.outreach.actions.campaigns import (
    WaveFacts,
    direct_answers,
    discard_campaign,
    make_campaign,
    release_wave,
    send_example,
    word_campaign,
)
from symposia.outreach.actions.waves import recall_wave, send_next
from symposia.outreach.audience import audience_now
from symposia.outreach.events import WaveRecalled, WaveReleased
from symposia.outreach.models import Aim, Invitation, Recipient
from symposia.outreach.queries import waves_of
from symposia.outreach.tasks import send_wave
from symposia.shared.actors import SYSTEM
from symposia.shared.events import _listeners
from symposia.shared.refusals import Refused
from tests.factories.accounts import UserFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.outreach import InvitationFactory

START = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
MINUTE = timedelta(seconds=61)


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


@pytest.fixture
def heard():
    """What was announced of waves during a test."""
    said = []
    for kind in (WaveReleased, WaveRecalled):
        _listeners[kind].append(said.append)
    yield said
    for kind in (WaveReleased, WaveRecalled):
        _listeners[kind].remove(said.append)


def released(campaign, access, aim=Aim.NEW, **facts):
    audience = audience_now(campaign, aim, access)
    return release_wave(campaign, audience, WaveFacts(aim, **facts), by=UserFactory().actor())


def run(wave):
    send_wave.run(str(wave.organisation_id), wave_id=str(wave.pk))
    wave.refresh_from_db()


def states(wave):
    rows = Recipient.objects.filter(wave=wave).order_by("clinician__search_text", "pk")
    return [row.state for row in rows]


def test_who_may_not_be_asked_is_skipped_with_the_reason(activity, access):
    fine, stopped, without = ClinicianFactory(), ClinicianFactory(), ClinicianFactory(email="")
    suppress_address(stopped.email, by=SYSTEM)
    before = InvitationFactory(activity=activity).clinician

    campaign = make_campaign(activity, people=[fine, stopped, without, before], by=SYSTEM)
    audience = audience_now(campaign, Aim.NEW, access)

    assert audience.invited == [fine]
    assert {s.clinician: s.objection.code for s in audience.skipped} == {
        stopped: "suppressed",
        without: "no_address",
        before: "already_invited",
    }
    wave = released(campaign, access)
    why = Recipient.objects.get(wave=wave, clinician=without).why
    assert why == "has no e-mail address"


def test_a_filter_is_looked_at_again_for_each_wave(activity, access):
    ClinicianFactory(city="Pune")
    ClinicianFactory(city="Boston")
    campaign = make_campaign(activity, fitting="city=Pune&page=2", by=SYSTEM)
    ClinicianFactory(city="Pune")

    assert len(audience_now(campaign, Aim.NEW, access).invited) == 2


def test_whoever_belongs_to_a_segment_when_the_wave_leaves_is_written_to(activity, access):
    by = UserFactory().actor()
    kept = SegmentFacts("Nurses", kind="filter", query="profession=nurse")
    nurses = save_segment(kept, by=by)
    ClinicianFactory(profession="nurse")
    ClinicianFactory(profession="physician")
    campaign = make_campaign(activity, segment=nurses, fitting="city=Pune", by=SYSTEM)
    later = ClinicianFactory(profession="nurse")

    assert (campaign.audience, campaign.audience_filter) == ("segment", "")
    assert len(audience_now(campaign, Aim.NEW, access).invited) == 2
    assert later in audience_now(campaign, Aim.NEW, access).invited
    made = Entry.objects.get(action="campaign.made")
    assert made.details["segment"] == "Nurses"


def test_a_list_of_people_is_an_audience_and_who_may_not_be_asked_is_skipped(activity, access):
    by = UserFactory().actor()
    board = save_segment(SegmentFacts("Board", is_shared=True), by=by)
    fine, without = ClinicianFactory(), ClinicianFactory(email="")
    add_to_segment(board, [fine, without], access=access, by=by)

    answer = audience_now(make_campaign(activity, segment=board, by=SYSTEM), Aim.NEW, access)

    assert answer.invited == [fine]
    assert [each.clinician for each in answer.skipped] == [without]


def test_answers_reach_the_person_a_campaign_names(organisation, activity, access, clock):
    reader = member(organisation, "coordinator")
    campaign = make_campaign(activity, people=[ClinicianFactory()], by=SYSTEM)

    direct_answers(campaign, reader, by=SYSTEM)
    wave = released(campaign, access)
    clock.shift(MINUTE)
    run(wave)

    assert Delivery.objects.get().reply_to == reader.email
    assert Entry.objects.get(action="campaign.answers_directed").details["to"] == str(reader)
    discard = make_campaign(activity, people=[ClinicianFactory()], by=SYSTEM)
    discard_campaign(discard, by=SYSTEM)
    with pytest.raises(Refused, match="discarded"):
        direct_answers(discard, reader, by=SYSTEM)


def test_a_retired_segment_is_no_audience(activity, access):
    by = UserFactory().actor()
    board = save_segment(SegmentFacts("Board", is_shared=True), by=by)
    retire_segment(board, access=access, by=by)
    board.refresh_from_db()

    with pytest.raises(Refused, match="“Board” is retired"):
        make_campaign(activity, segment=board, by=SYSTEM)


def test_a_wave_leaves_after_a_minute_in_the_name_of_whoever_released_it(
    activity, access, clock, heard
):
    campaign = make_campaign(activity, people=[ClinicianFactory()], by=SYSTEM)

    wave = released(campaign, access)
    run(wave)
    assert not Delivery.objects.exists()

    clock.shift(MINUTE)
    run(wave)
    invitation = Invitation.objects.get()
    assert invitation.invited_by_name == wave.released_by_name
    assert Delivery.objects.get().to_address == invitation.address
    assert (wave.state, states(wave)) == ("done", ["sent"])
    assert Entry.objects.filter(action="wave.released", subject_id=wave.pk).exists()
    assert heard == [WaveReleased(campaign.pk, wave.pk, activity.pk, 1)]


def test_a_wave_done_twice_writes_to_nobody_twice(activity, access, clock):
    campaign = make_campaign(activity, people=ClinicianFactory.create_batch(27), by=SYSTEM)
    wave = released(campaign, access)
    clock.shift(MINUTE)

    run(wave)
    run(wave)

    assert Delivery.objects.count() == Invitation.objects.count() == 27


def test_whoever_says_stop_meanwhile_is_skipped(activity, access, clock):
    clinician = ClinicianFactory()
    wave = released(make_campaign(activity, people=[clinician], by=SYSTEM), access)
    suppress_address(clinician.email, by=SYSTEM)
    clock.shift(MINUTE)

    run(wave)

    assert states(wave) == ["skipped"]
    assert not Delivery.objects.exists()


def test_each_gets_it_at_the_hour_of_the_own_clock(activity, access, clock):
    near, far = ClinicianFactory(zone="Asia/Kolkata"), ClinicianFactory(zone="America/New_York")
    campaign = make_campaign(activity, people=[near, far], by=SYSTEM)

    wave = released(campaign, access, local_time=datetime(2027, 1, 12, 8, 0))  # noqa: DTZ001

    due = dict(Recipient.objects.filter(wave=wave).values_list("clinician_id", "due_at"))
    assert due[near.pk] == datetime(2027, 1, 12, 2, 30, tzinfo=UTC)
    assert due[far.pk] == datetime(2027, 1, 12, 13, 0, tzinfo=UTC)
    clock.move_to(datetime(2027, 1, 12, 3, 0, tzinfo=UTC))
    run(wave)
    assert Invitation.objects.get().clinician == near
    assert wave.state == "released"


@pytest.mark.parametrize(
    ("when", "code"),
    [(datetime(2027, 1, 11, 8, 0), "time_passed"), (datetime(2027, 4, 1, 8), "after_start")],  # noqa: DTZ001
)
def test_an_hour_that_cannot_be_is_refused(activity, access, when, code):
    campaign = make_campaign(activity, people=[ClinicianFactory(zone="Europe/Paris")], by=SYSTEM)

    with pytest.raises(Refused) as refused:
        released(campaign, access, local_time=when)

    assert refused.value.objection.code == code


def test_exactly_as_many_as_were_seen_are_written_to(activity, access):
    campaign = make_campaign(activity, people=ClinicianFactory.create_batch(2), by=SYSTEM)

    with pytest.raises(Refused) as refused:
        released(campaign, access, seen=3)

    assert refused.value.objection.code == "count_changed"
    assert not Recipient.objects.in_waves().exists()


def test_a_recall_within_the_minute_keeps_everything_back(activity, access, clock, heard):
    people = ClinicianFactory.create_batch(3)
    campaign = make_campaign(activity, people=people, by=SYSTEM)
    wave = released(campaign, access)

    assert waves_of(campaign)[0].all == 3
    recalled = recall_wave(wave, by=SYSTEM)
    clock.shift(MINUTE)
    run(wave)

    assert (recalled.kept_back, recalled.out) == (3, 0)
    assert waves_of(campaign)[0].counts["recalled"] == 3
    assert not Delivery.objects.exists()
    assert not Invitation.objects.exists()
    assert wave.state == "recalled"
    assert heard[-1] == WaveRecalled(campaign.pk, wave.pk, activity.pk, 3)
    assert len(audience_now(campaign, Aim.NEW, access).invited) == 3


def test_a_later_recall_takes_what_waits_in_the_outbox_and_says_what_is_out(
    activity, access, clock
):
    campaign = make_campaign(activity, people=ClinicianFactory.create_batch(2), by=SYSTEM)
    wave = released(campaign, access)
    clock.shift(MINUTE)
    run(wave)
    out = Delivery.objects.first()
    out.move("sending")
    out.move("sent")

    recalled = recall_wave(wave, by=SYSTEM)

    assert (recalled.kept_back, recalled.out) == (1, 1)
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["cancelled", "sent"]
    assert sorted(Invitation.objects.values_list("state", flat=True)) == ["sent", "withdrawn"]


def test_what_has_all_left_is_not_recalled(activity, access, clock):
    wave = released(make_campaign(activity, people=[ClinicianFactory()], by=SYSTEM), access)
    clock.shift(MINUTE)
    run(wave)
    Delivery.objects.update(state="sending")

    with pytest.raises(Refused) as refused:
        recall_wave(wave, by=SYSTEM)

    assert refused.value.objection.code == "nothing_to_recall"


def test_the_second_wave_goes_to_who_has_not_answered(activity, access, clock):
    quiet, said_yes = ClinicianFactory(), ClinicianFactory()
    campaign = make_campaign(activity, people=[quiet, said_yes], by=SYSTEM)
    first = released(campaign, access)
    clock.shift(MINUTE)
    run(first)
    record_reply(Invitation.objects.get(clinician=said_yes), accepted=True, by=SYSTEM)

    second = released(campaign, access, Aim.UNANSWERED)
    clock.shift(MINUTE)
    run(second)

    [again] = Delivery.objects.filter(template_code="outreach.invitation_again")
    assert again.to_address == quiet.email
    assert again.unsubscribe_link
    assert Recipient.objects.get(wave=second, clinician=said_yes).reason == "invitation_answered"
    assert Invitation.objects.count() == 2


def test_nobody_is_in_two_waves_at_once(activity, access):
    clinician = ClinicianFactory()
    released(make_campaign(activity, people=[clinician], by=SYSTEM), access)
    other = make_campaign(activity, people=[clinician], by=SYSTEM)

    [skipped] = audience_now(other, Aim.NEW, access).skipped

    assert skipped.objection.code == "on_the_way"


def test_an_activity_that_closes_meanwhile_writes_to_nobody(activity, access, clock):
    wave = released(make_campaign(activity, people=[ClinicianFactory()], by=SYSTEM), access)
    activity.move("cancelled")
    clock.shift(MINUTE)

    run(wave)

    assert Recipient.objects.get(wave=wave).reason == "not_open"


def test_own_words_are_for_their_language_and_keep_the_button(activity, access, clock):
    english, arabic = ClinicianFactory(language="en"), ClinicianFactory(language="ar")
    campaign = make_campaign(activity, people=[english, arabic], by=SYSTEM)
    body = "Dear {name},\n\nour winter meeting.\n\n[Answer]({reply_link})"
    word_campaign(campaign, "en", subject="Winter: {activity}", body=body, by=SYSTEM)

    with pytest.raises(Refused) as refused:
        word_campaign(campaign, "en", subject="x", body="No button", by=SYSTEM)
    assert refused.value.objection.code == "lost_link"

    campaign.refresh_from_db()
    wave = released(campaign, access)
    clock.shift(MINUTE)
    run(wave)
    assert Delivery.objects.get(to_address=english.email).subject.startswith("Winter: ")
    assert Delivery.objects.get(to_address=arabic.email).subject.startswith("دعوة")
    with pytest.raises(Refused) as refused:
        word_campaign(campaign, "en", subject="x", body=body, by=SYSTEM)
    assert refused.value.objection.code == "campaign_released"


def test_a_test_to_oneself_has_the_facts_of_a_recipient_and_no_personal_link(activity):
    clinician = ClinicianFactory()
    campaign = make_campaign(activity, people=[clinician], by=SYSTEM)

    send_example(campaign, clinician, to_address="me@example.org", by=SYSTEM)

    delivery = Delivery.objects.get()
    assert clinician.called in delivery.text
    assert "/r/" not in delivery.html
    assert "/u/" not in delivery.html
    assert not Invitation.objects.exists()


def test_a_discarded_campaign_sends_nothing(activity, access):
    campaign = make_campaign(activity, people=[ClinicianFactory()], by=SYSTEM)
    discard_campaign(campaign, by=SYSTEM)

    with pytest.raises(Refused) as refused:
        released(campaign, access)

    assert refused.value.objection.code == "discarded"
    with pytest.raises(Refused, match="was discarded before"):
        discard_campaign(campaign, by=SYSTEM)


def test_a_campaign_that_has_gone_out_is_not_discarded(activity, access):
    wave = released(make_campaign(activity, people=[ClinicianFactory()], by=SYSTEM), access)

    with pytest.raises(Refused) as refused:
        discard_campaign(wave.campaign, by=SYSTEM)

    assert refused.value.objection.code == "campaign_gone_out"


def test_no_campaign_for_what_is_not_open(organisation):
    with pytest.raises(Refused) as refused:
        make_campaign(ActivityFactory(state="draft"), fitting="", by=SYSTEM)

    assert refused.value.objection.code == "not_open"


def test_a_wave_that_is_not_due_writes_to_nobody(activity, access):
    wave = released(make_campaign(activity, people=[ClinicianFactory()], by=SYSTEM), access)

    assert send_next(wave.pk) == 0


def test_whoever_chose_nobody_does_not_ask_everybody(activity, access):
    ClinicianFactory()

    with pytest.raises(Refused) as refused:
        make_campaign(activity, by=SYSTEM)
    said = make_campaign(activity, everybody=True, by=SYSTEM)

    assert refused.value.objection.code == "campaign_to_nobody"
    assert len(audience_now(said, Aim.NEW, access).invited) == 1
