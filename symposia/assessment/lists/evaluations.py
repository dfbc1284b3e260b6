from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.assessment.models import (
    Answer,
    EvaluationForm,
    LibraryForm,
    Question,
    Response,
)
from symposia.assessment.queries import options_of
from symposia.attendance.models import PresenceEvidence
from symposia.registrations.models import Registration
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search

_VIEW, _MANAGE = Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS


def _seen(access: Access, gate: Permission, activity_pk: UUID | None) -> Rows:
    rows = Activity.objects.visible_to(access, gate)
    return rows.filter(pk=activity_pk) if activity_pk else rows


def _questions(access: Access, activity_pk: UUID | None = None) -> Rows:
    """What is asked now, of one activity or all this person may see."""
    latest = EvaluationForm.objects.filter(activity=OuterRef("form__activity")).order_by("-version")
    rows = Question.objects.filter(form__activity__in=_seen(access, _VIEW, activity_pk))
    rows = rows.filter(form=Subquery(latest.values("pk")[:1]))
    return rows.select_related("form__activity", "objective", "guideline")


def _search_questions(rows: Any, text: str) -> Any:
    return rows.filter(Q(text__icontains=text) | Q(section__icontains=text))


EVALUATION_QUESTIONS = ListOf(
    name="evaluation_questions_list",
    title=_("Questions of the evaluation"),
    permission=_VIEW,
    rows=_questions,
    columns=(
        Column("activity", _("Activity"), "form__activity__number", kind="id", in_page=False),
        Column("version", _("Version"), "form__version", kind="n", in_page=False),
        Column("position", _("Number"), "position", sort="position", kind="n"),
        Column("section", _("Section"), "section"),
        Column("question", _("Question"), "text"),
        Column("kind", _("Kind"), "kind", sort="kind"),
        Column("hint", _("Hint"), "hint", in_page=False),
        Column("choices", _("Answers"), lambda q: "\n".join(q.choices), in_page=False),
        Column("required", _("Must be answered"), lambda q: _g("Yes") if q.required else _g("No")),
        Column("repeats", _("Asked for"), "repeats"),
        Column("depends_on", _("Only after question"), "depends_on", kind="n"),
        Column(
            *("depends_values", _("Answered with"), lambda q: "\n".join(q.depends_values)),
            in_page=False,
        ),
        Column("objective", _("Objective"), "objective__text", in_page=False),
        Column("guideline", _("Guideline"), "guideline__number", in_page=False),
        Column("citation", _("Asked for by"), "citation", in_page=False),
    ),
    filters=(Search("q", _("Words"), _search_questions),),
    sort="position",
    empty=_("Learners are not asked anything."),
)


def _answers(access: Access, activity_pk: UUID | None = None) -> Rows:
    """Answers that are out of the box, but none to a question that so few were led to that they
    would be known by it."""
    seen = _seen(access, _VIEW, activity_pk)
    rows = Answer.objects.filter(question__form__activity__in=seen)
    enough = (
        rows.order_by()
        .values("question__form")
        .annotate(n=Count("sheet", distinct=True))
        .filter(n__gte=F("question__form__shown_from"))
    )
    rows = rows.filter(question__form__in=enough.values("question__form"))
    few = (
        Answer.objects.filter(question__form__activity__in=seen, question__depends_on__gt=0)
        .order_by()
        .values("question", "block_id")
        .annotate(n=Count("pk"))
        .filter(n__lt=F("question__form__shown_from"))
    )
    for each in few:
        rows = rows.exclude(_about(each["block_id"]), question=each["question"])
    return rows.select_related("question__form__activity")


def _about(block_id: UUID | None) -> Q:
    return Q(block_id__isnull=True) if block_id is None else Q(block_id=block_id)


def _search_answers(rows: Any, text: str) -> Any:
    return rows.filter(Q(text__icontains=text) | Q(comment__icontains=text))


def answer_in_words(answer: Any) -> str:
    """What was answered, as it was offered."""
    if answer.declined:
        return _g("I prefer not to say")
    if answer.number is not None:
        return f"{answer.number.normalize():f}"
    labels = dict(options_of(answer.question))
    values = answer.chosen or [str(answer.rating or answer.text)]
    return "\n".join(labels.get(each, each) for each in values)


EVALUATION_ANSWERS = ListOf(
    name="evaluation_answers",
    title=_("Answers"),
    permission=_VIEW,
    rows=_answers,
    columns=(
        Column("activity", _("Activity"), "question__form__activity__number", kind="id"),
        Column("sheet", _("Sheet"), lambda a: a.sheet.hex[:8], sort="sheet"),
        Column("about", _("About"), "about"),
        Column("position", _("Number"), "question__position", kind="n", in_page=False),
        Column("section", _("Section"), "question__section", in_page=False),
        Column("question", _("Question"), "question__text", sort="question__text"),
        Column("answer", _("Answer"), answer_in_words),
        Column("comment", _("Why"), "comment"),
    ),
    filters=(Search("q", _("Words"), _search_answers),),
    sort="sheet",
    empty=_("No answers can be shown yet: too few people have answered."),
)


def _missing(access: Access, activity_pk: UUID | None = None) -> Rows:
    """Whoever was seen at an activity that asks, and has not answered."""
    asks = EvaluationForm.objects.values("activity")
    answered = Response.objects.values("registration")
    seen = PresenceEvidence.objects.filter(registration__isnull=False).values("registration")
    rows = Registration.objects.confirmed().filter(
        activity__in=_seen(access, _MANAGE, activity_pk).filter(pk__in=asks), pk__in=seen
    )
    return rows.exclude(pk__in=answered).select_related("activity", "clinician")


def _by_name(rows: Any, text: str) -> Any:
    return rows.filter(clinician__full_name__icontains=text)


EVALUATION_MISSING = ListOf(
    name="evaluation_missing",
    title=_("Not answered yet"),
    permission=_MANAGE,
    rows=_missing,
    columns=(
        Column("activity", _("Activity"), "activity__number", kind="id"),
        Column("name", _("Learner"), "clinician__full_name", sort="clinician__full_name"),
        Column("email", _("E-mail"), "clinician__email"),
        Column("ended", _("Ended"), "activity__ends_at", sort="activity__ends_at", kind="moment"),
    ),
    filters=(Search("q", _("Name"), _by_name),),
    sort="clinician__full_name",
    empty=_("Everybody who was there has answered."),
)


def _library(access: Access) -> Rows:
    last = EvaluationForm.objects.filter(library=OuterRef("pk")).order_by("-version")
    count = Question.objects.filter(form=OuterRef("latest")).order_by().values("form")
    rows = LibraryForm.objects.visible_to(access).annotate(
        latest=Subquery(last.values("pk")[:1]), version=Subquery(last.values("version")[:1])
    )
    return rows.annotate(asks=Subquery(count.annotate(n=Count("pk")).values("n")))


class _Offered(Choice):
    """By whether activities can take it over."""

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        asked = {each for each in values if each in {"offered", "retired"}}
        return rows.filter(retired_at__isnull=asked == {"offered"}) if len(asked) == 1 else rows


def state_of_form(form: LibraryForm) -> str:
    return _g("Taken out") if form.retired_at else _g("Offered")


LIBRARY_FORMS = ListOf(
    name="library_forms",
    title=_("Library of evaluations"),
    permission=_VIEW,
    rows=_library,
    columns=(
        Column("name", _("Name"), "name", sort="name", url=lambda f: ("library_form", [f.pk])),
        Column("type", _("Activities of this type begin with it"), "activity_type"),
        Column("questions", _("Questions"), lambda f: f.asks, kind="n"),
        Column("version", _("Version"), lambda f: f.version, kind="n"),
        Column(
            *("state", _("State"), state_of_form),
            kind="state",
            tone=lambda f: "" if f.retired_at else "ok",
        ),
    ),
    filters=(
        Search("q", _("Name"), lambda rows, text: rows.filter(name__icontains=text)),
        _Offered(
            "state",
            _("State"),
            "retired_at",
            [("offered", _("Offered")), ("retired", _("Taken out"))],
        ),
    ),
    sort="name",
    empty=_("Keep an activity's evaluation here, and others take it over."),
)
