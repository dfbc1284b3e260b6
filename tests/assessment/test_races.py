"""The last attempt and the last answer under contention."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from symposia.assessment.actions.attempts import (
    Saving,
    begin_attempt,
    hand_in_attempt,
    save_answer,
)
from symposia.assessment.models import AnswerSaved, Attempt, AttemptResult, Purpose
from symposia.assessment.scoring import Chosen
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.assessment import knowledge_test
from tests.factories.credits import attended

HANDS = 8


def at_once(organisation, work):
    """The same work by many hands at once, each with its own connection; the codes of refusals."""
    start = threading.Barrier(HANDS)

    def hand(_number):
        try:
            start.wait()
            with acting_in(organisation.pk):
                work()
        except Refused as refused:
            return refused.objection.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(HANDS) as pool:
        return sorted(pool.map(hand, range(HANDS)))


@pytest.mark.django_db(transaction=True)
def test_however_often_it_is_pressed_at_once_everything_happens_once():
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        registration = attended()
        knowledge_test(registration.activity, attempts=1)

    begun = at_once(organisation, lambda: begin_attempt(registration, Purpose.POST, by=SYSTEM))
    with acting_in(organisation.pk):
        (attempt,) = Attempt.objects.all()
    saving = Saving(1, Chosen((1,)), uuid.uuid4(), 1)
    saved = at_once(organisation, lambda: save_answer(attempt, saving, by=SYSTEM))
    handed = at_once(organisation, lambda: hand_in_attempt(attempt, {}, by=SYSTEM))

    assert begun == ["done", *["test_begun"] * (HANDS - 1)]
    assert saved == ["done"] * HANDS
    assert handed == ["attempt_handed_in"] * (HANDS - 1) + ["done"]
    with acting_in(organisation.pk):
        assert AnswerSaved.objects.count() == 1
        assert AttemptResult.objects.count() == 1
