import pytest
from django.db import connection

from symposia.activities.actions.lifecycle import postpone_activity
from symposia.activities.events import ActivityCancelled, ActivityChanged, ActivityRescheduled
from symposia.notifications.models import Delivery
from symposia.outreach.events import InvitationAccepted, InvitationDeclined
from symposia.outreach.letters import meeting_of
from symposia.outreach.models import Invitation
from symposia.registrations.actions.places import cancel_registration, register_clinician
from symposia.registrations.actions.replies import ask_for_a_place
from symposia.registrations.models import Registration
from symposia.registrations.policies import Applicant
from symposia.registrations.tasks import (
    release_places,
    tell_change,
    tell_person,
    tell_postponement,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.events import announce
from symposia.shared.ids import uuid7
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory


def asked_for():
    """Jobs that were asked for in this transaction: their name and what they were given."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def told(registration, message):
    tell_person.work(str(registration.pk), message)
    return Delivery.objects.filter(template_code=f"registrations.{message}")


def test_whoever_gets_a_place_is_written_to_by_a_job_of_the_same_transaction(organisation):
    registration = register_clinician(
        ClinicianFactory(), ActivityFactory(state="open"), source="open", by=SYSTEM
    )

    jobs = [args for name, args in asked_for() if name == "registrations.tell_person"]
    assert str(registration.pk) in str(jobs)
    assert "place_confirmed" in str(jobs)


def test_the_message_carries_ticket_and_calendar_and_is_written_once(organisation):
    registration = RegistrationFactory(clinician__full_name="Radhika Iyer")

    told(registration, "place_confirmed")
    message = told(registration, "place_confirmed").get()

    assert "/t/" in message.text
    assert "Radhika Iyer" in message.text
    assert "METHOD:REQUEST" in message.calendar
    assert "PARTSTAT=ACCEPTED" in message.calendar


def test_whoever_waits_is_told_the_place_in_line_and_gets_no_calendar(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    RegistrationFactory(activity=activity)
    waiting = RegistrationFactory(activity=activity, state="queued")

    message = told(waiting, "place_queued").get()

    assert "number 1 on the waitlist" in message.text
    assert message.calendar == ""


def test_a_place_given_up_takes_the_calendar_entry_back(organisation):
    registration = cancel_registration(RegistrationFactory(), by=SYSTEM)

    assert "METHOD:CANCEL" in told(registration, "place_cancelled").get().calendar


def test_whoever_has_no_address_is_not_written_to(organisation):
    registration = RegistrationFactory(clinician__email="")

    assert not told(registration, "place_confirmed").exists()


def test_the_calendar_of_a_place_is_the_one_of_the_invitation(organisation):
    registration = RegistrationFactory()

    calendar = told(registration, "place_confirmed").get().calendar

    invitation = meeting_of(registration.activity, registration.clinician, organisation, sequence=0)
    assert f"UID:{invitation.uid}" in calendar.replace("\r\n ", "")


def invited(activity, clinician, state="accepted"):
    return Invitation.objects.create(
        activity=activity, clinician=clinician, state=state, address=clinician.email
    )


def test_a_yes_to_an_invitation_gives_a_place_and_saying_it_again_changes_nothing(organisation):
    activity, clinician = ActivityFactory(state="open"), ClinicianFactory()
    event = InvitationAccepted(uuid7(), activity.pk, clinician.pk)

    announce(event)
    announce(event)

    assert Registration.objects.get().source == "invitation"


def test_a_yes_after_registration_closed_is_refused(organisation):
    activity, clinician = ActivityFactory(state="held"), ClinicianFactory()

    with pytest.raises(Refused):
        announce(InvitationAccepted(uuid7(), activity.pk, clinician.pk))


def test_a_no_after_a_yes_frees_the_place(organisation):
    registration = RegistrationFactory()

    announce(InvitationDeclined(uuid7(), registration.activity_id, registration.clinician_id))

    registration.refresh_from_db()
    assert registration.state == "cancelled"


def test_a_no_of_somebody_without_a_place_is_nothing(organisation):
    announce(InvitationDeclined(uuid7(), ActivityFactory().pk, ClinicianFactory().pk))

    assert not Registration.objects.exists()


def test_a_larger_capacity_promotes_and_a_new_place_tells_people(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    RegistrationFactory(activity=activity)
    waiting = RegistrationFactory(activity=activity, state="queued")
    activity.capacity = 2
    activity.save()

    announce(ActivityChanged(activity.pk, ("capacity", "venue_name")))

    waiting.refresh_from_db()
    assert waiting.is_confirmed
    assert "registrations.tell_change" in [name for name, _args in asked_for()]


def test_a_new_time_is_told_to_whoever_no_invitation_tells(organisation):
    activity = ActivityFactory(state="open")
    by_invitation = RegistrationFactory(activity=activity)
    invited(activity, by_invitation.clinician)
    alone = RegistrationFactory(activity=activity)

    announce(ActivityRescheduled(activity.pk))
    tell_change.work(str(activity.pk))

    assert "registrations.tell_change" in [name for name, _args in asked_for()]
    moved = Delivery.objects.get(template_code="registrations.place_moved")
    assert moved.to_address == alone.clinician.email


def test_a_postponement_is_told_to_whoever_no_invitation_tells(organisation):
    activity = ActivityFactory(state="open")
    by_invitation = RegistrationFactory(activity=activity)
    invited(activity, by_invitation.clinician)
    alone = RegistrationFactory(activity=activity)

    postpone_activity(activity, reason="The hall is flooded", by=SYSTEM)
    tell_postponement.work(str(activity.pk), "The hall is flooded")

    assert "registrations.tell_postponement" in [name for name, _args in asked_for()]
    told = Delivery.objects.get(template_code="registrations.place_postponed")
    assert told.to_address == alone.clinician.email
    assert "The hall is flooded" in told.text
    assert "METHOD:CANCEL" in told.calendar
    alone.refresh_from_db()
    assert alone.is_confirmed


def test_a_cancelled_activity_ends_its_registrations_by_a_job(organisation):
    registration = RegistrationFactory()

    announce(ActivityCancelled(registration.activity_id, "The speaker is ill"))
    release_places.work(str(registration.activity_id), "The speaker is ill")

    assert "registrations.release_all_places" in [name for name, _args in asked_for()]
    registration.refresh_from_db()
    assert registration.state == "cancelled"


def test_of_a_cancelled_activity_invited_people_hear_once(organisation):
    registration = RegistrationFactory(activity__state="cancelled", state="cancelled")
    invited(registration.activity, registration.clinician)

    assert not told(registration, "place_cancelled").exists()


def test_asking_again_sends_the_ticket_again_but_not_without_end(organisation):
    registration = RegistrationFactory(clinician__email="meera@example.org")
    applicant = Applicant("Meera Nair", "meera@example.org", "nurse")

    for _ in range(3):
        ask_for_a_place(applicant, registration.activity, organisation=organisation, by=SYSTEM)

    again = Delivery.objects.get(template_code="registrations.ticket_again")
    assert again.to_address == "meera@example.org"
    assert Registration.objects.count() == 1
