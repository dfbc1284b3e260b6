"""The usual reasons why somebody of a directory is not asked, and what each of them does."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from symposia.directory.models import Effect


@dataclass(frozen=True)
class Kind:
    """A reason: its code, what it is called, what it does."""

    code: str
    name: str | Promise
    effect: str

    @property
    def effect_label(self) -> str:
        return str(Effect(self.effect).label)


USUAL_KINDS = (
    Kind("no_invitations", _("Does not want to be invited"), Effect.NOBODY_ASKS),
    Kind("deceased", _("Deceased"), Effect.NOBODY_ASKS),
    Kind("retired", _("Retired"), Effect.NOBODY_ASKS),
    Kind("sanctioned", _("Sanctioned or excluded"), Effect.NOBODY_ASKS),
    Kind("licence_lapsed", _("Licence lapsed"), Effect.NOBODY_ASKS),
    Kind("employer_forbids", _("Employer forbids it"), Effect.NOBODY_ASKS),
    Kind("government", _("Government employee: needs the employer's letter"), Effect.PAPER_FIRST),
    Kind("employer_letter", _("Employer wants to be asked first"), Effect.PAPER_FIRST),
)
