"""Files of transfers: what is told, what is held and why, declared, sent, taken back."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.models import Clinician, ConsentSource, Identifier, Purpose
from symposia.reporting.actions.attributing import Sharers, attribute_costs, say_who_had
from symposia.reporting.actions.disputes import AskedOfRecipient, keep_recipient_facts
from symposia.reporting.actions.sending import send_submission, take_in_answer
from symposia.reporting.actions.submissions import (
    begin_submission,
    check_submission,
    resend_rejected,
)
from symposia.reporting.actions.years import declare_year, reckon_years
from symposia.reporting.attributing import of_institution
from symposia.reporting.bodies.open_payments import words
from symposia.reporting.declared import hash_of_file
from symposia.reporting.models import SubmissionRow, TransferOfValue, YearlyDue
from symposia.reporting.published import told_of
from symposia.reporting.queries import files_of
from symposia.reporting.tasks import judge_what_was_unclear
from symposia.reporting.transfers.sharing import Had
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import current_organisation_id
from symposia.work.files import open_stored
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory, InstitutionFactory
from tests.factories.reporting import BodyAccountFactory, LearnerIdentityFactory
from tests.reporting.valued import company, meeting, paid


@pytest.fixture(autouse=True)
def sells(organisation, files):
    return company(organisation)


def code_of(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.objection.code


def rows(submission):
    return list(SubmissionRow.objects.of(submission))


def lines(submission, ending="csv"):
    kept = next(f for f in files_of(submission) if f.format == ending)
    with open_stored(kept.file) as file:
        return list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"))))


def known(doctor):
    """Everything that CMS asks of a physician."""
    LearnerIdentityFactory(clinician=doctor)
    Identifier.objects.create(
        clinician=doctor, scheme="licence", issuer="MA", value=f"MA{doctor.pk.hex[:8]}"
    )
    keep_recipient_facts(
        doctor, AskedOfRecipient("1 Quay", "02110", "", "Medical Doctor"), by=SYSTEM
    )
    return doctor


def fee_of(doctor, amount="450.00", *, mode="scientific", **facts):
    activity = meeting(came=0, taught=doctor, mode=mode, **facts)
    posting = paid(activity, "faculty", amount)
    say_who_had(posting, Sharers([Had(doctor.full_name, clinician_id=doctor.pk)]), by=SYSTEM)
    return posting


def sent(made):
    return send_submission(check_submission(made, by=SYSTEM), channel="upload", by=SYSTEM)


def test_open_payments_tells_what_is_known_and_holds_what_is_not_field_by_field():
    BodyAccountFactory(body="cms", provider_number="100000012345")
    fee_of(known(ClinicianFactory(full_name="Avery Known")))
    fee_of(ClinicianFactory(full_name="Blake Unknown"))
    reckon_years(by=SYSTEM)

    made = sent(begin_submission("open_payments", 2026, by=SYSTEM))

    told, held = sorted(rows(made), key=lambda row: row.label.partition("Blake")[1])
    assert (told.state, held.state) == ("sent", "left_out")
    assert "“Street”: expected 1 to 55 characters, kept “”." in held.problems_said
    assert "“State of the licence”: expected two letters, kept “”." in held.problems_said
    (line,) = lines(made)
    assert list(line) == words()["columns"]
    assert len(line) == 91
    assert line["Covered_Recipient_Last_Name"] == "Example"
    assert line["Total_Amount_of_Payment_USDollars"] == "450.00"
    assert line["Nature_of_Payment_or_Transfer_of_Value"].endswith("a medical education program")
    assert line["Applicable_Manufacturer_or_Applicable_GPO_Making_Payment_ID"] == "100000012345"
    final = next(f for f in files_of(made) if f.purpose == "final")
    assert final.sha256 == hash_of_file(made) != ""
    assert {due.state for due in YearlyDue.objects.filter(kind="open_payments")} == {"sent"}


def test_what_was_told_and_is_gone_is_taken_back_under_its_name():
    BodyAccountFactory(body="cms")
    posting = fee_of(known(ClinicianFactory()))
    first = sent(begin_submission("open_payments", 2026, by=SYSTEM))
    (row,) = rows(first)
    answer = f"record,status\n{row.record_id},accepted\n".encode()
    assert take_in_answer(first, answer, by=SYSTEM) == 0
    again = code_of(begin_submission, "open_payments", 2026, by=SYSTEM)
    assert again == "nothing_to_report"

    say_who_had(posting, Sharers(staff=1), by=SYSTEM)
    second = sent(begin_submission("open_payments", 2026, by=SYSTEM))

    (line,) = lines(second)
    assert (line["Change_Type"], line["Record_ID"]) == ("DELETED", row.record_id)


def agree(clinician):
    said = ConsentFacts(Purpose.SHARING, "", given=True, source=ConsentSource.PAPER, proof="p. 1")
    state_consent(clinician, said, by=SYSTEM)


def european(name, **facts):
    where = {"country": "DE", "city": "Berlin", "region": ""}
    return ClinicianFactory(full_name=name, **where, **facts)


def test_efpia_names_who_agreed_and_sums_the_others_with_how_many_they_are():
    named, silent, other = (european(f"{n} Example") for n in ("Ada", "Bo", "Cy"))
    agree(named)
    for doctor, amount in ((named, "450.00"), (named, "50.00"), (silent, "10.00"), (other, "5.00")):
        fee_of(doctor, amount)
    place = InstitutionFactory(name="Charité", country="DE", city="Berlin", region="")
    granted = paid(meeting(mode="independent"), "faculty", "5000.00")
    say_who_had(granted, Sharers((), 0, of_institution(place)), by=SYSTEM)

    made = check_submission(begin_submission("efpia", 2026, by=SYSTEM), by=SYSTEM)

    first, summed, organisation = lines(made)
    assert (first["Full Name"], first["Fees"], first["TOTAL"]) == (
        "Ada Example",
        "500.00",
        "500.00",
    )
    assert first["Donations and Grants to HCOs"] == "N/A"
    assert (summed["Fees"], summed["Number of recipients"]) == ("15.00", "2")
    assert summed["% of total number of recipients"] == "66.7"
    assert (organisation["Full Name"], organisation["TOTAL"]) == ("Charité", "5000.00")
    text = str(lines(made))
    assert "Bo Example" not in text
    assert {f.format for f in files_of(made)} == {"csv", "xlsx", "txt"}


def accepted(made):
    said = "".join(f"{row.record_id},accepted\n" for row in rows(made))
    assert take_in_answer(made, f"record,status\n{said}".encode(), by=SYSTEM) == 0


def test_what_a_recipient_had_in_another_year_is_told_once_more_and_takes_nothing_back():
    doctor = european("Ada Example")
    agree(doctor)
    for year, amount in ((2025, "450.00"), (2026, "80.00")):
        with time_machine.travel(datetime(year, 5, 4, 12, tzinfo=UTC), tick=False):
            fee_of(doctor, amount)
    first = sent(begin_submission("efpia", 2025, by=SYSTEM))
    totals = [line["TOTAL"] for line in lines(first)]
    accepted(first)

    second = sent(begin_submission("efpia", 2026, by=SYSTEM))

    totals += [line["TOTAL"] for line in lines(second)]
    assert totals == ["450.00", "80.00"]
    assert [row.action for made in (first, second) for row in rows(made)] == ["add", "add"]
    assert len({row.record_id for made in (first, second) for row in rows(made)}) == 2
    years = {each.year: each.told for each in told_of(doctor)}
    assert [row.submission for row in years[2026][0].files] == [second]
    assert [row.submission for row in years[2025][0].files] == [first]


def test_a_year_of_which_a_record_was_rejected_is_owed_until_it_is_sent_again():
    BodyAccountFactory(body="cms")
    fee_of(known(ClinicianFactory()))
    reckon_years(by=SYSTEM)
    made = sent(begin_submission("open_payments", 2026, by=SYSTEM))
    (row,) = rows(made)

    take_in_answer(made, f"record,status\n{row.record_id},rejected\n".encode(), by=SYSTEM)
    assert YearlyDue.objects.get().state == "open"

    sent(resend_rejected(made, by=SYSTEM))
    assert YearlyDue.objects.get().state == "sent"


def test_a_year_that_is_known_once_a_country_is_known_is_owed():
    doctor = ClinicianFactory(country="")
    fee_of(doctor)
    reckon_years(by=SYSTEM)
    assert not YearlyDue.objects.exists()
    Clinician.objects.filter(pk=doctor.pk).update(country="US")

    judge_what_was_unclear.run(str(current_organisation_id()))

    assert YearlyDue.objects.get().kind == "open_payments"


@pytest.fixture
def indian(organisation):
    return company(organisation, country="IN", currency="INR", zone="Asia/Kolkata")


def event(**facts):
    doctor = ClinicianFactory(country="IN", city="Pune", region="", npi=False)
    where = {"country": "IN", "city": "Pune", "zone": "Asia/Kolkata"} | facts
    activity = meeting(taught=doctor, **where)
    for category, amount in (("meals", "9000.00"), ("venue", "20000.00"), ("faculty", "30000.00")):
        paid(activity, category, amount, currency="INR")
    attribute_costs(activity, by=SYSTEM)
    return activity


def test_ucpmp_tells_what_an_event_cost_and_names_no_professional(indian):
    activity = event()
    abroad = event(country="TH", city="Bangkok", zone="Asia/Bangkok")

    made = check_submission(begin_submission("ucpmp_events", 2025, by=SYSTEM), by=SYSTEM)

    told = {row.activity_id: row for row in rows(made)}
    assert told[abroad.pk].problems[0]["code"] == "ucpmp_abroad"
    (line,) = lines(made)
    assert (line["Event"], line["Expenditure"], line["Meals"]) == (
        activity.number,
        "59000.00",
        "9000.00",
    )
    assert (line["Delegates"], line["Speakers"]) == ("3", "1")
    names = TransferOfValue.objects.values_list("name", flat=True)
    assert not any(name in str(line) for name in names)


def test_the_annual_form_goes_out_once_its_head_declared_exactly_this_file(organisation, indian):
    event()
    reckon_years(by=SYSTEM)
    made = begin_submission("ucpmp_annual", 2025, by=SYSTEM)
    head, officer = (member(organisation, role) for role in ("executive", "finance_officer"))

    def declare(user, position="Managing director"):
        access = access_of(user, organisation, at=now())
        return declare_year(made, position, access=access, by=user.actor())

    assert code_of(declare, head) == "not_declarable"
    check_submission(made, by=SYSTEM)
    made.refresh_from_db()
    send = {"channel": "upload", "by": SYSTEM}
    assert code_of(send_submission, made, **send) == "not_declared"
    assert code_of(declare, officer) == "declared_by_head"
    assert code_of(declare, head, " ") == "position_needed"

    declared = declare(head)

    assert (declared.sha256, declared.declared_by_name) == (hash_of_file(made), head.full_name)
    assert code_of(declare, head) == "declared_already"
    assert send_submission(made, **send).state == "sent"
    due = YearlyDue.objects.get(kind="ucpmp_annual")
    assert (due.state, due.due_on, due.keep_until) == (
        "sent",
        date(2026, 5, 31),
        date(2031, 3, 31),
    )


def test_a_form_that_was_made_anew_is_declared_anew(organisation, indian):
    event()
    made = begin_submission("ucpmp_annual", 2025, by=SYSTEM)
    check_submission(made, by=SYSTEM)
    head = member(organisation, "executive")
    access = access_of(head, organisation, at=now())
    declare_year(made, "Head", access=access, by=head.actor())
    event(wall_starts=datetime.fromisoformat("2026-03-12T18:30"))

    check_submission(made, by=SYSTEM)

    assert code_of(send_submission, made, channel="upload", by=SYSTEM) == "not_declared"
