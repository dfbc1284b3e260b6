"""What waits for somebody who leaves, and who signs in whose place."""

import uuid

from django.db.models import Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.open_work import OpenWork, knows_absences, knows_open_work
from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import access_kept_of, access_of_ids, local_day
from symposia.approvals.models import ApprovalRequest, Delegation
from symposia.approvals.queries import deciders_of, requests_waiting_for
from symposia.shared.refusals import Objection
from symposia.shared.tenancy import current_organisation_id

AWAY = Objection(
    "successor_is_away",
    _("%(person)s is away until %(day)s; somebody else signs in their place."),
)
SUCCESSORS_OWN = Objection(
    "successors_own_requests",
    _("%(person)s prepared %(count)s of them and may not sign those. Another person decides."),
)
NOT_THEIRS_TO_SIGN = Objection(
    "not_theirs_to_sign",
    _(
        "%(count)s of them wait for a role that %(person)s does not hold; these do not move. Give "
        "the role first, or its other holders sign."
    ),
)
NOBODY_ELSE_SIGNS = Objection(
    "nobody_else_signs",
    _(
        "%(count)s of them wait for this person alone: nobody else holds the role or may sign. "
        "They wait for nobody unless somebody is given the role."
    ),
)


def approvals_of(user_id: uuid.UUID) -> QuerySet[ApprovalRequest]:
    """Those that wait for a role of theirs; with the role gone they wait for its other holders."""
    access = access_kept_of(user_id, now())
    return requests_waiting_for(access) if access else ApprovalRequest.objects.none()


def delegations_of(user_id: uuid.UUID) -> QuerySet[Delegation]:
    """Those given or received that still run or are to come."""
    living = Delegation.objects.filter(ended_at=None, ends_on__gte=local_day())
    return living.filter(Q(giver_id=user_id) | Q(delegate_id=user_id))


def absence_of(user_id: uuid.UUID) -> Objection | None:
    """Somebody in whose place a colleague signs today is away."""
    lent = Delegation.objects.running(local_day()).filter(giver_id=user_id)
    latest = lent.order_by("-ends_on").first()
    return AWAY.about(day=latest.ends_on) if latest else None


def objection_to_signing_on(rows: QuerySet[ApprovalRequest], access: Access) -> Objection | None:
    """Whoever is named to go on did not prepare these, and holds a role they wait for."""
    own = rows.filter(involved__contains=[access.user_id]).count()
    if own:
        return SUCCESSORS_OWN.about(count=own)
    theirs = ApprovalRequest.objects.to_sign_by(access).values("pk")
    others = rows.exclude(pk__in=theirs).count()
    return NOT_THEIRS_TO_SIGN.about(count=others) if others else None


def nobody_else_signs(rows: QuerySet[ApprovalRequest], leaver_id: uuid.UUID) -> Objection | None:
    """Of some no other holder of a role they wait for is there, or all of them prepared it."""
    at = now()
    alone = 0
    for request in rows:
        holders = deciders_of(request.waiting_roles, at=at, within=request.scopes)
        others = {each.pk for each in holders} - {leaver_id, *request.involved}
        alone += not others
    return NOBODY_ELSE_SIGNS.about(count=alone) if alone else None


def passed_on(leaver_id: uuid.UUID, successor_id: uuid.UUID) -> list[ApprovalRequest]:
    """What waits for a leaver and may be signed by whoever goes on."""
    organisation = current_organisation_id()
    access = access_of_ids(successor_id, organisation, at=now()) if organisation else None
    if access is None:
        return []
    theirs = approvals_of(leaver_id).filter(
        pk__in=ApprovalRequest.objects.to_sign_by(access).values("pk")
    )
    return list(theirs.exclude(involved__contains=[successor_id]))


def register_open_work() -> None:
    """Tell accounts what waits for a person here."""
    waits = OpenWork(
        _("Approvals that wait for a role of theirs"),
        Permission.VIEW_APPROVALS,
        approvals_of,
        "approval",
        needs=Permission.DECIDE_APPROVALS,
        against=objection_to_signing_on,
        alone=nobody_else_signs,
    )
    knows_open_work("approvals", waits)
    lent = OpenWork(
        _("Signing in another's place, which ends"),
        Permission.VIEW_APPROVALS,
        delegations_of,
        "delegations",
        title="giver_name",
        has_page=False,
        handed_over=False,
    )
    knows_open_work("delegations", lent)
    knows_absences(absence_of)
