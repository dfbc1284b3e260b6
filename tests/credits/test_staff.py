"""How far a group is, what each still owes, and who is reminded."""

from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now

from symposia.assessment.models import EvaluationForm, Response
from symposia.credits.actions.requirements import track_licence
from symposia.credits.actions.staff import NOTHING_OWED, REMINDED_LATELY, remind_staff
from symposia.credits.licence_rules import LicenceFacts
from symposia.credits.models import Licence, RequirementPack
from symposia.credits.staff_lists import STAFF, STAFF_LICENCES, STAFF_PROGRESS
from symposia.credits.staff_progress import owed_words
from symposia.directory.actions.staff import end_manager
from symposia.notifications.models import Delivery
from symposia.registrations.models import Registration
from symposia.registrations.staff_rules import NOT_OF_GROUP
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import day_here
from tests.factories.activities import ActivityFactory
from tests.factories.credits import attended
from tests.factories.learning import course_with, text
from tests.factories.registrations import RegistrationFactory
from tests.factories.staff import Ward


@pytest.fixture
def ward(organisation):
    return Ward(organisation)


def at_home(ward, registration, **person):
    """The same place, of somebody who works there."""
    person = ward.works(**person)
    Registration.objects.filter(pk=registration.pk).update(clinician=person)
    registration.clinician = person
    return registration


def rows(ward, **given):
    found = STAFF_PROGRESS.rows_for(ward.access, {k: [v] for k, v in given.items()})
    return {row.pk: row for row in found}


def test_each_place_says_how_it_stands_and_what_is_owed(ward):
    soon = RegistrationFactory(clinician=ward.works())
    waits = RegistrationFactory(clinician=ward.works(), state="queued")
    owes = at_home(ward, attended(answered=False), full_name="Ines Ward")
    done = at_home(ward, attended())
    missed = at_home(ward, attended(minutes=0, answered=False))
    stranger = attended(answered=False)

    found = rows(ward)

    assert stranger.pk not in found
    standings = {place: found[place.pk].standing for place in (soon, waits, owes, done, missed)}
    assert list(standings.values()) == ["to_come", "waiting", "owes", "done", "missed"]
    assert owed_words(found[owes.pk]) == "Evaluation"
    assert [*rows(ward, standing="owes")] == [owes.pk]
    assert [*rows(ward, owes="evaluation")] == [owes.pk]
    assert [*rows(ward, owes="lessons")] == []
    assert [*rows(ward, q="Ines")] == [owes.pk]


def test_what_is_studied_is_owed_step_by_step(ward):
    course, _lessons = course_with(text())
    place = RegistrationFactory(clinician=ward.works(), activity=course.activity)

    row = rows(ward)[place.pk]

    assert row.standing == "owes"
    assert "Lessons" in owed_words(row)


def test_no_list_has_a_column_of_answers_or_results(ward):
    """What is read of tests and evaluations is whether they are done."""
    owes = at_home(ward, attended(answered=False))
    before = rows(ward)[owes.pk].standing
    form = EvaluationForm.objects.current_of(owes.activity_id)
    Response.objects.create(form=form, registration=owes)

    assert (before, rows(ward)[owes.pk].standing) == ("owes", "done")
    names = {column.name for each in (STAFF, STAFF_PROGRESS) for column in each.columns}
    assert not names & {"answers", "score", "percent", "passed", "result", "phone", "number_of"}


def licence_of(person):
    pack = RequirementPack.objects.get(code="us_al")
    days = day_here() - timedelta(days=100), day_here() + timedelta(days=265)
    return track_licence(person, LicenceFacts(pack, "MD.1", *days), by=SYSTEM)


def test_what_was_over_long_ago_and_what_promotes_is_not_shown(ward):
    old = at_home(ward, attended(starts=now() - timedelta(days=400)))
    activity = ActivityFactory(state="open", mode="promotional")
    promoted = RegistrationFactory(clinician=ward.works(), activity=activity)

    assert not {old.pk, promoted.pk} & set(rows(ward))


def test_after_its_last_day_every_list_is_empty(ward):
    at_home(ward, attended(answered=False))
    end_manager(ward.manager, on=None, by=SYSTEM)

    for each in (STAFF, STAFF_PROGRESS, STAFF_LICENCES):
        assert list(each.rows_for(ward.access, {})) == []


def test_licences_are_read_by_whom_the_office_lets_and_without_their_numbers(organisation, ward):
    reads = Ward(organisation, "Surgery ward", sees_licences=True)
    mine, theirs = licence_of(reads.works()), licence_of(ward.works())

    found = list(STAFF_LICENCES.rows_for(reads.access, {}))

    assert [row.pk for row in found] == [mine.pk]
    assert list(STAFF_LICENCES.rows_for(ward.access, {})) == []
    assert "number" not in {column.name for column in STAFF_LICENCES.columns}
    assert Licence.objects.filter(pk=theirs.pk).exists()


def test_who_has_not_finished_is_reminded_once_a_day_and_nobody_else(ward):
    owes, done = at_home(ward, attended(answered=False)), at_home(ward, attended())
    stranger = attended(answered=False)
    places = [owes, done, stranger]

    first = {place.pk: said for place, said in remind_staff(ward.group, places, **ward.by)}
    again = dict(remind_staff(ward.group, [owes], **ward.by))

    assert first == {owes.pk: None, done.pk: NOTHING_OWED, stranger.pk: NOT_OF_GROUP}
    assert list(again.values()) == [REMINDED_LATELY]
    assert Delivery.objects.get().to_address == owes.clinician.email
    with time_machine.travel(now() + timedelta(hours=25)):
        assert [said for _place, said in remind_staff(ward.group, [owes], **ward.by)] == [None]
