from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.assessment.bank_rows import KIND, REASONS
from symposia.assessment.models import (
    BankKind,
    BankOption,
    BankQuestion,
    BankQuestionQuerySet,
    BankState,
    BankVersion,
)
from symposia.assessment.queries.bank import tags_in_use
from symposia.assessment.wording import lines_of
from symposia.directory.lists import IMPORT_FILTERS, OUTCOME_TONES, import_columns
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, Words
from symposia.work.models import Import, ImportRow, Outcome

BANK_TONES: dict[str, str] = {
    BankState.DRAFT: "info",
    BankState.PUBLISHED: "ok",
    BankState.RETIRED: "",
}
_GATE = Permission.MANAGE_EVALUATIONS


class Tagged(Choice):
    """A filter by tags, of which a question may have several."""

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        known = [value for value, _label in self.options() if value in values]
        return rows.filter(tags__overlap=known) if known else rows


def _questions(access: Access) -> BankQuestionQuerySet:
    options = Prefetch("options", BankOption.objects.order_by("position"))
    kept = BankVersion.objects.order_by("-number").prefetch_related(options)
    rows = BankQuestion.objects.visible_to(access).with_words()
    return rows.prefetch_related(Prefetch("versions", kept, to_attr="kept"))


def _tags() -> list[tuple[str, Words]]:
    return [(tag, tag) for tag in tags_in_use()]


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


def _answers(question: Any) -> str:
    """As a file writes them, so that what was taken home can be handed in again."""
    return lines_of(question.kind, list(question.kept[0].options.all()))


QUESTIONS = ListOf(
    name="questions",
    title=_("Questions"),
    permission=Permission.VIEW_EVALUATIONS,
    rows=_questions,
    columns=(
        Column("number", _("Number"), "number", sort="number", kind="id"),
        Column(
            "question", _("Question"), "words", sort="words", url=lambda q: ("question", [q.pk])
        ),
        Column("kind", _("Kind"), "kind", sort="kind"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda q: BANK_TONES[q.state],
        ),
        Column("objective", _("Objective"), lambda q: str(q.objective or "")),
        Column("tags", _("Tags"), lambda q: ", ".join(q.tags)),
        Column("answers", _("Answers"), _answers, in_page=False),
        Column("value", _("Right number"), lambda q: _plain(q.kept[0].value), in_page=False),
        Column("tolerance", _("Tolerance"), lambda q: _plain(q.kept[0].tolerance), in_page=False),
        Column("unit", _("Unit"), lambda q: q.kept[0].unit, in_page=False),
        Column("rule", _("Partly right"), lambda q: q.kept[0].rule, in_page=False),
        Column("why", _("Why"), lambda q: q.kept[0].rationale, in_page=False),
        Column("source", _("Source"), lambda q: q.kept[0].reference, in_page=False),
        Column(
            "guideline",
            _("Guideline"),
            lambda q: q.guideline.number if q.guideline else "",
            in_page=False,
        ),
        Column("version", _("Version"), "latest", kind="n", in_page=False),
    ),
    filters=(
        Search("q", _("Number, words or tag"), _search),
        Choice("state", _("State"), "state", BankState.choices),
        Choice("kind", _("Kind"), "kind", BankKind.choices),
        Tagged("tag", _("Tag"), "tags", _tags),
    ),
    sort="-added_at",
    empty=_("A question is written once and asked by many tests."),
)


def _plain(number: Any) -> str:
    """A number without the zeros that its column keeps behind it."""
    return "" if number is None else f"{number.normalize():f}"


def _files(access: Access) -> Rows:
    made = Import.objects.of_kind(KIND)
    return made if access.holds(_GATE) else made.none()


def _rows_of(access: Access, pk: Any) -> Rows:
    return ImportRow.objects.filter(made__in=_files(access).filter(pk=pk))


QUESTION_IMPORTS = ListOf(
    name="question_imports",
    title=_("Files of questions"),
    permission=_GATE,
    rows=_files,
    columns=import_columns("question_import_rows"),
    filters=IMPORT_FILTERS,
    sort="-made_at",
    empty=_("No file was handed in yet."),
)
QUESTION_IMPORT_ROWS = ListOf(
    name="question_import_rows",
    title=_("Rows of the file"),
    permission=_GATE,
    rows=_rows_of,
    columns=(
        Column("line", _("Line"), "line", sort="line", kind="n"),
        Column(
            "outcome",
            _("Outcome"),
            "outcome",
            kind="state",
            tone=lambda row: OUTCOME_TONES[row.outcome],
        ),
        Column("reason", _("Reason or changes"), "changes"),
        Column("number", _("Number"), "number"),
        Column("question", _("Question"), "label"),
    ),
    filters=(
        Choice("outcome", _("Outcome"), "outcome", Outcome.choices),
        Choice("reason", _("Reason"), "reason", list(REASONS.items())),
    ),
    sort="line",
    empty=_("Nothing to report of this file."),
)
