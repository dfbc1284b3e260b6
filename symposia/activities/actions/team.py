from django.db import transaction

from symposia.accounts.models import User
from symposia.activities.actions.amending import ask_again
from symposia.activities.disclosing import objection_to_team
from symposia.activities.events import ActivityChanged
from symposia.activities.models import Activity, Contributor, TeamMember
from symposia.activities.policies import objection_to_faculty
from symposia.audit.actions import record
from symposia.directory.models import Clinician
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def enter_contributor(
    *, by: Actor, clinician: Clinician | None = None, name: str = "", email: str = ""
) -> Contributor:
    """Keep somebody who controls content, once: of the directory, or from outside by name."""
    name = (clinician.called if clinician else name.strip())[:200]

    refuse_if(objection_to_faculty(name))

    found = Contributor.objects.known_as(clinician.pk if clinician else None, name)
    if found:
        return found
    email = email or (clinician.email if clinician else "")
    found = Contributor.objects.create(clinician=clinician, name=name, email=email)
    record(by, "contributor.entered", found, details={"name": name})
    return found


@transaction.atomic
def enter_own_contributor(user: User, *, by: Actor) -> Contributor:
    """Keep a signed-in person among those who control content."""
    found = Contributor.objects.filter(user=user).first()
    if found:
        return found
    found = Contributor.objects.create(user=user, name=str(user)[:200], email=user.email)
    record(by, "contributor.entered", found, details={"name": found.name})
    return found


@transaction.atomic
def change_contributor_address(contributor: Contributor, email: str, *, by: Actor) -> Contributor:
    """Say where somebody who controls content is written to; what left before stays as it was."""
    contributor = Contributor.objects.locked(contributor.pk)
    was = contributor.email
    if was == email:
        return contributor
    contributor.email = email
    contributor.save(update_fields=["email"])
    record(by, "contributor.address_changed", contributor, details={"was": was, "now": email})
    return contributor


@transaction.atomic
def add_team_member(
    activity: Activity, contributor: Contributor, *, role: str, by: Actor, of_series: bool = False
) -> TeamMember:
    """Give a person a content role in a whole activity; the same again changes nothing."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_team(activity, name=contributor.name, role=role))

    member, is_new = TeamMember.objects.get_or_create(
        activity=activity, contributor=contributor, role=role, defaults={"of_series": of_series}
    )
    if is_new:
        details = {"name": contributor.name, "role": role}
        record(by, "activity.team_joined", activity, details=details)
        announce(ActivityChanged(activity.pk, ("team",)))
        ask_again(activity, by=by)
    return member


@transaction.atomic
def remove_team_member(member: TeamMember, *, by: Actor) -> None:
    """Take a content role from a person."""
    activity = Activity.objects.locked(member.activity_id)
    details = {"name": member.contributor.name, "role": member.role}

    refuse_if(objection_to_team(activity, name=member.contributor.name, role=member.role))

    member.delete()
    record(by, "activity.team_left", activity, details=details)
    announce(ActivityChanged(activity.pk, ("team",)))
    ask_again(activity, by=by)
