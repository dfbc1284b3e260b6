from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from symposia.accounts.models import Organisation
from symposia.activities.facts import Known, Stage, objections_to
from symposia.activities.models import Activity, Mode, Session, State
from symposia.activities.types import TypeOfActivity
from symposia.shared.refusals import Objection
from symposia.shared.times import Interval

AMENDABLE = frozenset({State.APPROVED, State.OPEN, State.POSTPONED})
LONGEST = timedelta(days=14)

FROZEN = Objection(
    "activity_frozen",
    _("This activity is “%(state)s”: what was submitted for approval stays as it is."),
)
COMPANY_NOT_INDEPENDENT = Objection(
    "company_not_independent",
    _("A company does not organise independent, accredited education. Choose another mode."),
)
PROVIDER_INDEPENDENT = Objection(
    "provider_independent",
    _("A provider's activities are independent: no company organises or promotes them."),
)
PRODUCT_IN_EDUCATION = Objection(
    "product_in_education",
    _("Accredited education is about no product. Name what it should change instead."),
)
NO_SUCH_TIME = Objection(
    "no_such_time",
    _("The clocks in %(zone)s jump over %(time)s that night. Choose an hour that exists."),
)
NO_SUCH_YEAR = Objection("no_such_year", _("Choose a year from 2000 to 2100."))
ENDS_BEFORE_START = Objection("ends_before_start", _("It must end after it starts."))
TOO_LONG = Objection(
    "too_long",
    ngettext_lazy(
        "An activity of this type lasts at most %(days)s day. Plan a series instead.",
        "An activity of this type lasts at most %(days)s days. Plan a series instead.",
        "days",
    ),
)
TYPE_OF_OTHERS = Objection(
    "type_of_others", _("“%(type)s” is no type of activity that is “%(mode)s”.")
)
SESSION_OUTSIDE = Objection(
    "session_outside",
    _("The session “%(title)s” must lie within the activity, %(from)s to %(until)s."),
)
CREDITABLE_TOO_LONG = Objection(
    "creditable_too_long", _("Creditable minutes cannot be more than the session's minutes.")
)
NOT_READY = Objection("not_ready", _("%(what)s"))
BLOCKED_BY_RULES = Objection("blocked_by_rules", _("The rules do not allow this: %(findings)s"))
NOT_NOW = Objection("not_now", _("This is not possible while the activity is “%(state)s”."))
NOT_BEGUN = Objection("not_begun", _("It has not begun yet. It starts on %(starts)s."))
SAME_DATE = Objection("same_date", _("This is the date it has already."))
OBJECTIVE_IN_USE = Objection(
    "objective_in_use", _("An activity has taken on this objective: %(activity)s. It stays.")
)
REASON_MISSING = Objection("reason_missing", _("Say why. People who were asked will read it."))
WHO_TEACHES = Objection("who_teaches", _("Choose a clinician or write the name of the person."))


def said(wall_time: datetime) -> str:
    """A wall time inside a sentence."""
    return date_format(wall_time, "j M Y, H:i")


def objection_to_changing(activity: Activity) -> Objection | None:
    """A plan changes freely until it is submitted."""
    return None if activity.in_planning else FROZEN.about(state=activity.get_state_display())


def objection_to_amending(activity: Activity) -> Objection | None:
    """A plan changes freely; what is approved may still change in part until it begins, and is
    then put before those again whose signature covers it."""
    return None if activity.state in AMENDABLE else objection_to_changing(activity)


def objection_to_mode(mode: str, organisation: Organisation) -> Objection | None:
    """The wall between education and industry: who may organise what."""
    if organisation.is_company:
        return COMPANY_NOT_INDEPENDENT if mode == Mode.INDEPENDENT else None
    return None if mode == Mode.INDEPENDENT else PROVIDER_INDEPENDENT


def objection_to_product(mode: str, product: str) -> Objection | None:
    """What is independent of industry names no product."""
    return PRODUCT_IN_EDUCATION if mode == Mode.INDEPENDENT and product.strip() else None


def objection_to_year(wall_time: datetime) -> Objection | None:
    """A slip of the keyboard, such as the year 202, is caught before anything is computed."""
    return None if 2000 <= wall_time.year <= 2100 else NO_SUCH_YEAR


def objection_to_timing(
    starts_at: datetime, ends_at: datetime, longest: timedelta = LONGEST
) -> Objection | None:
    """An activity ends after it starts and lasts no longer than its type allows."""
    if ends_at <= starts_at:
        return ENDS_BEFORE_START
    return TOO_LONG.about(days=longest.days) if ends_at - starts_at > longest else None


def objection_to_type_in_mode(mode: str, kind: TypeOfActivity) -> Objection | None:
    """Some types belong to education, others to a company's meetings."""
    if mode in kind.modes:
        return None
    return TYPE_OF_OTHERS.about(type=kind.title, mode=Mode(mode).label)


def objection_to_slot(
    title: str, slot: Interval, activity: Activity, *, minutes: int, creditable: int
) -> Objection | None:
    """A session lies within its activity and counts no more than it lasts."""
    if creditable > minutes:
        return CREDITABLE_TOO_LONG
    if slot.starts_at < activity.starts_at or slot.ends_at > activity.ends_at:
        return SESSION_OUTSIDE.about(
            title=title,
            **{"from": said(activity.wall_starts), "until": said(activity.wall_ends)},
        )
    return None


def objection_to_step(
    activity: Activity, to: State, *, stage: Stage | None = None, known: Sequence[Known] = ()
) -> Objection | None:
    """Whether an activity may go on to a state: the table first, then what is still missing."""
    if not activity.can_move(to):
        return NOT_NOW.about(state=activity.get_state_display())
    missing = objections_to(stage, known) if stage else []
    if not missing:
        return None
    if len(missing) == 1:
        return missing[0]
    return NOT_READY.about(what=said_together(missing))


def said_together(objections: Sequence[Objection]) -> str:
    """Several objections as one sentence with their number before them."""
    count = len(objections)
    head = ngettext("%(count)d condition:", "%(count)d conditions:", count) % {"count": count}
    return " ".join([head, *(str(each) for each in objections)])


def objection_to_reason(reason: str) -> Objection | None:
    """People who were asked read why."""
    return None if reason.strip() else REASON_MISSING


def objection_to_starting(activity: Activity, *, at: datetime) -> Objection | None:
    """It runs at the earliest on its day; early birds are let in two hours before."""
    if at < activity.starts_at - timedelta(hours=2):
        return NOT_BEGUN.about(starts=said(activity.wall_starts))
    return None


def objection_to_moving(activity: Activity) -> Objection | None:
    """A new date is for what was approved and has not begun; a plan is simply changed."""
    if activity.state in AMENDABLE:
        return None
    return NOT_NOW.about(state=activity.get_state_display())


def objection_to_rescheduling(activity: Activity, *, moved: timedelta) -> Objection | None:
    """What moves has another date than before, unless it had none while it was postponed."""
    if objection := objection_to_moving(activity):
        return objection
    return None if moved or activity.state == State.POSTPONED else SAME_DATE


def objection_to_findings(blocks: Sequence[str]) -> Objection | None:
    """What the rules say no to, in their own words."""
    return BLOCKED_BY_RULES.about(findings=" ".join(blocks)) if blocks else None


def objection_to_removing_objective(activities: Sequence[Activity]) -> Objection | None:
    """A promise that an activity has taken on stays."""
    return OBJECTIVE_IN_USE.about(activity=str(activities[0])) if activities else None


def objection_to_faculty(name: str) -> Objection | None:
    """Somebody who teaches is known or named."""
    return None if name.strip() else WHO_TEACHES


def objection_to_agenda(sessions: Sequence[Session], activity: Activity) -> Objection | None:
    """The first session that no longer fits after the activity moved or shrank."""
    found = (
        objection_to_slot(
            s.title, s.interval, activity, minutes=s.minutes, creditable=s.creditable_minutes
        )
        for s in sessions
    )
    return next(filter(None, found), None)
