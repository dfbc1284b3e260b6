"""Lists of campaigns: what went out, to whom, by whom, and which addresses are no good."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from symposia.directory.models import Clinician
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


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


CAMPAIGN_TONES: dict[str, str] = {
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
        Column("audience", _("Audience"), "audience", in_page=False),
        Column("segment", _("Segment"), "segment__name", in_page=False),
        Column("sent", _("Sent"), _counted(state=RecipientState.SENT), kind="n"),
        Column("skipped", _("Skipped"), _counted(state=RecipientState.SKIPPED), kind="n"),
        Column("answers_to", _("Answers go to"), "answers_to__email", in_page=False),
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

RECIPIENT_TONES: dict[str, str] = {
    RecipientState.CHOSEN: "",
    RecipientState.RECALLED: "",
    RecipientState.SENT: "ok",
    RecipientState.SKIPPED: "warn",
    RecipientState.WAITING: "info",
}


def _recipients(access: Any, **kwargs: Any) -> Any:
    """Of one campaign, or (through the API) of all."""
    found = Recipient.objects.visible_to(access).in_waves()
    found = found.select_related("clinician", "wave", "campaign", "invitation", "delivery", "text")
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
        Column("text", _("Text message"), "text__state", in_page=False),
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
