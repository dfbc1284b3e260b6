from symposia.activities.events import ActivityCreated
from symposia.activities.models import Activity
from symposia.assessment.actions import prepare_evaluation
from symposia.shared.actors import SYSTEM
from symposia.shared.events import listens_to


@listens_to(ActivityCreated)
def give_it_an_evaluation(event: ActivityCreated) -> None:
    prepare_evaluation(Activity.objects.get(pk=event.activity_id), by=SYSTEM)
