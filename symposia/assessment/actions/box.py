"""The box of an evaluation: sheets lie in it unread until enough of them do (ADR 0027)."""

import secrets
import uuid
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from symposia.assessment.models import Answer, EvaluationForm, Kind, Question, UnopenedSheet
from symposia.assessment.sheets import Given, Page, Said, asked_on

_CHANCE = secrets.SystemRandom()


def put_in_box(
    form: EvaluationForm,
    pages: Sequence[Page],
    questions: Sequence[Question],
    said: Said,
) -> None:
    """Keep what was said without who said it, and open the box of each part that is full now.

    The form is locked last and for a moment only: of two who come at once the second one sees the
    sheet of the first.
    """
    sheets = list(_sheets(form, pages, questions, said))
    UnopenedSheet.objects.bulk_create(sheets)
    EvaluationForm.objects.select_for_update().get(pk=form.pk)
    for block_id in {each.block_id for each in sheets}:
        _open_if_full(form, block_id)


def _sheets(
    form: EvaluationForm, pages: Sequence[Page], questions: Sequence[Question], said: Said
) -> Iterator[UnopenedSheet]:
    """One sheet about the activity, and one about each session and speaker."""
    about = {page.block_id: page.about.title if page.about else "" for page in pages}
    for block_id, title in about.items():
        answers = [
            _written(question, said.to(question, block_id))
            for page in pages
            if page.block_id == block_id
            for question in asked_on(page, questions, said)
            if not said.to(question, block_id).is_empty
        ]
        yield UnopenedSheet(form=form, block_id=block_id, about=title[:420], answers=answers)


def _written(question: Question, given: Given) -> dict[str, Any]:
    if given.declined:
        return {"question": str(question.pk), "declined": True}
    return {
        "question": str(question.pk),
        "rating": given.rating,
        "number": None if given.number is None else str(given.number),
        "chosen": list(given.chosen),
        "text": "" if question.kind == Kind.RATING else given.text.strip(),
        "comment": given.comment.strip(),
    }


def _open_if_full(form: EvaluationForm, block_id: uuid.UUID | None) -> None:
    """Turn every sheet of a full box into answers, mixed, in one step; nothing says who filled
    it."""
    waiting = UnopenedSheet.objects.filter(form=form, block_id=block_id)
    sheets = list(waiting.select_for_update().order_by("pk"))
    if len(sheets) < form.shown_from:
        return
    answers = list(_answers(sheets))
    _CHANCE.shuffle(answers)
    Answer.objects.bulk_create(answers)
    waiting.delete()


def _answers(sheets: Iterable[UnopenedSheet]) -> Iterator[Answer]:
    for sheet in sheets:
        # Another number than that of the sheet in the box.
        number = uuid.UUID(bytes=secrets.token_bytes(16), version=4)
        for each in sheet.answers:
            figure = each.get("number")
            yield Answer(
                sheet=number,
                question_id=uuid.UUID(each["question"]),
                block_id=sheet.block_id,
                about=sheet.about,
                rating=each.get("rating"),
                number=None if figure is None else Decimal(figure),
                chosen=each.get("chosen", []),
                text=each.get("text", ""),
                comment=each.get("comment", ""),
                declined=each.get("declined", False),
            )
