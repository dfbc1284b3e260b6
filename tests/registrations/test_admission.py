"""Who may come: whoever asks, whom the office says yes to, or by invitation alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from symposia.audit.models import Entry
from symposia.notifications.models import Delivery
from symposia.registrations.actions.admission import (
    approve_request,
    approve_requests,
    decline_request,
    settle_admission,
)
from symposia.registrations.actions.places import (
    cancel_registration,
    register_clinician,
    register_walk_in,
)
from symposia.registrations.actions.replies import accept_invitation, ask_for_a_place
from symposia.registrations.caps import CAP_REACHED
from symposia.registrations.models import Places, Registration
from symposia.registrations.policies import (
    ALREADY_ASKED,
    BY_INVITATION,
    IS_OVER,
    NOT_REQUESTED,
    Applicant,
    objection_to_another,
)
from symposia.registrations.tasks import tell_person
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.registrations.test_attendee_cap import cap


@pytest.fixture
def moderated(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    settle_admission(activity, "moderated", by=SYSTEM)
    return activity


def ask(activity, organisation, name="meera"):
    applicant = Applicant("Meera Nair", f"{name}@example.org", "physician")
    ask_for_a_place(applicant, activity, organisation=organisation, by=SYSTEM)
    return Registration.objects.get(clinician__email=applicant.email)


def taken(activity):
    places = Places.objects.filter(activity=activity).first()
    return (places.taken, places.waiting) if places else (0, 0)


def refusal(work):
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.objection


def test_a_request_takes_no_place_until_the_office_says_yes(organisation, moderated):
    asked = ask(moderated, organisation)

    assert asked.state == "requested"
    assert taken(moderated) == (0, 0)
    assert objection_to_another(asked) == ALREADY_ASKED

    approved = approve_request(asked, by=SYSTEM)

    assert approved.is_confirmed
    assert taken(moderated) == (1, 0)
    assert Entry.objects.filter(action="registration.approved", subject_id=asked.pk).exists()
    assert refusal(lambda: approve_request(asked, by=SYSTEM)) == NOT_REQUESTED


def test_several_are_let_in_in_the_order_of_asking_and_the_rest_waits(organisation, moderated):
    first, second = ask(moderated, organisation, "a"), ask(moderated, organisation, "b")

    done = approve_requests([second, first], moderated, by=SYSTEM)

    got = sum(made.is_confirmed for _person, made in done)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (got, first.state, second.state) == (1, "confirmed", "queued")
    assert taken(moderated) == (1, 1)


def test_one_over_the_cap_keeps_nobody_else_from_a_yes(organisation):
    activity = ActivityFactory(state="open", mode="scientific", capacity=9)
    settle_admission(activity, "moderated", by=SYSTEM)
    tired, rested = ask(activity, organisation, "a"), ask(activity, organisation, "b")
    elsewhere = ActivityFactory(state="open", mode="scientific")
    register_clinician(tired.clinician, elsewhere, source="office", by=SYSTEM)
    cap("1")

    with CaptureQueriesContext(connection) as asked:
        done = approve_requests([tired, rested], activity, by=SYSTEM)

    assert [person for person, _one in done] == [tired.clinician, rested.clinician]
    assert (done[0][1], done[1][1].state) == (CAP_REACHED, "confirmed")
    tired.refresh_from_db()
    assert tired.is_requested
    held = [each["sql"] for each in asked if "FOR NO KEY UPDATE" in each["sql"]]
    assert all(each.clinician_id.hex in held[0] for each in (tired, rested))
    counted = [each["sql"] for each in asked if "registrations_places" in each["sql"]]
    order = [each["sql"] for each in asked]
    assert order.index(held[0]) < order.index(counted[0])


def test_a_no_carries_its_reason_to_the_person(organisation, moderated):
    asked = ask(moderated, organisation)

    decline_request(asked, reason="For nurses of the region", by=SYSTEM)
    tell_person.work(str(asked.pk), "place_declined")

    asked.refresh_from_db()
    assert asked.state == "declined"
    message = Delivery.objects.get(template_code="registrations.place_declined")
    assert "For nurses of the region" in message.text
    assert taken(moderated) == (0, 0)


def test_a_request_taken_back_frees_nothing(organisation, moderated):
    asked = ask(moderated, organisation)

    cancel_registration(asked, by=SYSTEM)

    assert taken(moderated) == (0, 0)


def test_whoever_asked_and_is_invited_has_the_yes(organisation, moderated):
    asked = ask(moderated, organisation)

    accept_invitation(asked.clinician, moderated, by=SYSTEM)

    asked.refresh_from_db()
    assert asked.is_confirmed


def test_whoever_asked_and_stands_at_the_door_is_let_in(organisation, moderated):
    asked = ask(moderated, organisation)

    let_in = register_walk_in(asked.clinician, moderated, by=SYSTEM)

    assert (let_in.pk, let_in.is_confirmed) == (asked.pk, True)
    assert taken(moderated) == (1, 0)


def test_nobody_asks_where_only_invited_people_come(organisation):
    activity = ActivityFactory(state="open")
    settle_admission(activity, "invited", by=SYSTEM)

    assert refusal(lambda: ask(activity, organisation)) == BY_INVITATION
    accept_invitation(ClinicianFactory(), activity, by=SYSTEM)
    assert Registration.objects.get().is_confirmed


def test_what_is_over_is_settled_no_more(organisation):
    over = ActivityFactory(state="held")

    assert refusal(lambda: settle_admission(over, "invited", by=SYSTEM)) == IS_OVER
