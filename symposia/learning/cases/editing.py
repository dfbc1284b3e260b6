"""Changing a document: another one in which a step, the values or the order are different. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count

from symposia.learning.cases.document import (
    MINUTES,
    POINTS,
    CaseDocument,
    CaseOption,
    CaseStep,
    PatientValue,
)
from symposia.learning.ordering import placed


def new_code(letter: str, known: Iterable[str]) -> str:
    """A code that none of the others has: `s4` after `s3`. Codes that a file brought and that are
    not of our kind are not counted on: they can be as long as a code may be."""
    taken = set(known)
    found = (re.fullmatch(rf"{letter}(\d{{1,9}})", code) for code in taken)
    highest = max((int(each[1]) for each in found if each), default=0)
    return next(code for n in count(highest + 1) if (code := f"{letter}{n}") not in taken)


def with_step(document: CaseDocument, step: CaseStep) -> CaseDocument:
    """With this step in place of the one of its code, or after the last one."""
    if document.step(step.code) is None:
        return replace(document, steps=(*document.steps, step))
    return replace(
        document, steps=tuple(step if each.code == step.code else each for each in document.steps)
    )


def with_new_steps(document: CaseDocument, step: CaseStep, titles: Sequence[str]) -> CaseDocument:
    """With this step, and an empty one for each of its options that is to lead to a new one; they
    get its title."""
    # Its own code is taken before theirs are given.
    document = with_step(document, step)
    options: list[CaseOption] = []
    for option, title in zip(step.options, titles, strict=True):
        to = option.to
        if title:
            to = new_code("s", [each.code for each in document.steps])
            document = with_step(document, CaseStep(to, title=title))
        options.append(replace(option, to=to))
    return with_step(document, replace(step, options=tuple(options)))


def without_step(document: CaseDocument, code: str) -> CaseDocument:
    """Without a step; what led there leads nowhere, and is a problem until it is mended."""
    steps = (
        replace(each, options=tuple(_not_to(option, code) for option in each.options))
        for each in document.steps
        if each.code != code
    )
    return replace(document, steps=tuple(steps))


def _not_to(option: CaseOption, code: str) -> CaseOption:
    turns = tuple(each for each in option.turns if each.to != code)
    return replace(option, to="" if option.to == code else option.to, turns=turns)


def with_step_at(document: CaseDocument, code: str, position: int) -> CaseDocument:
    """With a step at another place of the order, counted from 1; the case begins with the first."""
    step = document.step(code)
    if step is None:
        return document
    return replace(document, steps=tuple(placed(document.steps, step, position - 1)))


def with_values(document: CaseDocument, values: Sequence[PatientValue]) -> CaseDocument:
    """With these values of the patient; effects and conditions on others go with them."""
    known = {each.code for each in values}
    steps = (
        replace(each, options=tuple(_of_known(option, known) for option in each.options))
        for each in document.steps
    )
    return CaseDocument(tuple(values), tuple(steps))


def _of_known(option: CaseOption, known: set[str]) -> CaseOption:
    effects = tuple(each for each in option.effects if each.value in known)
    turns = tuple(each for each in option.turns if each.value in {*known, MINUTES, POINTS})
    return replace(option, effects=effects, turns=turns)


def changed_steps(was: CaseDocument, is_now: CaseDocument) -> list[str]:
    """The titles of steps that are new, different or gone, for the journal."""
    before = {each.code: each for each in was.steps}
    after = {each.code: each for each in is_now.steps}
    codes = dict.fromkeys([*after, *before])
    named = (
        (after.get(code) or before[code]).title
        for code in codes
        if before.get(code) != after.get(code)
    )
    return list(named)


def blank() -> CaseDocument:
    """A case that begins: one step without words."""
    return CaseDocument(steps=(CaseStep("s1"),))
