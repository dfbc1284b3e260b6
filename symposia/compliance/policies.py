import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from symposia.compliance.drafts import Checked
from symposia.compliance.models import (
    Evaluation,
    Finding,
    Override,
    OwnPack,
    RestrictionKind,
    Result,
)
from symposia.compliance.packfile import Ask, Parameter, Rule
from symposia.compliance.refused_texts import CANNOT_BE_TRIED, UNREADABLE
from symposia.directory.models import Clinician
from symposia.shared.changing import objection_to_overwriting
from symposia.shared.refusals import Objection

# An exception is looked at again at least once a year.
LONGEST_EXCEPTION = timedelta(days=366)

NOT_EVALUATED = Objection("not_evaluated", _("The rules have not looked at this yet."))
BLOCKED = Objection("rule_blocks", _("Rule %(rule)s blocks this: %(message)s"))
NOT_YOURS_TO_SET = Objection(
    "not_yours_to_set", _("This value is set by the body that made the rule.")
)
NOT_AN_AMOUNT = Objection("not_an_amount", _("Write the value as a number, such as 2500."))
NOT_A_MONTH = Objection("not_a_month", _("Write the month as a number from 1 to 12."))
_MONTHS = frozenset(str(month) for month in range(1, 13))
NOT_ASKED = Objection("not_asked", _("No rule that looks at this asks for that."))
NOT_AN_ANSWER = Objection("not_an_answer", _("“%(question)s” is not answered by that."))
NOTHING_TO_EXCEPT = Objection(
    "nothing_to_except", _("This rule does not block here, so there is nothing to except.")
)
FINAL = Objection("rule_is_final", _("Rule %(rule)s is a prohibition; nobody may except from it."))
EXCEPTED_ALREADY = Objection(
    "excepted_already", _("There is an exception already, until %(until)s.")
)
EXPIRY_WRONG = Objection("expiry_wrong", _("Choose a day from today on, at most a year away."))
ENDED_ALREADY = Objection("ended_already", _("This was ended before."))
SAY_WHY = Objection("say_why", _("Say why; it stays in the record."))
WHO_OR_WHAT = Objection("who_or_what", _("Choose a person, or write the product or topic."))
ENDS_BEFORE = Objection("ends_before", _("It must end on or after the day it begins."))
NOT_A_DRAFT = Objection("not_a_draft", _("This version is “%(state)s”; only a draft is changed."))
VERSION_CHANGED = Objection(
    "version_changed",
    _("Somebody changed this version while you were reading. Look at it as it is now."),
)
UNFIT = Objection("pack_unfit", _("This version cannot be proposed yet: %(problem)s"))
NOT_PROPOSED = Objection("not_proposed", _("This version waits for nobody."))
SAME_PERSON = Objection(
    "same_person", _("You proposed this version. A second person reads and publishes it.")
)
NEEDS_PERSON = Objection("needs_person", _("Two persons publish a version, by their own hand."))
BEGINS_IN_PAST = Objection(
    "begins_in_past", _("It begins before today. What was decided under the old version stays.")
)
VERSION_TAKEN = Objection(
    "version_taken", _("There is a version %(version)s of this pack already.")
)
NO_VERSION = Objection("no_version", _("Give the version a number."))


class Period(Protocol):
    """From a day, perhaps until another, for a reason."""

    @property
    def reason(self) -> str: ...
    @property
    def from_on(self) -> date: ...
    @property
    def until_on(self) -> date | None: ...


def objection_to_findings(
    evaluation: Evaluation | None, findings: Sequence[Finding]
) -> Objection | None:
    """A subject goes on only after the rules looked at it and none of them blocks."""
    if evaluation is None:
        return NOT_EVALUATED
    for finding in findings:
        if finding.holds_back:
            return BLOCKED.about(rule=finding.rule, message=finding.message)
    return None


def objection_to_own_value(parameter: Parameter | None, value: str) -> Objection | None:
    """An organisation sets what a rule leaves to it, as an amount; nothing means none."""
    if parameter is None or parameter.owner != "organisation":
        return NOT_YOURS_TO_SET
    if value and parameter.unit == "month":
        return None if value in _MONTHS else NOT_A_MONTH
    return None if value == "" or is_amount(value) else NOT_AN_AMOUNT


def is_amount(value: str) -> bool:
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return False
    return amount.is_finite() and amount >= 0


def objection_to_statement(ask: Ask | None, answer: Any) -> Objection | None:
    """A person answers what a rule asks, in the way it asks; nothing takes an answer back."""
    if ask is None:
        return NOT_ASKED
    fits = {
        "yes_no": lambda: isinstance(answer, bool),
        "number": lambda: isinstance(answer, int) and not isinstance(answer, bool) and answer >= 0,
        "amount": lambda: isinstance(answer, str) and is_amount(answer),
        "choice": lambda: answer in ask.options,
    }
    if answer is None or fits[ask.kind]():
        return None
    return NOT_AN_ANSWER.about(question=ask.question)


def objection_to_overriding(
    finding: Finding, rule: Rule, standing: Override | None, *, today: date
) -> Objection | None:
    """An exception is from a block that is no prohibition, and one at a time."""
    if finding.result != Result.BLOCK:
        return NOTHING_TO_EXCEPT
    if rule.final:
        return FINAL.about(rule=rule.code)
    if standing and standing.is_in_force(today):
        return EXCEPTED_ALREADY.about(until=standing.expires_on)
    return None


def objection_to_expiry(expires_on: date, *, today: date) -> Objection | None:
    """An exception is not for ever: somebody looks at it again."""
    return None if today <= expires_on <= today + LONGEST_EXCEPTION else EXPIRY_WRONG


def objection_to_ending(ended_at: datetime | None, reason: str) -> Objection | None:
    """What stands ends once, for a reason."""
    if ended_at:
        return ENDED_ALREADY
    return None if reason.strip() else SAY_WHY


def objection_to_restriction(
    kind: str, person: Clinician | None, words: str, period: Period
) -> Objection | None:
    """A restriction names somebody of the directory, or a product; and says why."""
    if not (person if kind == RestrictionKind.PERSON else words.strip()):
        return WHO_OR_WHAT
    if period.until_on and period.until_on < period.from_on:
        return ENDS_BEFORE
    return None if period.reason.strip() else SAY_WHY


def objection_to_editing(own: OwnPack, *, seen_revision: int) -> Objection | None:
    """Only a draft is changed, and only by somebody who has seen its latest text."""
    if not own.is_draft:
        return NOT_A_DRAFT.about(state=own.get_state_display())
    return objection_to_overwriting(seen_version=seen_revision, version=own.revision)


def objection_to_proposing(
    own: OwnPack, problems: Sequence[str], *, today: date, seen_sha256: str
) -> Objection | None:
    """A draft is proposed when it is sound, its own cases hold and it begins in the future."""
    if not own.is_draft:
        return NOT_A_DRAFT.about(state=own.get_state_display())
    if own.sha256 != seen_sha256:
        return VERSION_CHANGED
    if problems:
        return UNFIT.about(problem=problems[0])
    return BEGINS_IN_PAST if own.effective_from < today else None


def objection_to_publishing(
    own: OwnPack, *, person_id: uuid.UUID | None, today: date, seen_sha256: str
) -> Objection | None:
    """A second person publishes exactly the text they read."""
    if not own.is_proposed:
        return NOT_PROPOSED
    if own.sha256 != seen_sha256:
        return VERSION_CHANGED
    if person_id is None:
        return NEEDS_PERSON
    if own.proposed_by_id == person_id:
        return SAME_PERSON
    return BEGINS_IN_PAST if own.effective_from < today else None


def objection_to_beginning(version: str, reason: str, *, there: bool) -> Objection | None:
    """A version has a number of its own and a reason."""
    if not version.strip():
        return NO_VERSION
    if there:
        return VERSION_TAKEN.about(version=version)
    return None if reason.strip() else SAY_WHY


def objection_to_text(checked: Checked) -> Objection | None:
    """A draft may be unfinished, but it can be read."""
    if checked.pack is None:
        return UNREADABLE.about(problem=checked.problems[0])
    return CANNOT_BE_TRIED if checked.gave_up else None


def objection_to_returning(own: OwnPack, reason: str) -> Objection | None:
    """A proposed version is given back with a reason."""
    if not own.is_proposed:
        return NOT_PROPOSED
    return None if reason.strip() else SAY_WHY


def objection_to_withdrawing(own: OwnPack) -> Objection | None:
    """Only what is not published is given up."""
    if own.is_draft or own.is_proposed:
        return None
    return NOT_A_DRAFT.about(state=own.get_state_display())


def worst(findings: Sequence[Finding]) -> Result:
    """What many rules say together; a block with an exception warns."""
    if any(finding.holds_back for finding in findings):
        return Result.BLOCK
    is_quiet = all(finding.result == Result.PASS for finding in findings)
    return Result.PASS if is_quiet else Result.WARN
