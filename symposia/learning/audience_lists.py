"""Questions and polls of sessions, and what was answered, as lists."""

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    TextChoices,
    Value,
    When,
)
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.learning.audience import follow_ups
from symposia.learning.models import (
    AudiencePoll,
    AudienceQuestion,
    PollAnswer,
    PollKind,
    PollState,
    QuestionState,
)
from symposia.shared.lists import Choice, Column, ListOf, Search

QUESTION_TONES: dict[str, str] = {
    QuestionState.WAITING: "warn",
    QuestionState.SHOWN: "info",
    QuestionState.HIDDEN: "",
    QuestionState.MERGED: "",
    QuestionState.ANSWERED: "ok",
}
POLL_TONES: dict[str, str] = {
    PollState.PREPARED: "",
    PollState.OPEN: "info",
    PollState.CLOSED: "ok",
}


class FollowUp(TextChoices):
    """What is still to be done about a question once its session has ended."""

    OPEN = "open", _("To be answered")
    HANDED = "handed", _("For medical affairs")
    NONE = "none", _("Nothing")


def _questions(access: Any, **kwargs: Any) -> Any:
    found = AudienceQuestion.objects.visible_to(access).select_related("activity", "session")
    waits = follow_ups(AudienceQuestion.objects.filter(pk=OuterRef("pk")), at=now())
    over = [QuestionState.ANSWERED, QuestionState.MERGED]
    open_here = ~Q(state__in=over) & Q(medical_answers=None)
    handed = Q(handed_at__isnull=False) & open_here
    found = found.with_votes().annotate(
        follow_up=Case(
            When(handed, then=Value(FollowUp.HANDED.value)),
            When(Exists(waits), then=Value(FollowUp.OPEN.value)),
            default=Value(FollowUp.NONE.value),
            output_field=CharField(choices=FollowUp.choices),
        )
    )
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _search(rows: Any, text: str) -> Any:
    return rows.filter(
        Q(text__icontains=text) | Q(asker_name__icontains=text) | Q(session__title__icontains=text)
    )


AUDIENCE_QUESTIONS = ListOf(
    name="audience_questions",
    title=_("Questions of the audience"),
    permission=Permission.VIEW_EVALUATIONS,
    rows=_questions,
    columns=(
        Column(
            "question",
            _("Question"),
            "text",
            url=lambda each: ("audience_question", [each.pk]),
        ),
        Column("session", _("Session"), "session__title", sort="session__title"),
        Column("votes", _("Votes"), "votes", sort="votes", kind="n"),
        Column(
            "state",
            _("State"),
            "state",
            kind="state",
            tone=lambda each: QUESTION_TONES[each.state],
        ),
        Column(
            "follow_up",
            _("To be done"),
            ExpressionWrapper(F("follow_up"), output_field=CharField(choices=FollowUp.choices)),
            kind="state",
            in_page=False,  # fifty rows stay light; the page has it as buttons and a filter
        ),
        Column("name", _("Asked by"), "asker_name", sort="asker_name"),
        Column(
            "is_named",
            _("The room sees the name"),
            ExpressionWrapper(F("is_named"), output_field=BooleanField()),
            in_page=False,
        ),
        Column("asked_at", _("Asked"), "asked_at", sort="asked_at", kind="moment"),
        Column("answer", _("Answer"), "answer", in_page=False),
        Column("answered_by", _("Answered by"), "answered_by_name", in_page=False),
        Column("answered_at", _("Answered"), "answered_at", kind="moment", in_page=False),
        Column("handed_at", _("Handed over"), "handed_at", kind="moment", in_page=False),
        Column("reason", _("Why it is not shown"), "hidden_because", in_page=False),
        Column("activity", _("Activity"), "activity__number", kind="id", in_page=False),
    ),
    filters=(
        Search("q", _("Words, name or session"), _search),
        Choice("state", _("State"), "state", QuestionState.choices),
        Choice("follow_up", _("To be done"), "follow_up", FollowUp.choices),
    ),
    sort="-asked_at",
    empty=_("Nobody has asked anything yet. Whoever has a place asks from the phone."),
)


def _polls(access: Any, **kwargs: Any) -> Any:
    found = AudiencePoll.objects.visible_to(access).select_related("activity", "session")
    found = found.with_answers()
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


AUDIENCE_POLLS = ListOf(
    name="audience_polls",
    title=_("Polls of the audience"),
    permission=Permission.VIEW_EVALUATIONS,
    rows=_polls,
    columns=(
        Column(
            "question",
            _("Question"),
            "question",
            sort="question",
            url=lambda each: ("poll_answers", [each.pk]),
        ),
        Column("session", _("Session"), "session__title", sort="session__title"),
        Column("kind", _("Kind"), "kind"),
        Column(
            "state", _("State"), "state", kind="state", tone=lambda each: POLL_TONES[each.state]
        ),
        Column("answered", _("Answers"), "answered", sort="answered", kind="n"),
        Column("opened_at", _("Opened"), "opened_at", sort="opened_at", kind="moment"),
        Column("closed_at", _("Closed"), "closed_at", kind="moment", in_page=False),
        Column("by", _("By"), "made_by_name", in_page=False),
        Column("activity", _("Activity"), "activity__number", kind="id", in_page=False),
    ),
    filters=(
        Choice("state", _("State"), "state", PollState.choices),
        Choice("kind", _("Kind"), "kind", PollKind.choices),
    ),
    sort="made_at",
    empty=_("No poll is prepared yet. Open a session of the activity to write one."),
)


def _answers(access: Any, **kwargs: Any) -> Any:
    found = PollAnswer.objects.visible_to(access).select_related(
        "poll__session", "activity", "registration__clinician"
    )
    return found.filter(poll=kwargs["pk"]) if kwargs else found


def words_of(answer: PollAnswer) -> str:
    """What somebody chose, in its words."""
    labels = answer.poll.labels
    return "; ".join(labels[place] for place in answer.choices if place < len(labels))


POLL_ANSWERS = ListOf(
    name="poll_answers",
    title=_("Answers to a poll"),
    permission=Permission.VIEW_EVALUATIONS,
    rows=_answers,
    columns=(
        Column(
            "name",
            _("Name"),
            "registration__clinician__full_name",
            sort="registration__clinician__full_name",
        ),
        Column("choices", _("Answer"), words_of),
        Column("answered_at", _("Answered"), "answered_at", sort="answered_at", kind="moment"),
        Column("question", _("Question"), "poll__question", in_page=False),
        Column("session", _("Session"), "poll__session__title", in_page=False),
        Column("activity", _("Activity"), "activity__number", kind="id", in_page=False),
    ),
    sort="answered_at",
    empty=_("Nobody has answered yet."),
)
