"""What shared practices came to, as figures of the outcomes of the activity they come from."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.assessment.counted import Counted, register_counted
from symposia.directory.models import Clinician
from symposia.learning.models import Adopting, Adoption


def _people(activity: Activity, kind: Adopting) -> QuerySet[Clinician]:
    rows = Adoption.objects.filter(practice__activity=activity, kind=kind)
    return Clinician.objects.filter(pk__in=rows.values("clinician"))


def _doing(activity: Activity) -> QuerySet[Clinician]:
    return _people(activity, Adopting.DOING)


def _trying(activity: Activity) -> QuerySet[Clinician]:
    return _people(activity, Adopting.TRYING)


def register_adopted() -> None:
    """Colleagues who do what was shared, and those who will try it; as they say themselves."""
    register_counted(
        Counted(
            "competence",
            _("Will try a shared practice"),
            _("Colleagues who said so of a practice from this activity; it says what is meant."),
            _trying,
        )
    )
    register_counted(
        Counted(
            "performance",
            _("Do a shared practice too"),
            _("Colleagues who said so of a practice from this activity, as they say themselves."),
            _doing,
        )
    )
