"""Statements that say the same, in one language, by ids only."""

from symposia.statements.identities import mentions
from symposia.statements.sameness import digest
from symposia.statements.shapes import in_one_language, merged, only_ids
from tests.statements.sent import AGENT, VERB, told

OTHER = {"mbox": "mailto:omar@example.org"}


def test_what_a_store_adds_and_what_describes_does_not_count():
    one = told()
    described = one | {
        "verb": {"id": VERB},
        "stored": "2026-01-01T00:00:00Z",
        "object": one["object"] | {"definition": {"name": {"en": "Lesson"}}},
    }

    assert digest(one) == digest(described)
    assert digest(one) != digest(one | {"result": {"success": True}})


def test_the_order_of_a_group_does_not_count():
    group = {"objectType": "Group", "member": [AGENT, OTHER]}
    turned = {"objectType": "Group", "member": [OTHER, AGENT]}

    assert digest(told(actor=group)) == digest(told(actor=turned))


def test_whoever_is_in_the_group_is_mentioned_directly_and_an_instructor_is_not():
    group = {"objectType": "Group", "member": [AGENT]}

    found = mentions(told(actor=group, context={"instructor": OTHER}))

    assert sorted(found.values()) == [False, True, True]


def test_ids_only():
    shown = only_ids(told(context={"contextActivities": {"parent": [{"id": "a:b"}]}}))

    assert shown["actor"] == {"mbox": AGENT["mbox"]}
    assert shown["verb"] == {"id": VERB}
    assert shown["context"]["contextActivities"] == {"parent": [{"id": "a:b"}]}


def test_one_language_of_all_that_was_said():
    said = [{"name": {"en": "Lesson", "de": "Lektion"}}, {"name": {"de": "Stunde"}, "type": "a:b"}]
    known = {"https://example.org/lessons/1": merged(said)}

    shown = in_one_language(told(), ["de-AT", "en"], known)

    assert shown["object"]["definition"] == {"name": {"de": "Stunde"}, "type": "a:b"}
