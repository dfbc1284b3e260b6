"""What is owed to schemes of a year, set aside or owed again; the declaration of the head."""

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import person_behind, this_organisation
from symposia.audit.actions import record
from symposia.reporting.declared import declared_at, hash_of_file
from symposia.reporting.models import (
    OF_MONEY,
    SCHEME_OF,
    Submission,
    TransferOfValue,
    YearDeclaration,
    YearlyDue,
    YearlyDueState,
)
from symposia.reporting.transfer_rules import (
    HEAD,
    NOT_THE_HEAD,
    objection_to_declaring,
    objection_to_owing_year_again,
    objection_to_waiving_year,
)
from symposia.reporting.transfers.schemes import scheme_rule
from symposia.shared.actors import Actor
from symposia.shared.refusals import needed, refuse_if

DECLARATION = (
    "I declare that the expenditure stated in this form is complete and correct, that it was made"
    " in keeping with the Uniform Code for Pharmaceutical Marketing Practices, and that its records"
    " are kept for five years."
)


@transaction.atomic
def reckon_years(*, by: Actor) -> int:
    """Note what is owed of every year of a scheme in which something was given; how many are
    new."""
    if not this_organisation().is_company:
        return 0
    rows = TransferOfValue.objects.standing().exclude(scheme="").order_by()
    years = set(rows.values_list("scheme", "year").distinct())
    known = set(YearlyDue.objects.values_list("kind", "year"))
    wanted = [
        (kind, year)
        for kind in OF_MONEY
        for scheme, year in sorted(years)
        if SCHEME_OF[kind] == scheme and (kind, year) not in known
    ]
    for kind, year in wanted:
        rule = scheme_rule(SCHEME_OF[kind])
        made = YearlyDue.objects.create(
            kind=kind,
            year=year,
            due_on=rule.due_on(year),
            keep_until=rule.kept_until(year),
            rule=rule.citation[:300],
        )
        record(by, "year.due", made, details={"due_on": made.due_on.isoformat()})
    return len(wanted)


@transaction.atomic
def waive_year(due: YearlyDue, *, reason: str, by: Actor) -> YearlyDue:
    """Say that a year is not reported, and why."""
    due = YearlyDue.objects.locked(due.pk)

    refuse_if(objection_to_waiving_year(due, reason))

    due.move(YearlyDueState.WAIVED, waived_because=reason.strip()[:500])
    record(by, "year.waived", due, reason=reason)
    return due


@transaction.atomic
def owe_year_again(due: YearlyDue, *, by: Actor) -> YearlyDue:
    """Owe again what was set aside."""
    due = YearlyDue.objects.locked(due.pk)

    refuse_if(objection_to_owing_year_again(due))

    due.move(YearlyDueState.OPEN, waived_because="")
    record(by, "year.reopened", due)
    return due


@transaction.atomic
def declare_year(
    submission: Submission, position: str, *, access: Access, by: Actor
) -> YearDeclaration:
    """The executive head declares that the annual form, as its file was made, is right."""
    submission = Submission.objects.locked(submission.pk)
    sha256 = hash_of_file(submission)
    is_declared = declared_at(submission) is not None
    is_head = HEAD in access.roles_with(Permission.VIEW_MONEY)

    refuse_if(
        objection_to_declaring(
            submission, is_head=is_head, is_declared=is_declared, position=position
        )
    )

    person = needed(person_behind(by), NOT_THE_HEAD.about(role="Executive"))
    made = YearDeclaration.objects.create(
        submission=submission,
        year=submission.year,
        words=DECLARATION,
        sha256=sha256,
        declared_at=now(),
        declared_by_id=person,
        declared_by_name=by.name,
        position=position.strip()[:120],
    )
    details = {"sha256": sha256, "position": made.position}
    record(by, "year.declared", made, details=details)
    return made
