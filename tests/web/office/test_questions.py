import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from symposia.assessment.actions.bank import QuestionFacts, add_bank_question
from symposia.assessment.models import BankKind, BankQuestion
from symposia.assessment.queries.bank import latest_of
from symposia.assessment.wording import OptionFacts, Wording
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.assessment import bank_question, choice
from tests.factories.curriculum import ObjectiveFactory


@pytest.fixture
def lead(client, organisation):
    client.force_login(member(organisation, "education_lead"))
    return client


def sent(*options, **values):
    """A question as a browser sends it."""
    rows = {"form-TOTAL_FORMS": len(options), "form-INITIAL_FORMS": 0}
    for place, row in enumerate(options):
        rows |= {f"form-{place}-{name}": value for name, value in row.items()}
    return {"idempotency_key": uuid.uuid4(), "text": "Which drug?", "tags": "", **values, **rows}


def test_a_question_is_written_published_and_found(lead):
    objective = ObjectiveFactory()
    right = {"text": "Alteplase", "is_right": "on", "rationale": "It dissolves the clot."}
    values = sent(right, {"text": "Heparin"}, objective=objective.pk, tags="Stroke, dose")

    answer = lead.post(reverse("question_new", args=["single"]), values)

    question = BankQuestion.objects.get()
    assert answer["Location"] == reverse("question", args=[question.pk])
    lead.post(
        reverse("question_publication", args=[question.pk]), {"idempotency_key": uuid.uuid4()}
    )
    page = lead.get(answer["Location"]).text
    assert "It dissolves the clot." in page
    assert "Version 1 is asked" in page
    assert objective.text in page
    for query in ("q=dissolv", "q=drug", "tag=stroke", f"q={question.number}"):
        found = lead.get(f"{reverse('questions')}?{query}").text
        assert ("Which drug?" in found) == (query != "q=dissolv")


def test_a_question_nobody_can_answer_is_refused_and_nothing_is_lost(lead):
    page = lead.post(
        reverse("question_new", args=["single"]), sent({"text": "Alteplase"}, {"text": "Heparin"})
    )

    assert page.status_code == 422
    assert "Say which answer is right." in page.text
    assert "Heparin" in page.text
    assert not BankQuestion.objects.exists()


def test_changed_words_are_the_next_version(lead):
    question = bank_question()
    to = reverse("question_edit", args=[question.pk])
    shown = lead.get(to)
    assert "Alteplase" in shown.text
    values = sent(
        {"text": "Alteplase", "is_right": "on", "ORDER": 2},
        {"text": "Heparin", "ORDER": 1},
        {"text": "Gone", "DELETE": "on"},
        text="Which one?",
        seen_version=question.version,
    )

    assert lead.post(to, values).status_code == 302

    question.refresh_from_db()
    worded = latest_of(question)
    assert (worded.version.number, question.published) == (2, 1)
    assert [o.text for o in worded.options] == ["Heparin", "Alteplase"]


@pytest.mark.parametrize(
    ("wording", "seen"),
    [
        (choice(), "Which drug dissolves"),
        (choice(right=("Alteplase", "Aspirin")), "Choose all that are right."),
        (
            Wording(BankKind.ORDER, "In which order?", (OptionFacts("Look"), OptionFacts("Act"))),
            "Place 2",
        ),
        (
            Wording(
                BankKind.MATCH,
                "What belongs?",
                (OptionFacts("Aspirin", partner="Platelets"), OptionFacts("Heparin", partner="IX")),
            ),
            "Platelets",
        ),
        (Wording(BankKind.NUMERIC, "How much?", value=1, unit="mg/kg"), "A number, in mg/kg."),
        (Wording(BankKind.SHORT, "What is it?", (OptionFacts("AF"),)), "A few words."),
    ],
    ids=lambda value: value.kind.value if isinstance(value, Wording) else "",
)
def test_each_kind_has_an_editor_a_page_and_a_preview(lead, wording, seen):
    question = add_bank_question(wording, QuestionFacts(), by=SYSTEM)

    assert lead.get(reverse("question_new", args=[wording.kind])).status_code == 200
    assert lead.get(reverse("question_edit", args=[question.pk])).status_code == 200
    assert wording.text in lead.get(reverse("question", args=[question.pk])).text
    page = lead.get(reverse("question_preview", args=[question.pk])).text
    assert wording.text in page
    assert seen in page


def test_retiring_asks_for_the_reason(lead):
    question = bank_question()
    to = reverse("question_retirement", args=[question.pk])

    assert lead.post(to, {"reason": ""}).status_code == 422
    lead.post(to, {"reason": "Out of date", "idempotency_key": uuid.uuid4()})

    question.refresh_from_db()
    assert question.state == "retired"


def test_a_list_taken_home_can_be_handed_in_again(lead, organisation):
    bank_question(tags=("stroke",), objective=ObjectiveFactory())
    bank_question(Wording(BankKind.NUMERIC, "How much?", value=1, unit="mg/kg"))
    taken = b"".join(lead.get(reverse("questions_csv")).streaming_content)

    answer = lead.post(
        reverse("question_import_new"),
        {"file": SimpleUploadedFile("q.csv", taken), "idempotency_key": uuid.uuid4()},
    )

    page = lead.get(answer["Location"])
    assert page.text.count(">Unchanged<") >= 2
    run = answer["Location"] + "import/"
    lead.post(run, {"idempotency_key": uuid.uuid4()})
    assert "Imported" in lead.get(answer["Location"]).text
    assert BankQuestion.objects.count() == 2
    assert {q.latest for q in BankQuestion.objects.all()} == {1}


def test_a_file_that_cannot_be_read_says_so(lead):
    answer = lead.post(
        reverse("question_import_new"),
        {"file": SimpleUploadedFile("q.csv", b"a,b\n1,2\n"), "idempotency_key": uuid.uuid4()},
    )

    assert answer.status_code == 422
    assert "Take the empty table." in answer.text
    head = b"".join(lead.get(reverse("question_import_template", args=["csv"])).streaming_content)
    assert b"Right number" in head


def test_who_only_reads_evaluations_writes_none(client, organisation):
    question = bank_question()
    client.force_login(member(organisation, "medical_affairs"))

    assert client.get(reverse("question", args=[question.pk])).status_code == 200
    for name, args in (("question_edit", [question.pk]), ("question_kinds", [])):
        assert client.get(reverse(name, args=args)).status_code == 403


def test_a_question_of_another_organisation_does_not_exist(client, organisation):
    question = bank_question()
    client.force_login(member(OrganisationFactory(), "education_lead"))

    assert client.get(reverse("question", args=[question.pk])).status_code == 404
