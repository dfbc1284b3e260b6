"""Taking a date along: a file for any calendar, and plain links to two that many people have."""

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.urls import reverse

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity, State
from symposia.notifications.feeds import FeedItem, feed_calendar
from symposia.outreach.letters import place_of
from symposia.outreach.queries import calendar_sequence
from symposia.registrations.models import Admission
from symposia.shared.links import make_link, read_link

PUBLIC_PAGE = "activity"
GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"


def public_path(activity: Activity, admission: Admission, organisation: Organisation) -> str:
    """Where the public page is; of what is by invitation, with its signature."""
    path = reverse("public_activity", args=[organisation.code, activity.number])
    return f"{path}{signed_query(activity, admission, organisation)}"


def signed_query(activity: Activity, admission: Admission, organisation: Organisation) -> str:
    """What stands behind an address of an activity by invitation: numbers can be counted up, this
    cannot. Nothing for what everybody may read of."""
    if not admission.is_by_invitation:
        return ""
    return f"?key={make_link(PUBLIC_PAGE, activity.pk, organisation.code)}"


def is_shown(activity: Activity, admission: Admission, key: str) -> bool:
    """Whether somebody may read of an activity who has this key, or none."""
    if not admission.is_by_invitation:
        return True
    link = read_link(PUBLIC_PAGE, key)
    return link is not None and link.id == activity.pk


def calendar_file(activity: Activity, organisation: Organisation, page: str) -> bytes:
    """The date as a file; the same entry each time, so that a later one takes its place."""
    status = "CANCELLED" if activity.state == State.CANCELLED else "CONFIRMED"
    item = FeedItem(
        f"{activity.pk}@symposia",
        calendar_sequence(activity),
        activity.title,
        activity.starts_at,
        activity.ends_at,
        activity.zone,
        place_of(activity),
        activity.number,
        page,
        status,
        activity.changed_at,
    )
    return feed_calendar(organisation.name, [item])


def calendar_links(activity: Activity, page: str) -> Mapping[str, str]:
    """Addresses that open an entry filled in; they carry public facts alone and follow nobody."""
    google = {
        "action": "TEMPLATE",
        "text": activity.title,
        "dates": f"{_compact(activity.starts_at)}/{_compact(activity.ends_at)}",
        "location": place_of(activity),
        "details": page,
    }
    outlook = {
        "subject": activity.title,
        "startdt": activity.starts_at.astimezone(UTC).isoformat(),
        "enddt": activity.ends_at.astimezone(UTC).isoformat(),
        "location": place_of(activity),
        "body": page,
    }
    return {"Google": f"{GOOGLE}?{urlencode(google)}", "Outlook": f"{OUTLOOK}?{urlencode(outlook)}"}


def _compact(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
