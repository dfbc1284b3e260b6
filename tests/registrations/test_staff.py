"""Whoever looks after a group enrols its people, and nobody else."""

import pytest
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.audit.models import Entry
from symposia.directory.actions.staff import end_manager
from symposia.notifications.models import Delivery
from symposia.registrations.actions.admission import settle_admission
from symposia.registrations.actions.staff import enrol_staff, take_staff_out
from symposia.registrations.models import Registration
from symposia.registrations.policies import ALREADY_REGISTERED, BY_INVITATION, NOT_OPEN
from symposia.registrations.staff_rules import (
    BEHIND_WALL,
    NOBODY_CHOSEN,
    NOT_BY_MANAGERS,
    NOT_LED,
    NOT_OF_GROUP,
    OWN_PLACE,
)
from symposia.registrations.staffing import preview_of
from symposia.registrations.tasks import tell_person
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory
from tests.factories.staff import Ward


@pytest.fixture
def ward(organisation):
    return Ward(organisation)


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open", capacity=1)


def refusal(work):
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.objection


def states(done):
    return [one.state if isinstance(one, Registration) else one.code for _who, one in done]


def test_people_get_what_they_would_get_by_asking_each_on_their_own(ward, activity):
    first, second, stranger = ward.works(), ward.works(), ClinicianFactory()

    done = enrol_staff(ward.group, [first, second, stranger], activity, **ward.by)

    assert states(done) == ["confirmed", "queued", NOT_OF_GROUP.code]
    assert not Registration.objects.filter(clinician=stranger).exists()
    made = Registration.objects.get(clinician=first)
    assert (made.source, made.state) == ("group", "confirmed")
    entry = Entry.objects.get(action="staff.enrolled")
    assert (entry.actor_name, entry.details["people"]) == (ward.lead.full_name, 2)


def test_what_is_looked_at_first_is_what_happens(ward, activity):
    held = RegistrationFactory(activity=activity, clinician=ward.works())
    activity.refresh_from_db()
    people = [held.clinician, ward.works(), ward.works()]

    looked = preview_of(activity, people, ward.access, at=now())
    done = enrol_staff(ward.group, people, activity, **ward.by)

    assert looked.objection is None
    assert [each.becomes or each.objection.code for each in looked.outlooks] == states(done)
    assert states(done) == [ALREADY_REGISTERED.code, "queued", "queued"]
    assert looked.outlooks[0].words == str(ALREADY_REGISTERED)


def test_the_last_place_goes_to_whom_it_was_promised_whatever_order_they_are_named_in(
    ward, activity
):
    people = [ward.works(), ward.works()][::-1]

    looked = preview_of(activity, people, ward.access, at=now())
    done = enrol_staff(ward.group, people, activity, **ward.by)

    promised = [each.clinician for each in looked.outlooks if each.becomes == "confirmed"]
    assert [who for who, one in done if one.state == "confirmed"] == promised


def test_where_the_office_says_yes_it_is_asked(ward, activity):
    settle_admission(activity, "moderated", by=SYSTEM)
    people = [ward.works()]

    looked = preview_of(activity, people, ward.access, at=now())

    assert looked.outlooks[0].becomes == "requested"
    assert states(enrol_staff(ward.group, people, activity, **ward.by)) == ["requested"]


def test_nobody_is_enrolled_where_nobody_may_ask(ward, activity):
    person = ward.works()
    settle_admission(activity, "invited", by=SYSTEM)
    promotional, draft = ActivityFactory(state="open", mode="promotional"), ActivityFactory()

    def no(where, people=(person,), **by):
        return refusal(lambda: enrol_staff(ward.group, people, where, **(ward.by | by)))

    assert no(activity) == BY_INVITATION
    assert no(promotional) == NOT_BY_MANAGERS
    assert no(draft) == NOT_OPEN
    assert no(activity, ()) == NOBODY_CHOSEN
    assert preview_of(activity, [person], ward.access, at=now()).objection == BY_INVITATION


def test_another_role_that_stands_outside_stands_outside(organisation, ward, activity):
    member_ = member(organisation, "brand_manager")
    walled = ward.access.__class__(
        ward.lead.pk, organisation.pk, (*ward.access.granted, *_granted(member_, organisation))
    )
    person = ward.works()

    said = refusal(
        lambda: enrol_staff(ward.group, [person], activity, access=walled, by=ward.lead.actor())
    )

    assert said == BEHIND_WALL


def _granted(user, organisation):
    return access_of(user, organisation, at=now()).granted


def test_after_the_day_it_ended_nobody_is_enrolled_or_taken_out(ward, activity):
    person = ward.works()
    done = enrol_staff(ward.group, [person], activity, **ward.by)
    end_manager(ward.manager, by=SYSTEM)

    assert refusal(lambda: enrol_staff(ward.group, [person], activity, **ward.by)) == NOT_LED
    places = [done[0][1]]
    assert refusal(lambda: take_staff_out(ward.group, places, **ward.by)) == NOT_LED


def test_a_colleague_without_the_group_enrols_nobody(organisation, ward, activity):
    other = Ward(organisation, "Surgery ward")
    person = ward.works()

    assert refusal(lambda: enrol_staff(ward.group, [person], activity, **other.by)) == NOT_LED
    assert states(enrol_staff(other.group, [person], activity, **other.by)) == [NOT_OF_GROUP.code]


def test_what_a_manager_did_is_undone_and_nothing_else(ward, activity):
    done = enrol_staff(ward.group, [ward.works(), ward.works()], activity, **ward.by)
    own = RegistrationFactory(clinician=ward.works())
    stranger = RegistrationFactory(source="group")

    out = take_staff_out(
        ward.group, [*(one for _who, one in done), own, stranger], reason="Rota", **ward.by
    )

    said = {place.pk: objection for place, objection in out}
    assert [said[one.pk] for _who, one in done] == [None, None]
    assert (said[own.pk], said[stranger.pk]) == (OWN_PLACE, NOT_OF_GROUP)
    states_ = Registration.objects.filter(activity=activity).values_list("state", flat=True)
    assert set(states_) == {"cancelled"}
    assert Registration.objects.filter(pk__in=[own.pk, stranger.pk], state="confirmed").count() == 2


def test_each_is_told_of_the_place(ward, activity):
    made = enrol_staff(ward.group, [ward.works()], activity, **ward.by)[0][1]
    tell_person.work(str(made.pk), "place_confirmed")

    assert Delivery.objects.get().to_address == made.clinician.email
