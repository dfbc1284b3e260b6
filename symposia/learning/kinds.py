"""The kinds of requirements kept here; tests and claims are kept elsewhere."""

import uuid
from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.models import Activity
from symposia.assessment.queries import current_form, has_answered, registrations_answered
from symposia.learning.discussing import has_discussions, stands_of, who_took_part
from symposia.learning.models import ContributionState, Lesson, Progress
from symposia.learning.queries import completions_in
from symposia.learning.standing import done_with_all
from symposia.learning.steps import (
    CONTENT,
    DISCUSSION,
    REGISTER,
    asks_for_steps,
    objection_before_step,
)
from symposia.registrations.models import Registration
from symposia.registrations.requirements import (
    Order,
    RequirementKind,
    Setting,
    Settings,
    Stand,
    register_order,
    register_requirement_kind,
)
from symposia.shared.refusals import Objection

EVALUATION = "evaluation"
PLACE_FIRST = Objection(
    "place_first", gettext_lazy("You have no confirmed place here. Register first.")
)
CONTENT_FIRST = Objection(
    "content_first", gettext_lazy("Finish the lessons first. Your progress is kept.")
)
EVALUATION_LEFT = Objection(
    "evaluation_left", gettext_lazy("Answer the evaluation first. It takes about two minutes.")
)
NOTHING_TO_EVALUATE = Objection(
    "nothing_to_evaluate", gettext_lazy("This activity has no evaluation to answer.")
)

SPEAK_FIRST = Objection(
    "discussion_left", gettext_lazy("Take part in the discussion first: colleagues read it.")
)
NOTHING_TO_DISCUSS = Objection(
    "nothing_to_discuss", gettext_lazy("This activity has no discussion to take part in.")
)


def _registered(registration: Registration, _settings: Settings) -> Stand:
    return Stand(registration.is_confirmed)


def _all_registered(activity: Activity, _settings: Settings) -> Collection[uuid.UUID]:
    return set(Registration.objects.of(activity).confirmed().values_list("pk", flat=True))


def _studied(registration: Registration, _settings: Settings) -> Stand:
    required = _required(registration.activity)
    rows = Progress.objects.filter(registration=registration, lesson__in=required)
    done = rows.exclude(completed_at=None).count()
    said = _("%(a)d of %(b)d lessons") % {"a": done, "b": len(required)}
    return Stand(bool(required) and done == len(required), said)


def _all_studied(activity: Activity, _settings: Settings) -> Collection[uuid.UUID]:
    return done_with_all(_required(activity), completions_in(activity))


def _required(activity: Activity) -> list[uuid.UUID]:
    rows = Lesson.objects.filter(activity=activity, is_required=True)
    return list(rows.values_list("pk", flat=True))


def _evaluated(registration: Registration, _settings: Settings) -> Stand:
    return Stand(has_answered(registration), "", _("2 min"))


def _all_evaluated(activity: Activity, _settings: Settings) -> Collection[uuid.UUID]:
    return registrations_answered(activity)


def _objection_to_evaluation(activity: Activity) -> Objection | None:
    return None if current_form(activity) else NOTHING_TO_EVALUATE


def _asked_of(settings: Settings) -> int:
    return int(settings.get(_CONTRIBUTIONS.name, _CONTRIBUTIONS.default))


def _discussed(registration: Registration, settings: Settings) -> Stand:
    """Contributions that stand count; what waits for a moderator is said."""
    found, asked = stands_of(registration), _asked_of(settings)
    shown = found.get(ContributionState.SHOWN, 0)
    said = _("%(a)d of %(b)d contributions") % {"a": min(shown, asked), "b": asked}
    if waiting := found.get(ContributionState.WAITING, 0):
        said = _("%(said)s, %(n)d waits for a moderator") % {"said": said, "n": waiting}
    return Stand(shown >= asked, said)


def _all_discussed(activity: Activity, settings: Settings) -> Collection[uuid.UUID]:
    return who_took_part(activity, _asked_of(settings))


def _objection_to_discussion(activity: Activity) -> Objection | None:
    return None if has_discussions(activity) else NOTHING_TO_DISCUSS


_CONTRIBUTIONS = Setting(
    "contributions", gettext_lazy("Contributions that stand, at least"), 1, least=1, most=20
)
_SETTINGS = (
    Setting("watch_percent", gettext_lazy("Of each video, watched at least (%)"), 90),
    Setting("case_percent", gettext_lazy("Of each case, scored at least (%)"), 0),
    Setting("time_percent", gettext_lazy("Of the estimated time, spent at least (%)"), 0),
)
KINDS = (
    RequirementKind(
        REGISTER,
        gettext_lazy("Registration"),
        PLACE_FIRST,
        _registered,
        _all_registered,
        rank=10,
    ),
    RequirementKind(
        CONTENT,
        gettext_lazy("Lessons"),
        CONTENT_FIRST,
        _studied,
        _all_studied,
        page="course",
        settings=_SETTINGS,
        rank=30,
    ),
    RequirementKind(
        DISCUSSION,
        gettext_lazy("Discussion"),
        SPEAK_FIRST,
        _discussed,
        _all_discussed,
        _objection_to_discussion,
        page="my_discussions",
        settings=(_CONTRIBUTIONS,),
        rank=45,
    ),
    RequirementKind(
        EVALUATION,
        gettext_lazy("Evaluation"),
        EVALUATION_LEFT,
        _evaluated,
        _all_evaluated,
        _objection_to_evaluation,
        page="finish_evaluation",
        rank=50,
    ),
)


def register_kinds() -> None:
    """A place, the content, the evaluation; and who knows the order of all kinds."""
    for kind in KINDS:
        register_requirement_kind(kind)
    register_order(Order(asks_for_steps, objection_before_step))
