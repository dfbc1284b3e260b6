"""How far a role reaches among requests: of a step of its own, or near by."""

from dataclasses import replace

from django.db.models import Q

from symposia.accounts.permissions import Access, Granted, Permission
from symposia.approvals.places import kept_from, kinds_with_places


def reach_of(granted: Granted) -> Q:
    """Everything, or what lies where a role is limited to."""
    if granted.scope_id is None:
        return Q()
    return Q(subject_id=granted.scope_id) | Q(lies_in__contains=[granted.scope_id])


def with_step_of(access: Access) -> Q:
    """Requests with a step that a role of this person signs, or signs once it is overdue."""
    found = Q(pk=None)
    for granted in access.granted:
        if Permission.DECIDE_APPROVALS in granted.permissions:
            of_role = Q(steps__contains=[{"role": granted.role}])
            above = Q(steps__contains=[{"escalates_to": granted.role}])
            found |= (of_role | above) & reach_of(granted)
    return found


def sees_every_request(access: Access, permission: Permission) -> bool:
    """Whoever keeps the rules of the whole organisation sees what is asked under them."""
    return access.everywhere(permission) and access.everywhere(Permission.MANAGE_RULES)


def _only_decides(granted: Granted) -> bool:
    """A role that signs, and neither plans nor keeps the rules."""
    others = {Permission.PLAN_ACTIVITIES, Permission.MANAGE_RULES}
    return Permission.DECIDE_APPROVALS in granted.permissions and not others & granted.permissions


def near_by(access: Access, permission: Permission) -> Q:
    """As the subjects themselves are seen: about the activities a role is limited to, of the own
    territories and of none, without what the wall keeps."""
    kept = tuple(each for each in access.granted if not _only_decides(each))
    reads = replace(access, granted=kept)
    if reads.everywhere(permission):
        near = Q(pk__isnull=False)  # an empty condition would vanish beside another
    else:
        near = Q(subject_id__in=reads.scopes(permission, "activity"))
        if territories := reads.scopes(permission, "territory"):
            of_none = Q(lies_in=[], subject_type__in=kinds_with_places())
            near |= Q(lies_in__overlap=sorted(territories)) | of_none
    behind = kept_from(access)
    return near if behind is None else near & ~behind
