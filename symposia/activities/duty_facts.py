"""What an activity owes, on its rail, in the statement that reads the activity."""

from django.db.models import OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.facts import Fact, Reading, register_fact
from symposia.activities.models import Activity, DocumentSlot, Milestone
from symposia.activities.numbers import numbers_of, register_numbers
from symposia.shared.counting import CountOf


def _milestones(activity: Activity) -> Reading | None:
    count, done = numbers_of(activity, "milestones", "milestones_done")
    if not count:
        return None
    link = ("activity_tasks", [activity.pk])
    words = _("%(a)d of %(b)d") % {"a": done, "b": count}
    if done == count:
        return Reading("done", link=link, count=words)
    return Reading("now" if done else "waiting", link=link, count=words)


def _documents(activity: Activity) -> Reading | None:
    count, missing = numbers_of(activity, "documents", "documents_missing")
    if not count:
        return None
    link = ("activity_tasks", [activity.pk])
    words = _("%(a)d of %(b)d") % {"a": count - missing, "b": count}
    return Reading("waiting" if missing else "done", link=link, count=words)


def register_duties() -> None:
    """Milestones and documents on the rail; they hold up no step by themselves."""
    mine = Milestone.objects.filter(activity=OuterRef("pk"))
    papers = DocumentSlot.objects.filter(activity=OuterRef("pk"))
    register_numbers(
        milestones=CountOf(mine),
        milestones_done=CountOf(mine.filter(done_at__isnull=False)),
        documents=CountOf(papers),
        documents_missing=CountOf(papers.filter(latest=0, waived_because="")),
    )
    register_fact(Fact("milestones", gettext_lazy("Milestones"), _milestones, order=46))
    register_fact(Fact("documents", gettext_lazy("Documents"), _documents, order=48))
