import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import now

from symposia.curriculum import tasks
from symposia.curriculum.actions.news import add_source
from symposia.curriculum.actions.surveys import send_survey
from symposia.curriculum.models import NewsItem, Survey
from symposia.shared.actors import SYSTEM
from symposia.work.background import request_job
from symposia.work.models import Job
from tests.factories.curriculum import SurveyFactory, SurveyQuestionFactory
from tests.factories.directory import ClinicianFactory


@pytest.fixture
def survey(organisation):
    return SurveyQuestionFactory(survey=SurveyFactory(repeats_after_months=1)).survey


def job_for(survey, people):
    return request_job(
        tasks.send_survey,
        kind="survey",
        title="T",
        by=SYSTEM,
        survey_id=str(survey.pk),
        clinician_ids=[str(person.pk) for person in people],
    )


def test_a_long_list_is_asked_in_chunks_and_done_again_asks_nobody(
    organisation, survey, monkeypatch
):
    monkeypatch.setattr(tasks, "CHUNK", 2)
    people = [ClinicianFactory() for _ in range(5)]
    job = job_for(survey, people)
    arguments = {"survey_id": str(survey.pk), "clinician_ids": [str(p.pk) for p in people]}

    tasks.send_survey.run(str(organisation.pk), job_id=str(job.pk), **arguments)
    again = job_for(survey, people)
    tasks.send_survey.run(str(organisation.pk), job_id=str(again.pk), **arguments)

    assert survey.invitations.count() == 5
    assert Job.objects.get(pk=job.pk).message == "5 sent"
    assert Job.objects.get(pk=again.pk).message == "0 sent"


def test_recurring_surveys_are_sent_by_the_hourly_round(organisation, survey):
    send_survey(survey, [ClinicianFactory()], by=SYSTEM)
    Survey.objects.filter(pk=survey.pk).update(opened_at=now() - timedelta(days=40))

    tasks.repeat_surveys()
    tasks.repeat_surveys()

    following = Survey.objects.get(series_id=survey.series_id, round=2)
    tasks.send_round.run(str(organisation.pk), survey_id=str(following.pk))
    assert following.invitations.count() == 1
    assert Survey.objects.get(pk=following.pk).state == "open"


def test_each_feed_that_is_due_gets_its_job(organisation):
    source = add_source(title="A", address="https://example.org/feed", by=SYSTEM)

    tasks.read_feeds()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'curriculum.read_feed'"
        )
        asked = [json.loads(row[0])["source_id"] for row in cursor.fetchall()]
    assert asked == [str(source.pk)]
    assert not NewsItem.objects.exists()


def test_a_feed_that_is_gone_is_left_alone(organisation):
    tasks.read_source.run(str(organisation.pk), source_id="00000000-0000-7000-8000-00000000abcd")

    assert not NewsItem.objects.exists()
