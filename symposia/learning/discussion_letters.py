"""What is written to learners about discussions and what they shared."""

import uuid

from django.conf import settings
from django.urls import reverse
from django.utils.translation import ngettext

from symposia.accounts.models import Organisation
from symposia.learning.letters import LEARNING
from symposia.learning.models import Discussion, Practice
from symposia.registrations.models import Registration
from symposia.shared.links import make_link


def discussion_address(code: str, registration_id: uuid.UUID, discussion_id: uuid.UUID) -> str:
    """Where a learner reads and writes, by the own link."""
    token = make_link(LEARNING, registration_id, code)
    return settings.ORIGIN + reverse("my_discussion", args=[token, discussion_id])


def opened_values(discussion: Discussion, registration: Registration) -> dict[str, str]:
    """What is filled into the letter about a discussion."""
    organisation = Organisation.objects.get(pk=discussion.organisation_id)
    return {
        "organisation": organisation.name,
        "name": registration.clinician.called,
        "activity": registration.activity.title,
        "discussion": discussion.title,
        "paper": discussion.citation,
        "discussion_link": discussion_address(organisation.code, registration.pk, discussion.pk),
    }


def digest_values(discussion: Discussion, registration: Registration, news: int) -> dict[str, str]:
    """What is filled into the letter that says how much is new."""
    count = ngettext("%(n)d new contribution", "%(n)d new contributions", news) % {"n": news}
    values = opened_values(discussion, registration)
    values.pop("paper")
    return values | {"count": count}


def decided_values(practice: Practice) -> dict[str, str]:
    """What is filled into the letter to the author of a practice."""
    organisation = Organisation.objects.get(pk=practice.organisation_id)
    token = make_link(LEARNING, practice.registration_id, organisation.code)
    return {
        "organisation": organisation.name,
        "name": practice.author_name,
        "title": practice.title,
        "decision": str(practice.get_state_display()),
        "note": practice.decided_because,
        "practice_link": settings.ORIGIN + reverse("my_practice", args=[token, practice.pk]),
    }
