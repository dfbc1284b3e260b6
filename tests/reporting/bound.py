"""Activities with some evidence, and binders made of them as a worker makes them."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.timezone import now

from symposia.activities.models import ContentItem, ContentVersion
from symposia.reporting.actions.binders import choose_binder
from symposia.reporting.queries import last_edition
from symposia.reporting.tasks import make_binder, start_binder
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in, current_organisation_id
from symposia.work.files import store_file
from symposia.work.models import Job
from tests.factories.activities import (
    ActivityFactory,
    ActivityObjectiveFactory,
    SessionFactory,
    SessionFacultyFactory,
)
from tests.factories.credits import CreditOfferFactory
from tests.factories.team import ContributorFactory

HELD_ON = datetime.fromisoformat("2026-03-12T18:30")


def held_activity(**facts):
    """Held in Boston with an objective, a session, its faculty and credit designated before."""
    said = {"state": "held", "wall_starts": HELD_ON} | facts
    activity = ActivityFactory(**said)
    ActivityObjectiveFactory(activity=activity)
    SessionFacultyFactory(session=SessionFactory(activity=activity), name="Dr Meera Rao")
    CreditOfferFactory(activity=activity, designated_at=activity.starts_at - timedelta(days=9))
    return activity


def content_of(activity):
    """Slides that were handed in and that nobody has reviewed."""
    item = ContentItem.objects.create(
        activity=activity, contributor=ContributorFactory(), title="Slides"
    )
    facts = {"content_type": "application/pdf", "purpose": "content", "subject_id": item.pk}
    file = store_file(b"%PDF-1.7 slides", name="slides.pdf", by=SYSTEM, **facts)
    ContentVersion.objects.create(
        item=item, number=1, file=file, sha256=file.sha256, format="pdf", pages=1, by_name="R"
    )
    return file


def made_binder(*activities, title="Review of 2026", by=SYSTEM):
    """A binder of these, made in one go; inside the organisation's transaction."""
    binder = choose_binder(title, [each.number for each in activities], by=by)
    make(binder, by=by)
    return binder


def make(binder, *, by=SYSTEM):
    """What the worker does once somebody has asked."""
    job = start_binder(binder, by=by, href=reverse("binder", args=[binder.pk]))
    make_binder.run(str(current_organisation_id()), job_id=str(job.pk), binder_id=str(binder.pk))
    return Job.objects.get(pk=job.pk)


def criterion(binder, key, position=0):
    """What the last edition says of one criterion of one activity."""
    said = last_edition(binder).content["activities"][position]["criteria"]
    return next(each for each in said if each["key"] == key)


def in_days(days):
    return now() + timedelta(days=days)


def inside(organisation):
    return acting_in(organisation.pk)
