"""What the app says. The page brings all of it along, for the phone may be alone when it speaks."""

from django.utils.translation import gettext as _

from symposia.activities.models import State as ActivityState
from symposia.attendance.policies import DOOR_NOT_YET, objection_to_ticket
from symposia.registrations.models import State


def app_words() -> dict[str, str]:
    """Each sentence under the name by which the app calls it."""
    return _verdicts() | _reasons() | _states() | _problems()


def _verdicts() -> dict[str, str]:
    return {
        "in": _("Checked in"),
        "out": _("Checked out"),
        "again": _("Already in"),
        "not_inside": _("Not checked in"),
        "moved": _("Another session"),
        "desk": _("See desk"),
        "not_yet": _("Not open yet"),
        "undone": _("Taken back"),
        "since": _("Since {clock}"),
        "since_door": _("Since {clock}, {door}"),
        "by": _("Scanned by {who}"),
        "this_door": _("this door"),
        "next_again": _("Same ticket in a second hand? Ask for a name. Both readings are kept."),
        "next_desk": _("The desk can help; nobody has done anything wrong."),
        "next_not_yet": _("The phone works. Read the ticket again once the door is open."),
        "next_moved": _("Show the way there. If the person wants in here, the desk can help."),
    }


def _reasons() -> dict[str, str]:
    """Why somebody sees the desk; of a place the words of the rule, whatever has become of it."""
    objections = {
        each.value: objection_to_ticket(each, ActivityState.RUNNING, is_here=True) for each in State
    }
    return {
        **{state: str(said.message) for state, said in objections.items() if said},
        "unknown": _("This is not a ticket on our list. It may be new: the desk can look."),
        "ours": _("A ticket of ours, but not on this list: another event, or newer than the list."),
        "door_not_yet": str(DOOR_NOT_YET),
        "opens_on": _("It opens on {day} at {clock}."),
        "no_seat": _("Has no seat in this session"),
        "seat_in": _("Has a seat in {session}"),
        "seat_room": _("Has a seat in {session}, {room}"),
    }


def _states() -> dict[str, str]:
    return {
        "synced": _("All synced"),
        "to_sync": _("{n} to sync"),
        "offline": _("Offline, {n} to sync: all safe here"),
        "silent": _("Not syncing for {n} min. Keep scanning, the data is safe here."),
        "refused": _("{n} not taken by the office"),
        "counts": _("{inside} in of {expected}"),
        "counts_of": _("who is in now, of all who have a place"),
        "people": _("{n} people, ready {clock}: {expected} have a place, the others asked for one"),
        "trial": _("Trial: what is read now counts for nobody. {opening}"),
        "paired": _("{door}, {holder}"),
        "clock_ok": _("Clock within {n} s"),
        "clock_off": _("The clock of this phone is off by {n} min; times are corrected"),
        "camera_ok": _("Camera ready"),
        "camera_no": _("No camera. Type the code or search by name."),
        "camera_denied": _("The camera is not allowed. Allow it in the browser, or type the code."),
        "stored": _("This browser keeps the data until you end the work"),
        "not_stored": _("This browser may clear its data when it is not used for days"),
        "installed": _("On the home screen"),
        "not_installed": _("Not on the home screen: some phones clear what is not used for a week"),
        "battery": _("Battery {n} %"),
        "test_ok": _("Works without a network: page, list and storage are on this phone"),
        "test_no": _("Not ready without a network yet: {what}"),
        "test_worker": _("the page is not kept yet, open it once more"),
        "test_pack": _("the list is not on the phone"),
        "nobody": _("Nobody of this name is on the list."),
        "expected": _("expected"),
        "inside": _("in"),
        "in_since": _("In since {clock}"),
        "taken_back": _("Taken back"),
    }


def _problems() -> dict[str, str]:
    return {
        "pairing": _("Pairing"),
        "no_network": _("No network. Pairing is the one thing that needs it."),
        "evicted": _(
            "This browser cleared what the app had kept. Scans waiting then, as far as it knows:"
            " {n}. Tell the office, and pair the phone again."
        ),
        "unsaved": _("Not kept: this phone could not store the scan. Write the name down."),
        "full": _("This phone has no room left. Free some, then scan again."),
        "wiped": _("Everything was wiped from this phone."),
        "wiped_unsent": _(
            "Everything was wiped from this phone. Scans that had not been sent: {n}."
        ),
        "unsent": _("Scans not sent yet: {n}. Go online first, or end the work without them."),
        "name_needed": _("At least the name is needed."),
        "no_support": _("This browser cannot work without a network. Use a newer one."),
    }
