"""The demonstration is the product's own work: lived through, journalled, verifiable."""

from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localdate, now

from symposia.accounts.memberships import personas
from symposia.accounts.models import Organisation, User
from symposia.accounts.queries import access_of
from symposia.activities.models import Activity, Application, Milestone
from symposia.approvals.models import ApprovalRequest, Risk
from symposia.approvals.queries import groups_of_low_risk, requests_waiting_for
from symposia.audit.actions import seal_installation
from symposia.audit.verification import verify_journal
from symposia.compliance.models import Override
from symposia.credits.models import Certificate, CreditEntry
from symposia.demonstration.story import load_demonstration
from symposia.directory.models import Clinician, Territory
from symposia.insights.queries import figures_of
from symposia.shared.tenancy import acting_in
from symposia.web.account.demo import current_code

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_demonstration_shows_the_whole_thread_and_its_journal_holds(settings, tmp_path):
    settings.DATA = tmp_path
    settings.STORAGES["default"]["OPTIONS"]["location"] = str(tmp_path / "files")
    provider, company = load_demonstration()
    assert load_demonstration() == sorted([provider, company], key=lambda o: o.slug)
    seal_installation()
    signing = [each for each in personas() if each.user.email.startswith(("compliance", "finance"))]
    assert len(signing) == 4
    assert all(len(current_code(each.user)) == 6 for each in signing)

    with acting_in(provider.pk):
        states = set(Activity.objects.values_list("state", flat=True))
        held = Activity.objects.get(title="Sepsis in the first hour")
        figures = figures_of(held, "USD")
        assert {"reconciling", "open", "in_approval", "draft"} <= states
        assert Clinician.objects.count() == 205
        assert figures.attended == 30
        assert figures.evaluated == 24
        assert CreditEntry.objects.exists()
        assert figures.cost_per_attendee.amount > 0
        assert verify_journal().faults == []
    with acting_in(company.pk):
        assert Territory.objects.count() == 15
        assert Certificate.objects.filter(kind="attendance").exists()
        assert not CreditEntry.objects.exists()
        assert verify_journal().faults == []
        the_officer_has_a_day_of_work(company)
    assert Organisation.objects.count() == 2
    for organisation in (provider, company):
        with acting_in(organisation.pk):
            every_day_is_a_possible_one()


def the_officer_has_a_day_of_work(company):
    """Between six and ten requests, of every risk, one risen, one asked again, some alike."""
    officer = User.objects.get(email="compliance@sahyadri.example")
    access = access_of(officer, company, at=now())
    waiting = list(requests_waiting_for(access))
    assert 6 <= len(waiting) <= 10
    assert {each.get_risk_display() for each in waiting} == {
        "Low risk",
        "Medium risk",
        "High risk",
    }
    assert len({each.opened_at.date() for each in waiting}) >= 4
    assert [each.title for each in waiting if each.escalated]
    assert [each.version for each in waiting if each.first_approved_at] == [2]
    assert Override.objects.filter(ended_at=None).count() == 1
    assert any(len(group.items) >= 2 for group in groups_of_low_risk(access))
    quiet = ApprovalRequest.objects.filter(risk=Risk.LOW)
    assert quiet.exists()


def every_day_is_a_possible_one():
    """Nothing is due before it was begun, or done after it was over; nobody applies on a Sunday."""
    for each in Milestone.objects.select_related("activity").order_by("pk"):
        begun = each.activity.created_at
        assert each.due_on >= localdate(begun, ZoneInfo(each.activity.zone))
        assert each.days > 0 or each.due_on <= each.activity.wall_starts.date()
        if each.done_at:
            assert each.done_at >= begun
            assert localdate(each.done_at, ZoneInfo(each.activity.zone)) <= each.due_on
    working = range(5)
    for application in Application.objects.order_by("pk"):
        assert application.day.weekday() in working
