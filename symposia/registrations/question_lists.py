"""What is asked at registration, and who answered what."""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.directory.models import Clinician
from symposia.registrations.answers import in_words
from symposia.registrations.models import (
    CURRENT,
    Need,
    RegistrationAnswer,
    RegistrationQuestion,
)
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search

_SEES = Permission.VIEW_PEOPLE_OF_ACTIVITY
_YES_NO = CharField(choices=[("yes", _("Yes")), ("no", _("No"))])


def _questions(access: Any, **kwargs: Any) -> Rows:
    found: Rows = RegistrationQuestion.objects.visible_to(access).filter(withdrawn_at=None)
    found = found.select_related("activity", "parent")
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


_GIVEN = (
    RegistrationAnswer.objects.latest_given()
    .filter(question=OuterRef("pk"), registration__state__in=CURRENT)
    .order_by()
    .values("question")
    .annotate(n=Count("pk"))
    .values("n")
)
QUESTIONS = ListOf(
    name="activity_questions",
    title=_("Questions at registration"),
    permission=_SEES,
    rows=_questions,
    columns=(
        Column("position", _("Order"), "position", sort="position", kind="n"),
        Column(
            "text",
            _("Question"),
            "text",
            sort="text",
            url=lambda q: ("registration_question", [q.pk]),
        ),
        Column("kind", _("Answered"), "kind", sort="kind"),
        Column("need", _("About"), "need", sort="need"),
        Column(
            "after",
            _("Asked after"),
            Case(
                When(
                    parent__isnull=False,
                    then=Concat("parent__text", Value(" "), "parent_answer"),
                ),
                default=Value(""),
                output_field=CharField(),
            ),
        ),
        Column(
            "required",
            _("Must be answered"),
            Case(When(required=True, then=Value("yes")), default=Value("no"), output_field=_YES_NO),
        ),
        Column(
            "answers",
            _("Answers"),
            Coalesce(Subquery(_GIVEN), 0, output_field=IntegerField()),
            kind="n",
        ),
        Column("version", _("Version"), "version", kind="n", in_page=False),
        Column("activity", _("Activity"), "activity__number", in_page=False),
    ),
    sort="position",
    empty=_("Nothing is asked beyond name, e-mail and profession."),
)


def _answers(access: Any, **kwargs: Any) -> Rows:
    latest = RegistrationAnswer.objects.visible_to(access).latest_given()
    found: Rows = latest.filter(registration__state__in=CURRENT).select_related(
        "question", "activity", "registration__clinician"
    )
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _search(rows: Rows, text: str) -> Rows:
    people = Clinician.objects.search(text).values("pk")
    return rows.filter(
        Q(registration__clinician__in=people) | Q(asked__icontains=text) | Q(values__icontains=text)
    )


ANSWERS = ListOf(
    name="activity_answers",
    title=_("Answers at registration"),
    permission=_SEES,
    rows=_answers,
    columns=(
        Column(
            "name",
            _("Name"),
            "registration__clinician__full_name",
            sort="registration__clinician__search_text",
            url=lambda a: ("registration", [a.registration_id]),
        ),
        Column("asked", _("Question"), "asked", sort="asked"),
        Column("answer", _("Answer"), in_words()),
        Column("need", _("About"), "question__need", sort="question__need"),
        Column("state", _("Place"), "registration__state", sort="registration__state"),
        Column("given_at", _("Answered"), "given_at", sort="given_at", kind="moment"),
        Column("version", _("Version"), "question_version", kind="n", in_page=False),
        Column("email", _("E-mail"), "registration__clinician__email", in_page=False),
        Column("activity", _("Activity"), "activity__number", in_page=False),
    ),
    filters=(
        Search("q", _("Name, question or answer"), _search),
        Choice("need", _("About"), "question__need", Need.choices),
    ),
    sort="registration__clinician__search_text",
    empty=_("Nobody has answered a question yet."),
)
