import uuid

import pytest
from django.urls import reverse
from django.utils import translation

from symposia.assessment.actions.bank import retire_bank_question
from symposia.assessment.actions.tests import Extra, allow_more
from symposia.assessment.models import Allowance, KnowledgeTest
from symposia.assessment.queries.tests import parts_of
from symposia.learning.actions.studying import complete_lesson, confirm_start
from symposia.learning.notice import notice_of
from symposia.learning.steps import steps_of
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.assessment import bank_question, choice, knowledge_test, taken
from tests.factories.credits import attended
from tests.factories.learning import course_with, enduring, text
from tests.factories.registrations import RegistrationFactory


@pytest.fixture
def lead(client, organisation):
    client.force_login(member(organisation, "education_lead"))
    return client


def post(client, name, *args, **values):
    address = reverse(name, args=args)
    return client.post(address, {"idempotency_key": uuid.uuid4(), **values}, follow=True)


def sent(*parts, **values):
    """A test as a browser sends it."""
    rows = {"form-TOTAL_FORMS": len(parts), "form-INITIAL_FORMS": 0}
    for place, row in enumerate(parts):
        rows |= {f"form-{place}-{name}": value for name, value in row.items()}
    return {"attempts": 2, "feedback": "at_end", "pass_mark": 70, **values, **rows}


def test_a_test_is_made_filled_and_opened(lead):
    activity = ActivityFactory()
    fixed = bank_question()
    for number in range(3):
        bank_question(choice(f"Pool {number}?"), tags=("stroke",))

    page = post(lead, "activity_test_new", activity.pk, "post").text
    assert "Credit waits for this test" in page
    test = KnowledgeTest.objects.get()
    at = (activity.pk, "post")
    assert "It asks nothing yet." in lead.get(reverse("activity_test", args=at)).text
    values = sent(
        {"question": fixed.number.lower()},
        {"tag": "Stroke", "count": 2},
        {"question": ""},
        seen_version=test.version,
        is_required="on",
    )
    page = post(lead, "activity_test_edit", *at, **values).text

    assert fixed.number in page
    assert "2 drawn of 3" in page
    assert [(p.question, p.tag, p.count) for p in parts_of(test)] == [
        (fixed, "", 1),
        (None, "stroke", 2),
    ]
    assert "Learners can take this test." in post(lead, "activity_test_opening", *at).text
    assert (
        "What it asks and how it counts stays."
        in lead.get(reverse("activity_test_edit", args=at)).text
    )


def test_what_makes_no_test_is_refused_and_nothing_is_lost(lead):
    activity = ActivityFactory()
    draft = bank_question(published=False)
    post(lead, "activity_test_new", activity.pk, "post")
    at = (activity.pk, "post")
    seen = KnowledgeTest.objects.get().version

    unknown = post(lead, "activity_test_edit", *at, **sent({"question": "QST-1"}, seen_version=1))
    refused = post(
        lead, "activity_test_edit", *at, **sent({"question": draft.number}, seen_version=seen)
    )

    assert (unknown.status_code, refused.status_code) == (422, 422)
    assert "There is no question of this number." in unknown.text
    assert f"Publish {draft.number} before a test asks it." in refused.text
    assert "A test asks at least one question." in post(lead, "activity_test_opening", *at).text


def test_results_and_allowances_are_for_those_who_see_learners(client, lead, organisation):
    registration = attended()
    activity = registration.activity
    knowledge_test(activity)
    at = (activity.pk, "post")

    values = {"person": registration.pk, "minutes": 15, "reason": "Agreed adjustment"}
    page = post(lead, "activity_test_allowance", *at, **values).text
    taken(registration)
    results = lead.get(reverse("activity_test_results", args=[activity.pk])).text

    assert "Agreed adjustment" in page
    assert registration.clinician.called in page
    assert Allowance.objects.get().extra_minutes == 15
    assert registration.clinician.full_name in results
    assert "100.00" in results

    client.force_login(member(organisation, "medical_affairs"))
    for name, args in (
        ("activity_test_results", [activity.pk]),
        ("activity_test_allowance", at),
    ):
        assert client.get(reverse(name, args=args)).status_code in {403, 404}


def test_whoever_is_allowed_another_attempt_is_told(organisation):
    registration = attended()
    test = knowledge_test(registration.activity)

    allow_more(test, registration, Extra(minutes=9, reason="Agreed adjustment"), by=SYSTEM)
    assert not Delivery.objects.filter(template_code="credits.attempts").exists()
    allow_more(test, registration, Extra(attempts=1, reason="Was ill"), by=SYSTEM)

    letter = Delivery.objects.get(template_code="credits.attempts")
    assert letter.to_address == registration.clinician.email
    assert "1 more attempt" in letter.text
    assert "/test/post/" in letter.text
    assert "Was ill" not in letter.text


def test_whoever_is_allowed_another_attempt_reads_it_in_their_own_language(
    organisation, pseudo_words
):
    registration = attended()
    test = knowledge_test(registration.activity)

    with translation.override("eo"):
        allow_more(test, registration, Extra(attempts=1, reason="Was ill"), by=SYSTEM)

    assert "1 more attempt" in Delivery.objects.get(template_code="credits.attempts").text


def test_a_test_that_nobody_can_take_yet_leads_nobody_there(organisation):
    registration = attended()
    test = knowledge_test(registration.activity, opened=False)

    allow_more(test, registration, Extra(attempts=1, reason="Will be away"), by=SYSTEM)

    assert not Delivery.objects.filter(template_code="credits.attempts").exists()


def test_the_step_of_a_test_says_how_many_attempts_are_left(organisation):
    activity = enduring()
    knowledge_test(activity, choice("One?"), choice("Two?"))
    _course, (lesson,) = course_with(text(), activity=activity)
    place = RegistrationFactory(activity=activity)
    confirm_start(place, seen=notice_of(activity).sha256, by=SYSTEM)
    complete_lesson(place, lesson, by=SYSTEM)

    def said():
        return next(s.stand.detail for s in steps_of(place) if s.kind.code == "post_test")

    assert said() == ""
    taken(place, wrong=(1,))
    assert said() == "50 % · 1 attempt left"
    taken(place, wrong=(1, 2))
    assert said() == "50 % · 0 attempts left"


def test_an_open_test_says_that_it_asks_what_was_retired(lead):
    activity = attended().activity
    test = knowledge_test(activity)
    asked = test.parts.get().question
    address = reverse("activity_test", args=[activity.pk, "post"])
    assert "is retired" not in lead.get(address).text

    retire_bank_question(asked, reason="Out of date", by=SYSTEM)

    said = f"{asked.number} is retired, yet this test goes on asking it."
    assert said in lead.get(address).text
    post(lead, "activity_test_closing", activity.pk, "post", reason="Replaced")
    assert said not in lead.get(address).text


def test_closing_asks_for_the_reason(lead):
    activity = attended().activity
    test = knowledge_test(activity)
    at = (activity.pk, "post")

    assert post(lead, "activity_test_closing", *at, reason="").status_code == 422
    post(lead, "activity_test_closing", *at, reason="Replaced")

    test.refresh_from_db()
    assert test.state == "closed"


def test_there_is_nothing_for_another_organisation_or_without_a_test(client, lead):
    activity = attended().activity
    assert lead.get(reverse("activity_test", args=[activity.pk, "pre"])).status_code == 404
    assert lead.post(reverse("activity_test_new", args=[activity.pk, "odd"])).status_code == 404
    knowledge_test(activity)
    client.force_login(member(OrganisationFactory(), "education_lead"))

    for name in ("activity_tests", "activity_gain"):
        assert client.get(reverse(name, args=[activity.pk])).status_code == 404
