"""Binders: drawn or chosen, made by a job, with gaps in words, hashes of every file, and guests."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest

from symposia.audit.models import Entry
from symposia.credits.models import CreditOffer
from symposia.notifications.models import Delivery
from symposia.reporting.actions.binders import choose_binder, draw_binder
from symposia.reporting.actions.facts import FactsOfActivity, keep_activity_facts
from symposia.reporting.actions.guests import invite_reviewer, revoke_reviewer
from symposia.reporting.binder_papers import archive_of
from symposia.reporting.binder_rules import (
    BEING_MADE,
    GUEST_NAMED,
    GUEST_OVER,
    GUEST_THERE,
    GUEST_WHILE,
    NOT_MADE,
    NOT_OVER,
    NOTHING_TO_BIND,
)
from symposia.reporting.drawing import DrawRule
from symposia.reporting.events import BinderMade
from symposia.reporting.models import BinderActivity
from symposia.reporting.queries import files_bound, last_edition
from symposia.reporting.tasks import start_binder
from symposia.shared import events
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.work.models import StoredFile
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CreditEntryFactory
from tests.factories.team import disclose_nothing
from tests.reporting.bound import (
    content_of,
    criterion,
    held_activity,
    in_days,
    made_binder,
    make,
)

pytestmark = pytest.mark.usefixtures("organisation")


def refused(objection, act):
    with pytest.raises(Refused) as why:
        act()
    assert why.value.objection == objection


def test_a_sample_is_drawn_by_a_seed_that_the_journal_keeps():
    for number in range(4):
        held_activity(type="webinar" if number % 2 else "course")
    ActivityFactory(state="open", type="workshop")
    rule = DrawRule(2026, 2026, size=2)

    first = draw_binder("Review", rule, seed="abc", by=SYSTEM)
    again = draw_binder("Review", rule, seed="abc", by=SYSTEM)

    drawn_first, drawn_again = (
        list(
            BinderActivity.objects.filter(binder=each)
            .order_by("position")
            .values_list("activity__type", "activity")
        )
        for each in (first, again)
    )
    assert drawn_first == drawn_again
    assert {kind for kind, _pk in drawn_first} == {"webinar", "course"}
    assert first.rule["pool"] == 4
    kept = Entry.objects.filter(action="binder.drawn").first()
    assert kept.details["seed"] == "abc"


def test_nothing_is_drawn_where_nothing_was_held():
    refused(NOTHING_TO_BIND, lambda: draw_binder("Review", DrawRule(2020, 2021), by=SYSTEM))


def test_only_what_is_over_is_chosen():
    coming = ActivityFactory(state="open")

    refused(NOT_OVER, lambda: choose_binder("Review", [coming.number, "ACT-1"], by=SYSTEM))


def test_a_gap_says_what_is_missing_whose_it_is_and_where_it_is_mended():
    activity = held_activity()
    binder = made_binder(activity)

    disclosures = criterion(binder, "sii_3")
    assert disclosures["state"] == "gap"
    control = disclosures["evidence"][0]
    assert "Dr Meera Rao" in control["gap"]
    assert control["whose"] == "Planners and faculty"
    assert control["mend"] == ["activity_disclosures", [str(activity.pk)]]
    support = criterion(binder, "sii_4")["evidence"][0]
    assert support["mend"] == ["activity_reports", [str(activity.pk)]]
    assert criterion(binder, "ama_designation")["state"] == "met"
    assert last_edition(binder).gaps > 5


def test_what_was_mended_is_shown_by_the_next_edition_and_the_first_stays():
    activity = held_activity()
    binder = made_binder(activity)
    first = last_edition(binder)
    disclose_nothing(activity)
    keep_activity_facts(activity, FactsOfActivity(has_support=False), by=SYSTEM)

    make(binder)

    second = last_edition(binder)
    assert (first.number, second.number) == (1, 2)
    assert second.gaps < first.gaps
    assert criterion(binder, "sii_4")["state"] == "met"
    assert criterion(binder, "sii_3")["evidence"][0]["gap"] == ""


def test_the_work_says_how_far_it_is_and_leads_to_the_paper():
    binder = choose_binder("Review", [held_activity().number], by=SYSTEM)
    said = []
    events._listeners[BinderMade].append(said.append)
    try:
        job = make(binder)
    finally:
        events._listeners[BinderMade].remove(said.append)

    assert (job.state, job.done, job.total) == ("done", 2, 2)
    assert job.result_id == last_edition(binder).paper_id
    assert [each.edition for each in said] == [1]


def test_a_binder_is_made_once_at_a_time():
    binder = choose_binder("Review", [held_activity().number], by=SYSTEM)
    start_binder(binder, by=SYSTEM, href="/binders/x/")

    refused(BEING_MADE, lambda: start_binder(binder, by=SYSTEM, href="/binders/x/"))


def test_nobody_who_learned_is_named_in_it():
    activity = held_activity()
    entry = CreditEntryFactory(registration__activity=activity, offer=offer_of(activity))
    binder = made_binder(activity)

    said = json.dumps(last_edition(binder).content)
    assert entry.clinician.full_name not in said
    assert "1 learner, 1.25 together" in said


def offer_of(activity):
    return CreditOffer.objects.get(activity=activity)


def archive_opened(binder):
    edition = last_edition(binder)
    archive = b"".join(archive_of(edition, files_bound(edition)))
    opened = zipfile.ZipFile(io.BytesIO(archive))
    lines = csv.DictReader(io.StringIO(opened.read("manifest.csv").decode("utf-8-sig")))
    return opened, {line["path"]: line for line in lines}


def test_guests_are_invited_by_a_letter_for_a_while_and_once():
    binder = choose_binder("Review", [held_activity().number], by=SYSTEM)

    def invite(name="Dr Reviewer", days=30):
        return invite_reviewer(binder, name, "reviewer@accme.example", in_days(days), by=SYSTEM)

    refused(NOT_MADE, invite)
    make(binder)
    refused(GUEST_NAMED, lambda: invite(name=" "))
    refused(GUEST_WHILE, lambda: invite(days=400))
    guest = invite()
    refused(GUEST_THERE, invite)

    letter = Delivery.objects.get(template_code="reporting.reviewer")
    assert letter.to_address == "reviewer@accme.example"
    assert "/b/" in letter.text
    revoke_reviewer(guest, by=SYSTEM)
    refused(GUEST_OVER, lambda: revoke_reviewer(guest, by=SYSTEM))
    assert invite().pk != guest.pk


def test_a_day_that_has_passed_opens_nothing():
    binder = made_binder(held_activity())
    guest = invite_reviewer(binder, "Dr R", "r@accme.example", in_days(1), by=SYSTEM)

    assert guest.opens(in_days(0))
    assert not guest.opens(guest.expires_at + timedelta(seconds=1))


def test_an_archive_holds_every_file_and_a_manifest_of_what_was_read():
    activity = held_activity()
    content_of(activity)
    binder = made_binder(activity)

    opened, lines = archive_opened(binder)

    assert opened.testzip() is None
    slides = next(path for path in lines if path.endswith("slides.pdf"))
    assert opened.read(slides) == b"%PDF-1.7 slides"
    assert {line["state"] for line in lines.values()} == {"whole"}
    assert opened.read("binder.pdf").startswith(b"%PDF")
    assert json.loads(opened.read("binder.json"))["number"] == binder.number


def test_a_file_that_is_gone_or_changed_is_said_so_in_the_manifest():
    activity = held_activity()
    content_of(activity)
    binder = made_binder(activity)
    kept = StoredFile.objects.get(purpose="content")
    StoredFile.objects.filter(pk=kept.pk).update(storage_name="nowhere")

    _opened, lines = archive_opened(binder)

    assert [line["state"] for line in lines.values() if line["name"] == "slides.pdf"] == ["missing"]
