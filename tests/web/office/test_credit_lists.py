"""The lists of credit: page, files and API show the same rows under each filter and order."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from symposia.credits.actions.appeals import appeal_credit
from symposia.credits.appeal_lists import APPEALS
from symposia.credits.external_lists import EXTERNAL_CREDITS
from symposia.credits.licence_lists import LICENCES
from symposia.shared.actors import SYSTEM
from tests.api.test_money_rules_approvals import API, key
from tests.factories.accounts import member
from tests.factories.credits import ExternalCreditFactory, LicenceFactory, attended

LISTS = (
    (EXTERNAL_CREDITS, "external-credits", {"state": "accepted"}),
    (LICENCES, "licences", {"standing": "at_risk"}),
    (APPEALS, "credit-appeals", {"state": "waiting"}),
)


@pytest.fixture
def rows(organisation):
    ExternalCreditFactory()
    ExternalCreditFactory(state="accepted", decided_at=now())
    LicenceFactory.create_batch(2)
    for said in ("I came at six.", "=1+1"):
        appeal_credit(attended(), said, by=SYSTEM)


@pytest.mark.parametrize(("listed", "path", "filtered"), LISTS, ids=lambda each: str(each)[:20])
def test_page_files_and_api_agree(client, organisation, rows, listed, path, filtered):
    headers = key(organisation, "coordinator")
    client.force_login(member(organisation, "coordinator"))
    for given in ({}, filtered, *({"sort": f"-{c.name}"} for c in listed.columns if c.sort)):
        page = client.get(reverse(listed.name), given)
        sheet = b"".join(client.get(reverse(f"{listed.name}_csv"), given)).decode("utf-8-sig")
        book = b"".join(client.get(reverse(f"{listed.name}_xlsx"), given))
        said = client.get(f"{API}/{path}", given, headers=headers).json()

        assert page.status_code == 200
        assert len(sheet.strip().splitlines()) == said["count"] + 1
        assert said["count"] == len(said["items"]) > 0
        assert book.startswith(b"PK")
        assert "\n=" not in sheet


def test_states_are_said_in_words(client, organisation, rows):
    client.force_login(member(organisation, "coordinator"))

    assert "at_risk" not in client.get(reverse("licences")).text.partition("<table")[2]
    assert "At risk" in client.get(reverse("licences")).text
