"""What is owed to bodies: reckoned once, moved with its day, set aside with a reason."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.actions.lifecycle import cancel_activity
from symposia.activities.facts import read_facts
from symposia.activities.models import Activity
from symposia.audit.models import Entry
from symposia.credits.events import CreditAwarded
from symposia.credits.models import CreditOffer
from symposia.insights.today import needs_of
from symposia.reporting.actions.dues import (
    reckon_all_reports,
    reckon_reports,
    reopen_report,
    take_report,
    waive_report,
)
from symposia.reporting.due_lists import DUE_REPORTS
from symposia.reporting.models import DueReport, DueState
from symposia.reporting.policies import (
    REPORT_NOT_OPEN,
    REPORT_NOT_WAIVED,
    REPORT_OF_CANCELLED,
    WHY_NOT_REPORTED,
)
from symposia.reporting.tasks import reckon_all
from symposia.shared.actors import SYSTEM
from symposia.shared.events import announce
from symposia.shared.ids import uuid7
from symposia.shared.refusals import Refused
from tests.factories.accounts import UserFactory, day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CreditEntryFactory, CreditOfferFactory
from tests.factories.directory import IdentifierFactory
from tests.factories.reporting import DueReportFactory


@pytest.fixture
def held(organisation):
    """An activity of the United States that is over and offered credit to physicians."""
    made = ActivityFactory(state="held", country="US")
    CreditOfferFactory(activity=made)
    return made


def owed(activity):
    return {due.kind: due for due in DueReport.objects.of(activity)}


def test_an_activity_that_is_over_is_owed_to_its_bodies(held):
    reckon_reports(held, by=SYSTEM)

    due = owed(held)
    assert set(due) == {"pars_activities"}
    assert due["pars_activities"].due_on.isoformat() == f"{held.wall_ends.year + 1}-03-31"
    assert due["pars_activities"].owner == held.owner
    assert Entry.objects.filter(action="report.due").count() == 1


def test_learners_are_owed_once_somebody_holds_credit(held):
    CreditEntryFactory(registration__activity=held, offer=held_offer(held))

    reckon_reports(held, by=SYSTEM)

    assert set(owed(held)) == {"pars_activities", "pars_learners"}


def held_offer(activity):
    return CreditOffer.objects.get(activity=activity)


def test_a_board_is_owed_where_somebody_is_licensed_there(held):
    entry = CreditEntryFactory(registration__activity=held, offer=held_offer(held))
    IdentifierFactory(clinician=entry.clinician, scheme="licence", issuer="FL", value="ME1")

    reckon_reports(held, by=SYSTEM)

    assert "ce_broker" in owed(held)


def test_an_application_is_owed_before_and_a_report_after(organisation):
    coming = ActivityFactory(state="approved", country="IN", mode="scientific")

    reckon_reports(coming, by=SYSTEM)

    assert set(owed(coming)) == {"council_application"}


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"state": "draft"}, id="a draft"),
        pytest.param({"state": "cancelled"}, id="cancelled"),
        pytest.param({"mode": "promotional", "state": "held"}, id="promotional"),
    ],
)
def test_nothing_is_owed_of(organisation, facts):
    made = ActivityFactory(country="IN", **facts)

    assert reckon_reports(made, by=SYSTEM) == []


def test_reckoning_twice_notes_nothing_twice_and_a_new_day_moves_it(held):
    reckon_reports(held, by=SYSTEM)
    assert reckon_all_reports(by=SYSTEM) == 0
    Activity.objects.filter(pk=held.pk).update(
        wall_starts=held.wall_starts.replace(year=held.wall_starts.year + 1),
        wall_ends=held.wall_ends.replace(year=held.wall_ends.year + 1),
    )

    assert reckon_all_reports(by=SYSTEM) == 1

    assert owed(held)["pars_activities"].due_on.year == held.wall_ends.year + 2


def waiting(name):
    """The activities of the jobs of a name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s", [name])
        return [json.loads(args)["activity_id"] for (args,) in cursor.fetchall()]


def test_the_clock_asks_for_each_activity_by_itself_and_leaves_none_out(held):
    others = [ActivityFactory(state="held", country="US") for _each in range(2)]
    ActivityFactory(state="draft", country="US")

    reckon_all()

    assert set(waiting("reporting.reckon")) == {str(each.pk) for each in (held, *others)}
    assert not DueReport.objects.exists()


def test_learners_are_reckoned_as_soon_as_somebody_earns_credit(held):
    announce(CreditAwarded(uuid7(), held.pk, uuid7()))

    assert waiting("reporting.reckon") == [str(held.pk)]


def test_what_was_called_off_owes_nothing_any_more(organisation):
    coming = ActivityFactory(state="approved", country="IN", mode="scientific")
    reckon_reports(coming, by=SYSTEM)
    cancel_activity(coming, reason="A flood", by=SYSTEM)
    assert waiting("reporting.reckon") == [str(coming.pk)]

    reckon_reports(coming, by=SYSTEM)

    due = owed(coming)["council_application"]
    assert (due.state, due.waived_because) == (DueState.WAIVED, "The activity was cancelled.")
    assert Entry.objects.get(action="report.waived").reason == "The activity was cancelled."
    assert reckon_reports(coming, by=SYSTEM) == []


def test_nothing_is_owed_again_of_what_was_called_off(organisation):
    coming = ActivityFactory(state="approved", country="IN", mode="scientific")
    reckon_reports(coming, by=SYSTEM)
    cancel_activity(coming, reason="A flood", by=SYSTEM)
    # Nobody reckoned it at once: the clock finds it.
    assert reckon_all_reports(by=SYSTEM) == 1
    assert reckon_all_reports(by=SYSTEM) == 0
    due = owed(coming)["council_application"]
    assert due.state == DueState.WAIVED

    with pytest.raises(Refused) as refused:
        reopen_report(due, by=SYSTEM)

    assert refused.value.objection == REPORT_OF_CANCELLED


def test_a_report_is_set_aside_with_a_reason_and_owed_again(organisation):
    due = DueReportFactory()

    with pytest.raises(Refused) as refused:
        waive_report(due, reason=" ", by=SYSTEM)
    assert refused.value.objection == WHY_NOT_REPORTED
    waived = waive_report(due, reason="The joint provider reports it.", by=SYSTEM)
    assert waived.state == DueState.WAIVED
    with pytest.raises(Refused) as refused:
        waive_report(due, reason="Again", by=SYSTEM)
    assert refused.value.objection == REPORT_NOT_OPEN
    assert reopen_report(due, by=SYSTEM).is_open
    with pytest.raises(Refused) as refused:
        reopen_report(due, by=SYSTEM)
    assert refused.value.objection == REPORT_NOT_WAIVED


def test_the_database_holds_that_a_waived_report_says_why(organisation):
    with pytest.raises(IntegrityError), transaction.atomic():
        DueReportFactory(waived_because="No reason to say so")


def test_somebody_sees_to_it(organisation):
    user = UserFactory()

    assert take_report(DueReportFactory(), user, by=SYSTEM).owner == user


def test_the_rail_says_how_many_are_owed(held):
    reckon_reports(held, by=SYSTEM)

    fresh = Activity.objects.get(pk=held.pk)
    said = next(k.reading for k in read_facts(fresh) if k.fact.name == "reports")
    assert (said.state, said.detail) == ("now", "1 owed")


def test_today_says_what_is_late_or_due_soon(organisation):
    coordinator = member(organisation, "coordinator")
    access = access_of(coordinator, organisation, at=now())
    DueReportFactory()
    DueReportFactory(due_on=day_here() + timedelta(days=90))

    needs = [need for need in needs_of(access, at=now()) if need.url_name == "due_reports"]
    said = [str(need.what) for need in needs]

    assert said == ["1 report to a body is late or due within 30 days"]


def test_the_list_is_filtered_by_how_near_the_day_is(organisation):
    access = access_of(member(organisation, "coordinator"), organisation, at=now())
    late = DueReportFactory(due_on=day_here() - timedelta(days=1))
    soon = DueReportFactory()
    DueReportFactory(due_on=day_here() + timedelta(days=90))

    def found(**given):
        return set(DUE_REPORTS.rows_for(access, {k: [v] for k, v in given.items()}))

    assert found(when="late") == {late}
    assert found(when="soon") == {soon}
    assert len(found(kind="pars_activities")) == 3
    assert found(q=late.activity.number) == {late}
