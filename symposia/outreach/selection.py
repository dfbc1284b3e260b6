"""Who of those somebody chose is invited, and who is skipped for which reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from symposia.activities.models import Activity
from symposia.directory.models import Channel, Clinician
from symposia.outreach.allotted import Allotted
from symposia.outreach.allotting import objection_to_one_allotted
from symposia.outreach.models import Invitation, Wave
from symposia.outreach.policies import (
    SAME_ADDRESS,
    objection_to_asking_again,
    objection_to_inviting_clinician,
)
from symposia.outreach.queries import known_about
from symposia.outreach.reaching import goes_to
from symposia.shared.refusals import Objection


@dataclass(frozen=True)
class Skipped:
    """A clinician who gets no invitation, and why."""

    clinician: Clinician
    objection: Objection


@dataclass(frozen=True)
class Sorted:
    """Chosen clinicians, parted into those who get an invitation and those who do not."""

    invited: list[Clinician] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def add(self, clinician: Clinician, objection: Objection | None) -> None:
        if objection:
            self.skipped.append(Skipped(clinician, objection))
        else:
            self.invited.append(clinician)


def within_allotment(answer: Sorted, allotted: Allotted | None, *, on: date) -> Sorted:
    """What is left of an answer for whoever holds so many invitations and no more."""
    if allotted is None:
        return answer
    kept = Sorted(skipped=list(answer.skipped))
    for clinician in answer.invited:
        before = len(kept.invited)
        kept.add(clinician, objection_to_one_allotted(clinician, allotted, before=before, on=on))
    return kept


def all_skipped(answer: Sorted, objection: Objection) -> Sorted:
    """Nobody is invited, everybody who could be for this one reason."""
    rest = [Skipped(clinician, objection) for clinician in answer.invited]
    return Sorted(skipped=[*answer.skipped, *rest])


def sort_out(
    activity: Activity,
    clinicians: Iterable[Clinician],
    *,
    besides: Wave | None = None,
    channel: str = Channel.EMAIL,
) -> Sorted:
    """Who of the chosen would be invited now; what the review page shows and the action does."""
    chosen, taken = list(clinicians), set[str]()
    known = known_about(activity, chosen, besides=besides, channel=channel)
    answer = Sorted()
    for clinician in chosen:
        objection = objection_to_inviting_clinician(clinician, known)
        place = goes_to(clinician, channel)
        if objection is None and place in taken:
            objection = SAME_ADDRESS
        if objection is None and place:
            taken.add(place)
        answer.add(clinician, objection)
    return answer


def sort_out_again(
    activity: Activity,
    invitations: Iterable[Invitation],
    *,
    besides: Wave | None = None,
    channel: str = Channel.EMAIL,
) -> Sorted:
    """Who of those invited would be reminded now, and who not."""
    asked = list(invitations)
    people = [each.clinician for each in asked]
    known = known_about(activity, people, besides=besides, channel=channel)
    answer = Sorted()
    for invitation in asked:
        answer.add(invitation.clinician, objection_to_asking_again(invitation, known))
    return answer
