"""On what each purpose rests until an organisation says otherwise, and the words people read.

To verify with counsel of each country: which of these needs a consent that was given, and whether
legitimate interest carries it (ePrivacy directive 2002/58/EC article 13; GDPR articles 6 and 7).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from symposia.directory.models import Purpose


@dataclass(frozen=True)
class Basis:
    """What holds for a purpose: may people be asked who said nothing, why, in which words."""

    purpose: str
    asks_without: bool
    legal_basis: str | Promise
    wording: str | Promise


_ASKED_FIRST = _("Consent of the person, given before the first message.")
USUAL = {
    basis.purpose: basis
    for basis in (
        Basis(
            Purpose.INVITATIONS,
            asks_without=True,
            legal_basis=_(
                "Legitimate interest in telling professionals of education in their own field;"
                " whoever objects is asked no more."
            ),
            wording=_("You may invite me to activities of continuing education in my field."),
        ),
        Basis(
            Purpose.NEWS,
            asks_without=False,
            legal_basis=_ASKED_FIRST,
            wording=_("You may send me news about education: courses, guidelines, results."),
        ),
        Basis(
            Purpose.PROMOTION,
            asks_without=False,
            legal_basis=_ASKED_FIRST,
            wording=_("You may send me information about your products."),
        ),
        Basis(
            Purpose.SHARING,
            asks_without=False,
            legal_basis=_(
                "Consent of the person, where no law orders the publication; otherwise the amount"
                " is published without a name."
            ),
            wording=_(
                "You may publish, with my name, what I received from you: fees, travel and"
                " accommodation, registration fees."
            ),
        ),
        Basis(
            Purpose.REPORTING,
            asks_without=False,
            legal_basis=_(
                "Consent of the person; without it a record of learning is held back, and the"
                " credit itself stays theirs."
            ),
            wording=_(
                "You may report the credit that I earn with you to the boards that ask for it,"
                " with my name, my licence and my date of birth."
            ),
        ),
    )
}
