"""Cases in the office: cards, a step with its options in place, a try, versions, ways, a file."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from symposia.learning.actions.cases import write_case
from symposia.learning.cases.editing import with_values
from symposia.learning.cases.files import case_as_file
from symposia.learning.cases.reading import case_of
from symposia.learning.models import CaseVersion
from symposia.shared.actors import SYSTEM
from tests.crawls.forms import forms_of
from tests.factories.accounts import member
from tests.factories.cases import case_lesson, content, document, option
from tests.factories.learning import enduring

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, organisation):
    client.force_login(member(organisation, "education_lead"))
    return client


@pytest.fixture
def lesson(organisation):
    return case_lesson(enduring(state="draft"), is_published=False)


def form_at(client, address, holds="seen_version"):
    """What the form of a page would send."""
    page = client.get(address).content.decode()
    form = next(each for each in forms_of(page) if holds in each.values)
    given = {name: values[0] for name, values in form.values.items() if values}
    return {name: value for name, value in given.items() if name != "more"}


def test_a_case_is_begun_with_its_lesson(office, organisation):
    lesson = case_lesson(enduring(state="draft"), is_published=False)
    page = office.get(reverse("course_lesson", args=[lesson.pk])).content.decode()

    assert reverse("case", args=[lesson.pk]) in page
    assert "The case is not published yet." in page


def test_the_steps_are_cards_with_their_options_in_place(office, lesson):
    page = office.get(reverse("case", args=[lesson.pk])).content.decode()

    for words in ("In the ward", "Option o1", "Because.", "Guideline 2021", "Lactate", "<svg"):
        assert words in page
    assert "where Lactate is below 3:" in page
    assert "Ready to publish" in page


def test_what_is_to_be_mended_is_said_in_words(office, organisation):
    wrong = {"s2": {"options": []}}
    lesson = case_lesson(enduring(state="draft"), is_published=False, **wrong)

    page = office.get(reverse("case", args=[lesson.pk])).content.decode()

    assert "“An hour later” leads nowhere" in page
    assert "3 things to mend" in page
    assert reverse("case_versions", args=[lesson.pk]) not in page


def test_a_step_is_written_with_its_options(office, lesson):
    address = reverse("case_step", args=[lesson.pk, "s1"])
    values = form_at(office, address) | {
        "title": "On the ward",
        "o2_label": "Wait",
        "o2_quality": "wrong",
        "o2_to": "new",
        "o2_v_v1": "+1",
        "o0_t0_value": "v1",
        "o0_t0_compare": "above",
        "o0_t0_than": "4",
        "o0_t0_to": "e2",
        "f1_label": "Temperature",
        "f1_shows": "39",
    }

    answer = office.post(address, values)

    assert answer["Location"] == reverse("case", args=[lesson.pk]) + "#step-s1"
    step = case_of(lesson).document.step("s1")
    assert (step.title, len(step.options), len(step.findings)) == ("On the ward", 3, 2)
    assert step.options[0].turns[0].to == "e2"
    assert step.options[2].effect_on("v1") == "+1"
    assert case_of(lesson).document.step(step.options[2].to).title == "Wait"


def test_a_new_step_may_lead_to_another_new_one(office, lesson):
    address = reverse("case_step_new", args=[lesson.pk])
    values = {"title": "Later", "o0_label": "Wait again", "o0_to": "new"}

    office.post(address, form_at(office, address) | values)

    made = case_of(lesson).document
    assert [(each.code, each.title) for each in made.steps[4:]] == [
        ("s3", "Later"),
        ("s4", "Wait again"),
    ]
    assert made.step("s3").option("o1").to == "s4"


@pytest.mark.parametrize("has_values", [True, False])
def test_saving_a_step_keeps_its_conditions(office, organisation, has_values):
    turns = [
        {"value": "minutes", "compare": "above", "than": "60", "to": "e2"},
        {"value": "points", "compare": "below", "than": "0", "to": "e2"},
        {"value": "minutes", "compare": "at_most", "than": "5", "to": "e1"},
    ]
    changed = {"s2": {"options": [option("o1", "e1", turns=turns)]}}
    lesson = case_lesson(enduring(state="draft"), is_published=False, **changed)
    if not has_values:
        bare = with_values(case_of(lesson).document, [])
        write_case(case_of(lesson), bare, seen_version=2, by=SYSTEM)
    before = case_of(lesson).document.step("s2").options
    address = reverse("case_step", args=[lesson.pk, "s2"])

    office.post(address, form_at(office, address) | {"title": "Two hours later"})

    step = case_of(lesson).document.step("s2")
    assert step.title == "Two hours later"
    assert step.options == before
    assert len(step.options[0].turns) == 3


def test_an_ending_has_no_options(office, lesson):
    address = reverse("case_step", args=[lesson.pk, "s2"])

    office.post(address, form_at(office, address) | {"ending": "fair"})

    step = case_of(lesson).document.step("s2")
    assert (step.ending, step.options) == ("fair", ())


def test_nothing_is_written_over_what_somebody_else_wrote(office, lesson):
    address = reverse("case_step", args=[lesson.pk, "s1"])
    values = form_at(office, address)
    write_case(case_of(lesson), document(e1={"text": "Other."}), seen_version=2, by=SYSTEM)

    answer = office.post(address, values)

    assert answer.status_code == 422
    assert "Somebody changed this while you were writing." in answer.content.decode()


def test_a_step_is_added_moved_and_removed(office, lesson):
    address = reverse("case_step_new", args=[lesson.pk])
    office.post(address, form_at(office, address) | {"title": "Later", "more": "1"})
    codes = [each.code for each in case_of(lesson).document.steps]
    assert codes == ["s1", "s2", "e1", "e2", "s3"]

    shift = reverse("case_step_shift", args=[lesson.pk, "s3"])
    office.post(shift, {"shift": "-1", "seen_version": "3"})
    assert [each.code for each in case_of(lesson).document.steps][3] == "s3"
    office.post(reverse("case_step_removal", args=[lesson.pk, "s3"]), {"seen_version": "4"})
    assert case_of(lesson).document.step("s3") is None

    first = reverse("case_step_removal", args=[lesson.pk, "s1"])
    page = office.post(first, {"seen_version": "5"}, follow=True).content.decode()
    assert "The case begins with this step." in page


def test_the_values_of_the_patient_are_rows(office, lesson):
    address = reverse("case_values", args=[lesson.pk])
    values = form_at(office, address)
    more = {"v0_label": "", "v2_label": "Heart rate", "v2_start": "120", "v2_unit": "/min"}

    office.post(address, values | more)

    found = case_of(lesson).document.values
    assert [(each.code, each.label) for each in found] == [
        ("v2", "Consciousness"),
        ("v3", "Heart rate"),
    ]


def test_a_try_goes_through_the_draft_and_keeps_nothing(office, lesson):
    address = reverse("case_preview", args=[lesson.pk])
    page = office.get(address).content.decode()
    assert "Lactate 4.2 mmol/L." in page
    way = re.search(r'href="(\?way=d-s1-o1)"', page)[1]

    page = office.get(address + way).content.decode()
    assert "Because." in page
    assert "was 4.2" in page
    end = office.get(address + "?way=d-s1-o1.d-s2-o1.").content.decode()

    assert "Ends well" in end
    assert office.get(address + "?way=%00..x").status_code == 200


def test_a_whole_case_is_published(office, lesson):
    form = form_at(office, reverse("case", args=[lesson.pk]))

    page = office.post(reverse("case_versions", args=[lesson.pk]), form, follow=True)

    assert "Published." in page.content.decode()
    assert CaseVersion.objects.get().number == 1
    shown = office.get(reverse("course_lesson", args=[lesson.pk])).content.decode()
    assert "The case, version 1" in shown
    assert "Option o2" in shown


def test_ways_of_fewer_than_three_are_not_told(office, organisation):
    lesson = case_lesson(enduring(state="draft"))

    page = office.get(reverse("case_paths", args=[lesson.pk])).content.decode()

    assert "Fewer than three learners began this version." in page


def test_a_case_goes_out_as_a_file_and_is_looked_at_before_it_comes_in(office, lesson):
    out = office.get(reverse("case_file", args=[lesson.pk]))
    assert json.loads(out.content)["kind"] == "symposia.case"
    address = reverse("case_file_in", args=[lesson.pk])
    other = case_as_file(document(s2={"title": "Two hours later", "options": []}))

    def sent():
        return {"file": SimpleUploadedFile("a.json", other), "seen_version": "2"}

    page = office.post(address, sent()).content.decode()
    assert "2 steps are new" not in page
    assert "“Two hours later” leads nowhere" in page
    assert case_of(lesson).version == 2
    office.post(address, sent() | {"brings_in": "on"})

    assert case_of(lesson).document.step("s2").title == "Two hours later"


def test_a_file_that_is_no_case_says_where(office, lesson):
    wrong = content()
    wrong["steps"][0]["options"][0]["points"] = "many"
    sent = SimpleUploadedFile("a.json", json.dumps(wrong).encode())

    page = office.post(reverse("case_file_in", args=[lesson.pk]), {"file": sent})

    assert page.status_code == 422
    assert "steps → 0 → options → 0 → points" in page.content.decode()


@pytest.mark.parametrize("name", ["case", "case_preview", "case_values", "case_step_new"])
def test_a_case_of_no_lesson_of_ours_is_not_there(office, organisation, name):
    assert office.get(reverse(name, args=[organisation.pk])).status_code == 404


def test_a_step_that_is_not_there_is_not_found(office, lesson):
    assert office.get(reverse("case_step", args=[lesson.pk, "s99"])).status_code == 404
