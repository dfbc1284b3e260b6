import pytest
from django.urls import reverse

from symposia.audit.models import Entry
from symposia.curriculum.actions.curricula import add_step
from symposia.curriculum.models import Curriculum
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.curriculum import CurriculumFactory, ObjectiveFactory
from tests.factories.directory import ClinicianFactory

pytestmark = pytest.mark.django_db
WORDS = {"title": "Acute stroke", "audience": "Residents", "rule": "all"}


@pytest.fixture
def lead(client, organisation):
    user = member(organisation, "education_lead")
    client.force_login(user)
    return user


def test_a_curriculum_is_made_ordered_and_published(client, organisation, lead):
    first, second = ObjectiveFactory(text="Decide early"), ObjectiveFactory(text="Explain risk")
    client.post(reverse("curriculum_new"), WORDS | {"in_order": "on"})
    found = Curriculum.objects.get()
    for objective in (first, second):
        url = reverse("curriculum_step_new", args=[found.pk])
        client.post(url, {"objective": str(objective.pk), "required": "on"})
    step = found.steps.get(objective=second)

    client.post(reverse("curriculum_step_move", args=[found.pk, step.pk, "up"]))

    page = client.get(reverse("curriculum", args=[found.pk])).content.decode()
    assert page.index("Explain risk") < page.index("Decide early")
    assert "in this order" in page
    client.post(reverse("curriculum_step_move", args=[found.pk, step.pk, "down"]))
    client.post(reverse("curriculum_step_removal", args=[found.pk, step.pk]))
    page = client.post(reverse("curriculum_publication", args=[found.pk]), follow=True)
    assert "Published" in page.content.decode()
    client.post(reverse("curriculum_edition", args=[found.pk]))
    assert "Edition 2" in client.get(reverse("curriculum", args=[found.pk])).content.decode()
    off = reverse("curriculum_retirement", args=[found.pk])
    assert client.post(off).status_code == 422
    client.post(off, {"reason": "Merged into the new one"})
    assert Entry.objects.get(action="curriculum.retired").reason == "Merged into the new one"
    assert Curriculum.objects.get(edition=1).state == "retired"


def test_what_is_wrong_comes_back_in_words(client, organisation, lead):
    answer = client.post(reverse("curriculum_new"), WORDS | {"rule": "at_least"})
    assert "Say how many steps are enough." in answer.content.decode()
    found = CurriculumFactory()
    edit = reverse("curriculum_edit", args=[found.pk])
    client.post(edit, WORDS | {"seen_version": "1"})

    late = client.post(edit, WORDS | {"seen_version": "1", "title": "Late"})

    assert late.status_code == 422
    assert "<del>Acute stroke</del>" in late.content.decode()
    empty = client.post(reverse("curriculum_publication", args=[found.pk]), follow=True)
    assert "The curriculum has no step yet." in empty.content.decode()


def test_one_sees_how_far_somebody_is(client, organisation, lead):
    found = CurriculumFactory()
    add_step(found, ObjectiveFactory(text="Decide early"), required=True, by=SYSTEM)
    ClinicianFactory(full_name="Avery Newcomer")

    page = client.get(reverse("curriculum", args=[found.pk]), {"who": "Newcomer"}).content.decode()

    assert "Avery Newcomer" in page
    assert "0 steps taken, 1 asked for" in page
    nobody = client.get(reverse("curriculum", args=[found.pk]), {"who": "Zzzzz"})
    assert "Nobody is called so." in nobody.content.decode()


def test_whoever_only_reads_is_offered_nothing_to_change(client, organisation):
    client.force_login(member(organisation, "reviewer"))
    found = CurriculumFactory()

    page = client.get(reverse("curriculum", args=[found.pk])).content.decode()

    assert "Add a step" not in page
    assert "How far is somebody?" not in page
    assert client.post(reverse("curriculum_publication", args=[found.pk])).status_code == 403


def test_a_curriculum_of_another_organisation_does_not_exist(client, organisation, lead):
    with acting_in(OrganisationFactory().pk):
        found = CurriculumFactory()

    for name in ("curriculum", "curriculum_edit", "curriculum_step_new"):
        assert client.get(reverse(name, args=[found.pk])).status_code == 404
