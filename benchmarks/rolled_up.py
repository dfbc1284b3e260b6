"""What insights keeps of each activity of a planned year, as its count would leave it."""

from datetime import timedelta

from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity, Occasion, Series
from symposia.insights.models import ActivityFigures, OpenPoint
from symposia.shared.tenancy import acting_in

WEEKS = 52
FACTS = ("needs", "agenda", "disclosures")


def roll_up(organisation: Organisation) -> None:
    """Figures of every activity, and three missing things of every other."""
    with acting_in(organisation.pk):
        activities = list(Activity.objects.order_by("starts_at", "pk"))
        ActivityFigures.objects.bulk_create(
            ActivityFigures(
                activity=each,
                invited=40,
                registered=30,
                attended=20,
                estimate_minor=500_000 + number,
                committed_minor=300_000 + number,
                counted_at=now(),
            )
            for number, each in enumerate(activities)
        )
        OpenPoint.objects.bulk_create(
            OpenPoint(
                activity=each,
                fact=fact,
                sentence="The agenda has no session.",
                stage="submit",
                due_at=each.starts_at - timedelta(days=21),
                owner_name="Asha Kulkarni",
                url_name="activity_agenda",
                url_key=str(each.pk),
            )
            for each in activities[::2]
            for fact in FACTS
        )


def weekly_series(organisation: Organisation) -> Series:
    """A series whose fifty-two days are activities of the year."""
    with acting_in(organisation.pk):
        planned = Activity.objects.exclude(state="returned").order_by("starts_at", "pk")
        activities = list(planned[::33][:WEEKS])
        first = activities[0].wall_starts
        series = Series.objects.create(
            number="SER-2026-0001",
            title="Grand rounds",
            mode="independent",
            type="grand_rounds",
            repeats="weekly",
            first_on=first.date(),
            until_on=first.date() + timedelta(weeks=WEEKS - 1),
            clock=first.time(),
            minutes=60,
            zone="America/New_York",
            delivery="in_person",
        )
        Occasion.objects.bulk_create(
            Occasion(series=series, activity=each, day=series.first_on + timedelta(weeks=week))
            for week, each in enumerate(activities)
        )
        return series
