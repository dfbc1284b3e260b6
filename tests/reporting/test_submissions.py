"""A file to a body: begun of what is new, checked, made, sent, answered, corrected, sent again."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.models import Activity
from symposia.audit.actions import seal_journal
from symposia.audit.models import Entry
from symposia.audit.verification import verify_journal
from symposia.credits.models import CreditEntry, CreditOffer
from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.models import ConsentSource, Purpose
from symposia.reporting.actions.dues import reckon_reports
from symposia.reporting.actions.facts import (
    AccountFacts,
    FactsOfActivity,
    keep_activity_facts,
    keep_body_account,
    keep_identity,
    note_support,
    withdraw_support,
)
from symposia.reporting.actions.sending import send_submission, take_in_answer
from symposia.reporting.actions.submissions import (
    begin_submission,
    check_submission,
    discard_submission,
    resend_rejected,
)
from symposia.reporting.events import SubmissionAnswered, SubmissionSent
from symposia.reporting.handing_in import ServiceFailed, hand_in
from symposia.reporting.models import (
    Channel,
    DueReport,
    FilePurpose,
    LearnerIdentity,
    RowState,
    Submission,
    SubmissionFile,
    SubmissionRow,
    SubmissionState,
)
from symposia.reporting.policies import (
    ANSWER_OF_OTHERS,
    ANSWER_UNREADABLE,
    BAD_BIRTHDAY,
    NAMES_IN_PARTS,
    NO_ACCOUNT,
    NO_JOINT_PROVIDER,
    NO_SERVICE,
    NO_SUPPORT_SAID,
    NOT_A_DRAFT,
    NOT_CHECKED,
    NOT_SENT,
    NOTHING_READY,
    NOTHING_REJECTED,
    NOTHING_TO_REPORT,
    PROVIDER_NUMBER,
    SERVICE_HTTPS,
)
from symposia.reporting.queries import files_of, parcel_of
from symposia.reporting.submission_lists import REJECTED_ROWS
from symposia.shared import events
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from symposia.work.files import open_stored
from symposia.work.outgoing import Reply
from tests.factories.accounts import day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CreditEntryFactory, CreditOfferFactory
from tests.factories.reporting import BodyAccountFactory, LearnerIdentityFactory

ADD = "accepted"


@pytest.fixture
def account(organisation):
    return BodyAccountFactory()


@pytest.fixture
def activity(account):
    """Held in Boston, with credit for physicians, supported by nobody."""
    made = ActivityFactory(state="held", city="Boston", country="US")
    CreditOfferFactory(activity=made)
    keep_activity_facts(
        made, FactsOfActivity(region="MA", has_support=False, body_number="001234567"), by=SYSTEM
    )
    return made


def learner(activity, *, agrees=True, known=True):
    entry = CreditEntryFactory(
        registration__activity=activity, offer=CreditOffer.objects.get(activity=activity)
    )
    if agrees:
        _agree(entry.clinician)
    if known:
        LearnerIdentityFactory(clinician=entry.clinician)
    return entry


def _agree(clinician, *, given=True):
    state_consent(
        clinician,
        ConsentFacts(Purpose.REPORTING, "", given=given, source=ConsentSource.PAPER, proof="p. 1"),
        by=SYSTEM,
    )


def begun(activity, kind="pars_learners"):
    return begin_submission(kind, activity.wall_ends.year, by=SYSTEM)


def sent(activity, kind="pars_learners"):
    made = check_submission(begun(activity, kind), by=SYSTEM)
    return send_submission(made, channel=Channel.UPLOAD, by=SYSTEM)


def rows(submission):
    return list(SubmissionRow.objects.of(submission))


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.objection


def answer(*lines):
    return ("record,status,code,message,bodynumber\n" + "\n".join(lines) + "\n").encode()


def test_a_file_holds_what_is_new_and_says_of_each_what_is_missing(activity):
    told, silent, unknown = (
        learner(activity),
        learner(activity, agrees=False),
        learner(activity, known=False),
    )

    made = begun(activity)

    said = {row.clinician_id: row for row in rows(made)}
    assert said[told.clinician_id].state == RowState.READY
    assert said[silent.clinician_id].problems_said == [
        "Held back: the learner has not agreed that credit is reported to boards."
    ]
    assert [p["code"] for p in said[unknown.clinician_id].problems] == [
        "report_no_names",
        "report_no_birthday",
    ]
    assert said[told.clinician_id].record_id.startswith("ccid:")


def test_without_an_account_nothing_is_begun(organisation):
    assert refusal(begin_submission, "pars_activities", 2026, by=SYSTEM) == NO_ACCOUNT


def test_what_a_file_tells_of_is_in_no_second_one(activity):
    learner(activity)
    begun(activity)

    assert refusal(begun, activity) == NOTHING_TO_REPORT


def test_the_database_holds_that_a_record_stands_once(activity):
    learner(activity)
    row = rows(begun(activity))[0]
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        SubmissionRow.objects.create(
            **{f.name: getattr(row, f.name) for f in row._meta.local_fields if f.name != "id"}
        )


def test_checking_reads_anew_and_keeps_the_exact_bytes(activity):
    entry = learner(activity, known=False)
    made = begun(activity)
    assert refusal(check_submission, made, by=SYSTEM) == NOTHING_READY
    keep_identity(entry.clinician, "Avery", "Example", "1970-03-31", by=SYSTEM)

    checked = check_submission(made, by=SYSTEM)

    kept = {each.format: each for each in files_of(checked)}
    assert checked.state == SubmissionState.VALIDATED
    assert set(kept) == {"xml", "json", "xlsx"}
    with open_stored(kept["json"].file) as file:
        content = file.read()
    assert json.loads(content)["ACCMELearnerReports"]
    assert kept["json"].size == len(content)
    noted = Entry.objects.get(action="submission.validated").details
    assert noted["sha256"]["json"] == kept["json"].sha256


def test_what_was_read_is_kept_although_nothing_can_be_sent(activity):
    entry = learner(activity, agrees=False, known=False)
    made = begun(activity)
    LearnerIdentityFactory(clinician=entry.clinician)

    assert refusal(check_submission, made, by=SYSTEM) == NOTHING_READY

    (row,) = rows(made)
    assert [problem["code"] for problem in row.problems] == ["report_no_permission"]
    assert row.facts["family_name"] == "Example"
    assert Entry.objects.get(action="submission.held").details == {"ready": 0, "held": 1}


def test_a_file_of_which_nothing_can_be_sent_any_more_is_a_draft_again(activity):
    entry = learner(activity)
    made = check_submission(begun(activity), by=SYSTEM)
    _agree(entry.clinician, given=False)

    assert refusal(check_submission, made, by=SYSTEM) == NOTHING_READY

    assert refusal(send_submission, made, channel=Channel.UPLOAD, by=SYSTEM) == NOT_CHECKED


def test_checking_asks_as_much_of_many_records_as_of_one(activity):
    learner(activity, known=False)
    made = begun(activity)
    few = asked_to_check(made)
    discard_submission(made, by=SYSTEM)
    for _each in range(4):
        learner(activity, known=False)

    assert asked_to_check(begun(activity)) == few


def asked_to_check(submission):
    """How many statements it takes; every record says something else now."""
    LearnerIdentity.objects.all().delete()
    for row in rows(submission):
        LearnerIdentityFactory(clinician_id=row.clinician_id)
    with CaptureQueriesContext(connection) as asked:
        check_submission(submission, by=SYSTEM)
    return len(asked)


def test_a_file_checked_again_keeps_the_earlier_bytes_too(activity):
    learner(activity)
    made = check_submission(begun(activity), by=SYSTEM)

    check_submission(made, by=SYSTEM)

    assert SubmissionFile.objects.filter(submission=made, format="xml").count() == 2


def test_only_a_checked_file_is_sent_and_what_was_held_back_stays_for_later(activity):
    learner(activity)
    silent = learner(activity, agrees=False)
    made = begun(activity)
    assert refusal(send_submission, made, channel="upload", by=SYSTEM) == NOT_CHECKED
    checked = check_submission(made, by=SYSTEM)

    send_submission(checked, channel=Channel.UPLOAD, by=SYSTEM)

    assert sorted(row.state for row in rows(made)) == [RowState.LEFT_OUT, RowState.SENT]
    assert [row.clinician_id for row in rows(begun(activity))] == [silent.clinician_id]
    assert refusal(check_submission, made, by=SYSTEM) == NOT_A_DRAFT
    assert refusal(discard_submission, made, by=SYSTEM) == NOT_A_DRAFT


def test_a_discarded_file_lets_go_of_its_records(activity):
    learner(activity)
    made = discard_submission(begun(activity), by=SYSTEM)

    assert made.state == SubmissionState.DISCARDED
    assert len(rows(begun(activity))) == 1


def test_an_answer_is_taken_in_record_by_record_and_the_rest_is_sent_again(activity):
    learner(activity)
    learner(activity)
    reckon_reports(activity, by=SYSTEM)
    file = sent(activity)
    first, second = (row.record_id for row in rows(file))
    due = DueReport.objects.get(activity=activity, kind="pars_learners")
    assert due.state == "sent"

    lines = (f"{first},accepted,,,", f"{second},rejected,E12,No such licence,")
    assert take_in_answer(file, answer(*lines), by=SYSTEM) == 1

    file.refresh_from_db()
    due.refresh_from_db()
    assert (file.state, due.state) == (SubmissionState.ANSWERED, "open")
    assert rows(file)[1].why == "E12 No such licence"
    assert [f.purpose for f in files_of(file)].count(FilePurpose.ANSWER) == 1
    again = resend_rejected(file, by=SYSTEM)
    assert [row.record_id for row in rows(again)] == [second]
    assert refusal(resend_rejected, file, by=SYSTEM) == NOTHING_REJECTED
    again = send_submission(check_submission(again, by=SYSTEM), channel="upload", by=SYSTEM)
    take_in_answer(again, answer("1,accepted,,,"), by=SYSTEM)
    due.refresh_from_db()
    assert due.state == "done"


def test_what_is_no_answer_to_this_file_changes_nothing(activity):
    learner(activity)
    made = begun(activity)
    assert refusal(take_in_answer, made, answer("1,accepted,,,"), by=SYSTEM) == NOT_SENT
    file = send_submission(check_submission(made, by=SYSTEM), channel="upload", by=SYSTEM)

    assert refusal(take_in_answer, file, b"nothing", by=SYSTEM) == ANSWER_UNREADABLE
    assert refusal(take_in_answer, file, answer("x,accepted,,,"), by=SYSTEM) == ANSWER_OF_OTHERS
    assert rows(file)[0].state == RowState.SENT


def test_an_amount_that_changed_is_taken_back_and_told_anew(activity):
    entry = learner(activity)
    file = sent(activity)
    take_in_answer(file, answer("1,accepted,,,"), by=SYSTEM)
    CreditEntryFactory(
        registration=entry.registration,
        offer=entry.offer,
        amount=Decimal("-0.25"),
        reason="correction",
        explanation="Left early",
        attested=False,
    )

    old, new = rows(begun(activity))

    assert (old.action, old.facts["amount"], old.record_id) == (
        "delete",
        "1.25",
        rows(file)[0].record_id,
    )
    assert (new.action, new.facts["amount"]) == ("add", "1")
    assert new.record_id != old.record_id


def test_credit_that_was_revoked_is_taken_back_and_nothing_more(activity):
    entry = learner(activity)
    file = sent(activity)
    take_in_answer(file, answer("1,accepted,,,"), by=SYSTEM)
    CreditEntryFactory(
        registration=entry.registration,
        offer=entry.offer,
        amount=-entry.amount,
        reason="revocation",
        explanation="Not there",
        attested=False,
    )

    assert [row.action for row in rows(begun(activity))] == ["delete"]
    assert CreditEntry.objects.total() == 0


def test_what_is_taken_back_goes_again_as_it_was_told(activity):
    entry = learner(activity)
    file = sent(activity)
    take_in_answer(file, answer("1,accepted,,,"), by=SYSTEM)
    CreditEntryFactory(
        registration=entry.registration,
        offer=entry.offer,
        amount=-entry.amount,
        reason="revocation",
        explanation="Not there",
        attested=False,
    )
    _agree(entry.clinician, given=False)
    back = sent(activity)
    take_in_answer(back, answer("1,rejected,1,Try again,"), by=SYSTEM)

    again = check_submission(resend_rejected(back, by=SYSTEM), by=SYSTEM)

    (row,) = rows(again)
    assert (row.action, row.state, row.facts["amount"]) == ("delete", RowState.READY, "1.25")
    assert row.record_id == rows(file)[0].record_id


def test_an_activity_is_told_with_its_participants_and_numbered_by_the_answer(activity):
    learner(activity)
    file = sent(activity, "pars_activities")
    (row,) = rows(file)
    assert row.record_id == activity.number
    assert (row.facts["format"], row.facts["country"]) == ("Live Course", "USA")

    take_in_answer(file, answer(f"{activity.number},accepted,,,009876543"), by=SYSTEM)

    assert rows(begun(activity))[0].facts["module_id"] == "009876543"


def test_an_activity_that_changed_is_told_anew_under_its_number(activity):
    file = sent(activity, "pars_activities")
    take_in_answer(file, answer(f"{activity.number},accepted,,,009876543"), by=SYSTEM)
    assert refusal(begun, activity, "pars_activities") == NOTHING_TO_REPORT
    Activity.objects.filter(pk=activity.pk).update(title="Another title")

    again = sent(activity, "pars_activities")

    (row,) = rows(again)
    assert (row.action, row.edition, row.record_id) == ("update", 2, activity.number)
    assert row.facts["title"] == "Another title"
    kept = SubmissionFile.objects.get(submission=again, format="xml")
    with open_stored(kept.file) as file:
        assert b"activityRecordAction>Update<" in file.read()


def test_support_is_told_of_an_activity(activity):
    kept = note_support(activity, "Invented Pharma", Money(Decimal(500), "USD"), by=SYSTEM)
    keep_activity_facts(activity, FactsOfActivity(region="MA", has_support=True), by=SYSTEM)

    made = begun(activity, "pars_activities")
    assert rows(made)[0].facts["support"][0]["amount"] == "500"
    withdraw_support(kept, by=SYSTEM)
    assert refusal(check_submission, made, by=SYSTEM) == NOTHING_READY


def test_what_does_not_go_together_is_refused(activity):
    clinician = learner(activity).clinician

    assert refusal(keep_identity, clinician, "", "B", "", by=SYSTEM) == NAMES_IN_PARTS
    assert refusal(keep_identity, clinician, "A", "B", "1970-13-31", by=SYSTEM) == BAD_BIRTHDAY
    joint = FactsOfActivity(providership="joint")
    assert refusal(keep_activity_facts, activity, joint, by=SYSTEM) == NO_JOINT_PROVIDER
    nothing = Money(Decimal(0), "USD")
    assert refusal(note_support, activity, "A", nothing, by=SYSTEM) == NO_SUPPORT_SAID
    assert refusal(keep_body_account, "pars", AccountFacts(" "), by=SYSTEM) == PROVIDER_NUMBER
    plain = AccountFacts("1", "http://body.example")
    assert refusal(keep_body_account, "pars", plain, by=SYSTEM) == SERVICE_HTTPS


class FakeBody:
    """The web service of a body, as one answered once: what it was sent is recorded."""

    def __init__(self, reply=b"", status=200, *, silent=False):
        self.reply, self.status, self.silent, self.asked = reply, status, silent, []

    def send(self, url, *, method, body, headers):
        self.asked.append((url, method, body, headers))
        if self.silent:
            raise OSError("no answer")
        return Reply(self.status, self.reply)


def with_service(kind="pars"):
    facts = AccountFacts("0004567", "https://body.example/in", "a key & more")
    return keep_body_account(kind, facts, by=SYSTEM)


def test_the_kept_bytes_go_to_the_web_service_signed_with_the_sealed_key(activity):
    learner(activity)
    checked = check_submission(begun(activity), by=SYSTEM)
    assert refusal(send_submission, checked, channel="service", by=SYSTEM) == NO_SERVICE
    account = with_service()
    assert "a key" not in account.key
    file = send_submission(checked, channel="service", by=SYSTEM)
    body = FakeBody(b'<r><record id="1" record="1" status="accepted"/></r>')

    reply = hand_in(*parcel_of(file.pk), send=body.send)
    take_in_answer(file, reply, by=SYSTEM)

    ((url, method, content, headers),) = body.asked
    kept = SubmissionFile.objects.get(submission=file, format="xml", purpose="final")
    with open_stored(kept.file) as bytes_kept:
        assert content == bytes_kept.read()
    assert (url, method) == ("https://body.example/in", "POST")
    assert headers["Authorization"] == "Bearer a key & more"
    assert rows(file)[0].state == RowState.ACCEPTED
    assert parcel_of(file.pk) is None


@pytest.mark.parametrize(
    ("body", "why"),
    [
        pytest.param(FakeBody(b"sorry", 503), "503: sorry", id="it refuses"),
        pytest.param(FakeBody(silent=True), "no answer", id="it is silent"),
    ],
)
def test_a_web_service_that_does_not_take_it_says_why(activity, body, why):
    learner(activity)
    with_service()
    file = send_submission(
        check_submission(begun(activity), by=SYSTEM), channel="service", by=SYSTEM
    )

    with pytest.raises(ServiceFailed, match=why):
        hand_in(*parcel_of(file.pk), send=body.send)


def test_ce_broker_is_sent_a_form_with_the_key_in_the_document(account):
    body = FakeBody()
    service = with_service("ce_broker")

    hand_in(service, "ce_broker", "xml", b'<rosters upload_key=""/>', send=body.send)

    ((_url, _method, content, headers),) = body.asked
    assert content.startswith(b"InXML=%3Crosters+upload_key%3D%22a+key+%26amp%3B+more")
    assert headers == {"Content-Type": "application/x-www-form-urlencoded"}


def test_others_hear_of_it(activity, monkeypatch):
    told = []
    monkeypatch.setitem(events._listeners, SubmissionSent, [told.append])
    monkeypatch.setitem(events._listeners, SubmissionAnswered, [told.append])
    learner(activity)

    file = sent(activity)
    take_in_answer(file, answer("1,rejected,1,No,"), by=SYSTEM)

    assert told == [
        SubmissionSent(file.pk, "pars_learners"),
        SubmissionAnswered(file.pk, "pars_learners", 1),
    ]


def test_a_part_of_the_organisation_sees_no_file(organisation, activity):
    learner(activity)
    file = sent(activity)
    take_in_answer(file, answer("1,rejected,1,No,"), by=SYSTEM)
    office = access_of(member(organisation, "coordinator"), organisation, at=now())
    field = access_of(member(organisation, "door_staff"), organisation, at=now())

    assert list(REJECTED_ROWS.rows_for(office, {})) == rows(file)
    assert list(REJECTED_ROWS.rows_for(field, {})) == []
    assert not Submission.objects.visible_to(field).exists()


def test_only_activities_of_the_year_are_told_of(activity):
    learner(activity)
    last_year = day_here() - timedelta(days=800)
    assert Activity.objects.filter(wall_ends__year=last_year.year).count() == 0

    assert refusal(begin_submission, "pars_learners", 2012, by=SYSTEM) == NOTHING_TO_REPORT


def test_every_change_stands_in_the_journal_as_the_row_is(activity):
    learner(activity)
    reckon_reports(activity, by=SYSTEM)
    for kind in ("pars_activities", "pars_learners"):
        file = sent(activity, kind)
        take_in_answer(file, answer("1,accepted,,,001234568"), by=SYSTEM)
    seal_journal(activity.organisation_id)

    assert [f.sentence for f in verify_journal().faults if "eport" in f.sentence] == []
