"""Who of a choice is asked by a survey, and who is left out for which reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from symposia.curriculum.models import Survey
from symposia.curriculum.policies.surveys import objection_to_asking
from symposia.curriculum.queries.surveys import asked_in
from symposia.directory.asking import may_be_asked
from symposia.directory.models import Channel, Clinician, Purpose
from symposia.notifications.queries import suppressed_among
from symposia.shared.refusals import Objection

# A survey of needs comes like an invitation: whoever objected to those is not asked either.
ASKED_FOR = Purpose.INVITATIONS


@dataclass(frozen=True)
class LeftOut:
    """A clinician who gets no survey, and why."""

    clinician: Clinician
    objection: Objection


@dataclass(frozen=True)
class Audience:
    """A choice, parted into those who are asked and those who are not."""

    asked: list[Clinician] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def audience_now(survey: Survey, clinicians: Iterable[Clinician]) -> Audience:
    """Who of the chosen would be asked now; what the review shows and the action does."""
    chosen = list(clinicians)
    asked, suppressed = asked_in(survey), suppressed_among(c.email for c in chosen if c.email)
    objections = may_be_asked(chosen, Channel.EMAIL, ASKED_FOR)
    audience = Audience()
    for clinician in chosen:
        objection = objection_to_asking(clinician, suppressed=suppressed, asked=asked)
        objection = objection or objections[clinician.pk]
        if objection:
            audience.left_out.append(LeftOut(clinician, objection))
        else:
            audience.asked.append(clinician)
    return audience
