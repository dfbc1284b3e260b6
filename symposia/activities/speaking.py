"""Everybody of the directory who speaks or has spoken, with what a reader may know of it.

The directory says whom a reader sees, the wall which activities and which money; what somebody
disclosed is for whoever looks after people everywhere, as in the list of disclosures.
"""

from datetime import timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    TextChoices,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, ExtractYear
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import (
    Activity,
    Agreement,
    AgreementState,
    Contributor,
    Disclosure,
    Mitigation,
    Relationship,
    RelevanceDecision,
    SessionFaculty,
    State,
)
from symposia.activities.models.activities import PAST
from symposia.activities.wall import Subject, keeps_everywhere
from symposia.directory.models import Clinician
from symposia.shared.counting import CountOf
from symposia.shared.lists import Rows

# How far back the list counts what somebody taught.
YEAR = timedelta(days=365)


class DisclosureStanding(TextChoices):
    """Whether what somebody disclosed counts today."""

    MISSING = "missing", _("Missing")
    EXPIRED = "expired", _("Expired")
    CURRENT = "current", _("In force")


def _taught(access: Access) -> QuerySet[SessionFaculty]:
    """Parts in sessions of activities that one sees and that were not cancelled."""
    seen = Activity.objects.visible_to(access).exclude(state=State.CANCELLED)
    return SessionFaculty.objects.filter(session__activity__in=seen, clinician__isnull=False)


def _of_row(rows: QuerySet[Any], path: str = "") -> QuerySet[Any]:
    """Of each person of the list: under the record kept of them, or under one merged into it. The
    records are asked for apart: asked for rows of either, the server reads all for each person."""
    records = Clinician.objects.of_person(OuterRef(OuterRef("pk")))
    return rows.filter(**{f"{path}clinician__in": records.values("pk")})


def sees_disclosures(access: Access) -> bool:
    return keeps_everywhere(access, Permission.VIEW_PEOPLE_OF_ACTIVITY, Subject.CONTENT)


def speakers_seen(access: Access) -> Rows:
    taught, at = _taught(access), now()
    theirs = _of_row(taught)
    ahead = theirs.filter(session__starts_at__gt=at).order_by("session__starts_at", "pk")
    behind = theirs.filter(session__starts_at__lte=at).order_by("-session__starts_at", "pk")
    people = Clinician.objects.visible_to(access).filter(merged_into=None)
    kept = taught.values(kept=Coalesce("clinician__merged_into_id", "clinician_id"))
    found: Rows = people.select_related("institution", "territory").filter(pk__in=kept)
    found = found.annotate(
        roles_held=ArraySubquery(theirs.order_by("role").values("role").distinct()),
        years_active=ArraySubquery(
            theirs.order_by()
            .values(year=Cast(ExtractYear("session__wall_starts"), IntegerField()))
            .distinct()
        ),
        sessions_of_year=CountOf(
            behind.filter(session__starts_at__gt=at - YEAR).values("session").distinct().order_by()
        ),
        last_spoke_at=_first(behind, "session__starts_at", DateTimeField()),
        next_speaks_at=_first(ahead, "session__starts_at", DateTimeField()),
        next_activity=_first(ahead, "session__activity__title", CharField()),
        next_number=_first(ahead, "session__activity__number", CharField()),
    )
    if sees_disclosures(access):
        found = _with_disclosures(found, access)
    return _with_agreements(found, access) if access.holds(Permission.VIEW_MONEY) else found


def _first(rows: QuerySet[Any], path: str, kept_as: Any) -> Subquery:
    return Subquery(rows.values(path)[:1], output_field=kept_as)


def _with_disclosures(found: Rows, access: Access) -> Rows:
    """Each with what they disclosed last, and what of it still waits to be mitigated."""
    said = _of_row(Disclosure.objects.all(), "contributor__").order_by("-attested_at", "-number")
    biography = _of_row(Contributor.objects.exclude(biography="")).order_by("-created_at")
    with_days = found.annotate(
        disclosed_at=_first(said, "attested_at", DateTimeField()),
        disclosure_until=_first(said, "expires_on", DateField()),
        open_mitigations=CountOf(_of_row(_unmitigated(access), "contributor__").values("pk")),
        curriculum_vitae=_first(biography, "biography", TextField()),
    )
    standing: Rows = with_days.annotate(
        disclosure_standing=Case(
            When(disclosure_until=None, then=Value(DisclosureStanding.MISSING.value)),
            When(disclosure_until__lt=local_day(), then=Value(DisclosureStanding.EXPIRED.value)),
            default=Value(DisclosureStanding.CURRENT.value),
            output_field=CharField(choices=DisclosureStanding.choices),
        )
    )
    return standing


def _unmitigated(access: Access) -> QuerySet[RelevanceDecision]:
    """Relationships of the last disclosure that were found relevant in an activity still to come,
    and for which nothing was done since (ACCME, Standard 3.4)."""
    coming = Activity.objects.visible_to(access).exclude(state__in=PAST)
    relevant = RelevanceDecision.objects.filter(activity__in=coming, is_relevant=True, exception="")
    same = {
        "activity": OuterRef("activity"),
        "contributor": OuterRef("contributor"),
        "company__iexact": OuterRef("company"),
        "nature": OuterRef("nature"),
    }
    later = RelevanceDecision.objects.filter(**same, at__gt=OuterRef("at"))
    done = Mitigation.objects.filter(**same, at__gte=OuterRef("at"))
    last = Disclosure.objects.filter(contributor=OuterRef("contributor")).order_by("-number")
    said = Relationship.objects.filter(
        disclosure=OuterRef("last_said"),
        company__iexact=OuterRef("company"),
        nature=OuterRef("nature"),
    )
    kept = relevant.annotate(last_said=Subquery(last.values("pk")[:1]))
    return kept.filter(~Exists(later), ~Exists(done), Exists(said))


def _with_agreements(found: Rows, access: Access) -> Rows:
    """Each with the agreements that the reader may see, and the rate of the last one."""
    kept = Agreement.objects.visible_to(access).filter(state=AgreementState.SIGNED)
    theirs = _of_row(kept, "contributor__").order_by("-signed_at", "-pk")
    annotated: Rows = found.annotate(
        agreements_signed=CountOf(theirs.order_by().values("pk")),
        rate_minor=_first(theirs, "each_minor", BigIntegerField()),
        rate_currency=_first(theirs, "currency", CharField()),
        rate_unit=_first(theirs, "unit", CharField()),
    )
    return annotated
