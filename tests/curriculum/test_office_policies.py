from datetime import date

import pytest

from symposia.audit.models import Entry
from symposia.curriculum.actions.office_policies import (
    PolicyFacts,
    acknowledge_policy,
    end_policy,
    publish_edition,
    review_policy,
    write_policy,
)
from symposia.curriculum.models import Acknowledgement, OfficePolicy
from symposia.curriculum.queries.office_policies import (
    editions_of_policy,
    has_acknowledged,
    latest_edition,
    named_rules,
    readers_of,
    rule_choices,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import member

FACTS = PolicyFacts("Records", date(2027, 1, 1))


def code_of(change):
    with pytest.raises(Refused) as refused:
        change()
    return refused.value.objection.code


@pytest.fixture
def policy(organisation):
    return write_policy("policy", FACTS, text="Keep six years.", by=SYSTEM)


def test_a_policy_has_editions_whose_words_stay(policy):
    second = publish_edition(policy, text="Keep seven.", what_changed="A year more", by=SYSTEM)

    assert [(e.edition, e.text) for e in editions_of_policy(policy)] == [
        (2, "Keep seven."),
        (1, "Keep six years."),
    ]
    assert latest_edition(policy) == second
    same = {"text": "Keep seven.", "what_changed": "x"}
    assert code_of(lambda: publish_edition(policy, by=SYSTEM, **same)) == "same_words"
    silent = {"text": "Keep eight.", "what_changed": " "}
    assert code_of(lambda: publish_edition(policy, by=SYSTEM, **silent)) == "say_what_changed"


def test_people_acknowledge_the_words_in_force_once(policy, organisation):
    reader = member(organisation, "coordinator")
    other = member(organisation, "finance_officer")
    first = latest_edition(policy)
    for _time in (1, 2):
        acknowledge_policy(first, reader, by=reader.actor())

    assert Acknowledgement.objects.count() == 1
    assert has_acknowledged(first, reader)
    assert [(r.user, r.acknowledged_at is not None) for r in readers_of(first)] == [
        (reader, True),
        (other, False),
    ]

    publish_edition(policy, text="Keep seven.", what_changed="A year", by=SYSTEM)
    assert code_of(lambda: acknowledge_policy(first, other, by=SYSTEM)) == "old_edition"
    assert not has_acknowledged(latest_edition(policy), reader)
    assert not has_acknowledged(None, reader)


def test_there_is_one_mission(organisation):
    mission = write_policy("mission", PolicyFacts("Mission", date(2027, 1, 1)), text="A", by=SYSTEM)

    again = lambda: write_policy("mission", FACTS, text="B", by=SYSTEM)  # noqa: E731
    assert code_of(again) == "has_mission"
    end_policy(mission, reason="Rewritten", by=SYSTEM)
    assert again().kind == "mission"


def test_a_review_names_owner_day_and_rules(policy, organisation):
    owner = member(organisation, "education_lead")
    rules = [code for code, _title in rule_choices()][:2]
    assert len(rules) == 2
    facts = PolicyFacts("Records", date(2028, 1, 1), owner, rules)

    for _time in (1, 2):
        review_policy(policy, facts, by=SYSTEM)

    kept = OfficePolicy.objects.get()
    assert (kept.owner, kept.review_on, kept.rules) == (owner, date(2028, 1, 1), sorted(rules))
    assert named_rules([*kept.rules, "gone:1"])[-1] == "gone:1"
    assert Entry.objects.filter(action="policy.reviewed").count() == 1


def test_what_is_no_longer_in_force_is_not_changed(policy, organisation):
    first = latest_edition(policy)
    end_policy(policy, reason="Merged", by=SYSTEM)

    for change in (
        lambda: end_policy(policy, reason="x", by=SYSTEM),
        lambda: review_policy(policy, FACTS, by=SYSTEM),
        lambda: publish_edition(policy, text="X", what_changed="y", by=SYSTEM),
        lambda: acknowledge_policy(first, member(organisation), by=SYSTEM),
    ):
        assert code_of(change) == "policy_ended"
