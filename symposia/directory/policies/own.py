"""What stands against a field of one's own, and against what somebody says in one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.directory.models import LISTED, OwnField, OwnKind, OwnOf
from symposia.directory.owning import BETWEEN, LONGEST, Own
from symposia.shared.refusals import Objection

NO_LABEL = Objection("own_field_unnamed", _("Say what the field is called."))
LABEL_TAKEN = Objection("own_field_taken", _("There is a field called “%(label)s” already."))
NO_WORDS = Objection("own_field_without_words", _("Write the words that one chooses from."))
WORDS_OF_NO_LIST = Objection(
    "own_field_no_list", _("Only a field of a list has words that one chooses from.")
)
WORD_TWICE = Objection("own_field_word_twice", _("“%(word)s” stands on the list twice."))
WORD_UNFIT = Objection(
    "own_field_word_unfit", _("“%(word)s” is longer than 60 signs, or has a semicolon in it.")
)
TOO_MANY_WORDS = Objection(
    "own_field_words_too_many", _("All words together are longer than %(most)s signs.")
)
WORD_IN_USE = Objection(
    "own_field_word_in_use", _("“%(word)s” is chosen somewhere, so it stays on the list.")
)
NO_SUCH_RIGHT = Objection("own_field_right", _("There is no such permission."))
OF_PEOPLE_ALONE = Objection(
    "own_field_of_two", _("Only what is said of people is changed by two of the office.")
)
KIND_IN_USE = Objection(
    "own_field_kind_in_use",
    _("This field says something already, so it stays what it is. Retire it, and add another."),
)
TOO_MANY_FIELDS = Objection(
    "own_fields_too_many", _("There are %(most)s fields already. Retire one first.")
)
FIELD_IN_USE = Objection(
    "own_field_in_use", _("This field says something already: it can be retired, not removed.")
)
FIELD_RETIRED = Objection("own_field_retired", _("“%(label)s” is retired: nothing is said in it."))
NO_SUCH_FIELD = Objection(
    "no_such_own_field", _("You see no field of one's own called “%(name)s”.")
)
FIELD_NEEDED = Objection("own_field_needed", _("“%(label)s” is needed of somebody new."))
COLUMN_GONE = Objection(
    "own_column_gone",
    _("A field that a column of this file stands for is gone. Say again what the columns mean."),
)
# So many stand beside each other on a page that one still reads.
MOST_FIELDS = 40
_LONGEST_WORD = 60
# Of several words those chosen are kept beside each other; of one alone the list may be long.
_LONGEST_LIST = 6_000


@dataclass(frozen=True)
class OwnFieldFacts:
    """What a field of one's own is called, what it says, who sees it and where it shows."""

    label: str
    kind: str = OwnKind.TEXT
    help: str = ""
    options: tuple[str, ...] = ()
    permission: str = ""
    place: int = 0
    is_required: bool = False
    by_two: bool = False
    in_list: bool = False
    is_filter: bool = False

    def tidied(self) -> "OwnFieldFacts":
        """The same as it is kept."""
        words = (" ".join(word.split()) for word in self.options)
        return replace(
            self,
            label=" ".join(self.label.split())[:80],
            help=self.help.strip()[:300],
            options=tuple(word for word in words if word),
        )


def facts_of(field: OwnField) -> OwnFieldFacts:
    """What a field is now, as somebody would say it."""
    said = {name: getattr(field, name) for name in OwnFieldFacts.__dataclass_fields__}
    return OwnFieldFacts(**said | {"options": tuple(field.options)})


def objection_to_own_field(
    facts: OwnFieldFacts, of: str, others: Sequence[OwnField]
) -> Objection | None:
    """It has a name of its own, words if it is a list, and a right that exists."""
    if not facts.label:
        return NO_LABEL
    if any(each.label.casefold() == facts.label.casefold() for each in others):
        return LABEL_TAKEN.about(label=facts.label)
    if facts.permission and facts.permission not in set(Permission):
        return NO_SUCH_RIGHT
    if facts.by_two and of != OwnOf.CLINICIAN:
        return OF_PEOPLE_ALONE
    return _objection_to_words(facts)


def _objection_to_words(facts: OwnFieldFacts) -> Objection | None:
    words = facts.options
    if facts.kind not in LISTED:
        return WORDS_OF_NO_LIST if words else None
    if not words:
        return NO_WORDS
    seen: set[str] = set()
    for word in words:
        if len(word) > _LONGEST_WORD or BETWEEN in word:
            return WORD_UNFIT.about(word=word[:_LONGEST_WORD])
        if word.casefold() in seen:
            return WORD_TWICE.about(word=word)
        seen.add(word.casefold())
    most = LONGEST if facts.kind == OwnKind.SEVERAL else _LONGEST_LIST
    is_long = len(f"{BETWEEN} ".join(words)) > most
    return TOO_MANY_WORDS.about(most=most) if is_long else None


def objection_to_another_own_field(standing: Sequence[OwnField]) -> Objection | None:
    """There is room for one more."""
    is_full = len(standing) >= MOST_FIELDS
    return TOO_MANY_FIELDS.about(most=MOST_FIELDS) if is_full else None


def objection_to_changing_own_field(
    field: OwnField, facts: OwnFieldFacts, *, says: bool, used: Collection[str]
) -> Objection | None:
    """What was said in it goes on being right: the same kind, and every word that is chosen."""
    if says and facts.kind != field.kind:
        return KIND_IN_USE
    gone = sorted(set(used) - set(facts.options))
    return WORD_IN_USE.about(word=gone[0]) if gone else None


def objection_to_removing_own_field(*, is_used: bool) -> Objection | None:
    """Only what never said anything is removed."""
    return FIELD_IN_USE if is_used else None


def objection_to_saying(fields: Collection[OwnField]) -> Objection | None:
    """Nothing more is said in a field that is retired."""
    retired = [each for each in fields if not each.is_standing]
    return FIELD_RETIRED.about(label=retired[0].label) if retired else None


def objection_to_missing(own: Own) -> Objection | None:
    """Of somebody new, what the organisation wants to know is said."""
    missing = [each for each, said in own.items() if each.is_required and said is None]
    return FIELD_NEEDED.about(label=missing[0].label) if missing else None


def objection_to_own_columns(
    wanted: Collection[str], standing: Collection[str]
) -> Objection | None:
    """What the columns of a file mean is still there."""
    return COLUMN_GONE if set(wanted) - set(standing) else None
