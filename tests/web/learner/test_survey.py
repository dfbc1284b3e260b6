import pytest
from django.test import Client
from django.urls import reverse

from symposia.curriculum.letters import SURVEY
from symposia.curriculum.models import SurveyAnswer, SurveyInvitation
from symposia.notifications.models import Suppression
from symposia.shared.links import make_link
from tests.factories.curriculum import SurveyInvitationFactory, SurveyQuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(organisation):
    made = SurveyInvitationFactory()
    SurveyQuestionFactory(survey=made.survey, position=0, text="How sure are you?")
    SurveyQuestionFactory(
        survey=made.survey, position=1, kind="text", text="What else?", required=False
    )
    return made


def address(invitation, organisation, name="survey_answer"):
    return reverse(name, args=[make_link(SURVEY, invitation.pk, organisation.code)])


def test_a_survey_is_answered_without_signing_in(client, organisation, invitation):
    url = address(invitation, organisation)
    assert "How sure are you?" in client.get(url).content.decode()

    answer = client.post(url, {"q0": "4", "q1": "More cases"}, follow=True)

    assert "You have answered this survey. Thank you." in answer.content.decode()
    assert SurveyInvitation.objects.get().answered_at
    assert SurveyAnswer.objects.count() == 2


def test_what_is_missing_comes_back_with_the_page(client, organisation, invitation):
    answer = client.post(address(invitation, organisation), {"q1": "words"})

    assert answer.status_code == 422
    assert b"Please answer this question." in answer.content
    assert not SurveyAnswer.objects.exists()


def test_an_answer_that_was_not_offered_is_not_kept(client, organisation, invitation):
    answer = client.post(address(invitation, organisation), {"q0": "9"})

    assert answer.status_code == 422
    assert not SurveyAnswer.objects.exists()


def test_a_second_answer_is_refused_in_words(client, organisation, invitation):
    url = address(invitation, organisation)
    client.post(url, {"q0": "4"})

    again = client.post(url, {"q0": "1"})

    assert "You have answered this survey" in again.content.decode()
    assert SurveyAnswer.objects.count() == 1


def test_one_button_stops_surveys(client, organisation, invitation):
    url = address(invitation, organisation, "survey_stop")
    assert b"Stop surveys" in client.get(url).content

    assert b"Done." in client.post(url).content

    assert Suppression.objects.get().address == invitation.address


def test_a_link_for_something_else_opens_nothing(client, organisation, invitation):
    wrong = reverse(
        "survey_answer", args=[make_link("invitation", invitation.pk, organisation.code)]
    )

    assert client.get(wrong).status_code == 404


def test_the_button_of_a_mail_program_stops_surveys_too(organisation, invitation):
    strict, url = (
        Client(enforce_csrf_checks=True),
        address(invitation, organisation, "survey_stop_at_once"),
    )

    assert strict.get(url).status_code == 302
    assert not Suppression.objects.exists()
    assert strict.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert Suppression.objects.exists()
