"""Whom a campaign would write to now: its audience, minus who may not be asked."""

from collections.abc import Iterable
from urllib.parse import parse_qs

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.directory.models import Channel, Clinician, Segment
from symposia.directory.segments import members_of
from symposia.outreach.allotted import allotted_to, is_left_out
from symposia.outreach.allotting import NONE_ALLOTTED
from symposia.outreach.lists import CANDIDATES
from symposia.outreach.models import Aim, AudienceKind, Campaign, Recipient, RecipientState
from symposia.outreach.queries import unanswered_of
from symposia.outreach.selection import (
    Sorted,
    all_skipped,
    sort_out,
    sort_out_again,
    within_allotment,
)


def filters_in(text: str) -> dict[str, list[str]]:
    """A filter of the directory as `rows_for` takes it, read from the address that it is."""
    return parse_qs(text)


def segments_for(access: Access) -> list[Segment]:
    """The saved filters and lists of people whom this person may write to, by name."""
    return list(Segment.objects.visible_to(access).standing().order_by("name", "pk"))


def chosen_of(campaign: Campaign, access: Access) -> list[Clinician]:
    """The clinicians of the audience whom this person may see and invite."""
    if campaign.audience == AudienceKind.FILTER:
        given = filters_in(campaign.audience_filter)
        return list(CANDIDATES.rows_for(access, given, pk=campaign.activity_id))
    if campaign.segment is not None:
        people = members_of(campaign.segment, access, Permission.INVITE)
        return list(people.select_related("institution").order_by("search_text", "pk"))
    chosen = Recipient.objects.filter(campaign=campaign, state=RecipientState.CHOSEN)
    reached = Clinician.objects.within(access, Permission.INVITE)
    people = reached.filter(pk__in=chosen.values("clinician")).select_related("institution")
    return list(people.order_by("search_text", "pk"))


def sorted_for(
    activity: Activity,
    people: Iterable[Clinician],
    access: Access,
    channel: str = Channel.EMAIL,
) -> Sorted:
    """Who of these would be invited now by this person, and who is skipped for which reason."""
    answer = sort_out(activity, people, channel=channel)
    if is_left_out(activity, access):
        return all_skipped(answer, NONE_ALLOTTED)
    return within_allotment(answer, allotted_to(activity, access.user_id), on=local_day())


def audience_now(
    campaign: Campaign, aim: str, access: Access, channel: str = Channel.EMAIL
) -> Sorted:
    """Who would get a wave with this aim by this channel, and who is skipped for which reason."""
    activity = campaign.activity
    if aim == Aim.NEW:
        return sorted_for(activity, chosen_of(campaign, access), access, channel)
    reached = Clinician.objects.within(access, Permission.INVITE)
    asked = unanswered_of(campaign)
    seen = set(reached.filter(pk__in=[i.clinician_id for i in asked]).values_list("pk", flat=True))
    theirs = [i for i in asked if i.clinician_id in seen]
    return sort_out_again(activity, theirs, channel=channel)
