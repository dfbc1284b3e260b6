from typing import Any

from django.db.models import (
    CharField,
    OuterRef,
    Subquery,
    UUIDField,
    Value,
)
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.directory.models import Clinician, Profession
from symposia.outreach.models import (
    Invitation,
    State,
)
from symposia.shared.lists import Choice, Column, ListOf, Search, either

TONES = {State.ACCEPTED: "ok", State.DECLINED: "stop", State.SENT: "", State.WITHDRAWN: ""}


def _rows(access: Any, **kwargs: Any) -> Any:
    """Of one activity, or (through the API) of all."""
    found = Invitation.objects.visible_to(access).for_list()
    activity = kwargs.get("activity_pk")
    return found.filter(activity=activity) if activity else found


INVITATIONS = ListOf(
    name="invitations",
    title=_("Invitations"),
    permission="view_people_of_activity",
    rows=_rows,
    columns=(
        Column(
            *("name", _("Name"), "clinician__full_name", "clinician__search_text"),
            lambda i: ("clinician", [i.clinician_id]),
        ),
        Column(
            *("institution", _("Institution"), "clinician__institution__name"),
            "clinician__institution__name",
            in_page=False,
        ),
        Column("address", _("E-mail"), "address", "address"),
        Column(
            *("state", _("Answer"), "state", "state"),
            kind="state",
            tone=lambda i: TONES[i.state],
        ),
        Column("sent_at", _("Invited"), "sent_at", "sent_at", kind="moment"),
        Column("replied_at", _("Answered"), "replied_at", "replied_at", kind="moment"),
        Column("activity", _("Activity"), "activity__number", in_page=False),
        Column("by", _("Invited by"), "invited_by_name", "invited_by_name"),
        Column("taken_over_by", _("Taken over by"), "taken_over_by__full_name", in_page=False),
    ),
    filters=(
        Search(
            *("q", _("Name"), lambda rows, text: rows.filter(clinician__full_name__icontains=text))
        ),
        Choice("state", _("Answer"), "state", State.choices),
    ),
    sort="clinician__search_text",
    empty=_("Nobody is invited yet."),
)


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


def _invited_to(rows: Any, number: str) -> Any:
    """Whoever was asked to come to an earlier activity."""
    asked = Invitation.objects.filter(activity__number__iexact=number)
    return rows.filter(pk__in=asked.values("clinician"))


def _candidates(access: Any, **kwargs: Any) -> Any:
    """The directory, each person with the activity that somebody is being invited to."""
    people = Clinician.objects.within(access, Permission.INVITE).active()
    activity = Value(kwargs.get("pk"), output_field=UUIDField(null=True))
    return people.select_related("institution").annotate(for_activity=activity)


# What a candidate answered, if they were invited to this activity before.
_ANSWER = Subquery(
    Invitation.objects.filter(
        clinician_id=OuterRef("pk"), activity_id=OuterRef("for_activity")
    ).values("state")[:1],
    output_field=CharField(choices=State.choices),
)

CANDIDATES = ListOf(
    name="activity_invite",
    title=_("Choose whom to invite"),
    permission="invite",
    rows=_candidates,
    columns=(
        Column("name", _("Name"), either("display_name", "full_name"), "search_text"),
        Column("full_name", _("Name as on the licence"), "full_name", in_page=False),
        Column(
            *("answer", _("Invited already"), _ANSWER),
            kind="state",
            tone=lambda c: TONES.get(c.cell_answer, ""),
        ),
        Column("credential", _("Credential"), "credential", "credential"),
        Column("specialty", _("Specialty"), "specialty", "specialty"),
        Column("institution", _("Institution"), "institution__name", "institution__name"),
        Column("city", _("City"), "city", "city"),
        Column("email", _("E-mail"), "email", "email"),
    ),
    filters=(
        Search("q", _("Name or number"), _search),
        Search(*("specialty", _("Specialty"), lambda rows, t: rows.filter(specialty__icontains=t))),
        Search("city", _("City"), lambda rows, text: rows.filter(city__icontains=text)),
        Choice("profession", _("Profession"), "profession", Profession.choices),
        Search("invited", _("Invited to (number)"), _invited_to),
    ),
    sort="search_text",
    empty=_("The directory is empty. Import clinicians first."),
)
