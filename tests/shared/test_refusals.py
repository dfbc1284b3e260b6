"""The one way of saying no: a code, a sentence, the facts of the case."""

import pytest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, override
from hypothesis import given
from hypothesis import strategies as st

from symposia.shared.refusals import Objection, Refused, Written, refuse_if

FULL = Objection("full", _("%(title)s has no place left."))
PLAIN = Objection("closed", "It is closed: 100% of it.")


def test_an_objection_is_raised_and_nothing_else_is():
    refuse_if(None)
    with pytest.raises(Refused) as no:
        refuse_if(PLAIN)

    assert no.value.objection is PLAIN
    assert str(no.value) == "It is closed: 100% of it."


@pytest.mark.parametrize("title", ["Sepsis", "100% safe", "%(title)s", "<b>", "سكتة", ""])
def test_the_facts_of_a_case_stand_in_its_sentence(title):
    assert str(FULL.about(title=title)) == f"{title} has no place left."


@pytest.mark.parametrize(
    ("n", "sentence"),
    [(1, "1 place is left."), (2, "2 places are left."), (0, "0 places are left.")],
)
def test_a_sentence_counts_what_it_counts(n, sentence):
    left = Objection("left", ngettext_lazy("%(n)s place is left.", "%(n)s places are left.", "n"))

    assert str(left.about(n=n)) == str(Refused(left.about(n=n))) == sentence


@given(st.text(), st.text())
def test_an_objection_is_known_by_its_code_whatever_its_facts(one, other):
    assert FULL.about(title=one) == FULL.about(title=other) == FULL
    assert hash(FULL.about(title=one)) == hash(FULL)


def test_another_code_is_another_objection():
    assert Objection("full", FULL.message) != Objection("closed", FULL.message)


def test_facts_of_one_case_do_not_stay_for_the_next():
    FULL.about(title="Sepsis")

    assert FULL.facts == {}


def test_the_sentence_is_said_in_the_language_of_whoever_reads_it(pseudo_words):
    made = Refused(Objection("missing", _("No venue yet")))

    with override("eo"):
        other = str(made)

    assert str(made) == "No venue yet"
    assert other != "No venue yet"


def test_what_is_kept_of_a_sentence_that_counts_is_told_in_the_readers_language():
    counted = Objection(
        "few",
        ngettext_lazy("%(count)s conflict is open.", "%(count)s conflicts are open.", "count"),
    )

    kept = [Written.of(counted.about(count=count)) for count in (1, 2)]
    plain = Written.of(Objection("no", _("Not %(what)s."), {"what": "this"}))

    assert [str(each) for each in kept] == ["1 conflict is open.", "2 conflicts are open."]
    assert (str(plain), str(Written.of("Said so"))) == ("Not this.", "Said so")
