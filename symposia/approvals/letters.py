"""What people are told: of a decision, of what is signed again or overdue, of a delegation."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from symposia.accounts.models import Organisation, User
from symposia.approvals.models import ApprovalRequest, Decision, Delegation, State, Verdict
from symposia.approvals.queries import deciders_of, person_behind
from symposia.notifications.actions import queue_message
from symposia.shared.actors import Actor


def tell_requester(request: ApprovalRequest, decision: Decision, *, by: Actor) -> None:
    """Write to whoever submitted the request; nobody is written to about their own decision."""
    if request.opened_by_id in {None, decision.decided_by_id}:
        return
    asked_by = User.objects.filter(pk__in=[request.opened_by_id], is_active=True).first()
    if asked_by is None:
        return
    here = Organisation.objects.get(pk=request.organisation_id)
    language = asked_by.language or here.language
    with translation.override(language):
        decided, follows = _words(request, decision)
    queue_message(
        "approvals.decided",
        to_address=asked_by.email,
        to_name=asked_by.full_name,
        values={
            "organisation": here.name,
            "name": str(asked_by),
            "title": request.title,
            "number": request.number,
            "decided": decided,
            "step": decision.step_name,
            "by": decision.decided_by_name,
            "reason": decision.reason,
            "follows": follows,
            "request_link": f"{settings.ORIGIN}/approvals/{request.pk}/",
        },
        language=language,
        about=(request._meta.label, request.pk),
        by=by,
    )


def _words(request: ApprovalRequest, decision: Decision) -> tuple[str, str]:
    """What was decided, and what follows from it."""
    if decision.verdict == Verdict.RETURN:
        return _("Returned for change"), _("Change what is asked for, then submit it again.")
    if decision.verdict == Verdict.REFUSE and request.first_approved_at:
        stands = _("What was approved before stands. Put the change back, or change it again.")
        return _("Change refused"), stands
    if decision.verdict == Verdict.REFUSE:
        return _("Refused"), _("This request is over.")
    if request.state == State.APPROVED:
        return _("Approved"), _("All signatures are given.")
    steps = ", ".join(step.name for step in request.waits_for)
    return _("Signed"), _("Next it waits for: %(step)s") % {"step": steps}


def tell_deciders(request: ApprovalRequest, *, at: datetime, by: Actor) -> None:
    """Write to everybody who may give an overdue signature and did not prepare the subject."""
    _tell_of_steps(request, "approvals.overdue", _signers(request, at), by=by)


def tell_of_reopening(
    request: ApprovalRequest, asked_by_id: uuid.UUID | None, *, at: datetime, by: Actor
) -> None:
    """Write to whoever signs again what was approved, and to whoever had asked for it."""
    others = [asked_by_id] if asked_by_id and asked_by_id != person_behind(by) else []
    asked_by = User.objects.filter(pk__in=others, is_active=True)
    people = {each.pk: each for each in [*_signers(request, at), *asked_by]}
    _tell_of_steps(request, "approvals.reopened", people.values(), by=by)


def _signers(request: ApprovalRequest, at: datetime) -> list[User]:
    """Who may give a signature that waits: the roles, without those who prepared the subject."""
    people = deciders_of(request.waiting_roles, at=at, within=request.scopes)
    return [person for person in people if person.pk not in request.involved]


def tell_signing_successor(
    request: ApprovalRequest, successor: User, leaver: User, *, by: Actor
) -> None:
    """Write to whoever signs from now on what waited for somebody who leaves."""
    _tell_of_steps(request, "approvals.handed_over", [successor], by=by, person=str(leaver))


def _tell_of_steps(
    request: ApprovalRequest, template: str, people: Iterable[User], *, by: Actor, **more: str
) -> None:
    """One letter each about what a request waits for."""
    here = Organisation.objects.get(pk=request.organisation_id)
    for person in people:
        queue_message(
            template,
            to_address=person.email,
            to_name=person.full_name,
            values={
                "organisation": here.name,
                "name": str(person),
                "title": request.title,
                "number": request.number,
                "step": ", ".join(step.name for step in request.waits_for),
                "request_link": f"{settings.ORIGIN}/approvals/{request.pk}/",
                **more,
            },
            language=person.language or here.language,
            about=(request._meta.label, request.pk),
            by=by,
        )


def tell_delegate(delegation: Delegation, *, by: Actor) -> None:
    """Write to whoever is to stand in."""
    person = User.objects.filter(pk=delegation.delegate_id, is_active=True).first()
    if person is None:
        return
    here = Organisation.objects.get(pk=delegation.organisation_id)
    queue_message(
        "approvals.delegated",
        to_address=person.email,
        to_name=person.full_name,
        values={
            "organisation": here.name,
            "name": str(person),
            "giver": delegation.giver_name,
            "first_day": delegation.starts_on.isoformat(),
            "last_day": delegation.ends_on.isoformat(),
            "reason": delegation.reason,
            "inbox_link": f"{settings.ORIGIN}/approvals/",
        },
        language=person.language or here.language,
        about=(delegation._meta.label, delegation.pk),
        by=by,
    )
