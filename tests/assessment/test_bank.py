import pytest
from django.db import DatabaseError, connection, transaction

from symposia.assessment.actions.bank import (
    QuestionFacts,
    publish_bank_question,
    retire_bank_question,
    reword_bank_question,
)
from symposia.assessment.actions.bank_files import check_questions, import_questions
from symposia.assessment.models import BankKind, BankQuestion, BankVersion
from symposia.assessment.policies.bank import IS_PUBLISHED, IS_RETIRED, OTHER_KIND
from symposia.assessment.queries.bank import asked_versions, latest_of
from symposia.assessment.wording import Wording
from symposia.audit.models import Entry
from symposia.curriculum.actions.guidelines import supersede_guideline
from symposia.curriculum.citing import citing
from symposia.shared.actors import SYSTEM
from symposia.shared.changing import CHANGED_MEANWHILE
from symposia.shared.refusals import Refused
from symposia.work.files import store_file
from symposia.work.models import ImportRow
from tests.factories.assessment import bank_question, choice
from tests.factories.curriculum import GuidelineFactory, ObjectiveFactory

NO_FACTS = QuestionFacts()


def reworded(question, wording, facts=NO_FACTS, seen=None):
    return reword_bank_question(
        question, wording, facts, seen_version=seen or question.version, by=SYSTEM
    )


def test_a_question_begins_as_a_draft_with_its_first_version(organisation):
    objective = ObjectiveFactory()

    made = bank_question(published=False, objective=objective, tags=("Stroke", " dose ", "stroke"))

    assert made.number.startswith("QST-")
    assert (made.state, made.latest, made.published) == ("draft", 1, None)
    assert made.tags == ["dose", "stroke"]
    assert made.objective == objective
    assert [o.text for o in latest_of(made).options if o.is_right] == ["Alteplase"]


def test_other_words_are_the_next_version_and_the_published_one_is_asked_until_then(organisation):
    question = bank_question()

    after = reworded(question, choice("Which drug is given first?"))

    assert (after.latest, after.published) == (2, 1)
    assert asked_versions([question.pk])[question.pk].version.text.startswith("Which drug dissolv")
    publish_bank_question(after, by=SYSTEM)
    assert asked_versions([question.pk])[question.pk].version.number == 2
    assert [v.number for v in BankVersion.objects.of(question)] == [2, 1]


def test_the_same_words_are_no_new_version_and_other_tags_are_none_either(organisation):
    question = bank_question()

    same = reworded(question, choice())
    tagged = reworded(same, choice(), QuestionFacts(tags=("dose",)))

    assert (same.version, same.latest) == (question.version, 1)
    assert (tagged.version, tagged.latest, tagged.tags) == (question.version + 1, 1, ["dose"])


@pytest.mark.parametrize("table", ["bankversion", "bankoption"])
def test_the_database_itself_keeps_a_version_as_it_was(organisation, table):
    bank_question()

    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE assessment_{table} SET text = 'other'")


def test_what_cannot_be_done_is_refused(organisation):
    question = bank_question()

    with pytest.raises(Refused) as other_kind:
        reworded(question, Wording(BankKind.NUMERIC, "How much?", value=1))
    with pytest.raises(Refused) as meanwhile:
        reworded(question, choice("New?"), seen=question.version - 1)
    with pytest.raises(Refused) as again:
        publish_bank_question(question, by=SYSTEM)
    retired = retire_bank_question(question, reason="Out of date", by=SYSTEM)
    with pytest.raises(Refused) as gone:
        reworded(retired, choice("New?"))

    assert other_kind.value.objection == OTHER_KIND
    assert meanwhile.value.objection == CHANGED_MEANWHILE
    assert again.value.objection == IS_PUBLISHED
    assert gone.value.objection == IS_RETIRED
    assert Entry.objects.get(action="bank_question.retired").reason == "Out of date"


def test_a_superseded_guideline_lists_the_questions_that_cite_it(organisation):
    old, new = GuidelineFactory(), GuidelineFactory()
    cited = bank_question(guideline=old)
    retire_bank_question(bank_question(choice("Old?"), guideline=old), reason="x", by=SYSTEM)

    reviews = supersede_guideline(old, new, reason="2026 update", by=SYSTEM)

    assert [(r.subject_type, r.subject_id) for r in reviews] == [("bank_question", cited.pk)]
    assert [kind for kind, _each in citing(old.pk)] == ["bank_question"]
    old.refresh_from_db()
    with pytest.raises(Refused, match="superseded"):
        bank_question(choice("Newer?"), guideline=old)


HEAD = "Number,Question,Kind,Answers,Right number,Tolerance,Unit,Objective,Tags\n"


def handed_in(tmp_path, text):
    path = tmp_path / "questions.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    kept = store_file(
        path.read_bytes(), name="q.csv", content_type="text/csv", purpose="questions", by=SYSTEM
    )
    return check_questions(path, name="q.csv", storage_name=kept.storage_name, by=SYSTEM)


def told(made):
    rows = ImportRow.objects.of(made)
    return [(row.line, row.outcome, row.reason) for row in rows]


def test_a_file_is_looked_at_before_it_comes_in(organisation, tmp_path):
    objective, known = ObjectiveFactory(), bank_question()
    text = (
        f',Which drug?,single,"[x] Alteplase\n[ ] Heparin",,,,{objective.text},stroke\n'
        ",How much?,numeric,,0.9,0.05,mg/kg,,\n"
        f'{known.number},Which one now?,single,"[x] Alteplase\n[ ] Heparin",,,,,\n'
        ',Which drug?,single,"[ ] Alteplase\n[ ] Heparin",,,,,\n'
        ',Which drug?,single,"[x] Alteplase\n[ ] Heparin",,,,No such,\n'
        "QST-1999-9999,Which?,short,AF,,,,,\n"
        ",Which?,riddle,AF,,,,,\n"
    )

    made = handed_in(tmp_path, text)

    assert told(made) == [
        *((2, "new", ""), (3, "new", ""), (4, "changed", "")),
        *((5, "rejected", "refused"), (6, "rejected", "objective")),
        *((7, "rejected", "unknown"), (8, "rejected", "kind")),
    ]
    assert ImportRow.objects.of(made)[3].changes == "Say which answer is right."
    assert list(BankQuestion.objects.values_list("pk", flat=True)) == [known.pk]

    done = import_questions(made, by=SYSTEM)

    assert done.counts == {"new": 2, "changed": 1, "rejected": 4}
    known.refresh_from_db()
    assert (known.latest, known.published) == (2, 1)
    numeric = BankQuestion.objects.get(kind="numeric")
    assert str(latest_of(numeric).version.value) == "0.900000"
    with pytest.raises(Refused, match="came in already"):
        import_questions(done, by=SYSTEM)


def test_a_file_that_is_no_table_of_questions_is_refused_in_words(organisation, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("Name,Town\nA,B\n")

    with pytest.raises(Refused, match="empty table"):
        check_questions(path, name="other.csv", by=SYSTEM)
    path.write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(Refused, match="cannot be read"):
        check_questions(path, name="other.xlsx", by=SYSTEM)
