import uuid

from django.utils.timezone import localdate

from symposia.accounts.queries import all_organisations
from symposia.outreach.actions import TELL_CHANGE
from symposia.outreach.actions import tell_change as tell_next
from symposia.outreach.actions.allotments import give_back_left_over
from symposia.outreach.actions.campaigns import SEND_WAVE
from symposia.outreach.actions.waves import finish_wave, send_next
from symposia.shared.jobs import task, tick
from symposia.shared.tenancy import acting_in


@task(SEND_WAVE, whole=False)
def send_wave(organisation_id: uuid.UUID, wave_id: str) -> None:
    """Write to everybody of a wave whose turn it is, a few in a transaction; done again, it goes
    on where it ended."""
    done = -1
    while done:
        with acting_in(organisation_id):
            done = send_next(uuid.UUID(wave_id))
    with acting_in(organisation_id):
        finish_wave(uuid.UUID(wave_id))


@task(TELL_CHANGE, whole=False)
def tell_change(organisation_id: uuid.UUID, change_id: str) -> None:
    """Tell everybody invited of a change, fifty in a transaction."""
    told = -1
    while told:
        with acting_in(organisation_id):
            told = tell_next(uuid.UUID(change_id))


@tick("outreach.allotments", seconds=3600)
def give_back_allotments() -> None:
    """Invitations that a representative has not used by the last day are free again."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            give_back_left_over(localdate())
