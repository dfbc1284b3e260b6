"""What Standard 3 holds back: planning before planners are clear, teaching before faculty are."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.control import (
    InControl,
    exemption_of,
    exemption_rows,
    in_control_of,
    statement_rows,
    team_rows,
)
from symposia.activities.declared import register_declared
from symposia.activities.disclosing import objection_to_roles
from symposia.activities.facts import Fact, Reading, Stage, register_fact
from symposia.activities.models import Activity
from symposia.activities.reading import Batch, loaded_once, read_together
from symposia.activities.reviewed import contents_of, item_rows, review_rows, version_rows
from symposia.activities.reviewing import NOT_RELEASED


def register_disclosures() -> None:
    """Planners are clear before a plan is submitted; everybody before learners are told."""
    register_fact(
        Fact(
            "planning_disclosures",
            gettext_lazy("Planners' disclosures"),
            _planners,
            frozenset({Stage.SUBMIT, Stage.OPEN}),
            5,
        )
    )
    register_fact(
        Fact(
            "disclosures",
            gettext_lazy("Disclosures"),
            _everybody,
            frozenset({Stage.OPEN, Stage.START}),
            45,
        )
    )
    register_fact(
        Fact("content", gettext_lazy("Content reviewed"), _content, frozenset({Stage.START}), 46)
    )
    register_declared()
    read_together(
        Batch.RAIL,
        *(team_rows, exemption_rows, statement_rows),
        *(item_rows, version_rows, review_rows),
    )


def _content(activity: Activity) -> Reading | None:
    """Nothing is shown to learners that no reviewer released."""
    found = loaded_once(activity, contents_of)
    if not found:
        return None
    link = ("activity_content", [activity.pk])
    open_ones = [each.item.title for each in found if not each.is_released]
    count = _("%(a)d of %(b)d") % {"a": len(found) - len(open_ones), "b": len(found)}
    if not open_ones or activity.is_over:
        return Reading("done", link=link, count=count)
    objection = NOT_RELEASED.about(titles=", ".join(open_ones))
    return Reading("blocked" if activity.is_approved_on else "waiting", objection, link, count)


def _planners(activity: Activity) -> Reading | None:
    people = _in_control(activity)
    return _reading(activity, [p for p in people if p.is_planner], is_due=True)


def _everybody(activity: Activity) -> Reading | None:
    """What is open waits for its day; who is excluded does not become clear by waiting."""
    people = _in_control(activity)
    stays_out = any(person.condition == "excluded" for person in people)
    return _reading(activity, people, is_due=stays_out or activity.is_approved_on)


def _in_control(activity: Activity) -> list[InControl]:
    return loaded_once(activity, in_control_of) if activity.is_independent else []


def _reading(activity: Activity, people: list[InControl], *, is_due: bool) -> Reading | None:
    if not people:
        return None
    link = ("activity_disclosures", [activity.pk])
    clear = sum(p.condition == "clear" for p in people)
    count = _("%(a)d of %(b)d") % {"a": clear, "b": len(people)}
    objection = objection_to_roles(people)
    if objection is None or activity.is_over:
        return Reading("done", link=link, count=count)
    if loaded_once(activity, exemption_of):
        return Reading("done", link=link, detail=_("An exemption applies"))
    return Reading("blocked" if is_due else "waiting", objection, link, count=count)
