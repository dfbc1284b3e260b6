"""What rests on an activity when rules are about to change: disclosures and certificates."""

import pytest

from symposia.activities.hanging import disclosures_relied_on
from symposia.compliance.hanging import hanging_on
from symposia.credits.hanging import certificates_issued
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CertificateFactory
from tests.factories.team import TeamMemberFactory, disclose_nothing

pytestmark = pytest.mark.django_db


def test_an_activity_names_the_disclosures_it_relies_on(organisation):
    member = TeamMemberFactory()
    disclose_nothing(member.activity)
    disclose_nothing(TeamMemberFactory().activity)

    found = disclosures_relied_on([member.activity_id])

    assert [(each.id, each.label) for each in found] == [
        (str(member.contributor_id), member.contributor.name)
    ]


def test_an_activity_names_its_certificates_and_no_others(organisation):
    mine = CertificateFactory()
    CertificateFactory()

    found = certificates_issued([mine.activity_id])

    assert [each.label for each in found] == [mine.number]


def test_each_kind_is_asked_once_for_all(organisation):
    member = TeamMemberFactory()
    disclose_nothing(member.activity)
    certificate = CertificateFactory(activity=member.activity)

    found = hanging_on({"activity": [member.activity_id, ActivityFactory().pk], "plan": []})

    assert {kind: len(rows) for kind, rows in found.items()} == {
        "certificates": 1,
        "disclosures": 1,
    }
    assert found["certificates"][0].id == str(certificate.pk)
