import pytest
from django.urls import reverse

from symposia.accounts.models import Role
from symposia.curriculum.actions.survey_answers import answer_survey
from symposia.curriculum.actions.surveys import send_survey
from symposia.curriculum.models import GapEvidence, Survey, SurveyInvitation
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.work.models import Job
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.curriculum import GapFactory, SurveyFactory, SurveyQuestionFactory
from tests.factories.directory import ClinicianFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client, organisation):
    user = member(organisation, "education_lead")
    client.force_login(user)
    return user


def heard(ratings, **facts):
    """A sent survey that people answered with these ratings."""
    survey = SurveyFactory(**facts)
    question = SurveyQuestionFactory(survey=survey, text="How sure are you?")
    send_survey(survey, [ClinicianFactory() for _ in ratings], by=SYSTEM)
    for invitation, rating in zip(survey.invitations.all(), ratings, strict=True):
        answer_survey(invitation, {question.pk: str(rating)}, by=SYSTEM)
    return Survey.objects.get(pk=survey.pk)


def test_a_survey_is_made_and_gets_its_questions(client, organisation, lead):
    words = {"title": "Stroke needs", "introduction": "Why", "repeats_after_months": "6"}
    client.post(reverse("survey_new"), words)
    survey = Survey.objects.get()
    url = reverse("survey_question_new", args=[survey.pk])

    wrong = client.post(url, {"kind": "choice", "text": "Best?", "choices": "One"})
    long = client.post(url, {"kind": "choice", "text": "Best?", "choices": "x" * 121 + "\nB"})
    client.post(url, {"kind": "choice", "text": "Best?", "choices": "Course\nCases"})

    assert "at least two answers" in wrong.content.decode()
    assert long.status_code == 422
    page = client.get(reverse("survey", args=[survey.pk])).content.decode()
    assert "Course, Cases" in page
    assert "again after 6 months" in page
    question = survey.questions.get()
    client.post(reverse("survey_question_removal", args=[survey.pk, question.pk]))
    assert not survey.questions.exists()


def test_a_coordinator_makes_surveys_too(client, organisation):
    client.force_login(member(organisation, "coordinator"))

    made = client.post(reverse("survey_new"), {"title": "What is hard?"})

    assert made.url == reverse("survey", args=[Survey.objects.get().pk])


def test_a_role_that_is_older_than_the_permission_still_makes_surveys(client, organisation, lead):
    role = Role.objects.get(code="education_lead")
    Role.objects.filter(pk=role.pk).update(
        permissions=[each for each in role.permissions if each != "manage_surveys"]
    )

    assert client.get(reverse("survey_new")).status_code == 200


def test_a_survey_is_corrected_before_it_is_sent(client, organisation, lead):
    survey = SurveyFactory()
    url = reverse("survey_edit", args=[survey.pk])

    client.post(url, {"title": "Better", "seen_version": "1"})
    late = client.post(url, {"title": "Late", "seen_version": "1"})

    assert Survey.objects.get().title == "Better"
    assert late.status_code == 422


def test_sending_shows_how_many_and_who_is_left_out_before_anything_leaves(
    client, organisation, lead
):
    survey = SurveyQuestionFactory().survey
    ClinicianFactory(specialty="Neurology")
    ClinicianFactory(specialty="Neurology", full_name="Quiet Person", email="")
    ClinicianFactory(specialty="Cardiology")
    url, to = (reverse(name, args=[survey.pk]) for name in ("survey_sending", "survey_send"))
    chosen = {"specialties": ["Neurology"]}

    page = client.get(url).text
    nobody = client.post(url, {"professions": ["dentist"]})
    review = client.post(url, chosen).text

    assert "Neurology (1)" in page
    assert "Nobody of the directory fits this choice." in nobody.text
    assert "Send to 1 person" in review
    assert "Quiet Person" in review
    assert "has no e-mail address" in review
    assert not Job.objects.exists()

    answer = client.post(to, {**chosen, "seen": "1"}, follow=True)

    assert "1 person is asked." in answer.text
    assert "Being sent" in answer.text
    assert "It is being sent now." in client.post(url, chosen).text
    assert Job.objects.get().kind == "survey"


def test_a_number_that_changed_meanwhile_is_shown_again(client, organisation, lead):
    survey = SurveyQuestionFactory().survey
    ClinicianFactory(specialty="Neurology")
    ClinicianFactory(specialty="Neurology")

    answer = client.post(
        reverse("survey_send", args=[survey.pk]), {"specialties": ["Neurology"], "seen": "1"}
    )

    assert "The directory changed meanwhile" in answer.text
    assert "Send to 2 people" in answer.text
    assert not Job.objects.exists()


def test_a_survey_without_questions_says_why_it_is_not_sent(client, organisation, lead):
    survey = SurveyFactory()

    answer = client.post(reverse("survey_sending", args=[survey.pk]), {})

    assert answer.status_code == 422
    assert "The survey has no question yet." in answer.content.decode()


def test_results_show_the_trend_over_the_rounds(client, organisation, lead):
    first = heard([2, 2, 3])
    client.post(reverse("survey_closing", args=[first.pk]))
    client.post(reverse("survey_round", args=[first.pk]))
    second = Survey.objects.get(round=2)
    send_survey(second, [ClinicianFactory() for _ in range(3)], by=SYSTEM)
    question = second.questions.get()
    for invitation in second.invitations.all():
        answer_survey(invitation, {question.pk: "5"}, by=SYSTEM)

    page = client.get(reverse("survey", args=[second.pk])).content.decode()

    assert '<polyline class="line"' in page
    assert "5.00 of 5 from 3 answers" in page
    again = client.post(reverse("survey_round", args=[first.pk]), follow=True)
    assert "The next round is made already" in again.content.decode()


def test_few_answers_are_not_shown(client, organisation, lead):
    survey = heard([2, 3])

    page = client.get(reverse("survey", args=[survey.pk])).content.decode()

    assert "once three people have answered" in page
    assert "of 5 from" not in page


def test_a_result_becomes_evidence_of_a_gap(client, organisation, lead):
    survey, gap = heard([2, 2, 3]), GapFactory()
    question = survey.questions.get()

    url = reverse("survey_evidence", args=[survey.pk])
    answer = client.post(url, {"question": str(question.pk), "gap": str(gap.pk)}, follow=True)

    assert "2.33 of 5, 3 answers" in answer.content.decode()
    assert GapEvidence.objects.get().survey == survey


def test_whoever_only_reads_is_offered_nothing_to_change(client, organisation):
    client.force_login(member(organisation, "reviewer"))
    survey = SurveyFactory()

    page = client.get(reverse("survey", args=[survey.pk])).content.decode()

    assert "Add a question" not in page
    assert client.post(reverse("survey_closing", args=[survey.pk])).status_code == 403
    assert client.get(reverse("survey_sending", args=[survey.pk])).status_code == 403


def test_a_survey_of_another_organisation_does_not_exist(client, organisation, lead):
    with acting_in(OrganisationFactory().pk):
        survey = SurveyFactory()

    for name in ("survey", "survey_edit", "survey_sending", "survey_evidence"):
        assert client.get(reverse(name, args=[survey.pk])).status_code == 404
    assert not SurveyInvitation.objects.exists()
