"""What each body is told: files as they were once found right, and what is wrong with a record."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from defusedxml import ElementTree

from symposia.reporting.bodies import DECLARED
from symposia.reporting.bodies.ce_broker import check as check_roster
from symposia.reporting.bodies.cpe_monitor import check as check_pharmacist
from symposia.reporting.bodies.efpia import check as check_disclosed
from symposia.reporting.bodies.events import check_application, check_report, check_return
from symposia.reporting.bodies.open_payments import check as check_payment
from symposia.reporting.bodies.pars_activities import check as check_activity
from symposia.reporting.bodies.pars_learners import check_learner, check_moc
from symposia.reporting.bodies.ucpmp import check_annual, check_event
from tests.reporting.records import (
    ACTIVITY,
    ANNUAL,
    DISCLOSED,
    EVENT,
    EXPENDITURE,
    LEARNER,
    NURSE,
    PAYMENT,
    PHARMACIST,
    sheet,
)

GOLDEN = Path(__file__).with_name("golden")
FILES = [
    ("pars_activities", "xml", ACTIVITY),
    ("pars_activities", "json", ACTIVITY),
    ("pars_learners", "xml", LEARNER),
    ("pars_learners", "json", LEARNER),
    ("cpe_monitor", "csv", PHARMACIST),
    ("ce_broker", "xml", NURSE),
    ("council_return", "csv", EVENT),
    ("open_payments", "csv", PAYMENT),
    ("efpia", "csv", DISCLOSED),
    ("efpia", "txt", DISCLOSED),
    ("ucpmp_events", "csv", EXPENDITURE),
    ("ucpmp_annual", "csv", ANNUAL),
]


@pytest.mark.parametrize(("kind", "ending", "facts"), FILES, ids=lambda v: str(v)[:16])
def test_a_file_reads_as_the_one_that_was_found_right(kind, ending, facts):
    """The XML of PARS was compared with the schemas of MedBiquitous: MEMS 1, ActivityReport 2."""
    made = DECLARED[kind].writers[ending](sheet(facts, kind=kind))

    assert made.decode() == (GOLDEN / f"{kind}.{ending}").read_text()


TABLES = [kind for kind, each in DECLARED.items() if "xlsx" in each.writers]


@pytest.mark.parametrize("kind", TABLES)
def test_the_table_has_a_line_for_each_record(kind):
    facts = {"pars_activities": ACTIVITY, "cpe_monitor": PHARMACIST, "ce_broker": NURSE}
    facts |= {"efpia": DISCLOSED, "ucpmp_events": EXPENDITURE}
    said = facts.get(kind, LEARNER)
    made = DECLARED[kind].writers["xlsx"](sheet(said, said))

    with zipfile.ZipFile(io.BytesIO(made)) as book:
        rows = book.read("xl/worksheets/sheet1.xml").count(b"<row ")
    assert rows == 3


def test_the_web_service_and_the_file_say_the_same_of_an_activity():
    file = ElementTree.fromstring(DECLARED["pars_activities"].writers["xml"](sheet(ACTIVITY)))
    said = json.loads(DECLARED["pars_activities"].writers["json"](sheet(ACTIVITY)))

    one = said["ACCMEActivities"]["MedicalEducationMetrics"][0]
    counted = {each.get("category"): int(each.text) for each in file.iter() if each.get("category")}
    told = one["ParticipationMetrics"]["participantsByCategory"]
    assert counted == {each["category"]: each["numberOfParticipants"] for each in told}
    assert [each["value"] for each in one["ActivityDescription"]["commercialSupportAmount"]] == [
        5000
    ]


def test_a_trial_for_ce_broker_says_that_it_is_one():
    made = DECLARED["ce_broker"].writers["xml"](sheet(NURSE, is_trial=True))

    assert b'test="true"' in made


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({"title": ""}, "report_missing", id="no title"),
        pytest.param({"amount": "1.3"}, "report_bad_credit", id="no quarter hours"),
        pytest.param({"amount": "0"}, "report_bad_credit", id="no credit"),
        pytest.param({"description": "x" * 2501}, "report_too_long", id="a long description"),
        pytest.param({"format": "Evening"}, "report_not_one_of", id="an unknown type"),
        pytest.param({"ends_on": "2026-03-11"}, "report_days_turned", id="days turned"),
        pytest.param({"ends_on": "2027-06-01"}, "report_too_long_span", id="longer than a year"),
        pytest.param({"region": ""}, "report_no_place", id="no state"),
        pytest.param({"country": ""}, "report_no_place", id="an unknown country"),
        pytest.param({"has_support": None}, "report_support_not_said", id="support not said"),
        pytest.param({"support": []}, "report_support_not_listed", id="support not listed"),
        pytest.param(
            {"support": [{"source": "A", "amount": "10.5", "currency": "USD", "in_kind": ""}]},
            "report_support_not_whole",
            id="support in cents",
        ),
    ],
)
def test_an_activity_is_held_back_with_the_reason(changed, code):
    assert check_activity(ACTIVITY) == []
    assert [each.code for each in check_activity(ACTIVITY | changed)] == [code]


def test_nobody_meets_in_a_place_online():
    online = {"delivery": ["Live-Streamed"], "city": "", "region": "", "country": ""}

    assert check_activity(ACTIVITY | online) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({"permitted": False}, "report_no_permission", id="no permission"),
        pytest.param({"given_name": ""}, "report_no_names", id="no given name"),
        pytest.param({"born": "03-31"}, "report_no_birthday", id="no year of birth"),
        pytest.param({"id_value": ""}, "report_no_number", id="no number"),
        pytest.param({"id_value": "1234567890"}, "report_bad_npi", id="a wrong check digit"),
        pytest.param({"module_id": ""}, "report_no_body_number", id="activity not reported"),
        pytest.param({"module_id": "12"}, "report_bad_body_number", id="a short number"),
        pytest.param({"amount": "1.1"}, "report_bad_credit", id="no quarter hours"),
    ],
)
def test_a_learner_is_held_back_with_the_reason(changed, code):
    assert check_learner(LEARNER) == []
    assert [each.code for each in check_learner(LEARNER | changed)] == [code]


def test_a_certifying_board_knows_learners_by_its_own_number():
    known = LEARNER | {"id_domain": "ABIM", "id_value": "123456", "certification": "ABIM"}

    assert check_moc(known) == []
    said = check_moc(known | {"id_value": ""})
    assert [str(each) for each in said] == [
        "Add a number that the body knows the learner by: the number of ABIM."
    ]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({"id_value": "12"}, "report_bad_profile", id="a short profile"),
        pytest.param({"born": ""}, "report_no_month_and_day", id="no birthday"),
        pytest.param({"uan": ""}, "report_missing", id="no number of the activity"),
        pytest.param({"profession": "technician"}, "report_other_profession", id="a technician"),
        pytest.param({"permitted": False}, "report_no_permission", id="no permission"),
    ],
)
def test_a_pharmacist_is_held_back_with_the_reason(changed, code):
    assert check_pharmacist(PHARMACIST) == []
    assert check_pharmacist(PHARMACIST | {"born": "03-31"}) == []
    assert [each.code for each in check_pharmacist(PHARMACIST | changed)] == [code]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({"id_domain": "ZZ"}, "report_not_one_of", id="another board"),
        pytest.param({"profession": ""}, "report_missing", id="no profession"),
        pytest.param({"family_name": ""}, "report_no_names", id="no family name"),
        pytest.param({"id_value": ""}, "report_no_number", id="no licence"),
    ],
)
def test_a_roster_is_held_back_with_the_reason(changed, code):
    assert check_roster(NURSE) == []
    assert [each.code for each in check_roster(NURSE | changed)] == [code]


@pytest.mark.parametrize(
    ("check", "changed", "code"),
    [
        pytest.param(check_application, {"summary": ""}, "report_missing", id="no words"),
        pytest.param(check_application, {"minutes": 0}, "report_no_sessions", id="no programme"),
        pytest.param(check_application, {"faculty": []}, "report_no_faculty", id="no faculty"),
        pytest.param(check_report, {"feedback": 0}, "report_no_feedback", id="no feedback"),
        pytest.param(check_report, {"present": 0}, "report_nobody_there", id="nobody came"),
        pytest.param(check_return, {"observer": ""}, "report_no_observer", id="no observer"),
        pytest.param(check_return, {"present": 0}, "report_nobody_there", id="nobody there"),
    ],
)
def test_an_application_and_a_return_say_what_is_missing(check, changed, code):
    assert check(EVENT) == []
    assert [each.code for each in check(EVENT | changed)] == [code]


def test_the_paper_of_an_event_is_tagged_and_the_same_each_time():
    write = DECLARED["council_return"].writers["pdf"]

    first, again = (write(sheet(EVENT, kind="council_return")) for _time in range(2))

    assert first == again
    assert first.startswith(b"%PDF-")
    assert b"pdfuaid" in first


def test_no_line_of_a_file_is_a_formula():
    made = DECLARED["council_return"].writers["csv"](sheet(EVENT, kind="council_return"))

    assert ",'=First hour," in made.decode()


@pytest.mark.parametrize(
    ("facts", "field", "kept"),
    [
        ({"npi": "1234567890"}, "NPI", "1234567890"),
        ({"postal_code": "021"}, "ZIP code", "021"),
        ({"region": "Mass"}, "State", "Mass"),
        ({"body_type": ""}, "Primary type", ""),
        ({"given_on": "2025-12-31"}, "Date", "2025-12-31"),
        ({"amount": "0"}, "Amount", "0"),
        ({"currency": "INR"}, "Currency", "INR"),
        ({"nature": "Tea"}, "Nature", "Tea"),
        ({"is_journey": "yes"}, "City of travel", ""),
        ({"party": "hospital"}, "CMS number of the hospital", ""),
    ],
    ids=str,
)
def test_open_payments_says_which_field_what_is_expected_and_what_is_kept(facts, field, kept):
    assert check_payment(PAYMENT) == []

    (found,) = check_payment(PAYMENT | facts)

    assert (found.code, str(found.facts["field"])) == ("field_not_as_expected", field)
    assert found.facts["kept"] == kept
    assert str(found.facts["expected"])


def test_a_line_of_efpia_has_one_currency_and_a_city():
    assert check_disclosed(DISCLOSED) == []

    mixed = check_disclosed(DISCLOSED | {"currency": "EUR+INR", "city": ""})

    assert [each.code for each in mixed] == ["efpia_mixed_money", "efpia_no_city"]
    assert check_disclosed(DISCLOSED | {"block": "hcp_aggregate", "city": ""}) == []


def test_an_event_of_ucpmp_is_at_home_was_paid_for_and_brings_nobody_but_speakers():
    wrong = {"country": "TH", "total_minor": 0, "guests_travel": "500.00"}

    found = [each.code for each in check_event(EXPENDITURE | wrong)]

    assert check_event(EXPENDITURE) == []
    assert found == ["ucpmp_abroad", "ucpmp_nothing_spent", "ucpmp_travel_of_guests"]
    assert [each.code for each in check_annual(ANNUAL | {"total_minor": 0})] == ["ucpmp_no_events"]
