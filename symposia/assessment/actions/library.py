"""The organisation's own evaluations: kept from an activity, taken over by another."""

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.assessment.actions import change_evaluation, write_questions
from symposia.assessment.models import EvaluationForm, LibraryForm
from symposia.assessment.policies import (
    NO_EVALUATION,
    RETIRED,
    TYPE_TAKEN,
    objection_to_keeping_in_library,
)
from symposia.assessment.queries import questions_of
from symposia.assessment.standard import draft_of
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.refusals import needed, refuse_if


@transaction.atomic
def keep_in_library(
    activity: Activity, name: str, *, activity_type: str = "", by: Actor
) -> LibraryForm:
    """Keep an activity's evaluation under a name; the same name again is its next version.
    Activities of `activity_type` begin with it from now on."""
    current = needed(EvaluationForm.objects.current_of(activity.pk), NO_EVALUATION)
    drafts = [draft_of(each) for each in questions_of(current)]
    kept = LibraryForm.objects.select_for_update().filter(name=name).first()
    rivals = LibraryForm.objects.offered().exclude(name=name)

    refuse_if(objection_to_keeping_in_library(drafts))
    refuse_if(RETIRED if kept and kept.retired_at else None)
    taken = activity_type and rivals.filter(activity_type=activity_type).exists()
    refuse_if(TYPE_TAKEN if taken else None)

    if kept is None:
        kept = LibraryForm.objects.create(name=name, activity_type=activity_type)
    elif kept.activity_type != activity_type:
        kept.activity_type = activity_type
        kept.save(update_fields=["activity_type"])
    latest = EvaluationForm.objects.latest_of(kept)
    form = EvaluationForm.objects.create(
        library=kept,
        version=latest.version + 1 if latest else 1,
        shown_from=current.shown_from,
    )
    write_questions(form, drafts)
    record(by, "library_form.kept", kept, details={"version": form.version})
    return kept


@transaction.atomic
def take_over_form(activity: Activity, library: LibraryForm, *, by: Actor) -> EvaluationForm:
    """Ask what a form of the library asks: the next version of the activity's evaluation."""
    refuse_if(RETIRED if library.retired_at else None)
    kept = needed(EvaluationForm.objects.latest_of(library), NO_EVALUATION)

    drafts = [draft_of(each) for each in questions_of(kept)]
    return change_evaluation(activity, drafts, shown_from=kept.shown_from, by=by)


@transaction.atomic
def retire_library_form(library: LibraryForm, *, by: Actor) -> LibraryForm:
    """Take a form out of the library; activities that took it over keep their questions."""
    library = LibraryForm.objects.locked(library.pk)

    refuse_if(RETIRED if library.retired_at else None)

    library.retired_at = now()
    library.save(update_fields=["retired_at"])
    record(by, "library_form.retired", library)
    return library
