import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.actions.content_reviews import expect_content
from symposia.activities.actions.disclosures import DisclosureFacts, give_disclosure
from symposia.activities.actions.team import add_team_member, enter_own_contributor
from symposia.activities.models import ContentItem, ContentVersion
from symposia.activities.standards.reading import review_questions
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.work.files import may_fetch
from tests.activities.slides import pdf
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.team import ContributorFactory, TeamMemberFactory

pytestmark = pytest.mark.django_db
YES = {f"q_{question.code}": "yes" for question in review_questions()}


def said(response):
    return response.content.decode()


def sent(content):
    return {"file": SimpleUploadedFile("slides.pdf", content, content_type="application/pdf")}


@pytest.fixture
def lead(client, organisation):
    user = member(organisation, "education_lead")
    client.force_login(user)
    return user


def reviewer(organisation, activity):
    user = member(organisation, "compliance_officer")
    own = enter_own_contributor(user, by=SYSTEM)
    give_disclosure(own, DisclosureFacts(nothing=True, attested=True), by=SYSTEM)
    add_team_member(activity, own, role="reviewer", by=SYSTEM)
    return user


def test_slides_are_expected_handed_in_reviewed_and_released(client, lead, organisation):
    author = TeamMemberFactory(role="author")
    activity = author.activity
    session = SessionFactory(activity=activity)
    new = {"title": "Slides", "contributor": str(author.contributor.pk), "session": session.pk}
    page = client.post(reverse("content_item_new", args=[activity.pk]), new, follow=True)
    assert "Not handed in" in said(page)
    item = ContentItem.objects.get()
    hand_in = reverse("content_handing_in", args=[item.pk])
    assert "cannot be read" in said(client.post(hand_in, sent(b"x")))
    assert "To review" in said(client.post(hand_in, sent(pdf(8)), follow=True))
    version = ContentVersion.objects.get()
    judge = reverse("content_review", args=[item.pk, version.pk])
    assert "Only reviewers" in said(client.post(judge, YES | {"verdict": "accepted"}))

    client.force_login(reviewer(organisation, activity))
    remark = {"slide": 2, "text": "Cite the trial"}
    comments = reverse("slide_comment", args=[item.pk, version.pk])
    assert "Cite the trial" in said(client.post(comments, remark, follow=True))
    assert client.post(judge, {"verdict": "accepted"}).status_code == 422
    page = client.post(judge, YES | {"verdict": "accepted"}, follow=True)
    assert "Released" in said(page)
    assert "Released" in said(client.get(reverse("activity_content", args=[activity.pk])))
    listed = said(client.get(reverse("content_items")))
    assert "Accepted" in listed
    assert "Slides" in listed


def test_a_file_is_fetched_by_others_only_once_it_is_released(client, lead, organisation):
    activity = ActivityFactory()
    item = expect_content(activity, ContributorFactory(), "Slides", by=SYSTEM)
    client.post(reverse("content_handing_in", args=[item.pk]), sent(pdf()))
    version = ContentVersion.objects.get()
    reader = access_of(member(organisation, "reviewer"), organisation, at=now())

    assert may_fetch(access_of(lead, organisation, at=now()), version.file, at=now())
    assert not may_fetch(reader, version.file, at=now())
    client.force_login(reviewer(organisation, activity))
    judge = reverse("content_review", args=[item.pk, version.pk])
    client.post(judge, YES | {"verdict": "accepted"})
    assert may_fetch(reader, version.file, at=now())


def test_content_of_another_organisation_does_not_exist(client, lead):
    with acting_in(OrganisationFactory().pk):
        item = expect_content(ActivityFactory(), ContributorFactory(), "Theirs", by=SYSTEM)

    assert client.get(reverse("content_item", args=[item.pk])).status_code == 404
    assert "Theirs" not in said(client.get(reverse("content_items")))


def test_door_staff_see_no_content(client, organisation):
    client.force_login(member(organisation, "door_staff"))

    assert client.get(reverse("content_items")).status_code == 403
