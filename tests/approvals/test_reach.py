"""A role that is limited to a territory reaches the requests that lie in it, and no others."""

import pytest
from django.utils.timezone import now

from symposia.accounts.permissions import Permission
from symposia.activities.signed import territories_of
from symposia.approvals import places
from symposia.approvals.models import ApprovalRequest
from symposia.approvals.policies import OUT_OF_REACH
from symposia.approvals.queries import deciders_of, waiting_for
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.approvals import access, sign, submitted
from tests.factories.directory import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def region(organisation):
    return TerritoryFactory(name="South")


@pytest.fixture
def request_(organisation, region, monkeypatch):
    """About a subject in a city of the region."""
    city = TerritoryFactory(parent=region)
    activity = ActivityFactory(territory=city)
    monkeypatch.setitem(places._places, "meeting", lambda _pk: territories_of(activity.pk))
    return submitted(organisation, by=SYSTEM)


def holder(organisation, role, territory):
    return member(organisation, role, scope_kind="territory", scope_id=territory.pk)


def test_a_manager_sees_the_requests_of_the_region_and_of_no_other(organisation, region, request_):
    here = access(holder(organisation, "area_manager", region), organisation)
    elsewhere = access(holder(organisation, "area_manager", TerritoryFactory()), organisation)

    assert list(ApprovalRequest.objects.visible_to(here)) == [request_]
    assert not ApprovalRequest.objects.visible_to(elsewhere).exists()


def test_whoever_decides_for_a_region_signs_there_and_not_elsewhere(organisation, region, request_):
    officer = holder(organisation, "compliance_officer", region)
    other = holder(organisation, "compliance_officer", TerritoryFactory())

    assert waiting_for(access(officer, organisation)) == 1
    assert waiting_for(access(other, organisation)) == 0
    with pytest.raises(Refused) as refused:
        sign(request_, other, organisation)
    assert refused.value.objection == OUT_OF_REACH
    assert sign(request_, officer, organisation).decided_by_id == officer.pk


def test_letters_go_to_those_who_decide_there(organisation, region, request_):
    officer = holder(organisation, "compliance_officer", region)
    holder(organisation, "compliance_officer", TerritoryFactory())

    told = deciders_of(["compliance_officer"], at=now(), within=request_.scopes)

    assert told == [officer]


def test_a_request_is_seen_like_its_subject_and_decided_by_the_whole_organisation(
    organisation, region, monkeypatch
):
    submitted(organisation, by=SYSTEM)
    manager = access(holder(organisation, "area_manager", region), organisation)
    officer = access(holder(organisation, "compliance_officer", region), organisation)

    assert not ApprovalRequest.objects.visible_to(manager, Permission.VIEW_APPROVALS).exists()
    monkeypatch.setitem(places._places, "meeting", lambda _pk: [])
    assert ApprovalRequest.objects.visible_to(manager, Permission.VIEW_APPROVALS).exists()
    assert waiting_for(officer) == 0
