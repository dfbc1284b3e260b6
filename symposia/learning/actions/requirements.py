from collections.abc import Sequence

from django.db import transaction

from symposia.activities.models import Activity
from symposia.audit.actions import record, record_each
from symposia.learning.defaults import Asked, usual_for
from symposia.learning.models import Requirement
from symposia.learning.requirement_rules import objection_to_requirements
from symposia.registrations.requirements import requirement_kinds
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def set_requirements(activity: Activity, asked: Sequence[Asked], *, by: Actor) -> list[Requirement]:
    """Say what learners do before the credit, and in which order."""
    activity = Activity.objects.locked(activity.pk)
    kinds = {each.code: each for each in requirement_kinds()}

    refuse_if(objection_to_requirements(asked, kinds, activity))

    was = list(Requirement.objects.of(activity))
    record_each(by, "requirement.removed", was)
    Requirement.objects.filter(activity=activity).delete()
    made = _lay(activity, asked)
    words = [{"kind": each.kind, "settings": dict(each.settings)} for each in asked]
    record(by, "requirements.set", activity, details={"requirements": words})
    record_each(by, "requirement.laid", made)
    return made


@transaction.atomic
def lay_usual_requirements(activity: Activity, *, by: Actor) -> list[Requirement]:
    """Ask for what the type usually asks for, as far as somebody keeps it and it is there."""
    kinds = {each.code: each for each in requirement_kinds()}
    usual = [
        each
        for each in usual_for(activity.type)
        if each.kind in kinds and kinds[each.kind].objection_to_choosing(activity) is None
    ]
    made = _lay(activity, usual)
    record_each(by, "requirement.laid", made)
    return made


def _lay(activity: Activity, asked: Sequence[Asked]) -> list[Requirement]:
    return Requirement.objects.bulk_create(
        Requirement(
            activity=activity, kind=each.kind, position=number, settings=dict(each.settings)
        )
        for number, each in enumerate(asked, start=1)
    )
