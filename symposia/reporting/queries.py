"""What bodies are told of, read from the contexts below."""

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from symposia.accounts.permissions import Access
from symposia.accounts.queries import local_day
from symposia.activities.models import APPROVED_ON, OVER, Activity, Occasion, State
from symposia.activities.modes import Mode
from symposia.credits.models import CreditEntry, CreditOffer
from symposia.directory.models import Identifier, Scheme
from symposia.reporting.drawing import Candidate, DrawRule
from symposia.reporting.models import (
    ActivityFacts,
    Binder,
    BinderActivity,
    BinderEdition,
    BinderInvitation,
    BodyAccount,
    CommercialSupport,
    DueReport,
    FilePurpose,
    ImportedActivity,
    LearnerIdentity,
    PastSignOff,
    Submission,
    SubmissionFile,
    SubmissionState,
)
from symposia.work.files import open_stored
from symposia.work.models import Import, StoredFile

SOON = timedelta(days=30)
# The shapes that web services take, the latest first.
SERVICE_FORMATS = ("xml", "csv")
# How far back the clock looks for activities that nobody reckoned.
BACK = timedelta(days=800)


def systems_offered(activity: Activity) -> list[str]:
    """The codes of the credit systems that an activity offers."""
    return list(CreditOffer.objects.of(activity).values_list("system__code", flat=True))


def has_learners(activity: Activity, boards: Collection[str]) -> bool:
    """Whether anybody holds credit of it; of these boards, where some are named."""
    entries = CreditEntry.objects.of(activity)
    if boards:
        licensed = Identifier.objects.filter(
            scheme=Scheme.LICENCE, issuer__in=boards, clinician=OuterRef("clinician")
        )
        entries = entries.filter(Exists(licensed))
    return entries.exists()


def to_reckon(at: datetime) -> "QuerySet[Activity]":
    """Activities whose reports may not stand in the list yet: over or to come, not long past; and
    those that were cancelled while something was still owed of them."""
    found = Activity.objects.filter(ends_at__gt=at - BACK, state__in=APPROVED_ON)
    wanted = found.exclude(mode=Mode.PROMOTIONAL).exclude(pk__in=_brought())
    owed = DueReport.objects.open().filter(activity__state=State.CANCELLED)
    settled = Activity.objects.filter(pk__in=owed.values("activity"))
    return (wanted | settled).order_by("ends_at", "pk")


def facts_of(activity: Activity) -> ActivityFacts:
    """What bodies ask of it, as far as somebody said so."""
    return ActivityFacts.objects.filter(activity=activity).first() or ActivityFacts(
        activity=activity
    )


def support_of(activity: Activity) -> list[CommercialSupport]:
    return list(CommercialSupport.objects.of(activity))


def account_with(body: str) -> BodyAccount | None:
    """As what a body knows the organisation."""
    return BodyAccount.objects.filter(body=body).first()


def dues_of(activity: Activity) -> list[DueReport]:
    return list(DueReport.objects.of(activity).select_related("owner"))


def due_soon(access: Access) -> "QuerySet[DueReport]":
    """What this person sees of what is late, or due within a month."""
    return DueReport.objects.visible_to(access).due_by(local_day() + SOON)


def activities_over(year: int, pks: Collection[uuid.UUID] = ()) -> "QuerySet[Activity]":
    """Activities that took place and ended in a year, or these of them."""
    found = Activity.objects.filter(state__in=OVER).exclude(mode=Mode.PROMOTIONAL)
    found = found.exclude(pk__in=_brought())
    return found.filter(pk__in=pks) if pks else found.filter(wall_ends__year=year)


def days_with(ids: Collection[uuid.UUID], year: int) -> dict[uuid.UUID, list[uuid.UUID]]:
    """What a record of each tells of: the days of a year of its series, or the activity alone."""
    own = Occasion.objects.filter(activity__in=ids).values_list("activity_id", "series_id")
    series = dict(own)
    days: dict[uuid.UUID, list[uuid.UUID]] = {}
    rows = Occasion.objects.filter(series__in=set(series.values()), activity__wall_ends__year=year)
    for series_id, day in rows.order_by("day").values_list("series_id", "activity_id"):
        days.setdefault(series_id, []).append(day)
    return {pk: days.get(series[pk], [pk]) if pk in series else [pk] for pk in ids}


def _brought() -> "QuerySet[ImportedActivity, Any]":
    """Activities of before Symposia: bodies were told of them then."""
    return ImportedActivity.objects.values("activity")


def past_of(activity: Activity) -> ImportedActivity | None:
    """From which row of which file an activity came, where it was held before Symposia."""
    rows = ImportedActivity.objects.filter(activity=activity.pk).select_related("made")
    return rows.first()


def files_of(submission: Submission) -> list[SubmissionFile]:
    rows = SubmissionFile.objects.filter(submission=submission)
    return list(rows.select_related("file").order_by("-kept_at", "-pk"))


def by_activity(rows: Iterable[Any]) -> dict[uuid.UUID, list[Any]]:
    """Rows by the activity that they are about."""
    found: dict[uuid.UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.activity_id, []).append(row)
    return found


def parcel_of(submission_id: uuid.UUID) -> tuple[BodyAccount, str, str, bytes] | None:
    """What goes to the web service of a file that waits for it: the account, the kind of report,
    the ending of the file and its kept bytes."""
    sent = Submission.objects.filter(pk=submission_id, state=SubmissionState.SENT).first()
    account = account_with(sent.body) if sent else None
    if sent is None or account is None:
        return None
    final = [f for f in files_of(sent) if f.purpose == FilePurpose.FINAL]
    chosen = next(f for f in final if f.format in SERVICE_FORMATS)
    with open_stored(chosen.file) as file:
        return account, sent.kind, chosen.format, file.read()


def identity_of(clinician_id: uuid.UUID) -> LearnerIdentity | None:
    """As whom bodies know a learner, where somebody has said so."""
    return LearnerIdentity.objects.filter(clinician=clinician_id).first()


def bindable() -> "QuerySet[Activity]":
    """Accredited activities that are over: what a binder shows to accreditors."""
    offered = CreditOffer.objects.filter(activity=OuterRef("pk"))
    over = Activity.objects.filter(state__in=OVER).exclude(mode=Mode.PROMOTIONAL)
    return over.filter(Q(mode=Mode.INDEPENDENT) | Exists(offered))


def candidates(rule: DrawRule) -> list[Candidate]:
    """What a sample of these years and types can be drawn from."""
    found = bindable().filter(wall_ends__year__range=(rule.from_year, rule.until_year))
    if rule.types:
        found = found.filter(type__in=rule.types)
    rows = found.values_list("pk", "number", "type", "wall_ends__year").order_by("number")
    return [Candidate(*row) for row in rows]


def activities_bound(binder: Binder) -> list[Activity]:
    """The activities of a binder, in their order."""
    rows = BinderActivity.objects.filter(binder=binder).select_related("activity")
    return [row.activity for row in rows.order_by("position")]


def last_edition(binder: Binder) -> BinderEdition | None:
    """A binder as it was made last."""
    rows = BinderEdition.objects.filter(binder=binder).select_related("paper")
    return rows.order_by("-number").first()


def invitation_open(pk: uuid.UUID, at: datetime) -> BinderInvitation | None:
    """A guest's invitation that opens something at a moment."""
    found = BinderInvitation.objects.select_related("binder").filter(pk=pk).first()
    return found if found and found.opens(at) else None


def files_bound(edition: BinderEdition) -> dict[str, StoredFile]:
    """The kept files of an edition by their ids, as far as they are still there."""
    ids = [uuid.UUID(each["id"]) for each in edition.content["files"]]
    return {str(pk): file for pk, file in StoredFile.objects.in_bulk(ids).items()}


def address_of_guest(pk: uuid.UUID) -> str:
    """The address that a guest's link went to; nothing for nobody."""
    found = BinderInvitation.objects.filter(pk=pk).values_list("email", flat=True).first()
    return found or ""


def file_for_guest(pk: uuid.UUID, file_id: uuid.UUID, at: datetime) -> StoredFile | None:
    """A file that stands in the binder which a guest's link opens now."""
    guest = invitation_open(pk, at)
    edition = last_edition(guest.binder) if guest else None
    if edition is None:
        return None
    named = {each["id"] for each in edition.content["files"]} | {str(edition.paper_id)}
    if str(file_id) not in named:
        return None
    return StoredFile.objects.kept().filter(pk=file_id).first()


def signed_of(made: Import) -> PastSignOff | None:
    """Who answered for a file of the past."""
    return PastSignOff.objects.filter(made=made).first()
