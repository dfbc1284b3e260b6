import re
from html import unescape
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from symposia.accounts.models import Organisation
from symposia.audit.models import Entry
from symposia.directory.models import Channel, ConsentStatement
from symposia.notifications.models import Delivery, Suppression
from symposia.notifications.posting import letter_of
from symposia.notifications.wording import shipped_messages
from symposia.outreach.actions import invite_clinicians, withdraw_invitation
from symposia.outreach.models import Invitation
from symposia.registrations.actions.line import lapse_offer, set_waitlist_terms
from symposia.registrations.actions.places import cancel_registration, register_clinician
from symposia.registrations.actions.substitution import substitute
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.outreach import InvitationFactory


def address(name, invitation, organisation, purpose="invitation"):
    return reverse(name, args=[make_link(purpose, invitation.pk, organisation.code)])


@pytest.fixture
def invitation(organisation):
    return InvitationFactory()


def test_the_page_says_what_one_is_invited_to_and_changes_nothing(client, organisation, invitation):
    response = client.get(address("reply", invitation, organisation))

    assert response.status_code == 200
    assert invitation.activity.title in response.text
    assert "18:30–20:00" in response.text
    assert Invitation.objects.get().state == "sent"


def test_yes_gives_a_place_and_shows_the_way_to_the_ticket(client, organisation, invitation):
    response = client.post(
        address("reply_answer", invitation, organisation), {"answer": "yes"}, follow=True
    )

    place = Registration.objects.get()
    ticket = reverse("ticket", args=[make_link("registration", place.pk, organisation.code)])
    assert "You are coming." in response.text
    assert ticket in response.text


def test_the_waitlist_is_told_with_its_position(client, organisation):
    activity = ActivityFactory(state="open", capacity=1)
    for _ in range(2):
        one = InvitationFactory(activity=activity)
        client.post(address("reply_answer", one, organisation), {"answer": "yes"})

    assert (
        "You are number 1 on the waitlist." in client.get(address("reply", one, organisation)).text
    )


def test_a_full_room_says_so_before_one_accepts(client, organisation):
    activity = ActivityFactory(state="open", capacity=1)
    came, waits, asked = (InvitationFactory(activity=activity) for _ in range(3))
    free = client.get(address("reply", came, organisation)).text
    for each in (came, waits):
        client.post(address("reply_answer", each, organisation), {"answer": "yes"})

    page = client.get(address("reply", asked, organisation)).text

    assert "The 1 place is taken. If you accept, you are number 2 on the waitlist." in page
    assert "If you accept" not in free
    assert "Nothing is asked for here." in page
    assert "No outside funding is recorded." in page


def test_a_company_that_invites_says_that_it_pays(client, organisation):
    Organisation.objects.filter(pk=organisation.pk).update(kind="company", name="Sahyadri Pharma")
    invitation = InvitationFactory(activity=ActivityFactory(state="open", mode="scientific"))

    page = client.get(address("reply", invitation, organisation)).text

    assert "Organised and paid by Sahyadri Pharma" in page
    assert "No outside funding" not in page


def place_after_yes(client, invitation, organisation):
    client.post(address("reply_answer", invitation, organisation), {"answer": "yes"})
    return Registration.objects.get()


def ended_by_cancelling(place):
    cancel_registration(place, by=SYSTEM)


def ended_by_handing_on(place):
    substitute(place, ClinicianFactory(), by=SYSTEM)


@pytest.mark.parametrize("end", [ended_by_cancelling, ended_by_handing_on])
def test_without_the_place_nobody_is_told_that_they_are_coming(
    client, organisation, invitation, end
):
    end(place_after_yes(client, invitation, organisation))

    page = client.get(address("reply", invitation, organisation)).text

    assert Invitation.objects.get().state == "declined"
    assert "Your place was given up." in page
    assert "You are coming." not in page
    assert ">Accept<" in page
    assert Entry.objects.filter(action="invitation.place_ended").count() == 1


def test_whoever_gave_the_place_up_may_accept_again(client, organisation, invitation):
    ended_by_cancelling(place_after_yes(client, invitation, organisation))

    page = client.post(
        address("reply_answer", invitation, organisation), {"answer": "yes"}, follow=True
    ).text

    assert "You are coming." in page
    assert Registration.objects.filter(state="confirmed").count() == 1


def test_a_yes_whose_offer_lapsed_says_so_and_may_be_said_again(client, organisation):
    activity = ActivityFactory(state="open", capacity=1)
    invited = InvitationFactory(activity=activity)
    held = register_clinician(ClinicianFactory(), activity, source="open", by=SYSTEM)
    set_waitlist_terms(activity, offer_hours=2, passes_over=False, by=SYSTEM)
    client.post(address("reply_answer", invited, organisation), {"answer": "yes"})
    cancel_registration(held, by=SYSTEM)
    offered = Registration.objects.get(state="offered")
    with time_machine.travel(offered.offered_until, tick=False):
        lapse_offer(offered, by=SYSTEM)

        page = client.get(address("reply", invited, organisation)).text
        client.post(address("reply_answer", invited, organisation), {"answer": "yes"})

    assert "The offer has ended." in page
    assert ">Accept<" in page
    assert Registration.objects.filter(state="confirmed").count() == 1


def test_no_is_an_answer_that_may_be_changed(client, organisation, invitation):
    client.post(address("reply_answer", invitation, organisation), {"answer": "no"})

    response = client.get(address("reply", invitation, organisation))

    assert "You are not coming." in response.text
    assert "Accept" in response.text


@pytest.mark.parametrize("said", [{}, {"answer": ""}, {"answer": "maybe"}])
def test_what_is_neither_yes_nor_no_ends_no_place(client, organisation, invitation, said):
    place = place_after_yes(client, invitation, organisation)

    page = client.post(address("reply_answer", invitation, organisation), said, follow=True)

    place.refresh_from_db()
    assert place.is_confirmed
    assert Invitation.objects.get().state == "accepted"
    assert "Nothing has changed." in page.text


def test_a_form_sent_twice_is_one_answer(client, organisation, invitation):
    given = {"answer": "yes", "idempotency_key": "k-1"}
    here = address("reply_answer", invitation, organisation)

    first, second = client.post(here, given), client.post(here, given)

    assert second.status_code == first.status_code == 302
    assert second["Idempotency-Replayed"] == "true"


def test_a_withdrawn_invitation_says_so_in_words(client, organisation, invitation):
    withdraw_invitation(invitation, by=SYSTEM, reason="wrong person")

    response = client.post(
        address("reply_answer", invitation, organisation), {"answer": "yes"}, follow=True
    )

    assert "This invitation was withdrawn." in response.text
    assert not Registration.objects.exists()


def test_the_date_comes_as_a_calendar_file(client, organisation, invitation):
    response = client.get(address("reply_calendar", invitation, organisation))

    assert response["Content-Type"] == "text/calendar"
    assert "BEGIN:VEVENT" in response.text


@pytest.mark.parametrize(
    ("page", "send", "purpose"),
    [
        ("reply", "reply_own_page", "invitation"),
        ("unsubscribe", "unsubscribe_own_page", "unsubscribe"),
    ],
)
def test_the_own_page_comes_to_the_own_address_alone(client, organisation, page, send, purpose):
    """Whoever hands an invitation over holds its link too."""
    invitation = InvitationFactory(clinician__email="asha@example.org")

    shown = client.get(address(page, invitation, organisation, purpose))
    assert "/d/" not in shown.text
    assert not Delivery.objects.filter(template_code="directory.own_page").exists()

    told = client.post(address(send, invitation, organisation, purpose), follow=True)
    assert "It is on its way to the e-mail address we have of you." in told.text
    assert "/d/" not in told.text
    sent = Delivery.objects.get(template_code="directory.own_page")
    assert sent.to_address == "asha@example.org"
    assert client.get(urlsplit(sent.links[0]).path).status_code == 200

    for _ in range(4):
        again = client.post(address(send, invitation, organisation, purpose), follow=True)
    assert "It was sent already" in again.text
    assert Delivery.objects.filter(template_code="directory.own_page").count() == 3


def test_a_withdrawn_invitation_and_no_address_send_no_page(client, organisation, invitation):
    withdraw_invitation(invitation, by=SYSTEM, reason="wrong person")
    mute = InvitationFactory(clinician__email="")

    for each in (invitation, mute):
        assert "Send me my page" not in client.get(address("reply", each, organisation)).text
        assert client.post(address("reply_own_page", each, organisation)).status_code == 404
    assert not Delivery.objects.filter(template_code="directory.own_page").exists()


@pytest.mark.parametrize("purpose", ["registration", "unsubscribe", "certificate"])
def test_a_link_for_another_purpose_opens_nothing(client, organisation, invitation, purpose):
    assert client.get(address("reply", invitation, organisation, purpose)).status_code == 404


def test_a_link_of_another_organisation_opens_nothing(client, organisation, invitation):
    other = OrganisationFactory()

    assert client.get(address("reply", invitation, other)).status_code == 404


def test_reading_the_stop_page_stops_nothing(client, organisation, invitation):
    response = client.get(address("unsubscribe", invitation, organisation, "unsubscribe"))

    assert "Stop invitations" in response.text
    assert not Suppression.objects.exists()


def test_one_press_stops_invitations(client, organisation, invitation):
    response = client.post(address("unsubscribe", invitation, organisation, "unsubscribe"))

    assert "Done." in response.text
    assert Suppression.objects.get().address == invitation.address


def test_a_letter_on_paper_leads_to_the_button_that_stops_invitations(client, organisation):
    paper = InvitationFactory(clinician=ClinicianFactory(email=""), address="")
    reply = client.get(address("reply", paper, organisation)).text
    stop = address("unsubscribe", paper, organisation, "unsubscribe")

    before = client.get(stop).text
    done = client.post(stop)

    assert f'action="{stop}"' in reply
    assert "Done." not in before
    assert done.status_code == 200
    assert "Done." in done.text
    assert "neither by e-mail nor by message" in done.text
    said = ConsentStatement.objects.filter(clinician=paper.clinician, given=False)
    assert said.count() == len(Channel.values)
    assert not Suppression.objects.exists()
    assert "Stop invitations" not in client.get(address("reply", paper, organisation)).text


def test_the_button_of_a_mail_program_stops_them_too(organisation, invitation):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(
        address("unsubscribe_at_once", invitation, organisation, "unsubscribe"),
        {"List-Unsubscribe": "One-Click"},
    )

    assert response.status_code == 204
    assert Suppression.objects.exists()


def test_the_page_with_the_button_is_guarded_against_forgery(organisation, invitation):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(
        address("unsubscribe", invitation, organisation, "unsubscribe"),
        {"List-Unsubscribe": "One-Click"},
    )

    assert response.status_code == 403
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete", "post"])
def test_one_click_takes_nothing_but_what_the_standard_sends(
    client, organisation, invitation, method
):
    to = address("unsubscribe_at_once", invitation, organisation, "unsubscribe")

    response = getattr(client, method)(to)

    assert response.status_code in {302, 400, 405}
    assert not Suppression.objects.exists()


def test_a_scanner_that_follows_every_link_answers_and_stops_nothing(client, organisation):
    """Mail gateways open all addresses of a letter, and all that those pages lead to."""
    [clinician] = invite_clinicians(
        ActivityFactory(state="open"), [ClinicianFactory()], by=SYSTEM
    ).invited
    delivery = Delivery.objects.get()
    header = letter_of(delivery)["List-Unsubscribe"].strip("<>")
    waiting = [*re.findall(r'href="(http[^"]+)"', unescape(delivery.html)), header]
    before, seen = Entry.objects.count(), set()
    while waiting:
        link = waiting.pop().removeprefix(settings.ORIGIN)
        if link in seen or not link.startswith(("/r/", "/u/", "/t/")):
            continue
        seen.add(link)
        for method in (client.head, client.get, client.options):
            page = method(link)
            waiting += re.findall(r'(?:href|action)="([^"#]+)"', unescape(page.text))
            waiting += [page["Location"]] if page.status_code == 302 else []

    assert {link.split("/")[1] for link in seen} == {"r", "u"}
    assert any(link.endswith("/answer/") for link in seen)
    assert any(link.endswith("/one-click/") for link in seen)
    assert Invitation.objects.get(clinician=clinician).state == "sent"
    assert not Suppression.objects.exists()
    assert Entry.objects.count() == before


def test_only_what_asks_people_to_do_something_can_be_unsubscribed_from():
    codes = {each.code for each in shipped_messages() if each.unsubscribable}

    assert codes == {
        "curriculum.needs_survey",
        "outreach.invitation",
        "outreach.invitation_again",
    }


@pytest.mark.parametrize("said", [{}, {"answer": ""}, {"answer": "maybe"}])
def test_what_says_neither_yes_nor_no_is_no_answer(client, organisation, invitation, said):
    client.post(address("reply_answer", invitation, organisation), said)

    assert Invitation.objects.get().state == "sent"
