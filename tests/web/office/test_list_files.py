"""What a list's files add to its page: who may take it home, the trace of it, and their limits."""

import pytest
from django.urls import reverse

from symposia.audit.models import Entry
from symposia.web import list_files
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    ClinicianFactory.create_batch(3)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_taking_a_list_home_is_in_the_journal(client, coordinator, kind):
    response = client.get(reverse(f"clinicians_{kind}"), {"q": "Avery"})
    content = b"".join(response.streaming_content)

    entry = Entry.objects.get(action="list.exported")
    assert entry.details == {"list": "clinicians", "as": kind, "filters": "q=Avery"}
    assert len(content) > 100
    assert response["Content-Disposition"].endswith(f'.{kind}"')


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_who_may_not_export_takes_nothing_home(client, organisation, kind):
    client.force_login(member(organisation, "learner"))

    assert client.get(reverse(f"clinicians_{kind}")).status_code == 403
    assert not Entry.objects.filter(action="list.exported").exists()


def test_more_rows_than_a_sheet_holds_are_refused_in_words(client, coordinator, monkeypatch):
    monkeypatch.setattr(list_files, "MOST_ROWS", 2)

    response = client.get(reverse("clinicians_xlsx"), follow=True)

    assert response.redirect_chain == [(reverse("clinicians"), 302)]
    assert "A workbook cannot hold so many rows. Take the CSV." in response.content.decode()
    assert not Entry.objects.filter(action="list.exported").exists()
    assert client.get(reverse("clinicians_csv")).status_code == 200
