"""Presence checks and polls of an activity, and what was answered, as lists."""

from typing import Any

from django.db.models import OuterRef
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.attendance.models import CheckAnswer, PresenceCheck
from symposia.shared.counting import CountOf
from symposia.shared.lists import Column, ListOf


def state_of_check(asked: PresenceCheck) -> Any:
    """Where a check stands, in the words of the list."""
    at = now()
    if at >= asked.closes_at:
        return _("Closed")
    return _("Open now") if at >= asked.asked_at else _("Planned")


def chosen(answer: CheckAnswer) -> str:
    """What somebody chose; for a check, that they were there."""
    if answer.choice is None:
        return str(_("Still there"))
    return str(answer.asked.options[answer.choice])


def _question(asked: PresenceCheck) -> str:
    return str(asked)


def _checks(access: Any, **kwargs: Any) -> Any:
    found = PresenceCheck.objects.visible_to(access).select_related("activity", "session")
    answers = CheckAnswer.objects.filter(asked=OuterRef("pk"))
    found = found.annotate(answered=CountOf(answers.values("pk")))
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _answers(access: Any, **kwargs: Any) -> Any:
    found = CheckAnswer.objects.visible_to(access).select_related(
        "asked__session", "activity", "registration__clinician"
    )
    return found.filter(asked=kwargs["pk"]) if kwargs else found


PRESENCE_CHECKS = ListOf(
    name="presence_checks",
    title=_("Presence checks and polls"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_checks,
    columns=(
        Column(
            "question",
            _("Question"),
            _question,
            url=lambda each: ("check_answers", [each.pk]),
        ),
        Column("session", _("Session"), lambda each: each.session.title),
        Column("asked_at", _("Asked"), "asked_at", sort="asked_at", kind="moment"),
        Column("closes_at", _("Closes"), "closes_at", kind="moment"),
        Column("state", _("State"), state_of_check),
        Column("answered", _("Answers"), "answered", sort="answered", kind="n"),
        Column("by", _("By"), "made_by_name", in_page=False),
        Column("activity", _("Activity"), lambda each: each.activity.number, in_page=False),
    ),
    sort="-asked_at",
    empty=_("Nothing was asked yet."),
)
CHECK_ANSWERS = ListOf(
    name="check_answers",
    title=_("Answers"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_answers,
    columns=(
        Column("name", _("Name"), lambda each: each.registration.clinician.full_name),
        Column("choice", _("Answer"), chosen, sort="choice"),
        Column("answered_at", _("Answered"), "answered_at", sort="answered_at", kind="moment"),
        Column("question", _("Question"), lambda each: str(each.asked), in_page=False),
        Column("session", _("Session"), lambda each: each.asked.session.title, in_page=False),
        Column("activity", _("Activity"), lambda each: each.activity.number, in_page=False),
    ),
    sort="answered_at",
    empty=_("Nobody has answered yet."),
)
