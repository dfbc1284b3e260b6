"""What is filled into a message that somebody looks at before anybody gets it."""

from datetime import datetime

from django.conf import settings

from symposia.accounts.models import Organisation
from symposia.accounts.permissions import Access
from symposia.activities.models import Activity, State
from symposia.directory.models import Clinician
from symposia.notifications.local_times import local_time
from symposia.notifications.wording import ALWAYS, Wording
from symposia.outreach.facts import lines_of
from symposia.outreach.letters import place_of

SHOWN = 30


def people_to_look_as(access: Access) -> list[Clinician]:
    """Some of the directory whom this person may see, by name."""
    return list(Clinician.objects.visible_to(access).active().order_by("search_text", "pk")[:SHOWN])


def activity_to_look_at(access: Access, at: datetime) -> Activity | None:
    """The next activity that takes people."""
    rows = Activity.objects.visible_to(access).filter(state=State.OPEN, starts_at__gt=at)
    return rows.order_by("starts_at", "pk").first()


def example_of(
    wording: Wording, name: str, activity: Activity | None, organisation: Organisation
) -> dict[str, str]:
    """A value for every placeholder: of the person and the activity where they say it, else its
    name in brackets. Links lead to the front page: nobody answers for somebody else."""
    known = {"organisation": organisation.name, "name": name}
    if activity:
        times = (activity.starts_at, activity.ends_at, activity.zone, wording.language)
        known |= {
            "activity": activity.title,
            "number": activity.number,
            "when": local_time(*times),
            "where": place_of(activity),
            "online": activity.online_address,
            "summary": activity.summary,
            **lines_of(activity),
        }
    names = sorted(wording.placeholders | ALWAYS)
    return {each: known.get(each, _unknown(each)) for each in names}


def _unknown(name: str) -> str:
    if name.endswith("link"):
        return f"{settings.ORIGIN}/"
    return f"[{name.replace('_', ' ')}]"
