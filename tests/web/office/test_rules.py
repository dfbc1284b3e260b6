import json
import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from symposia.activities.actions.rules import check_rules
from symposia.compliance.models import (
    Evaluation,
    Override,
    OwnPack,
    OwnParameter,
    Restriction,
    StatedFact,
    ValueProposal,
)
from symposia.compliance.queries import findings_of, latest_evaluation
from symposia.finance.actions.budgets import EstimateLine, set_estimate
from symposia.shared.actors import SYSTEM
from symposia.shared.changing import CHANGED_MEANWHILE
from symposia.shared.money import Money
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory


@pytest.fixture
def company(db):
    made = OrganisationFactory(kind="company", country="IN", currency="INR", zone="Asia/Kolkata")
    with acting_in(made.pk):
        yield made


@pytest.fixture
def officer(client, company):
    user = member(company, "compliance_officer")
    client.force_login(user)
    return user


VALUE = reverse("rules_value", args=["in-ucpmp", "meal_cap"])


def given(**said):
    """An own value from the day it is now where the company is."""
    today = localdate(timezone=ZoneInfo("Asia/Kolkata")).isoformat()
    return {"value": "2500", "effective_from": today, "reason": "Policy 7"} | said


def table(country="IN", **facts):
    return ActivityFactory(mode="scientific", country=country, **facts)


def test_the_page_shows_what_binds_and_the_rest_on_request(client, officer):
    mine = client.get(reverse("rules")).text
    everything = client.get(reverse("rules") + "?all=1").text

    assert "Pharmaceutical marketing in India" in mine
    assert "Your own policy" in mine
    assert "Integrity and independence" not in mine
    assert everything.index("Pharmaceutical marketing in India") < everything.index(
        "Does not bind you"
    )


def test_a_pack_shows_its_tables_values_sources_and_what_is_to_verify(client, officer):
    text = client.get(reverse("rule_pack", args=["in-ucpmp"])).text

    assert "Binds you" in text
    assert "To verify" in text
    assert "Uniform Code for Pharmaceutical Marketing Practices" in text
    assert "facts.country == facts.organisation_country" in text
    assert "1,000 INR" in text


def test_a_pack_that_does_not_exist_is_not_found(client, officer):
    assert client.get(reverse("rule_pack", args=["nothing"])).status_code == 404


def agreed(client, proposal, company):
    """A second officer puts it in force."""
    client.force_login(member(company, "compliance_officer"))
    client.get(reverse("value_proposal", args=[proposal.pk]))
    return client.post(reverse("value_proposal_agreement", args=[proposal.pk]), follow=True)


def test_two_compliance_officers_set_the_organisations_own_value(client, officer, company):
    proposed = client.post(VALUE, given(), follow=True)
    proposal = ValueProposal.objects.get()
    alone = client.post(reverse("value_proposal_agreement", args=[proposal.pk]), follow=True)
    assert "2,500 INR" in proposed.text
    assert "You proposed this. A second person reads it and agrees." in alone.text
    assert not OwnParameter.objects.exists()

    response = agreed(client, proposal, company)

    assert "Agreed" in response.text
    own = OwnParameter.objects.get()
    assert (own.value, own.effective_from.isoformat()) == ("2500", given()["effective_from"])
    assert "2,500 INR" in client.get(reverse("rule_pack", args=["in-ucpmp"])).text
    assert "Your own cap for a meal" in client.get(reverse("value_proposals")).text


def test_an_own_value_is_taken_back_by_leaving_it_empty(client, officer, company):
    client.post(VALUE, given())
    agreed(client, ValueProposal.objects.get(), company)
    client.post(VALUE, given(value=""))
    client.force_login(officer)
    waiting = ValueProposal.objects.get(state="waiting")
    client.post(reverse("value_proposal_agreement", args=[waiting.pk]))

    assert "2,500 INR" not in client.get(reverse("rule_pack", args=["in-ucpmp"])).text


def test_a_proposed_value_is_dropped(client, officer):
    client.post(VALUE, given())
    proposal = ValueProposal.objects.get()

    client.post(reverse("value_proposal_withdrawal", args=[proposal.pk]))

    proposal.refresh_from_db()
    assert (proposal.state, OwnParameter.objects.exists()) == ("dropped", False)


def test_a_value_does_not_begin_in_the_past(client, officer):
    response = client.post(VALUE, given(effective_from="2020-01-01"))

    assert "It would begin before today" in response.text
    assert not ValueProposal.objects.exists()


def test_a_value_of_the_body_is_not_set_here(client, officer):
    response = client.post(reverse("rules_value", args=["in-ucpmp", "item_cap"]), given())

    assert response.status_code == 404
    assert not OwnParameter.objects.exists()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"effective_from": "soon"}, "Enter a valid date."),
        ({"value": "much"}, "Write the value as a number"),
    ],
)
def test_a_value_that_cannot_be_read_comes_back(client, officer, said, answer):
    response = client.post(VALUE, given(**said))

    assert response.status_code == 422
    assert answer in response.text


def test_who_only_reads_the_rules_changes_none(client, company):
    client.force_login(member(company, "coordinator"))

    assert VALUE not in client.get(reverse("rule_pack", args=["in-ucpmp"])).text
    assert client.post(VALUE, given()).status_code == 403
    assert client.get(reverse("restrictions")).status_code == 403
    assert client.get(reverse("rule_version_new")).status_code == 403


def test_the_rules_of_a_plan_are_shown_before_anybody_is_asked(client, company):
    client.force_login(member(company, "medical_affairs"))
    activity = table(country="LK")

    text = client.get(reverse("activity_rules", args=[activity.pk])).text

    assert "Events for doctors in foreign places are prohibited." in text
    assert "As the plan is now" in text
    assert not Evaluation.objects.exists()


def test_a_planner_states_what_no_record_holds_and_the_rules_read_it(client, company):
    client.force_login(member(company, "medical_affairs"))
    activity = table()
    address = reverse("activity_rule_facts", args=[activity.pk])

    response = client.post(address, {"gifts": "no", "guests": "no"}, follow=True)

    assert "No gifts, no guests." in response.text
    assert dict(StatedFact.objects.values_list("name", "value")) == {
        "gifts": False,
        "guests": False,
    }


def test_an_answer_that_cannot_be_read_comes_back(client, company):
    client.force_login(member(company, "medical_affairs"))
    activity = table()
    address = reverse("activity_rule_facts", args=[activity.pk])

    response = client.post(address, {"dearest_item": "a lot"})

    assert response.status_code == 422
    assert not StatedFact.objects.exists()


def test_a_check_is_kept(client, company):
    client.force_login(member(company, "medical_affairs"))
    activity = table()

    client.post(reverse("activity_rule_check", args=[activity.pk]), follow=True)

    assert latest_evaluation("activity", activity.pk).title == str(activity)


def test_rules_of_somebody_elses_activity_do_not_exist(client, officer):
    other = OrganisationFactory(kind="company", country="IN")
    with acting_in(other.pk):
        theirs = table()

    assert client.get(reverse("activity_rules", args=[theirs.pk])).status_code == 404


def blocked(activity):
    evaluation = check_rules(activity, by=SYSTEM)
    return next(f for f in findings_of(evaluation) if f.result == "block")


def crowded(company):
    """An activity that the organisation's own policy blocks: too many people."""
    OwnParameter.objects.create(
        pack_code="organisation-policy",
        name="most_people",
        value="10",
        effective_from=date(2020, 1, 1),
        reason="Policy 7",
        set_by_name="Meera",
    )
    return table(expected_attendance=40)


def test_an_exception_has_a_reason_and_a_day_is_counted_and_ends(client, company, officer):
    activity = crowded(company)
    finding = blocked(activity)
    until = day_here() + timedelta(days=30)
    address = reverse("rule_exception", args=[finding.pk])

    assert finding.message in client.get(address).text
    client.post(address, {"reason": "A congress of the society", "expires_on": until})
    page = client.get(reverse("activity_rules", args=[activity.pk])).text
    listed = client.get(reverse("rule_exceptions")).text

    override = Override.objects.get()
    assert latest_evaluation("activity", activity.pk).result == "warn"
    assert "A congress of the society" in page
    assert "A congress of the society" in listed
    assert '<bdi class="n">1</bdi>' in listed
    client.post(reverse("rule_exception_end", args=[override.pk]), {"reason": "Fewer came"})
    assert latest_evaluation("activity", activity.pk).result == "block"
    assert '<bdi class="n">0</bdi>' in client.get(reverse("rule_exceptions")).text


def test_nobody_excepts_from_a_prohibition(client, company, officer):
    activity = table(country="LK")
    finding = blocked(activity)
    until = day_here() + timedelta(days=30)

    response = client.post(
        reverse("rule_exception", args=[finding.pk]), {"reason": "Please", "expires_on": until}
    )

    assert "is a prohibition" in response.text
    assert not Override.objects.exists()
    shown = client.get(reverse("activity_rules", args=[activity.pk])).text
    assert "is a prohibition" in shown
    assert "Make an exception" not in shown


def test_findings_are_listed_with_what_they_rest_on(client, company, officer):
    blocked(table(country="LK", title="Round table in Kandy"))

    text = client.get(reverse("findings") + "?result=block").text

    assert "Round table in Kandy" in text
    assert "IN-1" in text
    assert client.get(reverse("findings_csv")).status_code == 200


def test_a_product_is_restricted_and_lifted(client, company, officer):
    said = {"words": "Xaltan", "reason": "Not approved yet", "from_on": "2026-01-01"}
    client.post(reverse("restriction_new"), said)
    activity = table(title="Titrating Xaltan at home")

    assert "Xaltan is restricted and named here." in blocked_by(activity)
    restriction = Restriction.objects.get()
    client.post(reverse("restriction", args=[restriction.pk]), {"reason": "Approved"})
    assert blocked_by(activity) == []


def blocked_by(activity):
    evaluation = check_rules(activity, by=SYSTEM)
    return [f.message for f in findings_of(evaluation) if f.result == "block"]


def test_a_doctor_is_restricted_from_their_own_page(client, company, officer):
    doctor = ClinicianFactory(full_name="Ritu Menon")
    address = reverse("restriction_of_person", args=[doctor.pk])

    assert address in client.get(reverse("clinician", args=[doctor.pk])).text
    client.post(
        address,
        {"reason": "Licence suspended", "from_on": "2026-01-01"},
    )

    assert "Ritu Menon" in client.get(reverse("restrictions")).text


BEGIN = {"base": "in-ucpmp 2026.2.2", "version": "2026.3", "reason": "Circular 12"}


@pytest.fixture
def draft(client, officer):
    first = day_here() + timedelta(days=10)
    client.post(reverse("rule_version_new"), BEGIN | {"effective_from": first})
    return OwnPack.objects.get()


def page(name, own, *more):
    return reverse(name, args=[own.pk, *more])


def test_a_draft_begins_from_a_version_and_shows_its_tables(client, draft):
    text = client.get(page("rule_version", draft)).text

    assert (draft.state, draft.based_on) == ("draft", "in-ucpmp 2026.2.2")
    assert "Propose" in text
    assert "Travel and lodging for speakers only" in text
    assert (
        client.get(page("rule_version_text", draft))
        .headers["Content-Disposition"]
        .endswith('in-ucpmp-2026.3.json"')
    )


def test_the_same_number_is_not_given_twice(client, draft):
    again = BEGIN | {"effective_from": day_here() + timedelta(days=5)}

    response = client.post(reverse("rule_version_new"), again)

    assert "There is a version 2026.3 of this pack already." in response.text


def sent(editor_page):
    """The fields of the editor as a browser would send them back."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", editor_page):
        attrs = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        is_box = attrs.get("type") == "checkbox"
        if not is_box or " checked" in tag:
            found[attrs.get("name", "")] = unescape(attrs.get("value", "on" if is_box else ""))
    for name, text in re.findall(
        r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', editor_page, re.DOTALL
    ):
        found[name] = unescape(text).strip()
    for name, options in re.findall(
        r'<select name="([^"]+)"[^>]*>(.*?)</select>', editor_page, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = (chosen or re.search(r'value="([^"]*)"', options))[1]
    return {n: v for n, v in found.items() if re.match(r"[rk]\d+-|title|sev|cit|conf|seen", n)}


def test_a_rule_saved_unchanged_is_the_same_rule(client, draft):
    address = page("rule_version_rule", draft, "IN-2")
    before = draft.source

    response = client.post(address, sent(client.get(address).text), follow=True)

    draft.refresh_from_db()
    assert "The rule is changed" in response.text
    was, now = json.loads(before), json.loads(draft.source)
    assert next(r for r in was["rules"] if r["code"] == "IN-2") == next(
        r for r in now["rules"] if r["code"] == "IN-2"
    )
    cases = [[c for c in each["cases"] if c["rule"] == "IN-2"] for each in (was, now)]
    assert cases[0] == cases[1]


def test_a_changed_table_must_meet_its_examples_before_it_is_proposed(client, draft):
    address = page("rule_version_rule", draft, "IN-2")
    fields = sent(client.get(address).text) | {"r1-result": "warn"}

    client.post(address, fields)
    text = client.get(page("rule_version", draft)).text
    draft.refresh_from_db()
    client.post(page("rule_version_propose", draft), {"seen": draft.sha256})
    draft.refresh_from_db()

    assert draft.state == "proposed"
    assert "one paisa over" in text


def test_a_row_is_taken_out_and_a_new_one_written(client, draft):
    address = page("rule_version_rule", draft, "IN-6")
    fields = sent(client.get(address).text)
    fields |= {"r1-taken_out": "on", "r3-message": "A new row.", "r3-result": "warn"}
    fields |= {"r3-ORDER": "1", "r3-when_0": "false"}

    client.post(address, fields)
    text = client.get(page("rule_version", draft)).text

    assert "A new row." in text
    assert "no test case for row_1" in text
    draft.refresh_from_db()
    response = client.post(page("rule_version_propose", draft), {"seen": draft.sha256}, follow=True)
    assert "This version cannot be proposed yet" in response.text


def value_of(draft, value, day):
    """A value of a parameter, as somebody sends it who saw the draft as it is now."""
    said = {"value": value, "effective_from": day, "citation": "Circular 12"}
    return said | {"confidence": "sourced", "seen_revision": draft.revision}


def test_a_value_is_added_from_a_day_on(client, draft):
    client.post(
        page("rule_version_value", draft, "item_cap"), value_of(draft, "1500", "2027-01-01")
    )

    draft.refresh_from_db()
    assert '"value": "1500"' in draft.source
    assert '"until": "2027-01-01"' in draft.source


def stricter(client, draft):
    """The draft with a cap for items of 500 instead of 1,000; its examples follow."""
    said = value_of(draft, "500", draft.effective_from)
    client.post(page("rule_version_value", draft, "item_cap"), said)
    draft.refresh_from_db()


@pytest.mark.parametrize("name", ["rule_version_head", "rule_version_value"])
def test_two_who_change_a_draft_do_not_overwrite_each_other(client, draft, name):
    more = ["item_cap"] if name == "rule_version_value" else []
    opened = client.get(page(name, draft, *more)).text
    head = {"title": "Mine", "effective_from": draft.effective_from, "seen_revision": 1}
    client.post(page("rule_version_head", draft), head)
    late = head | value_of(draft, "1500", "2027-01-01") | {"title": "Yours"}

    answer = client.post(page(name, draft, *more), late)

    draft.refresh_from_db()
    assert '<input type="hidden" name="seen_revision" value="1"' in opened
    assert answer.status_code == 422
    assert unescape(answer.text).count(str(CHANGED_MEANWHILE.message)) == 1
    assert (draft.title, draft.revision) == ("Mine", 2)


def test_a_version_is_weighed_tried_proposed_and_published_by_a_second_person(
    client, company, officer, draft
):
    activity = table(title="Booklets for all")
    books = EstimateLine("materials", "Booklets", Money(Decimal(8000), "INR"))
    set_estimate(activity, [books], by=SYSTEM)
    StatedFact.objects.create(
        subject_type="activity",
        subject_id=activity.pk,
        name="dearest_item",
        value="700",
        stated_by_name="Tara",
    )
    check_rules(activity, by=SYSTEM)
    stricter(client, draft)

    weighed = client.get(page("rule_version_impact", draft)).text
    assert "1 verdict would change. Activities looked at: 1; touched: 1." in weighed
    assert "An item of 700 INR is over the cap of 500 INR" in weighed
    assert client.get(page("rule_version_simulation", draft)).status_code == 200
    client.post(page("rule_version_propose", draft), {"seen": draft.sha256})
    own = client.post(page("rule_publication", draft), {"seen": draft.sha256}, follow=True)
    assert "A second person reads and publishes it." in own.text
    client.force_login(member(company, "compliance_officer"))
    client.post(page("rule_publication", draft), {"seen": draft.sha256})

    draft.refresh_from_db()
    assert (draft.state, draft.impact["changed"]) == ("published", 1)
    assert "your own" in client.get(reverse("rule_pack", args=["in-ucpmp"])).text


def test_a_proposed_version_is_given_back_and_given_up(client, officer, draft):
    client.post(page("rule_version_propose", draft), {"seen": draft.sha256})
    client.post(page("rule_version_return", draft), {"reason": "Cite the circular"})
    draft.refresh_from_db()
    assert draft.state == "draft"

    client.post(page("rule_version_withdrawal", draft), {"reason": "Not needed"})

    draft.refresh_from_db()
    assert draft.state == "withdrawn"


def test_a_version_changed_meanwhile_is_not_proposed(client, draft):
    response = client.post(page("rule_version_propose", draft), {"seen": "older"}, follow=True)

    assert "Somebody changed this version" in response.text


def test_a_draft_begins_from_a_file_that_can_be_read(client, officer, draft):
    text = draft.source.replace("2026.3", "2026.4")
    said = {"text": text, "reason": "From the association"}

    client.post(reverse("rule_version_file"), said)
    refused = client.post(reverse("rule_version_file"), said | {"text": "not a pack"})

    assert OwnPack.objects.filter(version="2026.4").exists()
    assert "This cannot be read as a pack" in refused.text


@pytest.fixture
def unreadable(company, officer, client):
    """A draft from before the product looked at expressions as closely as it does now."""
    client.post(
        reverse("rule_version_new"),
        {
            "base": "in-ucpmp 2026.2.2",
            "version": "2027.1",
            "effective_from": (day_here() + timedelta(days=9)).isoformat(),
            "reason": "Circular 12",
        },
    )
    own = OwnPack.objects.get()
    data = json.loads(own.source)
    data["rules"][0]["messages"]["none"] = "100 % sure"
    OwnPack.objects.filter(pk=own.pk).update(source=json.dumps(data))
    return own, data["rules"][0]["code"], data["parameters"][0]["name"]


def test_a_draft_that_is_no_longer_read_says_why_and_can_be_given_up(client, unreadable):
    own, _rule, _value = unreadable
    page = unescape(client.get(reverse("rule_version", args=[own.pk])).text)

    assert "This version can no longer be read" in page
    assert "has a % that is no %(name)s" in page
    assert reverse("rule_version_withdrawal", args=[own.pk]) in page
    assert reverse("rule_version_impact", args=[own.pk]) not in page

    client.post(reverse("rule_version_withdrawal", args=[own.pk]), {"reason": "Too old"})
    own.refresh_from_db()
    assert own.state == "withdrawn"
    assert client.get(reverse("rule_version", args=[own.pk])).status_code == 200


@pytest.mark.parametrize("what", ["rule", "value", "impact", "simulation"])
def test_its_other_pages_lead_back_to_it_with_the_reason(client, unreadable, what):
    own, rule, value = unreadable
    more = {"rule": [rule], "value": [value]}.get(what, [])

    answer = client.get(reverse(f"rule_version_{what}", args=[own.pk, *more]), follow=True)

    assert answer.redirect_chain == [(reverse("rule_version", args=[own.pk]), 302)]
    assert "This cannot be read as a pack: " in answer.text


def test_it_is_neither_changed_nor_proposed(client, unreadable):
    own, _rule, _value = unreadable
    head = {"title": "Another", "effective_from": day_here(), "seen_revision": own.revision}

    changed = client.post(reverse("rule_version_head", args=[own.pk]), head)
    client.post(reverse("rule_version_propose", args=[own.pk]), {"seen": own.sha256})

    assert changed.status_code == 422
    own.refresh_from_db()
    assert (own.state, own.revision) == ("draft", 1)
