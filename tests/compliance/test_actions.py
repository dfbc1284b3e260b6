import json
import os
from datetime import date

import psycopg
import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from symposia.approvals.models import Decision
from symposia.audit.models import Entry
from symposia.compliance.actions.own_values import set_own_parameter
from symposia.compliance.actions.values import grant_override
from symposia.compliance.facts import _readers, knows_facts
from symposia.compliance.loading import SHIPPED, load_packs
from symposia.compliance.models import Evaluation, RulePack
from symposia.compliance.packfile import PackRefused
from symposia.compliance.policies import EXPIRY_WRONG, NOT_AN_AMOUNT, NOT_YOURS_TO_SET
from symposia.compliance.queries import findings_of, has_same_answer, pack_of, packs_on_screen
from symposia.shared.actors import SYSTEM
from symposia.shared.ids import uuid7
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.approvals import sign, submitted
from tests.factories.compliance import DINNER, evaluated

DAY = date(2026, 3, 12)
INDIA = "in-ucpmp-2026.2.json"


@pytest.fixture
def company(db):
    made = OrganisationFactory(
        kind="company", country="IN", currency="INR", zone="Asia/Kolkata", name="Norvella Pharma"
    )
    with acting_in(made.pk):
        yield made


@pytest.fixture
def owner(db, database_name):
    """For one test the runtime role may write reference rows, as the owner may when migrating."""
    address = os.environ["SYMPOSIA_TEST_SERVER"].replace("/postgres?", f"/{database_name}?")
    with psycopg.connect(address, autocommit=True) as superuser:
        superuser.execute("GRANT INSERT ON compliance_rulepack TO symposia_app")
        yield
        superuser.execute("REVOKE INSERT ON compliance_rulepack FROM symposia_app")


def results(evaluation):
    return {f.rule: f.result for f in findings_of(evaluation)}


def cap(value, on=DAY):
    india = RulePack.objects.get(code="in-ucpmp", version="2026.2")
    return set_own_parameter(
        pack_of(india), "meal_cap", value=value, effective_from=on, reason="Policy 7", by=SYSTEM
    )


def test_a_sound_plan_passes_every_rule_that_binds_the_provider(organisation):
    evaluation = evaluated()

    assert evaluation.result == "pass"
    assert set(results(evaluation)) == {
        *("AE-1", "AE-2", "SI-2", "SI-3", "SI-8", "SI-9", "SI-10"),
    }


@pytest.mark.parametrize(
    ("fact", "value", "rule", "result"),
    [
        ("creditable_minutes", 0, "AE-1", "block"),
        ("objectives", 0, "AE-2", "block"),
        ("creditable_sessions_without_faculty", 2, "SI-3", "warn"),
    ],
    ids=["no minutes", "no objective", "nobody teaches"],
)
def test_each_rule_of_accredited_education_bites(organisation, fact, value, rule, result):
    evaluation = evaluated(**{fact: value})

    assert results(evaluation)[rule] == result
    assert evaluation.result == result


def test_a_company_holds_no_independent_education(company):
    assert results(evaluated(DINNER, mode="independent"))["IC-1"] == "block"


def test_a_company_in_india_does_not_go_abroad(company):
    evaluation = evaluated(DINNER, country="LK")

    finding = next(f for f in findings_of(evaluation) if f.rule == "IN-1")
    assert (finding.rule, finding.result) == ("IN-1", "block")
    assert finding.message.startswith("The venue is in Sri Lanka.")
    assert "2024-03-12" in finding.citation


def test_a_company_elsewhere_is_not_bound_by_the_code_of_india(db):
    made = OrganisationFactory(kind="company", country="CH", currency="CHF")
    with acting_in(made.pk):
        assert {rule.partition("-")[0] for rule in results(evaluated(DINNER))} == {"IC", "EF"}


def test_a_finding_keeps_the_version_the_value_its_source_and_how_sure_it_is(company):
    cap("2500")

    finding = next(f for f in findings_of(evaluated(DINNER)) if f.rule == "IN-2")

    assert (finding.result, finding.pack.version) == ("block", "2026.2.2")
    assert finding.parameters["meal_cap"]["value"] == "2500"
    assert finding.facts == {"currency": "INR", "meal_per_head": "2650.00"}
    assert finding.is_to_verify


def test_the_organisations_own_value_decides_from_its_day_on(company):
    cap("2500", date(2026, 1, 1))
    cap("3000", date(2026, 6, 1))

    before, after = evaluated(DINNER), evaluated(DINNER, on=date(2026, 6, 1))

    assert results(before)["IN-2"] == "block"
    assert results(after)["IN-2"] == "pass"


def test_a_new_version_with_another_value_changes_the_verdict_without_code(
    company, owner, tmp_path
):
    old = evaluated(DINNER, items_per_head="1200", on=date(2026, 12, 31))
    newer = json.loads((SHIPPED / INDIA).read_text())
    newer |= {"version": "2027.1", "effective_from": "2027-01-01"}
    newer["parameters"][1]["values"][0]["value"] = "1500"
    newer["cases"] = [case for case in newer["cases"] if case["rule"] != "IN-3"] + [
        {"rule": "IN-3", "name": name, "on": "2027-01-01"}
        | {"facts": {"items_per_head": "9", "dearest_item": value}}
        | {"result": result, "say": say}
        for name, value, result, say in [
            ("more", "1500.01", "block", "over"),
            ("exactly", "1500", "pass", "within"),
        ]
    ]
    newer["cases"].append(
        {"rule": "IN-3", "name": "per head", "on": "2027-01-01", "result": "warn", "say": "check"}
        | {"facts": {"items_per_head": "1500.01"}}
    )
    (tmp_path / "in-ucpmp-2027.1.json").write_text(json.dumps(newer))
    load_packs(tmp_path)

    new = evaluated(DINNER, items_per_head="1200", on=date(2027, 1, 1))

    assert results(old)["IN-3"] == "warn"
    assert results(new)["IN-3"] == "pass"
    assert has_same_answer(Evaluation.objects.get(pk=old.pk))
    assert has_same_answer(Evaluation.objects.get(pk=new.pk))


def test_a_later_own_value_does_not_change_what_was_said(company):
    cap("2500")
    old = evaluated(DINNER)
    cap("9000")

    assert results(old)["IN-2"] == "block"
    assert has_same_answer(old)


def test_a_loaded_version_cannot_come_back_with_other_content(owner, tmp_path):
    changed = json.loads((SHIPPED / INDIA).read_text()) | {"title": "Something else"}
    (tmp_path / INDIA).write_text(json.dumps(changed))

    with pytest.raises(PackRefused, match="new version"):
        load_packs(tmp_path)


def test_the_same_files_load_again_without_a_change(owner):
    before = RulePack.objects.count()

    load_packs()

    assert RulePack.objects.count() == before == len(list(SHIPPED.glob("*.json")))


def test_the_runtime_role_cannot_write_rules(organisation):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE compliance_rulepack SET version = 'x'")


def test_a_damaged_pack_is_not_used():
    row = RulePack(code="x", version="1", source="{}", sha256="0" * 64)

    with pytest.raises(PackRefused, match="damaged"):
        pack_of(row)


def test_contexts_above_add_facts_of_their_own(organisation):
    asked = []

    @knows_facts("meeting", "tests")
    def read(subject_id):
        asked.append(subject_id)
        return {"creditable_minutes": 0}

    subject_id = uuid7()
    try:
        evaluation = evaluated(subject_id=subject_id)
    finally:
        del _readers["meeting"]

    assert asked == [subject_id]
    assert evaluation.facts["creditable_minutes"] == 0
    assert results(evaluation)["AE-1"] == "block"


def test_a_request_is_rated_by_what_the_rules_said(company):
    subject_id = uuid7()
    evaluated(DINNER, subject_id=subject_id)  # nobody has set a cap for meals

    request = submitted(company, subject_id=subject_id)

    assert request.get_risk_display() == "Medium risk"
    assert request.risk_note == "IN-2"


def test_a_meal_within_the_own_cap_makes_no_request_riskier(company):
    cap("3000")
    subject_id = uuid7()
    evaluated(DINNER, subject_id=subject_id)

    request = submitted(company, subject_id=subject_id)

    assert request.get_risk_display() == "Low risk"
    assert request.risk_note == ""


def test_what_is_found_while_a_request_waits_stands_in_the_inbox(company):
    cap("3000")
    subject_id = uuid7()
    evaluated(DINNER, subject_id=subject_id)
    request = submitted(company, subject_id=subject_id)
    sign(request, member(company, "compliance_officer"), company)

    evaluated(DINNER, subject_id=subject_id, country="LK")
    evaluated(DINNER, subject_id=subject_id, country="LK")

    request.refresh_from_db()
    assert (request.get_risk_display(), request.risk_note) == ("High risk", "IN-1")
    assert Entry.objects.filter(action="approval.rated").count() == 2
    sign(request, member(company, "finance_officer"), company, "refuse")
    evaluated(DINNER, subject_id=subject_id)
    request.refresh_from_db()
    assert request.get_risk_display() == "High risk"


def test_nobody_approves_what_a_rule_blocks_but_may_return_it(company):
    subject_id = uuid7()
    evaluated(DINNER, subject_id=subject_id, country="LK")
    request = submitted(company, subject_id=subject_id)
    compliance = member(company, "compliance_officer")

    with pytest.raises(Refused) as refused:
        sign(request, compliance, company)

    assert refused.value.objection.code == "rule_blocks"
    assert not Decision.objects.exists()
    sign(request, compliance, company, "return")
    assert Decision.objects.get().verdict == "return"


@pytest.mark.parametrize(
    ("name", "value", "objection"),
    [
        ("item_cap", "5000", NOT_YOURS_TO_SET),
        ("nothing", "5000", NOT_YOURS_TO_SET),
        ("meal_cap", "much", NOT_AN_AMOUNT),
        ("meal_cap", "-1", NOT_AN_AMOUNT),
        ("meal_cap", "NaN", NOT_AN_AMOUNT),
    ],
)
def test_an_organisation_sets_only_its_own_values_and_only_amounts(company, name, value, objection):
    india = RulePack.objects.get(code="in-ucpmp", version="2026.2")

    with pytest.raises(Refused) as refused:
        set_own_parameter(
            pack_of(india), name, value=value, effective_from=DAY, reason="x", by=SYSTEM
        )

    assert refused.value.objection == objection


def test_evaluations_and_values_are_journalled_and_only_grow(company):
    cap("2500")
    evaluated(DINNER)

    assert Entry.objects.filter(action__in=["rules.value_set", "rules.evaluated"]).count() == 2
    for table in ("compliance_evaluation", "compliance_finding", "compliance_ownparameter"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")


def test_the_rules_page_shows_what_binds_first_with_the_values_of_the_day(company):
    cap("2500")

    shown = packs_on_screen(DAY)

    assert [s.pack.code for s in shown if s.binds and s.in_force] == [
        *("in-ucpmp", "ineligible-company", "organisation-policy"),
    ]
    assert not shown[3].in_force
    assert [s.binds for s in shown] == sorted((s.binds for s in shown), reverse=True)
    india = next(s for s in shown if s.pack.code == "in-ucpmp")
    assert [(v.parameter.name, v.value, v.is_to_verify) for v in india.values] == [
        ("meal_cap", "2500", True),
        ("item_cap", "1000", True),
    ]


def test_an_override_ends_with_the_day_of_the_organisation(db):
    """From midnight in India to midnight in London, yesterday is past already."""
    company = OrganisationFactory(zone="Asia/Kolkata")
    with acting_in(company.pk), time_machine.travel("2026-06-01T20:00Z"):
        finding = next(f for f in findings_of(evaluated(learner_names_shared=True)) if f.holds_back)
        with pytest.raises(Refused) as refused:
            grant_override(finding, reason="Seen", expires_on=date(2026, 6, 1), by=SYSTEM)

        assert refused.value.objection == EXPIRY_WRONG
        grant_override(finding, reason="Seen", expires_on=date(2026, 6, 2), by=SYSTEM)
