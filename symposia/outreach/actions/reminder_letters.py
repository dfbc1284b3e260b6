"""What is written while an invitation has no answer, or somebody who teaches owes a disclosure."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import this_organisation
from symposia.activities.actions.faculty_invitations import REMIND
from symposia.activities.faculty_letters import faculty_values
from symposia.activities.models import Activity, FacultyInvitation
from symposia.activities.tasks_of_faculty import tasks_of
from symposia.notifications.actions import queue_each, queue_message
from symposia.notifications.policies import objection_to_address
from symposia.outreach.letters import Letters
from symposia.outreach.models import Invitation
from symposia.outreach.policies import objection_to_asking_again
from symposia.outreach.queries import known_about
from symposia.outreach.reminding import Outcome
from symposia.outreach.sending import AGAIN
from symposia.shared.actors import Actor


@transaction.atomic
def remind_invited(rows: Sequence[Invitation], *, by: Actor) -> list[Outcome]:
    """Ask once more who has not answered; what stands against asking stands against this too."""
    organisation, at, told = this_organisation(), now(), list[Outcome]()
    by_activity = sorted(rows, key=lambda row: (row.activity_id, row.pk))
    for _pk, group in groupby(by_activity, key=lambda row: row.activity_id):
        theirs = list(group)
        activity: Activity = theirs[0].activity
        known = known_about(activity, [each.clinician for each in theirs])
        letters = Letters.for_activity(activity, organisation, at=at)
        objections = {each.pk: objection_to_asking_again(each, known) for each in theirs}
        asked = [each for each in theirs if objections[each.pk] is None]
        written = queue_each([letters.message(AGAIN, each) for each in asked], by=by)
        sent = {each.pk: one for each, one in zip(asked, written, strict=True)}
        for each in theirs:
            answer: Any = objections[each.pk] or sent[each.pk]
            told.append(Outcome(each.pk, each.clinician.full_name, each.clinician_id, answer))
    return told


@transaction.atomic
def remind_of_disclosure(rows: Sequence[FacultyInvitation], *, by: Actor) -> list[Outcome]:
    """Write to people who teach with everything that they still owe, the disclosure among it."""
    organisation, told = this_organisation(), list[Outcome]()
    for each in rows:
        person = each.contributor
        answer: Any = objection_to_address(person.email)
        if answer is None:
            answer = queue_message(
                REMIND,
                to_address=person.email,
                to_name=person.name,
                values=faculty_values(each, organisation, left=tasks_of(each).words),
                language=organisation.language,
                about=("activities.FacultyInvitation", each.pk),
                by=by,
            )
        told.append(Outcome(each.pk, person.name, person.clinician_id, answer))
    return told
