"""Which questions of a form somebody is asked, page by page: pure, over what is loaded.

What follows one another under one heading is one page. A question that repeats is asked once for
each session or speaker of the agenda the person was in; each of these is a sheet of its own, so
that nobody is known by the sessions they chose.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from symposia.assessment.models import Kind, Question, Repeats

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Given:
    """What a learner gave to one question."""

    rating: int | None = None
    text: str = ""
    declined: bool = False
    chosen: tuple[str, ...] = ()
    number: Decimal | None = None
    comment: str = ""

    @property
    def is_empty(self) -> bool:
        return not (
            self.declined
            or self.rating is not None
            or self.number is not None
            or self.chosen
            or self.text.strip()
        )

    @property
    def values(self) -> frozenset[str]:
        """What a condition can look for."""
        return frozenset({*self.chosen, self.text, str(self.rating or "")} - {""})


Answers = Mapping[uuid.UUID, Given]
EMPTY = Given()


@dataclass(frozen=True)
class About:
    """A session or a speaker of the agenda that somebody was in."""

    id: uuid.UUID
    repeats: Repeats
    title: str


@dataclass(frozen=True)
class Page:
    """Questions that are answered together."""

    title: str
    about: About | None
    questions: tuple[Question, ...]

    @property
    def block_id(self) -> uuid.UUID | None:
        return self.about.id if self.about else None


def pages_of(questions: Sequence[Question], agenda: Sequence[About]) -> list[Page]:
    """The pages of a form for somebody who was in these parts of the agenda."""
    return list(_pages(questions, agenda))


def _pages(questions: Sequence[Question], agenda: Sequence[About]) -> Iterator[Page]:
    for (section, repeats), run in groupby(questions, lambda q: (q.section, q.repeats)):
        asked = tuple(run)
        if not repeats:
            yield Page(section, None, asked)
            continue
        for about in agenda:
            if about.repeats == repeats:
                yield Page(section, about, asked)


@dataclass(frozen=True)
class Said:
    """Everything somebody gave: about the whole activity, and about parts of its agenda."""

    whole: Answers
    blocks: Mapping[uuid.UUID, Answers]

    def to(self, question: Question, block_id: uuid.UUID | None) -> Given:
        """The answer to a question; one that does not repeat has one for all blocks."""
        if not question.repeats or block_id is None:
            return self.whole.get(question.pk, EMPTY)
        return self.blocks.get(block_id, {}).get(question.pk, EMPTY)


def asked_on(page: Page, questions: Sequence[Question], said: Said) -> list[Question]:
    """The questions of a page that somebody who said this is asked to answer."""
    by_position = {each.position: each for each in questions}
    return [
        each
        for each in page.questions
        if each.kind != Kind.STATEMENT and _applies(each, by_position, said, page.block_id)
    ]


def _applies(
    question: Question,
    by_position: Mapping[int, Question],
    said: Said,
    block_id: uuid.UUID | None,
) -> bool:
    if question.depends_on is None:
        return True
    earlier = by_position.get(question.depends_on)
    if earlier is None or not _applies(earlier, by_position, said, block_id):
        return False
    return bool(said.to(earlier, block_id).values & set(question.depends_values))
