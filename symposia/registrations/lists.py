from dataclasses import replace
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.registrations.answers import answers_about
from symposia.registrations.choosing import sessions_chosen
from symposia.registrations.models import (
    ChoiceState,
    Need,
    Registration,
    Share,
    ShareKind,
    Source,
    State,
    TicketKey,
    WaitlistTerms,
)
from symposia.registrations.spots import answers_now
from symposia.shared.lists import Choice, Column, ListOf, Search

TONES: dict[str, str] = {
    State.CONFIRMED: "ok",
    State.QUEUED: "warn",
    State.OFFERED: "info",
    State.REQUESTED: "info",
    State.CANCELLED: "",
    State.DECLINED: "stop",
    State.LAPSED: "",
}


def _rows(access: Any, **kwargs: Any) -> Any:
    found = Registration.objects.visible_to(access).with_people()
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


_BEYOND = Case(
    When(beyond_capacity=True, then=Value("yes")),
    output_field=CharField(choices=[("yes", _("Yes"))]),
)
PEOPLE_COLUMNS = (
    Column(
        "name",
        _("Name"),
        "clinician__full_name",
        sort="clinician__search_text",
        url=lambda r: ("registration", [r.pk]),
    ),
    Column("credential", _("Credential"), "clinician__credential"),
    Column(
        "institution",
        _("Institution"),
        "clinician__institution__name",
        sort="clinician__institution__name",
    ),
    Column("city", _("City"), "clinician__city", sort="clinician__city"),
)

PEOPLE = ListOf(
    name="activity_people",
    title=_("People"),
    permission=Permission.VIEW_PEOPLE_OF_ACTIVITY,
    rows=_rows,
    columns=(
        *PEOPLE_COLUMNS,
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda r: TONES[r.state],
        ),
        Column("requested_at", _("Registered"), "requested_at", "requested_at", kind="moment"),
        Column("source", _("Came by"), "source", sort="source"),
        Column("activity", _("Activity"), "activity__number", in_page=False),
        Column(
            "profession",
            _("Profession"),
            "clinician__profession",
            in_page=False,
        ),
        Column("email", _("E-mail"), "clinician__email", in_page=False),
        Column("ticket_code", _("Ticket code"), "ticket_code", in_page=False),
        Column("attending", _("Comes"), "attending", in_page=False),
        Column("beyond", _("Beyond the capacity"), _BEYOND, in_page=False),
        Column("given_up", _("Given up because"), "cancelled_because", in_page=False),
        Column("meals", _("Meals"), answers_about(Need.DIETARY), in_page=False),
        Column("access", _("Access"), answers_about(Need.ACCESS), in_page=False),
        Column("sessions", _("Sessions"), sessions_chosen(ChoiceState.CONFIRMED), in_page=False),
        Column("waits_for", _("Waits for"), sessions_chosen(ChoiceState.QUEUED), in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or ticket code"), _search),
        Choice("state", _("State"), "state", State.choices),
        Choice("source", _("Came by"), "source", Source.choices),
    ),
    sort="clinician__search_text",
    empty=_("Nobody is registered yet. Invite people, or share the public page."),
)


def _line(access: Any, **kwargs: Any) -> Any:
    """Who waits or has an offer to answer; of one activity with the reason for waiting."""
    rows = _rows(access, **kwargs).select_related("party")
    rows = rows.filter(state__in=[State.QUEUED, State.OFFERED])
    return rows.annotate(why=_reasons(kwargs["activity_pk"]) if kwargs else _NO_WORDS)


_NO_WORDS = Value("", output_field=TextField())


def _reasons(activity_pk: Any) -> Any:
    activity = Activity.objects.filter(pk=activity_pk).first()
    if activity is None:
        return _NO_WORDS
    told: dict[str, list[Any]] = {}
    for answer in answers_now(activity, WaitlistTerms.objects.of(activity)):
        if answer.objection:
            told.setdefault(str(answer.objection), []).extend(answer.wait.members)
    cases = [When(pk__in=members, then=Value(reason)) for reason, members in told.items()]
    return Case(*cases, default=_NO_WORDS, output_field=TextField())


_EARLIER = Registration.objects.filter(activity=OuterRef("activity"), state=State.QUEUED).filter(
    Q(requested_at__lt=OuterRef("requested_at"))
    | Q(requested_at=OuterRef("requested_at"), pk__lt=OuterRef("pk"))
)
_POSITION = Case(
    When(
        state=State.QUEUED,
        then=Coalesce(
            Subquery(_EARLIER.order_by().values("activity").annotate(n=Count("pk")).values("n")), 0
        )
        + 1,
    ),
    output_field=IntegerField(),
)

WAITLIST = ListOf(
    name="activity_waitlist",
    title=_("Waitlist"),
    permission=Permission.VIEW_PEOPLE_OF_ACTIVITY,
    rows=_line,
    columns=(
        Column("position", _("Place in line"), _POSITION, kind="n"),
        PEOPLE_COLUMNS[0],
        Column(
            "state", _("State"), "state", sort="state", kind="state", tone=lambda r: TONES[r.state]
        ),
        Column("why", _("Why no place yet"), "why"),
        Column("party", _("Comes with"), "party__name", sort="party__name"),
        Column("requested_at", _("Waits since"), "requested_at", "requested_at", kind="moment"),
        Column(
            "offered_until", _("Offered until"), "offered_until", "offered_until", kind="moment"
        ),
        *(replace(each, in_page=False) for each in PEOPLE_COLUMNS[1:]),
        Column("activity", _("Activity"), "activity__number", in_page=False),
        Column("email", _("E-mail"), "clinician__email", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or ticket code"), _search),
        Choice(
            "state",
            _("State"),
            "state",
            [(State.QUEUED, State.QUEUED.label), (State.OFFERED, State.OFFERED.label)],
        ),
    ),
    sort="requested_at",
    empty=_("Nobody waits. Whoever asks once all places are taken comes here."),
)


def _shares(access: Any, **kwargs: Any) -> Any:
    found = Share.objects.visible_to(access).select_related("activity")
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


SHARES = ListOf(
    name="activity_places",
    title=_("Places counted apart"),
    permission=Permission.VIEW_PEOPLE_OF_ACTIVITY,
    rows=_shares,
    columns=(
        Column(
            "name",
            _("For whom"),
            str,
            sort="name",
            url=lambda s: ("share", [s.pk]),
        ),
        Column("kind", _("Kind"), "kind", sort="kind"),
        Column("profession", _("Profession"), "profession"),
        Column("capacity", _("Places"), "capacity", sort="capacity", kind="n"),
        Column("taken", _("Taken"), "taken", sort="taken", kind="n"),
        Column("left", _("Free"), F("capacity") - F("taken"), kind="n"),
        Column("activity", _("Activity"), "activity__number", in_page=False),
    ),
    filters=(Choice("kind", _("Kind"), "kind", ShareKind.choices),),
    sort="kind",
    empty=_("All places are open to everybody who may come."),
)


def _requests(access: Any, **kwargs: Any) -> Any:
    return _rows(access, **kwargs).filter(state=State.REQUESTED)


REQUESTS = ListOf(
    name="activity_requests",
    title=_("Requests"),
    permission=Permission.VIEW_PEOPLE_OF_ACTIVITY,
    rows=_requests,
    columns=(
        *PEOPLE_COLUMNS,
        Column("profession", _("Profession"), "clinician__profession"),
        Column("requested_at", _("Asked"), "requested_at", "requested_at", kind="moment"),
        Column("attending", _("Comes"), "attending"),
        Column("activity", _("Activity"), "activity__number", in_page=False),
        Column("email", _("E-mail"), "clinician__email", in_page=False),
    ),
    filters=(Search("q", _("Name, number or ticket code"), _search),),
    sort="requested_at",
    empty=_("Nobody waits for an answer."),
)


def _keys(access: Any) -> Any:
    return TicketKey.objects.visible_to(access)


TICKET_KEYS = ListOf(
    name="ticket_keys",
    title=_("Changes of the key of tickets"),
    permission=Permission.MANAGE_ORGANISATION,
    rows=_keys,
    columns=(
        Column("number", _("Key"), "number", sort="number", kind="n"),
        Column("public_key", _("Public half"), "public_key"),
        Column("made_at", _("Since"), "made_at", sort="made_at", kind="moment"),
        Column("made_by", _("By"), "made_by_name"),
        Column("reason", _("Why"), "reason"),
    ),
    sort="-number",
    empty=_("Tickets are signed with the first key."),
)
