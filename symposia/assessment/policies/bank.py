from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from symposia.assessment.models import BankKind, BankQuestion, BankState
from symposia.assessment.scoring import plain_words
from symposia.assessment.wording import OptionFacts, Wording
from symposia.shared.refusals import Objection

NO_WORDS = Objection("bank_no_words", _("Write the question."))
TOO_LONG = Objection("bank_too_long", _("A question has at most 2,000 characters."))
TOO_FEW = Objection("bank_too_few_answers", _("Give at least two different answers."))
ALIKE = Objection("bank_answers_alike", _("Two answers say the same: %(text)s"))
TOO_MANY = Objection("bank_too_many_answers", _("A question has at most %(most)s answers."))
ANSWER_TOO_LONG = Objection(
    "bank_answer_too_long",
    _("An answer, what belongs to it and its source have at most 500 characters each."),
)
NONE_RIGHT = Objection("bank_none_right", _("Say which answer is right."))
ONE_RIGHT = Objection(
    "bank_one_right", _("Exactly one answer is right. For several, choose another kind.")
)
ALL_RIGHT = Objection(
    "bank_all_right", _("If every answer is right there is nothing to choose. Add a wrong one.")
)
NO_PARTNER = Objection("bank_no_partner", _("Say what belongs to: %(text)s"))
NO_NUMBER = Objection("bank_no_number", _("Say which number is right."))
NO_ACCEPTED = Objection("bank_no_accepted", _("Give at least one form of words that is right."))
WRONG_TOLERANCE = Objection("bank_tolerance", _("A tolerance is not less than nothing."))
OTHER_KIND = Objection(
    "bank_other_kind", _("The kind of a question stays. Add another question for another kind.")
)
IS_RETIRED = Objection("bank_retired", _("This question is retired. Add a new one instead."))
IS_PUBLISHED = Objection("bank_published", _("The latest version is published already."))
BAD_TAG = Objection("bank_tag", _("A tag has at most 40 characters: %(tag)s"))

MOST_ANSWERS, LONGEST, LONGEST_ANSWER = 20, 2_000, 500


def objection_to_wording(wording: Wording) -> Objection | None:
    """Why nobody could answer this question, or nobody could score the answer."""
    if not wording.text.strip():
        return NO_WORDS
    if len(wording.text) > LONGEST:
        return TOO_LONG
    if wording.kind == BankKind.NUMERIC:
        return _of_a_number(wording)
    return _of_options(wording.kind, wording.options)


def _of_a_number(wording: Wording) -> Objection | None:
    if wording.value is None:
        return NO_NUMBER
    return WRONG_TOLERANCE if wording.tolerance is not None and wording.tolerance < 0 else None


def _of_options(kind: BankKind, options: Sequence[OptionFacts]) -> Objection | None:
    if objection := _of_words(kind, options):
        return objection
    if kind == BankKind.MATCH:
        alone = next((each for each in options if not each.partner.strip()), None)
        return NO_PARTNER.about(text=alone.text) if alone else None
    return _of_right_ones(kind, sum(each.is_right for each in options), len(options))


def _of_words(kind: BankKind, options: Sequence[OptionFacts]) -> Objection | None:
    """Each answer says something, no two the same, and all of it can be kept."""
    words = [plain_words(each.text) for each in options if each.text.strip()]
    least = 1 if kind == BankKind.SHORT else 2
    if len(words) < max(least, len(options)):
        return NO_ACCEPTED if kind == BankKind.SHORT else TOO_FEW
    if len(words) > MOST_ANSWERS:
        return TOO_MANY.about(most=MOST_ANSWERS)
    said = [part for each in options for part in (each.text, each.partner, each.reference)]
    if any(len(part) > LONGEST_ANSWER for part in said):
        return ANSWER_TOO_LONG
    double = next((o for place, o in enumerate(options) if words[place] in words[:place]), None)
    return ALIKE.about(text=double.text) if double else None


def _of_right_ones(kind: BankKind, right: int, count: int) -> Objection | None:
    objections = (
        (kind not in {BankKind.SINGLE, BankKind.MULTIPLE}, None),
        (right == 0, NONE_RIGHT),
        (kind == BankKind.SINGLE and right != 1, ONE_RIGHT),
        (right == count, ALL_RIGHT),
    )
    return next((objection for holds, objection in objections if holds), None)


def objection_to_tags(tags: Sequence[str]) -> Objection | None:
    """A tag is a word, no sentence."""
    long = next((each for each in tags if len(each) > 40), None)
    return BAD_TAG.about(tag=long[:60]) if long else None


def objection_to_rewording(question: BankQuestion, wording: Wording) -> Objection | None:
    """Why a question cannot get another version."""
    if question.state == BankState.RETIRED:
        return IS_RETIRED
    return OTHER_KIND if wording.kind != question.kind else None


def objection_to_publishing_question(question: BankQuestion) -> Objection | None:
    """Why the latest version cannot be the one that learners are asked."""
    if question.state == BankState.RETIRED:
        return IS_RETIRED
    return IS_PUBLISHED if question.published == question.latest else None


def objection_to_retiring_question(question: BankQuestion) -> Objection | None:
    """A question is retired once; attempts that asked it keep it."""
    return IS_RETIRED if question.state == BankState.RETIRED else None
