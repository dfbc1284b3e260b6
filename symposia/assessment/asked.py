"""The pre-test and the post-test as things that an activity asks of its learners."""

import uuid
from collections.abc import Callable, Collection
from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.activities.models import Activity
from symposia.assessment.models import Purpose
from symposia.assessment.queries.tests import find_test, registrations_met, test_standing
from symposia.assessment.standing import Standing
from symposia.registrations.models import Registration
from symposia.registrations.requirements import (
    RequirementKind,
    Settings,
    Stand,
    register_requirement_kind,
)
from symposia.shared.refusals import Objection

PRE_TEST_LEFT = Objection("pre_test_left", _("Take the pre-test first. Nobody fails it."))
POST_TEST_LEFT = Objection("post_test_left", _("Please pass the post-test first."))
NO_SUCH_TEST = Objection(
    "no_such_test", _("This activity has no open test of that kind. Make it and open it first.")
)


def _stand(purpose: str, registration: Registration, _settings: Settings) -> Stand:
    standing = test_standing(registration.activity, registration, purpose)
    if standing is None:
        return Stand(is_done=False)
    best = "" if standing.best is None else f"{standing.best:.0f} %"
    return Stand(standing.is_met, " · ".join(filter(None, (best, _left(standing)))))


def _left(standing: Standing) -> str:
    """Said to whoever has tried and not passed."""
    if standing.is_met or not standing.done:
        return ""
    said = ngettext("%(n)d attempt left", "%(n)d attempts left", standing.attempts_left)
    return said % {"n": standing.attempts_left}


def _met(purpose: str, activity: Activity, _settings: Settings) -> Collection[uuid.UUID]:
    return registrations_met(activity, purpose)


def _objection(purpose: str) -> Callable[[Activity], Objection | None]:
    def objection(activity: Activity) -> Objection | None:
        test = find_test(activity, purpose)
        return None if test and test.is_open else NO_SUCH_TEST

    return objection


_KINDS = (
    ("pre_test", Purpose.PRE, PRE_TEST_LEFT, 20),
    ("post_test", Purpose.POST, POST_TEST_LEFT, 40),
)


def register_test_kinds() -> None:
    """Whoever passed a test, or handed it in where nobody can fail, has done it."""
    for code, purpose, missing, rank in _KINDS:
        register_requirement_kind(
            RequirementKind(
                code,
                Purpose(purpose).label,
                missing,
                partial(_stand, purpose),
                partial(_met, purpose),
                _objection(purpose),
                page="finish_test",
                page_of=(purpose.value,),
                rank=rank,
            )
        )
