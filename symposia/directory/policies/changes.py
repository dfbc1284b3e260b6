import uuid
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from symposia.directory.changing import ChangeFacts
from symposia.directory.models import SEVERAL, ChangeRequest, Profession, Proposable, Scheme
from symposia.shared.refusals import Objection

ALREADY_PROPOSED = Objection(
    "already_proposed", _("%(name)s already asked to change this; it waits for a decision.")
)
SAYS_SO_ALREADY = Objection("says_so_already", _("The directory says so already."))
NOT_A_VALUE = Objection("not_a_value", _("This cannot stand in this field."))
NO_EVIDENCE = Objection(
    "change_without_evidence",
    _("Say what shows that this is right: a second person will look at it."),
)
CHANGE_DECIDED = Objection("change_was_decided", _("This was decided already, or taken back."))
OWN_CHANGE = Objection(
    "own_change", _("Somebody else decides this: you asked for it, or it is about you.")
)
REFUSED_WITHOUT_REASON = Objection(
    "refused_without_reason", _("Write why not; whoever asked is told.")
)
SAYS_OTHERWISE = Objection(
    "says_otherwise",
    _("The directory says something else meanwhile: %(said)s. Refuse this, with that as a reason."),
)
NOT_MY_CHANGE = Objection("not_my_change", _("Only whoever asked for it takes it back."))
NO_SUCH_NUMBER = Objection("no_such_number", _("This person has no such number (any more)."))


def objection_to_proposing(
    facts: ChangeFacts, said: str, waiting: ChangeRequest | None, *, guarded: Collection[str]
) -> Objection | None:
    """A change changes something that can be kept, once, and what is guarded is shown to be so."""
    if waiting:
        return ALREADY_PROPOSED.about(name=waiting.proposed_by_name)
    if said == facts.now and (facts.own or facts.field not in SEVERAL):
        return SAYS_SO_ALREADY
    if objection := objection_to_value(facts):
        return objection
    has_evidence = facts.evidence.strip() or facts.evidence_file
    return None if facts.field not in guarded or has_evidence else NO_EVIDENCE


def objection_to_value(facts: ChangeFacts) -> Objection | None:
    """What a field can say at all."""
    is_right = {
        Proposable.FULL_NAME: bool(facts.now),
        Proposable.EMAIL: not facts.now or _is_address(facts.now),
        Proposable.COUNTRY: not facts.now or (len(facts.now) == 2 and facts.now.isalpha()),
        Proposable.PROFESSION: facts.now in Profession.values,
        Proposable.NUMBER: bool(facts.now or facts.was) and facts.scheme in Scheme.values,
        Proposable.AFFILIATION: bool(facts.place),
        Proposable.OWN: facts.own is not None,
    }
    return None if is_right.get(Proposable(facts.field), True) else NOT_A_VALUE


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def objection_to_guarding(fields: Collection[str]) -> Objection | None:
    """Only what can be asked for is guarded; fields of one's own say so themselves."""
    guardable = set(Proposable.values) - {Proposable.OWN}
    return None if set(fields) <= guardable else NOT_A_VALUE


def objection_to_deciding_change(
    request: ChangeRequest, *, accepted: bool, reason: str, by_id: uuid.UUID | None, said: str
) -> Objection | None:
    """A second person decides, on what the directory says now, and a no has its reason."""
    if not request.is_waiting:
        return CHANGE_DECIDED
    if by_id is not None and by_id in {request.proposed_by_id, request.clinician.user_id}:
        return OWN_CHANGE
    if not accepted:
        return None if reason.strip() else REFUSED_WITHOUT_REASON
    return SAYS_OTHERWISE.about(said=said or "—") if said != request.was else None


def objection_to_taking_back(request: ChangeRequest, by_id: uuid.UUID | None) -> Objection | None:
    """Whoever proposed a change takes it back while it waits."""
    if not request.is_waiting:
        return CHANGE_DECIDED
    return None if by_id == request.proposed_by_id else NOT_MY_CHANGE
