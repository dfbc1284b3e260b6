"""What is written to clinicians who are asked what they need."""

from django.conf import settings

from symposia.accounts.models import Organisation
from symposia.curriculum.models import SurveyInvitation
from symposia.shared.links import make_link

SURVEY = "survey"


def survey_link(invitation: SurveyInvitation, organisation: Organisation) -> str:
    """The personal address where a survey is answered without a password."""
    return f"{settings.ORIGIN}/n/{make_link(SURVEY, invitation.pk, organisation.code)}/"


def survey_values(
    invitation: SurveyInvitation, organisation: Organisation, *, minutes: int
) -> dict[str, str]:
    """The words of the message that asks."""
    link = survey_link(invitation, organisation)
    return {
        "organisation": organisation.name,
        "name": invitation.clinician.called,
        "survey": invitation.survey.title,
        "introduction": invitation.survey.introduction,
        "minutes": str(minutes),
        "survey_link": link,
        "unsubscribe_link": f"{link}stop/",
    }
