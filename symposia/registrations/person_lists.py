"""What one person was asked to and has a place at, as a tab of their page."""

from typing import Any

from django.db.models import CharField, OuterRef, Q, Subquery, UUIDField, Value
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.outreach.lists import TONES as ANSWER_TONES
from symposia.outreach.models import Invitation
from symposia.outreach.models import State as Answer
from symposia.registrations.lists import TONES
from symposia.registrations.models import Registration, State
from symposia.shared.lists import Column, ListOf, Rows

_SEES = Permission.VIEW_PEOPLE_OF_ACTIVITY


def _activities(access: Any, **kwargs: Any) -> Rows:
    """Activities this person was invited to or registered for, as far as one may see both."""
    pk = kwargs.get("pk")
    invited = Invitation.objects.visible_to(access).filter(clinician=pk)
    registered = Registration.objects.visible_to(access).filter(clinician=pk)
    either = Q(pk__in=invited.values("activity")) | Q(pk__in=registered.values("activity"))
    rows: Rows = Activity.objects.visible_to(access, _SEES).filter(either)
    annotated: Rows = rows.annotate(person=Value(pk, output_field=UUIDField(null=True)))
    return annotated


def _latest(model: Any, choices: Any, order: str) -> Subquery:
    mine = model.objects.filter(activity=OuterRef("pk"), clinician=OuterRef("person"))
    field = CharField(choices=choices)
    return Subquery(mine.order_by(order).values("state")[:1], output_field=field)


PARTICIPATION = ListOf(
    name="clinician_participation",
    title=_("Participation"),
    permission=_SEES,
    rows=_activities,
    columns=(
        Column(
            "activity",
            _("Activity"),
            "title",
            sort="title",
            url=lambda row: ("activity", [row.pk]),
        ),
        Column("number", _("Number"), "number", kind="id"),
        Column("starts_at", _("Begins"), "starts_at", sort="starts_at", kind="moment"),
        Column(
            "invited",
            _("Invited"),
            _latest(Invitation, Answer.choices, "-sent_at"),
            kind="state",
            tone=lambda row: ANSWER_TONES.get(row.cell_invited, "info"),
        ),
        Column(
            "place",
            _("Place"),
            _latest(Registration, State.choices, "-requested_at"),
            kind="state",
            tone=lambda row: TONES.get(row.cell_place, "") or "info",
        ),
    ),
    sort="-starts_at",
    empty=_("Nobody has invited or registered this person yet."),
)
