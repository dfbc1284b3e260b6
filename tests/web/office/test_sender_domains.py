import pytest
from django.urls import reverse

from symposia.notifications.models import SenderDomain
from symposia.notifications.tasks import check_sender_domain
from tests.factories.accounts import key_of, member
from tests.fakes.name_server import NameServer

GIVEN = {"domain": "events.harbour.example", "from_address": "cme@events.harbour.example"}


@pytest.fixture
def name_server(settings):
    settings.MAIL_SPF = "include:spf.mail.example"
    with NameServer() as server:
        settings.DNS_SERVER = server.address
        yield server


@pytest.fixture
def administrator(client, organisation):
    client.user = member(organisation, "administrator")
    client.force_login(client.user)
    return client


def checked():
    own = SenderDomain.objects.get()
    check_sender_domain.run(str(own.organisation_id), domain_id=str(own.pk))
    own.refresh_from_db()
    return own


def test_a_domain_is_named_published_checked_and_given_up(administrator, name_server):
    address = reverse("sender_domain")
    assert "Mail leaves from noreply@localhost" in administrator.get(address).text

    page = administrator.post(reverse("sender_domain_edit"), GIVEN, follow=True).text
    assert "v=spf1 include:spf.mail.example ~all" in page
    assert "The name servers are being asked." in page
    checked()
    page = administrator.get(address).text
    assert "There is no SPF record. Publish this one." in page
    name_server.texts["events.harbour.example"] = ["v=spf1 mx -all"]
    administrator.post(reverse("sender_domain_check"))
    own = checked()
    page = administrator.get(address).text
    assert "Add include:spf.mail.example before its all." in page
    assert "v=spf1 mx -all" in page
    name_server.texts = {
        "events.harbour.example": ["v=spf1 mx include:spf.mail.example -all"],
        f"{own.selector}._domainkey.events.harbour.example": [f"p={own.public_key}"],
        "_dmarc.harbour.example": ["v=DMARC1; p=reject"],
    }
    checked()
    page = administrator.get(address).text
    assert "Mail leaves from cme@events.harbour.example with the signature of the domain." in page
    assert own.private_key not in page
    page = administrator.post(reverse("sender_domain_giving_up"), follow=True).text
    assert "Mail leaves from noreply@localhost." in page
    assert administrator.post(reverse("sender_domain_check")).status_code == 404


def test_what_is_no_domain_comes_back_with_what_was_typed(administrator):
    answer = administrator.post(reverse("sender_domain_edit"), GIVEN | {"domain": "no domain"})

    assert answer.status_code == 422
    assert 'value="no domain"' in answer.text
    assert "is no domain that mail can come from" in answer.text


def test_who_does_not_look_after_messages_does_not_see_it(client, organisation):
    client.force_login(member(organisation, "coordinator"))

    assert reverse("sender_domain") not in client.get(reverse("outbox")).text
    assert client.get(reverse("sender_domain")).status_code == 403


def test_the_api_names_checks_and_gives_up(administrator, organisation, name_server, client):
    headers = key_of(administrator.user, organisation, ["manage_messages"])
    address = "/api/v1/messages/sender-domains"

    def post(path, body):
        return client.post(
            f"{address}{path}", body, content_type="application/json", headers=headers
        )

    assert client.get(address, headers=headers).status_code == 404
    bad = post("", GIVEN | {"from_address": "a@elsewhere.example"})
    assert (bad.status_code, bad.json()["code"]) == (409, "not_at_domain")
    assert post("", GIVEN).status_code == 201
    assert post("/checks", {}).json()["code"] == "check_asked"
    checked()
    said = client.get(address, headers=headers).json()
    assert said["state"] == "failing"
    assert [each["problem"] for each in said["records"]] == [
        "spf_missing",
        "dkim_missing",
        "dmarc_missing",
    ]
    assert "private_key" not in str(said)
    assert post("/checks", {}).status_code == 202
    assert post("/withdrawal", {}).status_code == 204
    assert not SenderDomain.objects.exists()
