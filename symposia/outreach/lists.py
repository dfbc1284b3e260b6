from typing import Any

from django.db.models import (
    CharField,
    Count,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.directory.models import Clinician, Profession
from symposia.notifications.models import State as MailState
from symposia.notifications.models import Suppression
from symposia.outreach.models import (
    Allotment,
    AllotmentState,
    ApprovedClinician,
    Campaign,
    CampaignState,
    Invitation,
    Recipient,
    RecipientState,
    State,
)
from symposia.shared.lists import Choice, Column, ListOf, Search

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
        Column("name", _("Name"), "full_name", "search_text"),
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

CAMPAIGN_TONES = {
    CampaignState.DRAFT: "warn",
    CampaignState.RELEASED: "ok",
    CampaignState.DISCARDED: "",
}


def _campaigns(access: Any, **_kwargs: Any) -> Any:
    """All campaigns one may see, each with how many it wrote to."""
    return Campaign.objects.visible_to(access).for_list()


def _counted_of(rows: Any, group: str) -> Coalesce:
    counted = Subquery(rows.order_by().values(group).annotate(n=Count("pk")).values("n")[:1])
    return Coalesce(counted, Value(0), output_field=IntegerField())


def _counted(**conditions: Any) -> Coalesce:
    return _counted_of(Recipient.objects.filter(campaign=OuterRef("pk"), **conditions), "campaign")


CAMPAIGNS = ListOf(
    name="campaigns",
    title=_("Campaigns"),
    permission="view_people_of_activity",
    rows=_campaigns,
    columns=(
        Column("number", _("Number"), "number", "number", lambda c: ("campaign", [c.pk]), "id"),
        Column(
            *("activity", _("Activity"), "activity__title"),
            url=lambda c: ("invitations", [c.activity_id]),
        ),
        Column("activity_number", _("Activity number"), "activity__number", in_page=False),
        Column(
            *("state", _("State"), "state", "state"),
            kind="state",
            tone=lambda c: CAMPAIGN_TONES[c.state],
        ),
        Column("sent", _("Sent"), _counted(state=RecipientState.SENT), kind="n"),
        Column("skipped", _("Skipped"), _counted(state=RecipientState.SKIPPED), kind="n"),
        Column("made_by", _("Made by"), "made_by_name", "made_by_name"),
        Column("made_at", _("Made"), "made_at", "made_at", kind="moment"),
    ),
    filters=(
        Search(
            "q",
            _("Number or activity"),
            lambda rows, text: rows.filter(
                Q(number__iexact=text.strip()) | Q(activity__title__icontains=text)
            ),
        ),
        Choice("state", _("State"), "state", CampaignState.choices),
    ),
    sort="-made_at",
    empty=_("No campaign yet. Open an activity and choose whom to invite."),
)

RECIPIENT_TONES = {
    RecipientState.CHOSEN: "",
    RecipientState.RECALLED: "",
    RecipientState.SENT: "ok",
    RecipientState.SKIPPED: "warn",
    RecipientState.WAITING: "info",
}


def _recipients(access: Any, **kwargs: Any) -> Any:
    """Of one campaign, or (through the API) of all."""
    found = Recipient.objects.visible_to(access).in_waves()
    found = found.select_related("clinician", "wave", "campaign", "invitation", "delivery")
    campaign = kwargs.get("campaign_pk")
    return found.filter(campaign=campaign) if campaign else found


RECIPIENTS = ListOf(
    name="campaign_people",
    title=_("Report by person"),
    permission="view_people_of_activity",
    rows=_recipients,
    columns=(
        Column(
            *("name", _("Name"), "clinician__full_name", "clinician__search_text"),
            lambda r: ("clinician", [r.clinician_id]),
        ),
        Column("email", _("E-mail"), "clinician__email", in_page=False),
        Column("campaign", _("Campaign"), "campaign__number", in_page=False),
        Column("wave", _("Wave"), "wave__number", "wave__number", kind="n"),
        Column(
            *("state", _("State"), "state", "state"),
            kind="state",
            tone=lambda r: RECIPIENT_TONES[r.state],
        ),
        Column("why", _("Why skipped"), "why"),
        Column("due_at", _("Due"), "due_at", "due_at", kind="moment"),
        Column("mail", _("Mail"), "delivery__state"),
        Column("answer", _("Answer"), "invitation__state"),
        Column("by", _("Invited by"), "wave__released_by_name", in_page=False),
    ),
    filters=(
        Search(
            *("q", _("Name"), lambda rows, text: rows.filter(clinician__full_name__icontains=text))
        ),
        Choice("state", _("State"), "state", RecipientState.choices[1:]),
        Choice("answer", _("Answer"), "invitation__state", State.choices),
        Choice("mail", _("Mail"), "delivery__state", MailState.choices),
    ),
    sort="clinician__search_text",
    empty=_("Nothing has gone out yet."),
)


def _allotments(access: Any, **kwargs: Any) -> Any:
    """Of one activity, or (through the API) of all; a representative's own."""
    found = Allotment.objects.visible_to(access).for_list()
    activity = kwargs.get("activity_pk")
    return found.filter(activity=activity) if activity else found


_SENT = Invitation.objects.exclude(state=State.WITHDRAWN).filter(
    activity=OuterRef("activity"), invited_by_id=OuterRef("representative_id")
)
_WAITING = Recipient.objects.filter(
    activity=OuterRef("activity"),
    wave__released_by_id=OuterRef("representative_id"),
    wave__aim="new",
    state=RecipientState.WAITING,
)
_USED = _counted_of(_SENT, "activity") + _counted_of(_WAITING, "activity")
_APPROVED = ApprovedClinician.objects.filter(allotment=OuterRef("pk"))

ALLOTMENTS = ListOf(
    name="allotments",
    title=_("Invitations by representative"),
    permission="invite",
    rows=_allotments,
    columns=(
        Column(
            *("representative", _("Representative"), "representative__full_name"),
            "representative__full_name",
            lambda a: ("allotment", [a.pk]),
        ),
        Column("activity", _("Activity"), "activity__number", in_page=False),
        Column("quantity", _("Allotted"), "quantity", "quantity", kind="n"),
        Column("used", _("Used"), _USED, kind="n"),
        Column(
            "approved", _("On the approved list"), _counted_of(_APPROVED, "allotment"), kind="n"
        ),
        Column("until_on", _("Until"), "until_on", "until_on", kind="day"),
        Column(
            *("state", _("State"), "state", "state"),
            kind="state",
            tone=lambda a: "info" if a.state == AllotmentState.OPEN else "",
        ),
        Column("given_back", _("Given back"), "given_back", kind="n"),
        Column("made_by", _("Allotted by"), "made_by_name", in_page=False),
    ),
    filters=(
        Search(
            "q",
            _("Representative"),
            lambda rows, text: rows.filter(representative__full_name__icontains=text),
        ),
        Choice("state", _("State"), "state", AllotmentState.choices),
    ),
    sort="representative__full_name",
    empty=_("No invitations are allotted: whoever may invite here invites as many as they like."),
)


# Whoever is known by an address that is no good.
_KNOWN_BY = Subquery(
    Clinician.objects.filter(email=OuterRef("address"))
    .order_by("search_text", "pk")
    .values("full_name")[:1]
)

ADDRESSES = ListOf(
    name="addresses",
    title=_("Fix addresses"),
    permission="view_outbox",
    rows=lambda access, **_kwargs: Suppression.objects.visible_to(access).to_mend(),
    columns=(
        Column(
            *("address", _("Address"), "address", "address"),
            lambda s: ("suppression", [s.pk]),
        ),
        Column("name", _("Name"), _KNOWN_BY),
        Column("diagnostic", _("The mail server said"), "diagnostic"),
        Column("since", _("Since"), "since", "since", kind="moment"),
    ),
    filters=(Search("q", _("Address"), _search),),
    sort="-since",
    empty=_("Every address that was written to took its message."),
)
