import pytest
from django.urls import reverse

from symposia.audit.models import Entry
from symposia.curriculum.models import Gap
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityObjectiveFactory
from tests.factories.curriculum import GapEvidenceFactory, GapFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Door-to-needle time",
    "statement": "Half are treated too late.",
    "need_type": "performance",
    "population": "Emergency physicians",
    "measure": "Treated within 60 minutes",
    "baseline": "48 %",
    "target": "75 %",
}


@pytest.fixture
def lead(client, organisation):
    user = member(organisation, "education_lead")
    client.force_login(user)
    return user


def test_a_gap_is_recorded_and_shown(client, organisation, lead):
    response = client.post(reverse("gap_new"), WORDS, follow=True)

    page = response.content.decode()
    gap = Gap.objects.get()
    assert gap.owner == lead
    assert "today 48\u00a0%, target 75\u00a0%" in page
    assert gap.number in client.get(reverse("gaps")).content.decode()


def test_what_is_missing_comes_back_with_the_form(client, organisation, lead):
    response = client.post(reverse("gap_new"), WORDS | {"statement": ""})

    assert response.status_code == 422
    assert not Gap.objects.exists()


def test_evidence_and_objectives_are_added_and_removed_on_the_page(client, organisation, lead):
    gap = GapFactory()
    evidence = {"kind": "guideline", "citation": "Stroke guideline 2019", "figure": "48 %"}
    objective = {"text": "Decide within ten minutes", "competency": "patient_care"}

    client.post(reverse("gap_evidence_new", args=[gap.pk]), evidence)
    client.post(reverse("gap_objective_new", args=[gap.pk]), objective)

    page = client.get(reverse("gap", args=[gap.pk])).content.decode()
    assert "Stroke guideline 2019" in page
    assert "Decide within ten minutes" in page

    client.post(reverse("gap_evidence_removal", args=[gap.pk, gap.evidence.get().pk]))
    assert Entry.objects.get(action="gap.evidence_removed").reason == ""
    client.post(reverse("gap_objective_removal", args=[gap.pk, gap.objectives.get().pk]))
    assert not gap.evidence.exists()
    assert not gap.objectives.exists()


@pytest.mark.parametrize("name", ["gap_evidence_new", "gap_objective_new", "gap_closing"])
def test_wrong_answers_come_back_on_the_page(client, organisation, lead, name):
    gap = GapFactory()

    response = client.post(reverse(name, args=[gap.pk]), {})

    assert response.status_code == 422
    assert b"There is a problem" in response.content


def test_an_objective_in_use_stays_and_the_page_says_why(client, organisation, lead):
    link = ActivityObjectiveFactory()
    objective = link.objective
    url = reverse("gap_objective_removal", args=[objective.gap_id, objective.pk])

    page = client.post(url, follow=True).content.decode()

    assert "has taken on this objective" in page
    assert link.activity.title in page


def test_a_gap_is_closed_by_evidence_and_taken_up_again(client, organisation, lead):
    gap = GapFactory()
    page = client.get(reverse("gap", args=[gap.pk])).content.decode()
    assert "A gap is closed by evidence." in page

    GapEvidenceFactory(gap=gap)
    client.post(reverse("gap_closing", args=[gap.pk]), {"reason": "76 % now"})
    assert Gap.objects.get().state == "closed"
    client.post(reverse("gap_reopening", args=[gap.pk]), {"reason": "Worse again"})
    assert Gap.objects.get().state == "open"


def test_who_saves_over_a_change_sees_it(client, organisation, lead):
    gap = GapFactory()
    url = reverse("gap_edit", args=[gap.pk])
    client.post(url, WORDS | {"seen_version": "1", "target": "80 %"})

    response = client.post(url, WORDS | {"seen_version": "1", "target": "90 %"})

    assert response.status_code == 422
    assert "<del>80 %</del>" in response.content.decode()
    assert Gap.objects.get().target == "80 %"


def test_whoever_only_reads_is_offered_nothing_to_change(client, organisation):
    client.force_login(member(organisation, "reviewer"))
    gap = GapFactory()
    ObjectiveFactory(gap=gap)

    page = client.get(reverse("gap", args=[gap.pk])).content.decode()

    assert "Add evidence" not in page
    assert client.get(reverse("gap_edit", args=[gap.pk])).status_code == 403
    assert client.post(reverse("gap_closing", args=[gap.pk]), {"reason": "x"}).status_code == 403


def test_a_gap_of_another_organisation_does_not_exist(client, organisation, lead):
    other = OrganisationFactory()
    with acting_in(other.pk):
        theirs = GapFactory()

    for name in ("gap", "gap_edit"):
        assert client.get(reverse(name, args=[theirs.pk])).status_code == 404
