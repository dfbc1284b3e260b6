"""What somebody of the office still has to do for the curriculum."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from symposia.accounts.open_work import OpenWork, knows_open_work
from symposia.accounts.permissions import Permission
from symposia.curriculum.models import (
    AgreedAction,
    Curriculum,
    CurriculumState,
    Gap,
    GapState,
    Meeting,
    MeetingState,
    NewsItem,
    NewsState,
    OfficePolicy,
    Plan,
    Survey,
    SurveyState,
)


def gaps_of(user_id: uuid.UUID) -> QuerySet[Gap]:
    return Gap.objects.filter(owner_id=user_id).exclude(state=GapState.CLOSED)


def plans_of(user_id: uuid.UUID) -> QuerySet[Plan]:
    return Plan.objects.living().filter(owner_id=user_id)


def surveys_of(user_id: uuid.UUID) -> QuerySet[Survey]:
    return Survey.objects.filter(owner_id=user_id).exclude(state=SurveyState.CLOSED)


def curricula_of(user_id: uuid.UUID) -> QuerySet[Curriculum]:
    return Curriculum.objects.filter(owner_id=user_id).exclude(state=CurriculumState.RETIRED)


def policies_of(user_id: uuid.UUID) -> QuerySet[OfficePolicy]:
    return OfficePolicy.objects.filter(owner_id=user_id)


def promises_of(user_id: uuid.UUID) -> QuerySet[AgreedAction]:
    return AgreedAction.objects.open().filter(owner_id=user_id)


def news_of(user_id: uuid.UUID) -> QuerySet[NewsItem]:
    return NewsItem.objects.filter(assigned_to_id=user_id, state=NewsState.ASSIGNED)


def meetings_of(user_id: uuid.UUID) -> QuerySet[Meeting]:
    return Meeting.objects.filter(chair_id=user_id, state=MeetingState.PLANNED)


# Each kind, and where the person stands in its rows.
KINDS: dict[str, tuple[Callable[[uuid.UUID], QuerySet[Any]], str]] = {
    "gaps": (gaps_of, "owner"),
    "plans": (plans_of, "owner"),
    "surveys": (surveys_of, "owner"),
    "curricula": (curricula_of, "owner"),
    "policies": (policies_of, "owner"),
    "agreed_actions": (promises_of, "owner"),
    "news": (news_of, "assigned_to"),
    "meetings": (meetings_of, "chair"),
}


def register_open_work() -> None:
    """Tell accounts what has an owner here."""
    looks, keeps = Permission.VIEW_CURRICULUM, Permission.MANAGE_CURRICULUM
    knows_open_work("gaps", OpenWork(_("Gaps"), looks, gaps_of, "gap", needs=keeps))
    knows_open_work("plans", OpenWork(_("Plans"), looks, plans_of, "plan", needs=keeps))
    surveys = OpenWork(_("Surveys"), looks, surveys_of, "survey", needs=Permission.MANAGE_SURVEYS)
    knows_open_work("surveys", surveys)
    curricula = OpenWork(_("Curricula"), looks, curricula_of, "curriculum", needs=keeps)
    knows_open_work("curricula", curricula)
    policies = OpenWork(_("Office policies"), looks, policies_of, "office_policy", needs=keeps)
    knows_open_work("policies", policies)
    agreed = OpenWork(
        _("Agreed actions"),
        looks,
        promises_of,
        "meeting",
        title="text",
        key="meeting_id",
        needs=looks,
    )
    knows_open_work("agreed_actions", agreed)
    news = OpenWork(_("News to decide"), looks, news_of, "news_item", needs=keeps)
    knows_open_work("news", news)
    chaired = OpenWork(_("Meetings to chair"), looks, meetings_of, "meeting", needs=keeps)
    knows_open_work("meetings", chaired)
