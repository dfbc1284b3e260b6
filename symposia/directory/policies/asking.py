from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from symposia.directory.consent_words import Basis
from symposia.directory.models import (
    WITHOUT_CHANNEL,
    Channel,
    ConsentSource,
    ConsentStatement,
    PersonRestriction,
    Purpose,
)
from symposia.directory.restriction_words import Kind
from symposia.shared.refusals import Objection
from symposia.shared.times import day_at

NEEDS_CHANNEL = Objection("needs_channel", _("Say by which channel."))
HAS_NO_CHANNEL = Objection("has_no_channel", _("This purpose reaches nobody; leave the channel."))
SAID_LATER = Objection("said_later", _("Nobody can have said this in the future."))
NO_PROOF = Objection(
    "no_proof", _("Say who heard it or where the paper lies, or hand in the paper.")
)
CONSENT_WITHDRAWN = Objection("consent_withdrawn", _("said no to %(purpose)s on %(on)s"))
NO_CONSENT = Objection("no_consent", _("has not agreed to %(purpose)s by %(channel)s"))
NEVER_AGREED = Objection("never_agreed", _("has not agreed to %(purpose)s"))
NOTHING_TO_WITHDRAW = Objection("nothing_to_withdraw", _("Everything was already withdrawn."))
NOTHING_TO_TAKE = Objection("nothing_to_take", _("No line of this can be taken as it is."))
MERGED = Objection("merged_away", _("is the same person as somebody else in the directory"))
RESTRICTED = Objection("restricted", _("is not asked since %(on)s: %(kind)s"))
NO_LETTER = Objection("no_letter", _("needs a letter first: %(kind)s"))
NO_SUCH_KIND = Objection("no_such_restriction", _("This reason is not known here."))
NO_SOURCE = Objection("no_source", _("Say who says so: a register, the employer, the person."))
ENDS_BEFORE = Objection("restriction_ends_before", _("It ends before it begins."))
HAS_ENDED = Objection("has_ended", _("This restriction has already ended."))
WHY_ENDED = Objection("why_lifted", _("Write why it no longer holds; it stays in the journal."))
ALREADY_RESTRICTED = Objection("already_restricted", _("The same already stands since %(on)s."))
NEEDS_NO_LETTER = Objection("needs_no_letter", _("No letter lifts this restriction."))
LETTER_UNNAMED = Objection("letter_unnamed", _("Say which letter it is: from whom, of which day."))
KIND_TAKEN = Objection("kind_taken", _("There is a reason of this name already."))
NO_PAPER = Objection("no_such_paper", _("The paper is a PDF, PNG or JPEG of at most 5 MB."))
NO_ADDRESS_FOR_PAGE = Objection(
    "no_address_for_page", _("There is no e-mail address to send it to.")
)
NO_BASIS = Objection("no_basis", _("Write on what this rests, and the words people are shown."))


def objection_to_statement(
    purpose: str, channel: str, *, said_at: datetime, at: datetime
) -> Objection | None:
    """A consent speaks of a purpose and its channel, and was said before it is written down."""
    if (purpose in WITHOUT_CHANNEL) == bool(channel):
        return HAS_NO_CHANNEL if channel else NEEDS_CHANNEL
    return SAID_LATER if said_at > at else None


def objection_to_proof(source: str, proof: str, has_file: bool) -> Objection | None:
    """What was said outside the product needs something to show for it."""
    told = {ConsentSource.FORM, ConsentSource.PAPER, ConsentSource.VOICE}
    return NO_PROOF if source in told and not proof and not has_file else None


def objection_to_asking(
    said: ConsentStatement | None, basis: Basis, *, channel: str, zone: str
) -> Objection | None:
    """Why somebody is not asked: they said no, or never said yes where that is needed.
    Days are told by the clock of a zone, the organisation's."""
    about = {"purpose": str(Purpose(basis.purpose).label).lower()}
    if said and not said.given:
        on = date_format(day_at(said.said_at, zone), "j M Y")
        return CONSENT_WITHDRAWN.about(on=on, **about)
    if said or basis.asks_without:
        return None
    if not channel:
        return NEVER_AGREED.about(**about)
    return NO_CONSENT.about(channel=str(Channel(channel).label).lower(), **about)


def objection_to_basis(basis: Basis) -> Objection | None:
    """A purpose rests on a reason that can be read, and is asked for in words."""
    said = str(basis.legal_basis).strip() and str(basis.wording).strip()
    return None if said else NO_BASIS


def objection_to_restricted(row: PersonRestriction | None) -> Objection | None:
    """Why the directory keeps somebody from being asked."""
    if row is None:
        return None
    if row.needs_paper:
        return NO_LETTER.about(kind=row.kind_name)
    return RESTRICTED.about(kind=row.kind_name, on=date_format(row.from_on, "j M Y"))


def objection_to_restricting(
    kind: Kind | None, source: str, stands: PersonRestriction | None, span: tuple[date, date | None]
) -> Objection | None:
    """A restriction has a reason that is known here, somebody who says so, and an end after it."""
    if kind is None:
        return NO_SUCH_KIND
    if stands:
        return ALREADY_RESTRICTED.about(on=date_format(stands.from_on, "j M Y"))
    if not source.strip():
        return NO_SOURCE
    begins, ends = span
    return ENDS_BEFORE if ends and ends < begins else None


def objection_to_letter(row: PersonRestriction, letter: str) -> Objection | None:
    """A letter allows what needs one, and can be found again."""
    if row.has_ended:
        return HAS_ENDED
    if not row.needs_paper:
        return NEEDS_NO_LETTER
    return None if letter.strip() else LETTER_UNNAMED


def objection_to_lifting(row: PersonRestriction, reason: str) -> Objection | None:
    """A restriction ends once, for a reason."""
    if row.has_ended:
        return HAS_ENDED
    return None if reason.strip() else WHY_ENDED
