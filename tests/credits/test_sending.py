"""What goes out by itself after an activity, once to each, and the one switch of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from symposia.assessment.actions.sending import switch_sending
from symposia.assessment.models import NoSending
from symposia.assessment.queries.sending import ended_lately
from symposia.audit.models import Entry
from symposia.credits.actions.certificates import ask_learner, ask_to_finish, send_certificates
from symposia.credits.actions.claims import issue_certificate
from symposia.credits.reminded import unanswered_evaluations_at
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.assessment import EvaluationFormFactory
from tests.factories.credits import attended


@pytest.fixture
def registration(organisation):
    return attended(answered=False, profession="nurse")


def codes():
    return list(Delivery.objects.values_list("template_code", flat=True))


def test_each_learner_is_asked_once_however_often_the_end_is_noticed(registration):
    assert ask_to_finish(registration.activity, by=SYSTEM) == 1
    for _again in range(2):
        ask_learner(registration, by=SYSTEM)

    assert ask_to_finish(registration.activity, by=SYSTEM) == 0
    assert codes() == ["credits.finish"]
    assert Entry.objects.filter(action="learners.asked").count() == 1


def test_switched_off_nothing_goes_out_by_itself(registration):
    certificate = issue_certificate(attended(profession="nurse"), by=SYSTEM)
    for activity in (registration.activity, certificate.registration.activity):
        switch_sending(activity, on=False, by=SYSTEM)

    assert ask_to_finish(registration.activity, by=SYSTEM) == 0
    send_certificates([certificate.pk], by=SYSTEM)
    assert list(unanswered_evaluations_at(now())) == []
    assert codes() == []

    switch_sending(certificate.registration.activity, on=True, by=SYSTEM)
    send_certificates([certificate.pk], by=SYSTEM)
    assert codes() == ["credits.certificate"]


def test_an_end_is_noticed_though_nobody_declares_it(organisation):
    held, activity, bare = (ActivityFactory(state=s) for s in ("held", "running", "running"))
    for each in (held, activity):
        EvaluationFormFactory(activity=each)
    end = activity.ends_at
    assert bare.ends_at == end

    assert ended_lately(end - timedelta(minutes=1)) == []
    assert ended_lately(end) == [activity]
    assert ended_lately(end + timedelta(days=2)) == []
    switch_sending(activity, on=False, by=SYSTEM)
    assert ended_lately(end) == []


def test_the_switch_stands_beside_the_reminders(client, organisation, registration):
    client.force_login(member(organisation, "coordinator"))
    page = reverse("activity_reminders", args=[registration.activity_id])
    to = reverse("activity_sending", args=[registration.activity_id])

    assert "Send nothing by itself" in client.get(page).text
    client.post(to, {"to": "off"})
    client.post(to, {"to": "off"})
    assert "Send by itself" in client.get(page).text
    assert NoSending.objects.count() == 1
    client.post(to, {"to": "on"})
    assert not NoSending.objects.exists()


def test_whoever_does_not_plan_switches_nothing(client, organisation, registration):
    client.force_login(member(organisation, "finance_officer"))

    to = reverse("activity_sending", args=[registration.activity_id])
    assert client.post(to, {"to": "off"}).status_code == 403
    assert not NoSending.objects.exists()
