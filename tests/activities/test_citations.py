"""What cites a guideline is listed for review once it is superseded."""

from datetime import timedelta

import pytest
from django.urls import reverse

from symposia.activities.actions.sessions import (
    NewTime,
    SessionFacts,
    add_session,
    change_session,
    move_session,
)
from symposia.activities.models import ActivityObjective, EnduringTerm
from symposia.assessment.actions import change_evaluation
from symposia.assessment.models import Kind
from symposia.assessment.queries import current_form, questions_of
from symposia.assessment.standard import Draft
from symposia.curriculum.actions.guidelines import supersede_guideline
from symposia.curriculum.models import CitationReview
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import day_here, member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.curriculum import GuidelineFactory, ObjectiveFactory


@pytest.fixture
def guideline(organisation):
    return GuidelineFactory(title="Acute stroke")


def facts(activity, **more):
    return SessionFacts("Lysis", activity.wall_starts, 30, 30, **more)


def listed(guideline):
    supersede_guideline(guideline, GuidelineFactory(title="Newer"), reason="New trials", by=SYSTEM)
    return sorted(
        CitationReview.objects.filter(guideline=guideline).values_list(
            "subject_type", "subject_name"
        )
    )


def term(activity):
    today = day_here()
    return EnduringTerm.objects.create(
        activity=activity,
        released_on=today,
        review_on=today + timedelta(days=300),
        ends_on=today + timedelta(days=600),
    )


def test_sessions_questions_and_enduring_material_are_listed(guideline):
    activity, recording = ActivityFactory(), ActivityFactory(title="A recording")
    add_session(activity, facts(activity, guideline=guideline), by=SYSTEM)
    asked = [Draft(Kind.RATING, "Before"), Draft(Kind.YES_NO, "Will you?", guideline=guideline)]
    change_evaluation(activity, asked, by=SYSTEM)
    objective = ObjectiveFactory(guideline=guideline)
    ActivityObjective.objects.create(activity=recording, objective=objective)
    term(recording)

    assert listed(guideline) == [
        ("enduring", str(recording)),
        ("objective", objective.text),
        ("question", f"{activity.number} Will you?"),
        ("session", f"{activity.number} Lysis"),
    ]


def test_what_is_not_asked_any_more_or_was_called_off_is_not_listed(guideline):
    activity = ActivityFactory()
    change_evaluation(activity, [Draft(Kind.RATING, "Then", guideline=guideline)], by=SYSTEM)
    change_evaluation(activity, [Draft(Kind.RATING, "Now")], by=SYSTEM)
    SessionFactory(activity=ActivityFactory(state="cancelled"), guideline=guideline)
    SessionFactory(activity=activity)

    assert listed(guideline) == []


def test_nothing_new_leans_on_a_superseded_guideline_and_what_does_may_stay(guideline):
    activity = ActivityFactory()
    session = add_session(activity, facts(activity, guideline=guideline), by=SYSTEM)
    asked = [Draft(Kind.RATING, "Asked", guideline=guideline)]
    change_evaluation(activity, asked, by=SYSTEM)
    listed(guideline)
    guideline.refresh_from_db()

    with pytest.raises(Refused) as refused:
        add_session(activity, facts(activity, guideline=guideline), by=SYSTEM)
    assert refused.value.objection.code == "is_superseded"
    with pytest.raises(Refused):
        change_evaluation(ActivityFactory(), asked, by=SYSTEM)

    change_evaluation(activity, [*asked, Draft(Kind.RATING, "More")], by=SYSTEM)
    kept = facts(activity, guideline=guideline, track="A")
    session = change_session(session, kept, seen_version=session.version, by=SYSTEM)
    moved = NewTime(activity.wall_starts + timedelta(minutes=5), 20, None)
    session = move_session(session, moved, seen_version=session.version, by=SYSTEM)
    assert session.guideline == guideline


def test_the_form_of_a_session_offers_and_keeps_it(client, organisation, guideline):
    activity = ActivityFactory()
    session = SessionFactory(activity=activity, guideline=guideline)
    client.force_login(member(organisation, "coordinator"))
    page = client.get(reverse("activity_session", args=[activity.pk, session.pk]))

    assert f'value="{guideline.pk}" selected' in page.content.decode()


def test_the_form_of_the_questions_keeps_what_is_cited(client, organisation, guideline):
    client.force_login(member(organisation, "coordinator"))
    activity = ActivityFactory()
    change_evaluation(activity, [Draft(Kind.RATING, "Asked", guideline=guideline)], by=SYSTEM)
    page = client.get(reverse("evaluation_questions", args=[activity.pk]))
    assert f'value="{guideline.pk}" selected' in page.content.decode()

    given = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-text": "Asked otherwise",
        "form-0-kind": "rating",
        "form-0-guideline": str(guideline.pk),
        "form-0-ORDER": "1",
    }
    answer = client.post(reverse("evaluation_change", args=[activity.pk]), given)

    assert answer.status_code == 302
    assert [q.guideline for q in questions_of(current_form(activity))] == [guideline]


def test_the_page_of_a_guideline_leads_to_the_agenda_that_teaches_it(
    client, organisation, guideline
):
    client.force_login(member(organisation, "education_lead"))
    activity = ActivityFactory()
    SessionFactory(activity=activity, guideline=guideline, title="Lysis")

    page = client.get(reverse("guideline", args=[guideline.pk])).content.decode()

    assert reverse("activity_agenda", args=[activity.pk]) in page
    assert "Lysis" in page
