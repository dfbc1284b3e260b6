"""What somebody of the office still has to do for the curriculum."""

import uuid

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


OWNED = (gaps_of, plans_of, surveys_of, curricula_of, policies_of, promises_of)


def register_open_work() -> None:
    """Tell accounts what has an owner here."""
    looks = Permission.VIEW_CURRICULUM
    knows_open_work("gaps", OpenWork(_("Gaps"), looks, gaps_of, "gap"))
    knows_open_work("plans", OpenWork(_("Plans"), looks, plans_of, "plan"))
    knows_open_work("surveys", OpenWork(_("Surveys"), looks, surveys_of, "survey"))
    knows_open_work("curricula", OpenWork(_("Curricula"), looks, curricula_of, "curriculum"))
    knows_open_work("policies", OpenWork(_("Office policies"), looks, policies_of, "office_policy"))
    agreed = OpenWork(
        _("Agreed actions"), looks, promises_of, "meeting", title="text", key="meeting_id"
    )
    knows_open_work("agreed_actions", agreed)
    knows_open_work("news", OpenWork(_("News to decide"), looks, news_of, "news_item"))
