"""What somebody of the office or the field still has to do in asking people to come."""

import uuid

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from symposia.accounts.open_work import OpenWork, knows_open_work
from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import ENDED, Activity
from symposia.outreach.models import Allotment, Campaign, CampaignState, Invitation, State
from symposia.outreach.models.allotments import AllotmentQuerySet
from symposia.shared.refusals import Objection

HAS_AN_ALLOTMENT = Objection(
    "successor_has_an_allotment",
    _(
        "%(person)s has an allotment in %(count)s of these activities already; there the unused"
        " invitations are given back."
    ),
)


def allotments_of(user_id: uuid.UUID) -> AllotmentQuerySet:
    """Invitations that they may still send."""
    return Allotment.objects.open().filter(representative_id=user_id)


def campaigns_of(user_id: uuid.UUID) -> QuerySet[Campaign]:
    """Drafts of theirs, and campaigns whose answers they read, of activities that are not over."""
    drafts = Q(state=CampaignState.DRAFT, made_by_id=user_id)
    answered = Q(answers_to_id=user_id) & ~Q(state=CampaignState.DISCARDED)
    return Campaign.objects.filter(drafts | answered).exclude(activity__state__in=ENDED)


def invitations_of(user_id: uuid.UUID) -> QuerySet[Invitation]:
    """Those that they stand for and that nobody has answered yet."""
    sent = Invitation.objects.stood_for_by(user_id).filter(state=State.SENT)
    return sent.exclude(activity__state__in=ENDED)


def objection_to_second_allotment(rows: QuerySet[Allotment], access: Access) -> Objection | None:
    """Nobody has two allotments of one activity."""
    theirs = allotments_of(access.user_id).values("activity")
    twice = rows.filter(activity__in=theirs).count()
    return HAS_AN_ALLOTMENT.about(count=twice) if twice else None


def register_open_work() -> None:
    """Tell accounts who asks whom to come."""
    invites, people = Permission.INVITE, Permission.VIEW_PEOPLE_OF_ACTIVITY
    allotted = OpenWork(
        _("Invitations allotted to them"),
        Permission.VIEW_ACTIVITIES,
        allotments_of,
        "allotment",
        title="activity__title",
        needs=invites,
        reached=lambda access: Allotment.objects.filter(
            activity__in=Activity.objects.visible_to(access, invites)
        ),
        against=objection_to_second_allotment,
    )
    knows_open_work("allotments", allotted)
    campaigns = OpenWork(
        _("Campaigns: drafts, and answers to read"),
        people,
        campaigns_of,
        "campaign",
        title="activity__title",
        needs=people,
        reached=lambda access: Campaign.objects.filter(
            activity__in=Activity.objects.visible_to(access, people)
        ),
    )
    knows_open_work("campaigns", campaigns)
    asked = OpenWork(
        _("Invitations without an answer"),
        people,
        invitations_of,
        "invitations",
        title="activity__title",
        key="activity_id",
        needs=invites,
        reached=lambda access: Invitation.objects.visible_to(access, invites),
    )
    knows_open_work("invitations", asked)
