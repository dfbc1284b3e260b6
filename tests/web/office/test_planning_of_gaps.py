import pytest
from django.urls import reverse

from symposia.curriculum.models import CitationReview, Guideline, Objective
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.curriculum import GapFactory, GuidelineFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db
POINTS = {"severity": "5", "reach": "3", "distance": "2", "feasibility": "4"}


@pytest.fixture
def lead(client, organisation):
    user = member(organisation, "education_lead")
    client.force_login(user)
    return user


def test_the_page_of_a_gap_shows_the_arithmetic_of_its_priority(client, organisation, lead):
    gap = GapFactory()

    response = client.post(
        reverse("gap_rating", args=[gap.pk]), POINTS | {"severity_reason": "Deaths"}, follow=True
    )

    page = response.content.decode()
    # 3 x 5 + 2 x 3 + 2 x 2 + 1 x 4 + 2 x 0
    assert "= 29" in page
    assert "29 of 50" in page
    assert "place 1 of 1" in page
    assert "Deaths" in page
    assert client.get(reverse("gap_rating", args=[gap.pk])).status_code == 200


def test_points_beyond_five_come_back_with_the_form(client, organisation, lead):
    gap = GapFactory()

    response = client.post(reverse("gap_rating", args=[gap.pk]), POINTS | {"reach": "6"})

    assert response.status_code == 422
    assert not gap.ratings.exists()


def test_weights_are_set_and_a_weightless_ranking_is_refused_in_words(client, organisation, lead):
    url = reverse("gap_weights")
    chosen = dict.fromkeys(("severity", "reach", "distance", "feasibility", "evidence"), "0")

    refused = client.post(url, chosen | {"reason": "Board"})
    done = client.post(url, chosen | {"reason": "Board", "reach": "7"})

    assert "At least one criterion must count." in refused.content.decode()
    assert refused.status_code == 422
    assert done.status_code == 302
    assert 'value="7"' in client.get(url).content.decode()


def test_statements_are_written_and_their_words_counted(client, organisation, lead):
    gap = GapFactory()
    url = reverse("gap_statements", args=[gap.pk])

    page = client.post(url, {"need_knowledge": "word " * 52}, follow=True).content.decode()

    assert "52 of 50, 2 too many" in page
    assert "to verify" in page
    assert "At most 50 words" in client.get(url).content.decode()


def test_an_objective_gets_its_grounds_on_its_page(client, organisation, lead):
    objective, guideline = ObjectiveFactory(), GuidelineFactory()
    page = client.get(reverse("objective", args=[objective.pk])).content.decode()
    assert "It cites no guideline." in page
    words = {
        "guideline": str(guideline.pk),
        "recommendation": "3.5.1, class I",
        "local_figure": "48 % of 91",
        "local_source": "Own audit",
    }

    response = client.post(reverse("objective_grounds", args=[objective.pk]), words, follow=True)

    assert "It cites its guideline and its local figure." in response.content.decode()
    assert Objective.objects.get().guideline == guideline
    assert guideline.title in client.get(reverse("objectives")).content.decode()


def test_a_guideline_is_added_corrected_and_superseded(client, organisation, lead):
    words = {"body": "Stroke Council", "title": "Acute stroke", "year": "2019"}
    client.post(reverse("guideline_new"), words)
    old = Guideline.objects.get()
    edit = reverse("guideline_edit", args=[old.pk])
    client.post(edit, words | {"title": "Acute stroke care", "seen_version": "1"})
    late = client.post(edit, words | {"title": "Late", "seen_version": "1"})
    assert late.status_code == 422
    assert "<del>Acute stroke care</del>" in late.content.decode()
    objective, newer = ObjectiveFactory(guideline=old), GuidelineFactory(title="Newer edition")

    url = reverse("guideline_superseding", args=[old.pk])
    answer = client.post(url, {"newer": str(newer.pk), "reason": "2026"}, follow=True)

    page = answer.content.decode()
    assert "1 citation is to be reviewed." in page
    assert "Superseded" in page
    assert objective.text in client.get(reverse("citation_reviews")).content.decode()
    review = CitationReview.objects.get()
    url = reverse("citation_review", args=[review.pk])
    assert client.post(url, {"finding": "kept"}).status_code == 422
    client.post(url, {"finding": "kept", "reason": "Same advice"})
    again = client.post(url, {"finding": "changed", "reason": "Other"})
    assert "This citation was reviewed" in again.content.decode()
    assert CitationReview.objects.get().state == "kept"


def test_whoever_only_reads_is_offered_nothing_to_change(client, organisation):
    client.force_login(member(organisation, "reviewer"))
    objective, guideline = ObjectiveFactory(), GuidelineFactory()

    pages = [
        client.get(reverse("objective", args=[objective.pk])),
        client.get(reverse("guideline", args=[guideline.pk])),
        client.get(reverse("guidelines")),
    ]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "Edit the grounds" not in pages[0].content.decode()
    assert "A newer one is out" not in pages[1].content.decode()
    assert "Add a guideline" not in pages[2].content.decode()
    for name in ("objective_grounds", "guideline_edit", "guideline_superseding", "gap_rating"):
        assert client.get(reverse(name, args=[objective.pk])).status_code == 403


def test_what_another_organisation_has_does_not_exist(client, organisation, lead):
    with acting_in(OrganisationFactory().pk):
        objective, guideline = ObjectiveFactory(), GuidelineFactory()
        gap = GapFactory()

    for name, pk in (
        ("objective", objective.pk),
        ("objective_grounds", objective.pk),
        ("guideline", guideline.pk),
        ("guideline_superseding", guideline.pk),
        ("gap_rating", gap.pk),
        ("gap_statements", gap.pk),
    ):
        assert client.get(reverse(name, args=[pk])).status_code == 404
