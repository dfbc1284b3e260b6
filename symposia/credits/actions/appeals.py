from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import person_behind
from symposia.audit.actions import record
from symposia.credits.appealing import (
    SAY_WHY_DECIDED,
    objection_to_appeal,
    objection_to_appealing,
    objection_to_deciding_appeal,
)
from symposia.credits.events import CreditAppealDecided, CreditAppealed
from symposia.credits.explaining import explain_credit
from symposia.credits.in_words import steps_in_words
from symposia.credits.letters import appeal_values
from symposia.credits.models import AppealState, CreditAppeal
from symposia.notifications.actions import queue_message
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def appeal_credit(registration: Registration, said: str, *, by: Actor) -> CreditAppeal:
    """Say that the credit of an activity is wrong, with what was explained at that moment."""
    registration = Registration.objects.with_people().locked(registration.pk)
    explained = explain_credit(registration)

    refuse_if(objection_to_appealing(explained, at=now()))
    waiting = CreditAppeal.objects.of(registration).waiting().first()
    refuse_if(objection_to_appeal(said, waiting))

    appeal = CreditAppeal.objects.create(
        clinician=registration.clinician,
        activity=registration.activity,
        registration=registration,
        said=said.strip()[:1000],
        explained=steps_in_words(explained),
    )
    record(by, "credit.appealed", appeal)
    announce(CreditAppealed(appeal.pk, appeal.activity_id))
    return appeal


@transaction.atomic
def decide_appeal(appeal: CreditAppeal, *, granted: bool, reason: str, by: Actor) -> CreditAppeal:
    """Decide on an appeal with a reason; attendance or credit is mended with the usual tools."""
    rows = CreditAppeal.objects.select_related("registration__activity", "registration__clinician")
    appeal = rows.select_for_update(of=("self",)).get(pk=appeal.pk)
    person = appeal.registration.clinician.as_kept

    refuse_if(
        objection_to_deciding_appeal(appeal, own_user_id=person.user_id, by_id=person_behind(by))
    )
    refuse_if(None if reason.strip() else SAY_WHY_DECIDED)

    appeal.move(
        AppealState.GRANTED if granted else AppealState.REFUSED,
        decided_at=now(),
        decided_by_name=by.name,
        decided_because=reason.strip()[:1000],
    )
    record(by, f"credit.appeal_{appeal.state}", appeal, reason=appeal.decided_because)
    announce(CreditAppealDecided(appeal.pk, appeal.activity_id, str(appeal.state)))
    if person.email:
        queue_message(
            "credits.appeal",
            to_address=person.email,
            to_name=person.called,
            language=person.language,
            values=appeal_values(appeal),
            about=(appeal._meta.label, appeal.pk),
            by=by,
        )
    return appeal
