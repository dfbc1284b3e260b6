"""Questions about products that medical affairs answers, of all activities, as one list."""

from typing import Any

from django.db.models import Case, CharField, OuterRef, Subquery, TextChoices, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.modes import Mode
from symposia.learning.models import AudienceQuestion, MedicalAnswer, MedicalOutcome
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search


class Standing(TextChoices):
    """Whether medical affairs has dealt with a question."""

    OPEN = "open", _("To be answered")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Declined")


TONES: dict[str, str] = {
    Standing.OPEN: "warn",
    Standing.ANSWERED: "ok",
    Standing.DECLINED: "",
}


def medical_questions(access: Access) -> Any:
    """What was handed over, as far as the wall lets one read what learners ask: of no independent
    activity, and for nobody who promotes."""
    rows: Any = AudienceQuestion.objects.visible_to(access).filter(handed_at__isnull=False)
    return rows.exclude(activity__mode=Mode.INDEPENDENT).select_related("activity", "session")


def medical_answer_of(question: AudienceQuestion) -> MedicalAnswer | None:
    """What was written to whoever asked, or why nothing was."""
    return MedicalAnswer.objects.filter(question=question).first()


def _rows(access: Access) -> Rows:
    kept = MedicalAnswer.objects.filter(question=OuterRef("pk"))
    found: Rows = medical_questions(access).annotate(
        outcome=Coalesce(Subquery(kept.values("outcome")[:1]), Value("")),
        said=Subquery(kept.values("text")[:1]),
        said_at=Subquery(kept.values("at")[:1]),
        said_by=Subquery(kept.values("by_name")[:1]),
        said_from=Subquery(kept.values("reply_to")[:1]),
    )
    standing: Rows = found.annotate(
        standing=Case(
            *(When(outcome=each.value, then=Value(each.value)) for each in MedicalOutcome),
            default=Value(Standing.OPEN.value),
            output_field=CharField(choices=Standing.choices),
        )
    )
    return standing


def _search(rows: Any, text: str) -> Any:
    return rows.filter(text__icontains=text)


MEDICAL_QUESTIONS = ListOf(
    name="medical_questions",
    title=_("Questions for medical affairs"),
    permission=Permission.VIEW_EVALUATIONS,
    rows=_rows,
    columns=(
        Column("question", _("Question"), "text", url=lambda each: ("medical_question", [each.pk])),
        Column("activity", _("Activity"), "activity__title", on_phone=False),
        Column("number", _("Number"), "activity__number", kind="id", in_page=False),
        Column("session", _("Session"), "session__title"),
        Column("name", _("Asked by"), "asker_name", sort="asker_name"),
        Column("handed_at", _("Handed over"), "handed_at", sort="handed_at", kind="moment"),
        Column("handed_by", _("Handed over by"), "handed_by_name", in_page=False),
        Column("due_on", _("Answer by"), "due_on", sort="due_on", kind="day"),
        Column(
            "standing",
            _("State"),
            lambda each: Standing(each.standing).label,
            sort="standing",
            kind="state",
            tone=lambda each: TONES[each.standing],
        ),
        Column("answered_at", _("Dealt with"), "said_at", sort="said_at", kind="moment"),
        Column("answered_by", _("By"), "said_by", in_page=False),
        Column("reply_to", _("Answers go to"), "said_from", in_page=False),
        Column("answer", _("Answer or reason"), "said", in_page=False),
    ),
    filters=(
        Search("q", _("Words"), _search),
        Choice("standing", _("State"), "standing", Standing.choices),
    ),
    sort="-handed_at",
    empty=_("Nothing about a product was handed over yet."),
)
