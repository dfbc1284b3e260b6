"""The personal links that learners study, finish, ask and vote with, and what letters say."""

import uuid

from django.conf import settings
from django.urls import reverse

from symposia.accounts.models import Organisation
from symposia.activities.origins import term_of
from symposia.activities.repeating import said_day
from symposia.directory.models import Clinician
from symposia.learning.models import AudienceQuestion, MedicalAnswer, MedicalOutcome
from symposia.registrations.models import Registration
from symposia.shared.links import make_link

# A purpose of its own: whoever photographs a ticket at the door cannot claim with it.
LEARNING = "learning"
# Another: whoever types the code of a ticket in a hall asks and votes, and does nothing else.
AUDIENCE = "audience"


def learning_path(
    organisation_code: str, registration_id: uuid.UUID, page: str = "finish", *of: str
) -> str:
    """Where a learner studies and finishes, step by step; of: which test, say."""
    return reverse(page, args=[make_link(LEARNING, registration_id, organisation_code), *of])


def begin_values(registration: Registration) -> dict[str, str]:
    """What is filled into the message that leads to the lessons."""
    organisation = Organisation.objects.get(pk=registration.organisation_id)
    term = term_of(registration.activity)
    return {
        "organisation": organisation.name,
        "name": registration.clinician.called,
        "activity": registration.activity.title,
        "released": said_day(term.released_on) if term else "",
        "until": said_day(term.ends_on) if term else "",
        "study_link": settings.ORIGIN + learning_path(organisation.code, registration.pk),
    }


def audience_path(
    organisation_code: str, registration_id: uuid.UUID, session_id: uuid.UUID | None = None
) -> str:
    """Where somebody with a place asks, votes and answers: in a session, or choosing one."""
    token = make_link(AUDIENCE, registration_id, organisation_code)
    if session_id is None:
        return reverse("audience_sessions", args=[token])
    return reverse("audience_session", args=[token, session_id])


def answer_values(
    question: AudienceQuestion, answered: AudienceQuestion, place: Registration
) -> dict[str, str]:
    """What is filled into the message with an answer: what somebody asked in their own words, and
    the answer to it, or to the question it was joined with."""
    organisation = Organisation.objects.get(pk=place.organisation_id)
    session = answered.session
    path = audience_path(organisation.code, place.pk, session.pk)
    return {
        "organisation": organisation.name,
        "name": place.clinician.called,
        "activity": place.activity.title,
        "session": session.title,
        "question": question.text,
        "same": answered.text if answered.pk != question.pk else "",
        "answer": answered.answer,
        "by": answered.answered_by_name,
        "session_link": settings.ORIGIN + path,
    }


def medical_values(
    question: AudienceQuestion, kept: MedicalAnswer, person: Clinician
) -> dict[str, str]:
    """What is filled into the message of medical affairs: the words of whoever asked, and what is
    written to them alone; an answer, or a reason."""
    organisation = Organisation.objects.get(pk=question.organisation_id)
    return {
        "organisation": organisation.name,
        "name": person.called,
        "activity": question.activity.title,
        "session": question.session.title,
        "question": question.text,
        "reason" if kept.outcome == MedicalOutcome.DECLINED else "answer": kept.text,
        "by": kept.by_name,
    }
