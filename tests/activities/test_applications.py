from datetime import date, time, timedelta

import pytest

from symposia.activities.actions.application_reviews import (
    accept_application,
    assign_reviewer,
    refuse_application,
    return_application,
)
from symposia.activities.actions.applications import (
    ApplicationFacts,
    answer_application,
    begin_application,
    change_application,
    hand_in_application,
    withdraw_application,
)
from symposia.activities.models import Activity, Application, ApplicationStep, Series
from symposia.activities.own_types import answers_of
from symposia.audit.models import Entry
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from tests.activities.test_actions import code_of
from tests.factories.accounts import day_here, member

pytestmark = pytest.mark.django_db
SOON = day_here() + timedelta(days=90)
ANSWERS = {"Department": "Neurology"}


def facts(**other):
    values = {
        "applicant": "Dr Ines Moreau",
        "email": "ines@neurology.example.org",
        "department": "Department of neurology",
        "mode": "independent",
        "type": "grand_rounds",
        "title": "Stroke in the young",
        "need": "Every second one is recognised too late.",
        "audience": "Residents",
        "day": SOON,
        "clock": time(12),
        "minutes": 60,
        "zone": "America/New_York",
        "delivery": "in_person",
        "venue_name": "Aula",
        "city": "Boston",
        "country": "US",
        "expected_attendance": 40,
    }
    return ApplicationFacts(**values | other)


def begun(**other):
    return begin_application(facts(**other), by=SYSTEM)


def handed_in(**other):
    return hand_in_application(answer_application(begun(**other), ANSWERS, by=SYSTEM), by=SYSTEM)


def test_whoever_applies_gets_a_number_and_a_link(organisation):
    application = begun()

    assert (application.state, application.number[:4]) == ("draft", "APP-")
    letter = Delivery.objects.get(template_code="activities.application_begun")
    assert letter.to_address == "ines@neurology.example.org"
    assert "/p/" in letter.text
    assert application.number in letter.subject


def test_it_is_handed_in_once_the_questions_of_its_type_are_answered(organisation):
    application = begun()
    assert code_of(lambda: hand_in_application(application, by=SYSTEM)) == (
        "application_unanswered"
    )
    wrong = {"Colour": "red"}
    assert code_of(lambda: answer_application(application, wrong, by=SYSTEM)) == "no_such_question"

    done = hand_in_application(answer_application(application, ANSWERS, by=SYSTEM), by=SYSTEM)

    assert (done.state, done.submitted_at is not None) == ("submitted", True)
    change = {"seen_version": done.version, "by": SYSTEM}
    late = code_of(lambda: change_application(done, facts(title="Other"), **change))
    assert late == "application_not_now"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"is_ineligible": True}, "ineligible_company"),
        ({"day": date(2020, 1, 1)}, "applied_for_the_past"),
        ({"wish": "series"}, "series_without_rule"),
        (
            {"wish": "series", "repeats": "weekly", "until_on": SOON - timedelta(days=1)},
            "series_ends_first",
        ),
        ({"mode": "promotional"}, "provider_independent"),
        ({"type": "speaker_programme"}, "type_of_others"),
        ({"day": date(2099, 3, 8), "clock": time(2, 30)}, "no_such_time"),
    ],
)
def test_what_cannot_be_is_not_applied_for(organisation, other, code):
    assert code_of(lambda: begun(**other)) == code
    assert not Application.objects.exists()


def test_an_accepted_application_is_an_activity_and_nothing_is_typed_twice(organisation):
    owner = member(organisation, "education_lead")
    application = handed_in()

    activity = accept_application(application, owner=owner, reason="Gladly", by=SYSTEM)

    assert isinstance(activity, Activity)
    assert (activity.title, activity.owner, activity.state) == (
        "Stroke in the young",
        owner,
        "draft",
    )
    assert activity.summary == "Every second one is recognised too late.\nResidents"
    assert f"{activity.wall_starts:%H:%M}" == "12:00"
    assert activity.wall_ends - activity.wall_starts == timedelta(minutes=60)
    assert [(a.question, a.answer) for a in answers_of(activity)] == [("Department", "Neurology")]
    found = Application.objects.get()
    assert (found.state, found.activity) == ("accepted", activity)
    letter = Delivery.objects.get(template_code="activities.application_answered")
    assert "Gladly" in letter.text
    assert code_of(lambda: accept_application(found, by=SYSTEM)) == "application_not_now"


def test_an_accepted_wish_for_more_is_a_series(organisation):
    until = SOON + timedelta(days=60)
    application = handed_in(wish="series", repeats="weekly", interval=2, until_on=until)

    series = accept_application(application, by=SYSTEM)

    assert isinstance(series, Series)
    assert (series.first_on, series.until_on, series.interval) == (SOON, until, 2)
    assert Application.objects.get().series == series


def test_a_returned_application_is_changed_and_handed_in_again(organisation):
    application = handed_in()
    assert code_of(lambda: return_application(application, reason=" ", by=SYSTEM)) == (
        "say_why_to_applicant"
    )

    back = return_application(application, reason="For whom exactly?", by=SYSTEM)
    changed = change_application(
        back, facts(audience="Residents of two wards"), seen_version=back.version, by=SYSTEM
    )
    again = hand_in_application(changed, by=SYSTEM)

    assert again.state == "submitted"
    moves = ApplicationStep.objects.order_by("at", "pk").values_list("to_state", flat=True)
    assert list(moves) == ["draft", "submitted", "returned", "submitted"]
    stale = code_of(
        lambda: change_application(
            return_application(again, reason="Why?", by=SYSTEM), facts(), seen_version=1, by=SYSTEM
        )
    )
    assert stale == "changed_meanwhile"


def test_a_refusal_has_a_reason_that_the_applicant_reads(organisation):
    application = handed_in()

    refuse_application(application, reason="We have this already.", by=SYSTEM)

    letter = Delivery.objects.get(template_code="activities.application_answered")
    assert "We have this already." in letter.text
    assert Entry.objects.get(action="application.refused").reason == "We have this already."
    assert code_of(lambda: withdraw_application(application, reason="", by=SYSTEM)) == (
        "application_not_now"
    )


def test_an_applicant_takes_the_wish_back(organisation):
    withdraw_application(handed_in(), reason="No room", by=SYSTEM)

    assert Application.objects.get().state == "withdrawn"


def test_somebody_takes_it_on(organisation):
    reviewer = member(organisation, "education_lead")
    draft = begun()
    assert code_of(lambda: assign_reviewer(draft, reviewer, by=SYSTEM)) == "application_not_now"

    assert assign_reviewer(handed_in(), reviewer, by=SYSTEM).reviewer == reviewer
