"""What the evening of the demonstration gave to whom: a dinner divided, a fee shared with guests
from abroad, an objection, and the forms of the year that its head declares."""

from datetime import datetime

import time_machine
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.models import Activity
from symposia.demonstration.thread import Cast
from symposia.directory.actions.clinicians import add_clinician
from symposia.finance.models import Category, Posting
from symposia.reporting.actions.attributing import Sharers, attribute_costs, say_who_had
from symposia.reporting.actions.disputes import dispute_transfer
from symposia.reporting.actions.submissions import begin_submission, check_submission
from symposia.reporting.actions.years import declare_year, reckon_years
from symposia.reporting.models import Kind, TransferKind, TransferOfValue
from symposia.reporting.transfers.schemes import scheme_rule
from symposia.reporting.transfers.sharing import Had
from symposia.shared.actors import Actor

# Who joined by video: name, profession, city, country.
GUESTS = (
    ("Greta Lindqvist", "physician", "Hamburg", "DE"),
    ("Marcus Hale", "physician", "Boston", "US"),
)
NOT_THERE = "I had left before the dinner."


def tell_valued(cast: Cast, held: Activity, today: datetime) -> None:
    """Finance divides what the evening cost; one of those who ate objects."""
    officer = cast.actor("finance_officer")
    with time_machine.travel(cast.at_work(today, 2), tick=True):
        attribute_costs(held, by=officer)
        if cast.organisation.is_company:
            _share_the_fee(held, officer)
            reckon_years(by=officer)
            _tell_the_year(cast, held, officer)
        _object(held)


def _share_the_fee(held: Activity, by: Actor) -> None:
    rows = Posting.objects.of(held).filter(kind="actual", line__category=Category.FACULTY)
    fee = rows.select_related("line").first()
    speaker = held.sessions.filter(faculty__clinician__isnull=False).first()
    if fee is None or speaker is None:
        return
    people = [each.clinician for each in speaker.faculty.all() if each.clinician]
    for name, profession, city, country in GUESTS:
        people.append(
            add_clinician(by=by, full_name=name, profession=profession, city=city, country=country)
        )
    had = [Had(each.full_name, clinician_id=each.pk, taught=True) for each in people]
    say_who_had(fee, Sharers(had), by=by)


def _tell_the_year(cast: Cast, held: Activity, by: Actor) -> None:
    """The events are checked, the annual form is declared and waits to be handed in."""
    year = scheme_rule("ucpmp").year_of(held.wall_starts.date())
    check_submission(begin_submission(Kind.UCPMP_EVENTS, year, by=by), by=by)
    annual = check_submission(begin_submission(Kind.UCPMP_ANNUAL, year, by=by), by=by)
    head = cast.team["executive"]
    access = access_of(head, cast.organisation, at=now())
    if access:
        declare_year(annual, "Managing director", access=access, by=head.actor())


def _object(held: Activity) -> None:
    rows = TransferOfValue.objects.filter(activity=held, kind=TransferKind.MEAL)
    found = rows.select_related("clinician", "share").order_by("name", "pk").first()
    if found and found.clinician:
        who = found.clinician
        dispute_transfer(found, who, NOT_THERE, by=Actor("link", who.pk, who.called))
