"""Credit and reports: designated in advance, claimed, told to bodies."""

from decimal import Decimal

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from symposia.accounts.queries import this_organisation
from symposia.activities.models import Activity
from symposia.activities.reading import loaded_once
from symposia.credits.models import Certificate, CreditEntry, CreditOffer
from symposia.reporting.evidence.parts import Found, said
from symposia.reporting.models import DueState
from symposia.reporting.queries import dues_of, facts_of
from symposia.shared.times import wall_time


def statement(_activity: Activity) -> Found:
    """The statement of accreditation as learners receive it."""
    text = this_organisation().accreditation_statement
    if text:
        return Found([(_("Statement"), text)])
    return Found(
        gap=_("The organisation has written down no statement of accreditation."),
        mend=("organisation", []),
    )


def designation(activity: Activity) -> Found:
    """Which credit was offered, for at most how much, and that it was certified in advance."""
    offers = list(CreditOffer.objects.of(activity))
    where = ("activity_credits", [activity.pk])
    if not offers:
        return Found(gap=_("No credit is offered."), mend=where)
    lines = [(each.system.name, _offered(each, activity)) for each in offers]
    late = [
        each.system.name
        for each in offers
        if each.designated_at is None or each.designated_at > activity.starts_at
    ]
    if not late:
        return Found(lines)
    missing = _("Not designated before it was held: %(systems)s.") % {"systems": ", ".join(late)}
    return Found(lines, gap=missing, mend=where)


def _offered(offer: CreditOffer, activity: Activity) -> str:
    most = f"{offer.maximum.normalize():f}"
    if offer.designated_at is None:
        return _("at most %(most)s, %(format)s; not designated") % {
            "most": most,
            "format": offer.learning_format,
        }
    return _("at most %(most)s, %(format)s; designated on %(day)s") % {
        "most": most,
        "format": offer.learning_format,
        "day": f"{wall_time(offer.designated_at, activity.zone):%Y-%m-%d}",
    }


def activity_number(activity: Activity) -> Found:
    """The number that a body gave the activity, where its grammar asks for one."""
    asked = [each for each in CreditOffer.objects.of(activity) if each.system_id]
    lines = [(each.system.name, each.activity_number) for each in asked if each.activity_number]
    if lines:
        return Found(lines)
    missing = _("No number of the body is entered with the credit that is offered.")
    return Found(gap=missing, mend=("activity_credits", [activity.pk]))


def credits(activity: Activity) -> Found:  # noqa: A001  # the kind of evidence is called so
    """How many learners hold credit of each system, together how much, and their certificates."""
    rows = CreditEntry.objects.of(activity).order_by().values("system__name")
    sums = rows.annotate(people=Count("clinician", distinct=True), total=Sum("amount"))
    lines = [
        (row["system__name"], held_by(row["people"], row["total"]))
        for row in sums.order_by("system__name")
        if row["total"]
    ]
    if not lines:
        missing = _("Nobody has claimed credit.")
        return Found(gap=missing, mend=("activity_credits", [activity.pk]))
    made = Certificate.objects.of(activity).current_versions().count()
    return Found([*lines, *said((_("Certificates"), made))])


def held_by(people: int, total: Decimal) -> str:
    """How many learners hold how much credit together."""
    said_so = ngettext(
        "%(people)d learner, %(total)s together", "%(people)d learners, %(total)s together", people
    )
    return said_so % {"people": people, "total": f"{total.normalize():f}"}


def reports(activity: Activity) -> Found:
    """What bodies were told of it, and what they still wait for."""
    dues = dues_of(activity)
    where = ("activity_reports", [activity.pk])
    if not dues:
        return Found(gap=_("No report to a body is noted."), mend=where)
    lines = [
        (
            str(each.get_kind_display()),
            " · ".join(
                filter(None, (str(each.get_state_display()), each.due_on.isoformat(), _why(each)))
            ),
        )
        for each in dues
    ]
    owed = [str(each.get_kind_display()) for each in dues if each.is_open]
    if not owed:
        return Found(lines)
    missing = _("Still owed: %(reports)s.") % {"reports": ", ".join(owed)}
    return Found(lines, gap=missing, mend=where)


def _why(due: object) -> str:
    return due.waived_because if due.state == DueState.WAIVED else ""  # type: ignore[attr-defined]


def observer(activity: Activity) -> Found:
    """Whom the council sent to watch."""
    named = loaded_once(activity, facts_of).observer
    if named:
        return Found([(_("Observer"), named)])
    missing = _("No observer of the council is entered.")
    return Found(gap=missing, mend=("activity_report_facts", [activity.pk]))
