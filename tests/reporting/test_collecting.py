"""Which records a file is made of: by which licence, and the days of a series as one."""

from datetime import date, time

import pytest

from symposia.accounts.permissions import Access, Granted, Permission
from symposia.activities.models import Occasion, Series
from symposia.reporting.actions.dues import reckon_reports
from symposia.reporting.actions.sending import send_submission, take_in_answer
from symposia.reporting.actions.submissions import begin_submission, check_submission
from symposia.reporting.bodies import declared
from symposia.reporting.bodies.parts import Scope
from symposia.reporting.models import ActivityFacts, DueReport, LearnerIdentity, SubmissionRow
from symposia.shared.actors import SYSTEM
from symposia.shared.ids import uuid7
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CreditEntryFactory, CreditOfferFactory
from tests.factories.directory import IdentifierFactory
from tests.factories.reporting import BodyAccountFactory, LearnerIdentityFactory


@pytest.mark.parametrize("others", [[], ["NY"], ["NY", "MA"]], ids=["none", "one", "two"])
def test_a_learner_is_told_of_by_the_licence_that_ce_broker_reads(organisation, others):
    entry = CreditEntryFactory(registration__activity__state="held")
    for issuer in (*others, "FL", "GA"):
        IdentifierFactory(
            clinician=entry.clinician, scheme="licence", issuer=issuer, value=f"{issuer}1"
        )

    (line,) = declared("ce_broker").collect(Scope(entry.activity.wall_ends.year))

    assert (line.facts["id_domain"], line.facts["id_value"]) == ("FL", "FL1")


@pytest.fixture
def days(organisation):
    """Three days of a series that are over; each offered credit to physicians."""
    BodyAccountFactory()
    series = Series.objects.create(
        number="SER-2026-0007",
        title="Heart failure hour",
        mode="scientific",
        type="hospital_meeting",
        repeats="weekly",
        first_on=date(2026, 1, 1),
        until_on=date(2028, 1, 1),
        clock=time(12),
        minutes=60,
        zone="America/New_York",
        delivery="in_person",
    )
    made = [ActivityFactory(state="held", city="Boston", country="US") for _day in range(3)]
    for number, activity in enumerate(made, start=1):
        CreditOfferFactory(activity=activity)
        ActivityFacts.objects.create(activity=activity, region="MA", has_support=False)
        Occasion.objects.create(
            series=series, activity=activity, day=activity.wall_ends.replace(day=number).date()
        )
    return made


def begun(days, **of):
    return begin_submission("pars_activities", days[0].wall_ends.year, **of, by=SYSTEM)


def test_a_file_of_one_day_tells_of_its_whole_series(days):
    (of_year,) = declared("pars_activities").collect(Scope(days[0].wall_ends.year))

    (row,) = SubmissionRow.objects.of(begun(days, activity=days[1]))

    assert (row.source_key, row.facts) == (of_year.source_key, of_year.facts)
    assert row.facts["number"] == "SER-2026-0007"


def test_every_day_of_a_series_has_its_number_and_is_reported_with_it(days):
    for day in days:
        reckon_reports(day, by=SYSTEM)
    file = check_submission(begun(days), by=SYSTEM)
    file = send_submission(file, channel="upload", by=SYSTEM)
    dues = DueReport.objects.filter(kind="pars_activities")
    assert [due.state for due in dues] == ["sent"] * 3

    answer = b"record,status,bodynumber\nSER-2026-0007,accepted,009876543\n"
    take_in_answer(file, answer, by=SYSTEM)

    numbered = ActivityFacts.objects.filter(activity__in=days)
    assert [facts.body_number for facts in numbered] == ["009876543"] * 3
    assert [due.state for due in dues.all()] == ["done"] * 3


def test_whoever_is_shown_no_learners_is_not_shown_as_whom_bodies_know_them(organisation):
    identity = LearnerIdentityFactory()
    permissions = frozenset({Permission.VIEW_CREDITS})
    inside, outside = (
        Access(uuid7(), organisation.pk, (Granted(role, permissions),))
        for role in ("coordinator", "helper_of_sales")
    )

    assert list(LearnerIdentity.objects.visible_to(inside)) == [identity]
    assert not LearnerIdentity.objects.visible_to(outside).exists()
