"""The demonstration is the product's own work: lived through, journalled, verifiable."""

import pytest

from symposia.accounts.memberships import personas
from symposia.accounts.models import Organisation
from symposia.activities.models import Activity
from symposia.audit.actions import seal_installation
from symposia.audit.verification import verify_journal
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
    assert Organisation.objects.count() == 2
