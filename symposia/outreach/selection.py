"""Who of those somebody chose is invited, and who is skipped for which reason."""

from collections.abc import Iterable
from dataclasses import dataclass

from symposia.activities.models import Activity
from symposia.directory.models import Clinician
from symposia.outreach.policies import SAME_ADDRESS, objection_to_inviting_clinician
from symposia.outreach.queries import known_about
from symposia.shared.refusals import Objection


@dataclass(frozen=True)
class Skipped:
    """A clinician who gets no invitation, and why."""

    clinician: Clinician
    objection: Objection


@dataclass(frozen=True)
class Sorted:
    """Chosen clinicians, parted into those who get an invitation and those who do not."""

    invited: list[Clinician]
    skipped: list[Skipped]


def sort_out(activity: Activity, clinicians: Iterable[Clinician]) -> Sorted:
    """Who of the chosen would be invited now; what the review page shows and the action does."""
    chosen = list(clinicians)
    known, taken = known_about(activity, chosen), set[str]()
    answer = Sorted([], [])
    for clinician in chosen:
        objection = objection_to_inviting_clinician(clinician, known)
        if objection is None and clinician.email.lower() in taken:
            objection = SAME_ADDRESS
        if objection:
            answer.skipped.append(Skipped(clinician, objection))
        else:
            taken.add(clinician.email.lower())
            answer.invited.append(clinician)
    return answer
