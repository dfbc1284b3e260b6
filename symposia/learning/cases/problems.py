"""What keeps a case from being published, said in words: every step is come to, every way ends,
no option leads nowhere, each says why and where that stands. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from symposia.learning.cases.document import (
    MINUTES,
    POINTS,
    CaseCompare,
    CaseDocument,
    CaseEffect,
    CaseOption,
    CaseStep,
    CaseTurn,
    PatientValue,
    number_in,
)
from symposia.learning.cases.walking import explored, named_in
from symposia.shared.refusals import Objection

NO_STEPS = Objection("case_empty", _("Write the first step."))
CODE_TWICE = Objection("case_code_twice", _("Two parts have the code “%(code)s”."))
VALUE_NAME = Objection("case_value_name", _("Give each value of the patient a name of its own."))
VALUE_START = Objection("case_value_start", _("Say what “%(value)s” is at the start."))
VALUE_USUAL = Objection("case_value_usual", _("What is usual for “%(value)s” is two numbers."))
STEP_TITLE = Objection("case_step_title", _("Give each step a title of its own."))
STEP_TEXT = Objection("case_step_text", _("Write what one sees at “%(step)s”."))
LEADS_NOWHERE = Objection(
    "case_leads_nowhere", _("“%(step)s” leads nowhere: give it options, or let the case end there.")
)
ENDS_AND_GOES_ON = Objection(
    "case_ends_and_goes_on", _("The case ends at “%(step)s”: it has no options and no findings.")
)
OPTION_LABEL = Objection("case_option_label", _("Write what each option at “%(step)s” is."))
OPTION_NOWHERE = Objection(
    "case_option_nowhere", _("“%(option)s” at “%(step)s” leads nowhere. Say which step comes next.")
)
OPTION_REASON = Objection(
    "case_option_reason", _("Say why “%(option)s” at “%(step)s” is good or not.")
)
OPTION_SOURCE = Objection(
    "case_option_source", _("Say where that stands: “%(option)s” at “%(step)s” has no reference.")
)
UNKNOWN_VALUE = Objection(
    "case_unknown_value",
    _("“%(option)s” at “%(step)s” names a value that no patient has here."),
)
NOT_A_NUMBER = Objection(
    "case_not_a_number",
    _("“%(option)s” at “%(step)s”: “%(value)s” is no number: it is set, or is something."),
)
FINDING_WORDS = Objection(
    "case_finding_words", _("Write what each finding at “%(step)s” is called and what it shows.")
)
UNKNOWN_NAME = Objection(
    "case_unknown_name", _("“%(step)s” names {%(name)s}, which the patient does not have.")
)
CIRCLE = Objection(
    "case_circle", _("The way goes in a circle: %(steps)s. Every way comes to an end.")
)
UNREACHED = Objection(
    "case_unreached", _("No way leads to “%(step)s”. Let an option lead there, or remove it.")
)
UNSEEN = Objection(
    "case_unseen",
    _("The patient is never so that a way leads to “%(step)s”. Look at the conditions before it."),
)


@dataclass(frozen=True)
class Problem:
    """Something to mend, and the step where it is; of the whole case without one."""

    why: Objection
    step: str = ""

    def __str__(self) -> str:
        return str(self.why)


def problems_of(document: CaseDocument) -> list[Problem]:
    """Everything that keeps a case from being published, in the order in which it is mended."""
    if not document.steps:
        return [Problem(NO_STEPS)]
    own = [*_of_codes(document), *_of_values(document), *_of_titles(document)]
    for step in document.steps:
        own += [Problem(why, step.code) for why in _of_step(document, step)]
    return [*own, *_of_ways(document)]


def _of_codes(document: CaseDocument) -> Iterator[Problem]:
    """Steps and values each have a code of their own, options and findings within their step."""
    groups: list[tuple[str, list[str]]] = [
        ("", [each.code for each in document.values]),
        ("", [each.code for each in document.steps]),
    ]
    for step in document.steps:
        groups.append((step.code, [each.code for each in step.options]))
        groups.append((step.code, [each.code for each in step.findings]))
    for at, codes in groups:
        for code in codes:
            if not code or codes.count(code) > 1:
                yield Problem(CODE_TWICE.about(code=code), at)
                break


def _of_values(document: CaseDocument) -> Iterator[Problem]:
    names = [each.label.strip().casefold() for each in document.values]
    if any(not name or names.count(name) > 1 for name in names):
        yield Problem(VALUE_NAME)
    for value in document.values:
        if not value.start.strip():
            yield Problem(VALUE_START.about(value=value.label))
        if any(each and number_in(each) is None for each in (value.low, value.high)):
            yield Problem(VALUE_USUAL.about(value=value.label))


def _of_titles(document: CaseDocument) -> Iterator[Problem]:
    titles = [each.title.strip().casefold() for each in document.steps]
    for step, title in zip(document.steps, titles, strict=True):
        if not title or titles.count(title) > 1:
            yield Problem(STEP_TITLE, step.code)


def _of_step(document: CaseDocument, step: CaseStep) -> Iterator[Objection]:
    if not step.text.strip():
        yield STEP_TEXT.about(step=step.title)
    if step.ending and (step.options or step.findings):
        yield ENDS_AND_GOES_ON.about(step=step.title)
    if not step.ending and not step.options:
        yield LEADS_NOWHERE.about(step=step.title)
    if any(not (each.label.strip() and each.shows.strip()) for each in step.findings):
        yield FINDING_WORDS.about(step=step.title)
    yield from _of_names(document, step)
    for option in step.options:
        yield from _of_option(document, step, option)


def _of_names(document: CaseDocument, step: CaseStep) -> Iterator[Objection]:
    known = {each.label.strip().casefold() for each in document.values}
    for text in (step.text, *(each.shows for each in step.findings)):
        for name in named_in(text):
            if name.casefold() not in known:
                yield UNKNOWN_NAME.about(step=step.title, name=name)


def _of_option(document: CaseDocument, step: CaseStep, option: CaseOption) -> Iterator[Objection]:
    at = {"step": step.title, "option": option.label}
    if not option.label.strip():
        yield OPTION_LABEL.about(step=step.title)
        return
    if any(document.step(to) is None for to in (option.to, *(t.to for t in option.turns))):
        yield OPTION_NOWHERE.about(**at)
    if not option.rationale.strip():
        yield OPTION_REASON.about(**at)
    if not option.source.strip():
        yield OPTION_SOURCE.about(**at)
    found = [_of_effect(document, each, at) for each in option.effects]
    found += [_of_turn(document, each, at) for each in option.turns]
    yield from (each for each in found if each)


def _of_effect(document: CaseDocument, effect: CaseEffect, at: dict[str, str]) -> Objection | None:
    value = document.value(effect.value)
    if value is None:
        return UNKNOWN_VALUE.about(**at)
    is_wrong = effect.does[:1] in {"+", "-"} and not _changes(value, effect.does)
    return NOT_A_NUMBER.about(**at, value=value.label) if is_wrong else None


def _of_turn(document: CaseDocument, turn: CaseTurn, at: dict[str, str]) -> Objection | None:
    value = document.value(turn.value)
    if value is None and turn.value not in {MINUTES, POINTS}:
        return UNKNOWN_VALUE.about(**at)
    if turn.compare in {CaseCompare.IS, CaseCompare.IS_NOT}:
        return None
    counts = value is None or _counts(value)
    if counts and number_in(turn.than) is not None:
        return None
    return NOT_A_NUMBER.about(**at, value=value.label if value else turn.than)


def _changes(value: PatientValue, does: str) -> bool:
    return _counts(value) and number_in(does) is not None


def _counts(value: PatientValue) -> bool:
    return number_in(value.start) is not None


def _of_ways(document: CaseDocument) -> Iterator[Problem]:
    """Every way ends, and every step lies on one."""
    if circle := circle_in(document):
        titles = [step.title for step in (document.step(code) for code in circle) if step]
        yield Problem(CIRCLE.about(steps=" → ".join(titles)), circle[0])
        return
    drawn = reached_in(document)
    seen = explored(document).reached
    for step in document.steps:
        if step.code not in drawn:
            yield Problem(UNREACHED.about(step=step.title), step.code)
        elif step.code not in seen:
            yield Problem(UNSEEN.about(step=step.title), step.code)


def ways_from(document: CaseDocument, step: CaseStep) -> list[str]:
    """The steps that the options of a step lead to, whatever the patient is, each once."""
    leads = [to for option in step.options for to in (*(t.to for t in option.turns), option.to)]
    return [to for to in dict.fromkeys(leads) if document.step(to)]


def reached_in(document: CaseDocument) -> set[str]:
    """The steps that some way leads to, whatever the patient is."""
    found: set[str] = set()
    waiting = [document.steps[0].code] if document.steps else []
    while waiting:
        code = waiting.pop()
        if code not in found and (step := document.step(code)):
            found.add(code)
            waiting += ways_from(document, step)
    return found


def circle_in(document: CaseDocument) -> list[str]:
    """The codes of steps that lead round, the first one again at the end; nothing where none do."""
    done: set[str] = set()

    def look(step: CaseStep, way: list[str]) -> list[str]:
        if step.code in way:
            return [*way[way.index(step.code) :], step.code]
        if step.code in done:
            return []
        for code in ways_from(document, step):
            following = document.step(code)
            if following and (found := look(following, [*way, step.code])):
                return found
        done.add(step.code)
        return []

    return next((found for step in document.steps if (found := look(step, []))), [])
