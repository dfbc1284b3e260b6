"""What an activity owes: whether a milestone or a document may be added, done, handed in."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, DocumentSlot, Milestone, State
from symposia.activities.policies import NOT_NOW
from symposia.shared.refusals import Objection
from symposia.work import kinds
from symposia.work.kinds import JPEG, PDF, PNG

REMIND_BEFORE = 3
REMIND_AGAIN = 7
LARGEST = 25 * 1024 * 1024
# What a file may be, and how it then begins.
OFFICE = b"PK\x03\x04"
BEGINS: dict[str, tuple[str, bytes]] = {
    ".pdf": (PDF, kinds.BEGINS[PDF]),
    ".png": (PNG, kinds.BEGINS[PNG]),
    ".jpg": (JPEG, kinds.BEGINS[JPEG]),
    ".jpeg": (JPEG, kinds.BEGINS[JPEG]),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", OFFICE),
    ".pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", OFFICE),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", OFFICE),
}

NAME_MISSING = Objection("name_missing", _("Say what it is."))
THERE_ALREADY = Objection("there_already", _("“%(title)s” is on the list already."))
DONE_ALREADY = Objection("done_already", _("%(who)s ticked this off already."))
NOT_DONE = Objection("not_done", _("This is not ticked off."))
NO_SUCH_KIND = Objection(
    "no_such_kind", _("Hand in a PDF, an image (PNG, JPEG) or a Word, PowerPoint or Excel file.")
)
NOT_WHAT_IT_SAYS = Objection(
    "not_what_it_says", _("The content of this file is not what its name says. Nothing was kept.")
)
TOO_LARGE = Objection("too_large", _("A document has at most %(megabytes)s megabytes."))
EMPTY = Objection("empty_file", _("This file is empty."))


def objection_to_duty(activity: Activity, title: str, there: Collection[str]) -> Objection | None:
    """One more thing that an activity owes, while it is not over and done with."""
    if activity.has_ended:
        return NOT_NOW.about(state=activity.get_state_display())
    if not title.strip():
        return NAME_MISSING
    return THERE_ALREADY.about(title=title.strip()) if title.strip() in there else None


def objection_to_milestone(milestone: Milestone, *, done: bool) -> Objection | None:
    """A thing is ticked off once, and a tick that is there can be taken back."""
    if milestone.is_done and done:
        return DONE_ALREADY.about(who=milestone.done_by_name)
    return None if milestone.is_done or done else NOT_DONE


def objection_to_document(slot: DocumentSlot) -> Objection | None:
    """The documents of a closed activity stay as they are."""
    if slot.activity.state == State.CLOSED:
        return NOT_NOW.about(state=slot.activity.get_state_display())
    return None


def type_of_file(name: str) -> tuple[str, bytes] | None:
    """The type that a name promises, with how such a file begins."""
    return next((BEGINS[end] for end in BEGINS if name.lower().endswith(end)), None)


def objection_to_handing_in(content: bytes, name: str) -> Objection | None:
    """A file is small enough, of a kind that is looked at, and what its name says."""
    promised = type_of_file(name)
    objections = (
        (not content, EMPTY),
        (len(content) > LARGEST, TOO_LARGE.about(megabytes=LARGEST // 1024**2)),
        (promised is None, NO_SUCH_KIND),
        (promised is not None and not content.startswith(promised[1]), NOT_WHAT_IT_SAYS),
    )
    return next((objection for holds, objection in objections if holds), None)
