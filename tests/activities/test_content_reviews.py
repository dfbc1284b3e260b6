"""Nothing is released without a review of exactly that file.

Source: ACCME Standards for Integrity and Independence, Standards 1, 2 and 5.2c.
"""

import pytest
import time_machine

from symposia.activities.actions.content_reviews import (
    ReviewFacts,
    Upload,
    comment_on_slide,
    expect_content,
    hand_in_content,
    review_content,
)
from symposia.activities.actions.disclosures import (
    DeclaredRelationship,
    DisclosureFacts,
    give_disclosure,
)
from symposia.activities.actions.lifecycle import start_activity
from symposia.activities.actions.team import add_team_member, enter_own_contributor
from symposia.activities.facts import Stage, objections_to, read_facts
from symposia.activities.models import ContentReview
from symposia.activities.reviewed import comments_on, content_of
from symposia.activities.standards.reading import review_questions
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.work.apart import Unreadable
from symposia.work.slides import look_into_slides
from tests.activities.slides import pdf, pptx
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.team import ContributorFactory

ALL_YES = {question.code: "yes" for question in review_questions()}
ACCEPTED = ReviewFacts("accepted", ALL_YES)


def code_of(change):
    with pytest.raises(Refused) as refused:
        change()
    return refused.value.objection.code


def reviewer_of(activity, *relationships, role="reviewer"):
    user = UserFactory()
    own = enter_own_contributor(user, by=SYSTEM)
    said = [DeclaredRelationship(*each) for each in relationships]
    give_disclosure(own, DisclosureFacts(not said, said, attested=True), by=SYSTEM)
    add_team_member(activity, own, role=role, by=SYSTEM)
    return user.actor()


@pytest.fixture
def item(organisation):
    activity = ActivityFactory(state="open", mode="scientific")
    return expect_content(activity, ContributorFactory(), "Slides on lysis", by=SYSTEM)


def hand_in(item, content=None, by=SYSTEM):
    return hand_in_content(item, Upload("lysis.pdf", content or pdf()), by=by)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (pdf(12), ("pdf", 12)),
        (pdf(7, packed=True), ("pdf", 7)),
        (b"%PDF-1.4\n<< /Type /Page >> << /Type /Page >>", ("pdf", 2)),
        (pptx(5), ("pptx", 5)),
    ],
    ids=["plain", "packed", "without tree", "presentation"],
)
def test_slides_are_counted_in_a_process_apart(content, found):
    seen = look_into_slides(content)

    assert (seen.format, seen.pages) == found


def test_fonts_that_a_file_names_but_does_not_carry_are_listed():
    missing = b"<< /Type /FontDescriptor /FontName /ABCDEF+Lato-Bold >>"
    carried = b"<< /Type /FontDescriptor /FontName /Inter /FontFile2 9 0 R >>"

    assert look_into_slides(pdf(extra=missing + carried)).fonts == ("Lato-Bold",)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "neither"),
        (b"MZ program", "neither"),
        (b"PK\x03\x04 broken", "zip"),
        (pptx(1, more=["ppt/vbaProject.bin"]), "program"),
        (pptx(0), "no pages"),
        (pdf(extra=b"/Encrypt 3 0 R"), "password"),
        (pdf(extra=b"/JavaScript (x)"), "program"),
    ],
    ids=["empty", "program", "broken", "macros", "no slides", "encrypted", "script"],
)
def test_what_is_no_safe_set_of_slides_is_refused_in_words(content, why):
    with pytest.raises(Unreadable, match=why):
        look_into_slides(content)


def test_a_file_is_kept_with_its_hash_and_the_same_one_is_refused(item):
    first = hand_in(item)
    second = hand_in(item, pdf(4))

    assert (first.number, first.pages, second.number) == (1, 3, 2)
    assert first.sha256 == first.file.sha256
    assert code_of(lambda: hand_in(item, pdf(4))) == "same_content"
    assert code_of(lambda: hand_in(item, b"nothing")) == "content_unreadable"
    large = Upload("large.pdf", b"0" * (50 * 1024 * 1024 + 1))
    assert code_of(lambda: hand_in_content(item, large, by=SYSTEM)) == "content_too_large"


def test_a_verdict_counts_for_exactly_one_file(item):
    by = reviewer_of(item.activity)
    first = hand_in(item)
    assert content_of(item).condition == "waiting"

    review_content(first, ReviewFacts("changes", ALL_YES | {"balance": "no"}, "One side"), by=by)
    assert content_of(item).condition == "changes"
    review_content(first, ACCEPTED, by=by)
    assert content_of(item).is_released
    assert ContentReview.objects.latest("at").sha256 == first.sha256

    hand_in(item, pdf(4))
    assert content_of(item).condition == "waiting"
    assert code_of(lambda: review_content(first, ACCEPTED, by=by)) == "old_version"
    assert Entry.objects.filter(action="content.reviewed").count() == 2


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (ReviewFacts("accepted", {}), "review_unanswered"),
        (ReviewFacts("accepted", ALL_YES | {"evidence": "na"}), "review_unanswered"),
        (ReviewFacts("perhaps", ALL_YES), "review_unanswered"),
        (ReviewFacts("changes", ALL_YES), "changes_need_words"),
        *[
            (ReviewFacts("accepted", ALL_YES | {question.code: "no"}), "not_acceptable")
            for question in review_questions()
        ],
    ],
)
def test_a_verdict_is_whole_and_a_no_is_no_acceptance(item, facts, code):
    by, version = reviewer_of(item.activity), hand_in(item)

    assert code_of(lambda: review_content(version, facts, by=by)) == code
    assert not ContentReview.objects.exists()


def test_new_topics_may_not_apply(item):
    by, version = reviewer_of(item.activity), hand_in(item)

    review_content(version, ReviewFacts("accepted", ALL_YES | {"new_topics": "na"}), by=by)
    assert content_of(item).is_released


def test_a_reviewer_is_of_the_team_clear_and_not_the_author(item):
    version = hand_in(item)
    activity = item.activity
    related = reviewer_of(activity, ("Acme", "speaker"))
    planner = reviewer_of(activity, role="planner")

    assert code_of(lambda: review_content(version, ACCEPTED, by=SYSTEM)) == "not_a_reviewer"
    assert code_of(lambda: review_content(version, ACCEPTED, by=planner)) == "not_a_reviewer"
    assert code_of(lambda: review_content(version, ACCEPTED, by=related)) == "reviewer_not_clear"
    author = UserFactory()
    own = enter_own_contributor(author, by=SYSTEM)
    add_team_member(activity, own, role="reviewer", by=SYSTEM)
    theirs = expect_content(activity, own, "Handout", by=SYSTEM)
    handout = hand_in(theirs)
    assert code_of(lambda: review_content(handout, ACCEPTED, by=author.actor())) == "own_content"
    busy = reviewer_of(activity)
    sent = hand_in(item, pdf(9), by=busy)
    assert code_of(lambda: review_content(sent, ACCEPTED, by=busy)) == "own_content"


def test_slides_are_commented_one_by_one(item):
    by, version = reviewer_of(item.activity), hand_in(item)

    comment_on_slide(version, slide=3, text="Cite the trial", by=by)
    comment_on_slide(version, slide=1, text="Take the logo off", by=by)

    assert [c.slide for c in comments_on(version)] == [1, 3]
    for slide, text, code in ((4, "x", "no_such_slide"), (1, " ", "empty_comment")):
        wrong = {"slide": slide, "text": text, "by": by}
        assert code_of(lambda w=wrong: comment_on_slide(version, **w)) == code


def test_an_activity_does_not_start_before_its_content_is_released(item):
    activity = item.activity
    by = reviewer_of(activity)

    def blocks(stage):
        return [o.code for o in objections_to(stage, read_facts(activity))]

    assert blocks(Stage.START) == ["content_not_released"]
    assert "content_not_released" not in blocks(Stage.OPEN)
    with time_machine.travel(activity.starts_at):
        assert code_of(lambda: start_activity(activity, by=by)) == "content_not_released"
    review_content(hand_in(item), ACCEPTED, by=by)
    assert blocks(Stage.START) == []


def test_each_item_has_a_title_of_its_own_until_the_activity_is_over(item):
    person = item.contributor

    def expect(activity, title):
        return code_of(lambda: expect_content(activity, person, title, by=SYSTEM))

    assert expect(item.activity, "slides ON lysis") == "content_title"
    assert expect(item.activity, " ") == "content_title"
    assert expect(ActivityFactory(state="held"), "Late") == "content_over"
