import uuid

from django.utils.timezone import now

from symposia.accounts.queries import all_organisations, local_day
from symposia.outreach.actions import TELL_CHANGE
from symposia.outreach.actions import tell_change as tell_next
from symposia.outreach.actions.allotments import give_back_left_over
from symposia.outreach.actions.campaigns import SEND_WAVE
from symposia.outreach.actions.paper import keep_letters
from symposia.outreach.actions.reminders import remind_next
from symposia.outreach.actions.waves import PRINT_WAVE, finish_wave, send_next
from symposia.outreach.models import Reminder
from symposia.outreach.paper import letters_of_wave, print_letters
from symposia.outreach.reminding import has_due
from symposia.shared.jobs import task, tick
from symposia.shared.tenancy import acting_in

SEND_REMINDERS = "outreach.send_reminders"


@task(SEND_WAVE, whole=False, awaited=True)
def send_wave(organisation_id: uuid.UUID, wave_id: str) -> None:
    """Write to everybody of a wave whose turn it is, a few in a transaction; done again, it goes
    on where it ended."""
    done = -1
    while done:
        with acting_in(organisation_id):
            done = send_next(uuid.UUID(wave_id))
    with acting_in(organisation_id):
        finish_wave(uuid.UUID(wave_id))


@task(PRINT_WAVE, whole=False)
def print_wave(organisation_id: uuid.UUID, wave_id: str) -> None:
    """Set the letters of a wave that goes by post, one file for all of them."""
    with acting_in(organisation_id):
        papers, at = letters_of_wave(uuid.UUID(wave_id))
    pdf = print_letters(papers, at)
    with acting_in(organisation_id):
        keep_letters(uuid.UUID(wave_id), pdf, count=len(papers))


@task(TELL_CHANGE, whole=False)
def tell_change(organisation_id: uuid.UUID, change_id: str) -> None:
    """Tell everybody invited of a change, fifty in a transaction."""
    told = -1
    while told:
        with acting_in(organisation_id):
            told = tell_next(uuid.UUID(change_id))


@task(SEND_REMINDERS, whole=False)
def send_reminders(organisation_id: uuid.UUID) -> None:
    """Write to everybody whose hour has come, a few in a transaction; done again, it goes on."""
    with acting_in(organisation_id):
        reminders = list(Reminder.objects.switched_on().in_order().values_list("pk", flat=True))
    for reminder_id in reminders:
        done = -1
        while done:
            with acting_in(organisation_id):
                done = remind_next(reminder_id)


@tick("outreach.reminders", seconds=300)
def look_for_due_reminders() -> None:
    """Ask for the work of each organisation where somebody is to be written to."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            if has_due(now()):
                send_reminders.defer()


@tick("outreach.allotments", seconds=3600)
def give_back_allotments() -> None:
    """Invitations that a representative has not used by the last day are free again."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            give_back_left_over(local_day(now()))
