import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from symposia.compliance.models import RulePack
from symposia.curriculum.models import NewsItem, NewsSource
from symposia.shared.tenancy import acting_in
from tests.curriculum.test_news import MAIL
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.curriculum import NewsItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client, organisation):
    user = member(organisation, "education_lead")
    client.force_login(user)
    return user


def test_news_is_typed_assigned_and_decided(client, organisation, lead):
    client.post(reverse("news_new"), {"title": "New statement", "body": "Accreditor", "text": "A"})
    item, pack = NewsItem.objects.get(), RulePack.objects.first()
    client.post(reverse("news_assignment", args=[item.pk]), {"owner": str(lead.pk)})
    url = reverse("news_decision", args=[item.pk])

    refused = client.post(url, {"decision": "rules", "reason": "We change"})
    page = client.post(
        url,
        {"decision": "rules", "reason": "We change", "pack": f"{pack.code}@{pack.version}"},
        follow=True,
    )

    assert "Name the version of the rule pack" in refused.content.decode()
    shown = page.content.decode()
    assert str(pack) in shown
    assert "We change" in shown
    assert item.number in client.get(reverse("news")).content.decode()


def test_a_forwarded_mail_comes_in_as_a_file_or_as_its_text(client, organisation, lead):
    url = reverse("news_mail")
    sent = SimpleUploadedFile("mail.eml", MAIL, content_type="message/rfc822")

    page = client.post(url, {"file": sent}, follow=True)
    again = client.post(url, {"source": MAIL.decode()})

    assert "From July" in page.content.decode()
    assert "This came in already as" in again.content.decode()
    assert client.post(url, {}).status_code == 422
    assert "This is no mail" in client.post(url, {"source": "words"}).content.decode()


def test_feeds_are_added_read_and_stopped(client, organisation, lead):
    url = reverse("news_sources")
    client.post(url, {"title": "Accreditor", "address": "https://example.org/feed"})
    source = NewsSource.objects.get()

    read = client.post(reverse("news_source_reading", args=[source.pk]), follow=True)
    client.post(reverse("news_source_stop", args=[source.pk]))

    assert "The feed is being read." in read.content.decode()
    assert "Stopped" in client.get(url).content.decode()
    twice = client.post(url, {"title": "B", "address": "https://example.org/feed"}, follow=True)
    assert "This feed is read already." in twice.content.decode()
    assert client.post(url, {"title": "B", "address": "no"}).status_code == 422


def test_whoever_only_reads_is_offered_nothing_to_change(client, organisation):
    client.force_login(member(organisation, "reviewer"))
    item = NewsItemFactory()

    page = client.get(reverse("news_item", args=[item.pk])).content.decode()

    assert "Assign" not in page
    assert client.get(reverse("news_sources")).status_code == 403


def test_news_of_another_organisation_does_not_exist(client, organisation, lead):
    with acting_in(OrganisationFactory().pk):
        item = NewsItemFactory()
        source = NewsSource.objects.create(title="A", address="https://a.org/feed")

    for name in ("news_item", "news_assignment", "news_decision"):
        assert client.get(reverse(name, args=[item.pk])).status_code == 404
    assert client.post(reverse("news_source_stop", args=[source.pk])).status_code == 404
