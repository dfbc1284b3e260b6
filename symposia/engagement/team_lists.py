"""A team at one look: of each territory who holds it, what is owed to its doctors, who waits."""

from datetime import timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import ENDED
from symposia.directory.models import Assignment, Territory
from symposia.engagement.models import FollowUp, FollowUpState
from symposia.registrations.models import Registration
from symposia.registrations.models import State as PlaceState
from symposia.shared.counting import CountOf
from symposia.shared.lists import Column, ListOf, Rows, Search

LATELY = timedelta(days=30)
# A wish for a place that somebody has still to answer.
UNANSWERED = (PlaceState.REQUESTED, PlaceState.QUEUED, PlaceState.OFFERED)
WAITING = "waiting"
# What a count opens: the filters of the list of follow-ups, by the name of the column.
OPENS = {
    "late": "when=late",
    "open": "state=open",
    "done": "state=done",
    "not_done": "state=declined",
}


def waiting_for_answers(access: Access) -> Rows:
    """Places that doctors whom one reaches wish for, where the wish is not answered or waits."""
    wishes = Registration.objects.visible_to(access, Permission.INVITE).filter(state__in=UNANSWERED)
    coming = wishes.filter(activity__ends_at__gt=now()).exclude(activity__state__in=ENDED)
    found: Rows = coming.select_related("activity", "clinician", "clinician__institution")
    return found


def _rows(access: Access, **_kwargs: Any) -> Rows:
    today = local_day()
    owed = FollowUp.objects.visible_to(access).filter(clinician__territory=OuterRef("pk"))
    lately = Q(closed_at__gte=now() - LATELY)
    wishes = waiting_for_answers(access).filter(clinician__territory=OuterRef("pk")).order_by()
    held = Assignment.objects.on(today).filter(territory=OuterRef("pk"))
    names = held.order_by("role__name", "pk").values("membership__user__full_name")
    seen = Territory.objects.visible_to(access, Permission.INVITE).select_related("parent")
    return seen.annotate(
        holder_names=ArraySubquery(names),
        late=CountOf(owed.late_on(today).values("pk")),
        open=CountOf(owed.open().values("pk")),
        done=CountOf(owed.filter(lately, state=FollowUpState.DONE).values("pk")),
        not_done=CountOf(owed.filter(lately, state=FollowUpState.DECLINED).values("pk")),
        waiting=CountOf(wishes.values("pk")),
    )


def _named(rows: Rows, text: str) -> Rows:
    return rows.filter(Q(name__icontains=text) | Q(code__icontains=text))


def _count(name: str, label: Any) -> Column:
    return Column(
        name,
        label,
        name,
        sort=name,
        kind="n",
        url=lambda t: ("territory_follow_ups", [t.pk, name]) if getattr(t, name) else None,
    )


TEAM = ListOf(
    name="field_team",
    title=_("Follow-up by territory"),
    permission=Permission.INVITE,
    rows=_rows,
    columns=(
        Column("name", _("Territory"), "name", sort="name"),
        Column("parent", _("Lies in"), "parent__name", in_page=False),
        Column("holders", _("Held today by"), lambda t: ", ".join(t.holder_names)),
        _count("late", _("Late")),
        _count("open", _("To do")),
        _count("done", _("Done in 30 days")),
        _count("not_done", _("Not done in 30 days")),
        Column(
            "waiting",
            _("Doctors who wait for an answer"),
            "waiting",
            sort="waiting",
            kind="n",
            url=lambda t: ("territory_follow_ups", [t.pk, WAITING]) if t.waiting else None,
        ),
    ),
    filters=(Search("q", _("Name or code"), find=_named),),
    sort="name",
    empty=_("No territory is yours to look after."),
)
