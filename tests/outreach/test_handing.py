"""A representative passes an invitation on from the own phone; the journal knows."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.queries import access_of
from symposia.activities.events import ActivityRescheduled
from symposia.audit.models import Entry
from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.models import Channel, ConsentSource, Purpose
from symposia.notifications.models import Delivery
from symposia.outreach.actions import record_reply, stop_invitations
from symposia.outreach.actions.handing import hand_over_invitation
from symposia.outreach.models import CalendarChange, Invitation
from symposia.outreach.tasks import tell_change
from symposia.shared.actors import SYSTEM
from symposia.shared.events import announce
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.outreach import InvitationFactory


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open", mode="scientific")


def test_the_text_has_the_personal_link_and_nothing_leaves(activity):
    clinician = ClinicianFactory(email="", phone="+91 98220-12345")

    handed = hand_over_invitation(activity, clinician, Channel.CHAT, by=SYSTEM)

    address = urlsplit(handed.href)
    assert (address.netloc, address.path) == ("wa.me", "/919822012345")
    assert parse_qs(address.query)["text"] == [handed.text]
    assert "/r/" in handed.text
    assert clinician.called in handed.text
    assert not Delivery.objects.exists()
    entry = Entry.objects.get(action="invitation.handed_over")
    assert '"chat"' in str(entry.details).replace("'", '"')


def test_a_text_message_opens_the_phones_own_program(activity):
    clinician = ClinicianFactory(phone="+91 98220 12345", language="ar")

    handed = hand_over_invitation(activity, clinician, Channel.SMS, by=SYSTEM)

    assert handed.href.startswith("sms:+919822012345?body=")
    assert "المحترم" in handed.text


@pytest.mark.parametrize("channel", [Channel.CHAT, Channel.SMS])
def test_whoever_pressed_stop_is_not_asked_by_hand_either(activity, channel):
    clinician = ClinicianFactory()
    hand_over_invitation(activity, clinician, channel, by=SYSTEM)
    stop_invitations(InvitationFactory(clinician=clinician), by=SYSTEM)

    with pytest.raises(Refused) as refused:
        hand_over_invitation(activity, clinician, channel, by=SYSTEM)

    assert refused.value.objection.code == "consent_withdrawn"


def test_the_link_is_given_again_while_nobody_answered(activity):
    clinician = ClinicianFactory()

    first = hand_over_invitation(activity, clinician, Channel.CHAT, by=SYSTEM)
    again = hand_over_invitation(activity, clinician, Channel.SMS, by=SYSTEM)
    record_reply(first.invitation, accepted=False, by=SYSTEM)

    assert again.invitation == first.invitation
    with pytest.raises(Refused) as refused:
        hand_over_invitation(activity, clinician, Channel.CHAT, by=SYSTEM)
    assert refused.value.objection.code == "already_invited"


def test_who_wants_no_chat_message_gets_none(activity):
    clinician = ClinicianFactory()
    facts = ConsentFacts(
        Purpose.INVITATIONS, Channel.CHAT, given=False, source=ConsentSource.BUTTON
    )
    state_consent(clinician, facts, by=SYSTEM)

    with pytest.raises(Refused) as refused:
        hand_over_invitation(activity, clinician, Channel.CHAT, by=SYSTEM)

    assert refused.value.objection.code == "consent_withdrawn"
    assert not Invitation.objects.exists()


def test_a_change_is_told_to_those_with_an_address_alone(organisation, activity):
    hand_over_invitation(activity, ClinicianFactory(email=""), Channel.CHAT, by=SYSTEM)
    hand_over_invitation(activity, ClinicianFactory(), Channel.CHAT, by=SYSTEM)

    announce(ActivityRescheduled(activity.pk))
    tell_change.run(str(organisation.pk), change_id=str(CalendarChange.objects.get().pk))

    assert Delivery.objects.count() == 1


def test_the_page_gives_the_text_once_it_was_asked_for(client, organisation, activity):
    territory = TerritoryFactory()
    scope = {"scope_kind": "territory", "scope_id": territory.pk}
    client.force_login(member(organisation, "field_representative", **scope))
    mine, other = ClinicianFactory(territory=territory), ClinicianFactory()
    here = reverse("invitation_handover", args=[activity.pk, mine.pk])

    looked = client.get(here).text
    assert "/r/" not in looked
    assert not Invitation.objects.exists()
    handed = client.post(here, {"channel": "chat"}).text
    assert "https://wa.me/" in handed
    assert Invitation.objects.get().clinician == mine
    assert client.post(here, {"channel": "pigeon"}).status_code == 302
    elsewhere = reverse("invitation_handover", args=[activity.pk, other.pk])
    assert client.post(elsewhere, {"channel": "chat"}).status_code == 404


def test_a_program_hands_over_too(client, organisation, activity):
    user = member(organisation, "coordinator")
    _made, secret = make_personal_token(
        user,
        access_of(user, organisation, at=now()),
        name="Phone",
        permissions=["invite", "view_directory", "view_people_of_activity"],
        by=SYSTEM,
    )
    body = {
        "activity": str(activity.pk),
        "clinician": str(ClinicianFactory().pk),
        "channel": "sms",
    }

    answer = client.post(
        "/api/v1/invitations/handovers",
        body,
        content_type="application/json",
        headers={"authorization": f"Bearer {secret}"},
    )

    assert answer.status_code == 201
    assert answer.json()["href"].startswith("sms:")
