import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.models import Role
from symposia.accounts.permissions import Permission
from symposia.activities.actions.lifecycle import submit_activity
from symposia.approvals.actions import (
    DEFAULT_STEPS,
    RouteFacts,
    open_request,
    publish_route,
    set_route,
)
from symposia.approvals.models import ApprovalRequest, Decision, Delegation, Step
from symposia.approvals.queries import latest_of
from symposia.compliance.queries import findings_of
from symposia.shared.actors import SYSTEM
from symposia.shared.ids import uuid7
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, day_here, member
from tests.factories.approvals import FROZEN, sign, submitted
from tests.factories.compliance import evaluated
from tests.factories.curriculum import PlanFactory
from tests.factories.finance import complete, estimated

REASON = "Read and found in order."


def typed(asked, verdict="approve", **other):
    facts = {"verdict": verdict, "reason": REASON} | other
    return facts | {"seen_hash": asked.frozen_hash, "seen_step": asked.current_step} | other


def use_factor(client, user, *, seconds_ago=0, kind="totp"):
    """What the sign-in library notes when a second factor was checked."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": kind, "at": time.time() - seconds_ago}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


@pytest.fixture
def compliance(organisation, client):
    user = member(organisation, "compliance_officer")
    client.force_login(user)
    return user


@pytest.fixture
def asked(organisation):
    return submitted(organisation)


def page(name, asked):
    return reverse(name, args=[asked.pk])


def test_the_inbox_lists_what_waits_and_the_rail_counts_it(client, compliance, asked):
    response = client.get(reverse("approvals"))

    assert asked.number in response.text
    assert "Waits for you" in response.text


def test_the_inbox_opens_on_what_waits_for_whoever_looks(client, organisation, compliance, asked):
    signed = submitted(organisation)
    sign(signed, member(organisation, "compliance_officer"), organisation)

    mine = client.get(reverse("approvals"))
    everything = client.get(reverse("approvals"), {"sort": "-opened_at"})

    assert asked.number in mine.text
    assert signed.number not in mine.text
    assert [tab.current for tab in mine.context["views"]] == [True, False, False]
    assert signed.number in everything.text
    assert [tab.current for tab in everything.context["views"]] == [False, False, True]
    assert mine.context["list_href"] == f"{reverse('approvals')}?sort=-opened_at"


def test_whoever_decides_nothing_sees_everything_at_once(client, organisation, asked):
    client.force_login(member(organisation, "coordinator"))

    page = client.get(reverse("approvals"))

    assert asked.number in page.text
    assert [tab.current for tab in page.context["views"]] == [False, True]


@pytest.mark.parametrize(
    ("role", "is_led"), [("compliance_officer", True), ("area_manager", False)]
)
def test_a_request_leads_to_its_plan_only_whoever_may_read_plans(db, client, role, is_led):
    company = OrganisationFactory(kind="company")
    with acting_in(company.pk):
        plan = PlanFactory()
        set_route("plan", name="Plan", steps=DEFAULT_STEPS, by=SYSTEM)
        asked = open_request(
            subject_type="plan", subject_id=plan.pk, title="Year", frozen=FROZEN, by=SYSTEM
        )
        client.force_login(member(company, role))

    page = client.get(reverse("approval", args=[asked.pk])).text

    assert (reverse("plan", args=[plan.pk]) in page) == is_led
    assert ("Open the plan" in page) == is_led


def test_a_route_with_an_own_role_has_its_inbox_its_filter_and_its_name(client, organisation):
    Role.objects.create(
        code="regional_head",
        name="Head of the region",
        permissions=[Permission.DECIDE_APPROVALS, Permission.VIEW_APPROVALS],
    )
    steps = (Step("Region", "regional_head", False, "review"),)
    publish_route(RouteFacts("meeting", "Meeting", steps), by=SYSTEM)
    asked = submitted(organisation)
    client.force_login(member(organisation, "regional_head"))

    response = client.get(reverse("approvals"))
    mine = client.get(reverse("approvals"), {"state": "open", "step": "regional_head"}).text
    client.force_login(member(organisation, "finance_officer"))
    assert client.get(page("approval", asked)).status_code == 404
    client.force_login(member(organisation, "compliance_officer"))
    other = client.get(page("approval", asked)).text

    assert "step=regional_head" in response.text
    assert "Head of the region" in response.text
    assert asked.number in mine
    assert "This step is decided by another role: Head of the region." in other


def test_the_inbox_counts_what_was_lent_and_the_rail_what_is_ones_own(client, organisation, asked):
    giver, delegate = (member(organisation, role) for role in ("compliance_officer", "publisher"))
    Delegation.objects.create(
        giver_id=giver.pk,
        giver_name=str(giver),
        delegate_id=delegate.pk,
        delegate_name=str(delegate),
        role="compliance_officer",
        starts_on=day_here(),
        ends_on=day_here(),
        reason="On leave",
    )
    client.force_login(delegate)

    response = client.get(reverse("approvals"))

    (place,) = (p for p in response.context["shell"].places if p.url == reverse("approvals"))
    (tab,) = (each for each in response.context["views"] if each.label == "Waits for you")
    assert (place.count or 0, tab.count) == (0, 1)


def test_the_review_shows_what_was_submitted_and_what_the_rules_say(
    client, organisation, compliance
):
    asked = submitted(organisation)
    evaluated(subject_id=asked.subject_id, creditable_sessions_without_faculty=1)

    response = client.get(page("approval", asked))

    assert "Hotel Raigad View" in response.text
    assert "SI-3" in response.text
    assert "6 rules hold" in response.text


def test_the_difference_to_the_version_one_signed_comes_first(client, organisation, compliance):
    first = submitted(organisation)
    sign(first, compliance, organisation, "return")
    again = submitted(
        organisation, subject_id=first.subject_id, frozen=FROZEN | {"venue": "Hotel Sinhagad"}
    )

    text = client.get(page("approval", again)).text

    assert text.index("<del>Hotel Raigad View</del>") < text.index("What was submitted")
    assert "<ins>Hotel Sinhagad</ins>" in text


def test_nothing_is_decided_before_the_signature(client, compliance, asked):
    response = client.post(page("approval_draft", asked), typed(asked))

    assert response.url == page("approval_signature", asked)
    assert not Decision.objects.exists()


def test_a_decision_without_a_reason_comes_back_with_what_was_typed(client, compliance, asked):
    response = client.post(page("approval_draft", asked), typed(asked, reason=""))

    assert response.status_code == 422
    assert "This field is required." in response.text


def test_signing_asks_for_a_factor_and_keeps_what_was_typed(client, compliance, asked):
    TOTP.activate(compliance, generate_totp_secret())
    client.post(page("approval_draft", asked), typed(asked))

    shown = client.get(page("approval_signature", asked))
    response = client.post(page("approval_sign", asked))

    assert "Use your second factor" in shown.text
    assert REASON in shown.text
    assert response.url.startswith(reverse("mfa_reauthenticate"))
    assert response.url.endswith("signature%2F")
    assert not Decision.objects.exists()


def test_a_code_is_checked_by_the_library_and_leads_back_to_the_signature(
    client, compliance, asked
):
    secret = generate_totp_secret()
    TOTP.activate(compliance, secret)
    client.post(page("approval_draft", asked), typed(asked))
    factor_page = client.post(page("approval_sign", asked)).url
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))

    back = client.post(factor_page, {"code": code, "next": page("approval_signature", asked)})
    client.post(page("approval_sign", asked))

    assert back.url == page("approval_signature", asked)
    decision = Decision.objects.get()
    assert (decision.factor, decision.reason) == ("totp", REASON)


def test_a_factor_of_six_minutes_ago_is_not_fresh(client, compliance, asked):
    client.post(page("approval_draft", asked), typed(asked))
    use_factor(client, compliance, seconds_ago=301)

    client.post(page("approval_sign", asked))

    assert not Decision.objects.exists()


def test_a_password_is_no_second_factor(client, compliance, asked):
    client.post(page("approval_draft", asked), typed(asked))
    use_factor(client, compliance, kind="recovery_codes")

    client.post(page("approval_sign", asked))

    assert not Decision.objects.exists()


def test_with_a_fresh_factor_the_decision_is_signed_and_its_seal_shown(client, compliance, asked):
    client.post(page("approval_draft", asked), typed(asked))
    use_factor(client, compliance, kind="webauthn")

    sentence = client.get(page("approval_signature", asked)).text
    response = client.post(page("approval_sign", asked), follow=True)

    assert "Meaning of the signature: it follows the rules." in sentence
    assert "Signed and sealed." in response.text
    assert "Signed with a passkey" in response.text
    decision = Decision.objects.get()
    assert (decision.factor, decision.subject_hash) == ("webauthn", asked.frozen_hash)


def test_the_signature_is_blocked_when_the_request_changed_meanwhile(
    client, organisation, compliance, asked
):
    client.post(page("approval_draft", asked), typed(asked))
    use_factor(client, compliance)
    other = member(organisation, "compliance_officer")
    sign(asked, other, organisation, "return")
    submitted(organisation, subject_id=asked.subject_id, frozen=FROZEN | {"doctors": 14})

    shown = client.get(page("approval_signature", asked))
    refused = client.post(page("approval_sign", asked), follow=True)

    assert "changed while you read it" in shown.text
    assert "changed while you read it" in refused.text
    assert Decision.objects.count() == 1


def test_a_step_without_factor_is_signed_without_one(client, organisation, asked):
    sign(asked, member(organisation, "compliance_officer"), organisation)
    asked.refresh_from_db()
    client.force_login(member(organisation, "finance_officer"))

    client.post(page("approval_draft", asked), typed(asked))
    client.post(page("approval_sign", asked))

    assert ApprovalRequest.objects.get().step.name == "Publish"


def test_whoever_prepared_it_reads_why_they_cannot_sign(client, organisation, compliance):
    asked = submitted(organisation, by=compliance.actor())

    assert (
        "You prepared this, so you cannot approve it." in client.get(page("approval", asked)).text
    )


def test_a_signature_without_a_draft_leads_back_to_the_request(client, compliance, asked):
    assert client.get(page("approval_signature", asked)).url == page("approval", asked)
    assert client.post(page("approval_sign", asked)).url == page("approval", asked)


def test_who_may_only_read_has_no_decision_form(client, organisation, asked):
    client.force_login(member(organisation, "coordinator"))

    assert "Review and sign" not in client.get(page("approval", asked)).text
    assert client.post(page("approval_draft", asked), typed(asked)).status_code == 403


def test_a_request_of_another_organisation_is_not_found(client, compliance):
    other = OrganisationFactory()
    with acting_in(other.pk):
        foreign = submitted(other)

    assert client.get(page("approval", foreign)).status_code == 404
    assert client.post(page("approval_draft", foreign), typed(foreign)).status_code == 404


def test_somebody_without_a_factor_is_sent_to_set_one_up(client, compliance, asked):
    client.post(page("approval_draft", asked), typed(asked))

    shown = client.get(page("approval_signature", asked)).text
    assert not Authenticator.objects.exists()
    assert "Set up a second factor" in shown
    assert "Use your second factor" not in shown
    assert client.post(page("approval_sign", asked)).url.startswith(reverse("factor_set_up"))


def test_the_inbox_asks_the_same_number_of_questions_whatever_its_length(
    client, organisation, compliance, asked
):
    client.get(reverse("approvals"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("approvals"))
    for _each in range(2):
        submitted(organisation)
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("approvals"))

    assert len(one) == len(three)


def test_the_rules_of_a_request_run_again_to_the_same_answer(client, organisation, compliance):
    asked = submitted(organisation)
    evaluated(subject_id=asked.subject_id, creditable_sessions_without_faculty=1)
    assert page("approval_rules_again", asked) in client.get(page("approval", asked)).text

    again = client.get(page("approval_rules_again", asked)).text

    assert "The same answer." in again
    assert "SI-3" in again
    assert "differs" not in again


def written_again(row, **otherwise):
    """A copy of a row that is only ever added to, as if it had been written otherwise."""
    for name, value in {"pk": uuid7(), **otherwise}.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


def test_an_answer_that_differs_is_told(client, organisation, compliance):
    asked = submitted(organisation)
    evaluation = evaluated(subject_id=asked.subject_id, creditable_sessions_without_faculty=1)
    findings = findings_of(evaluation)
    other = {"facts": evaluation.facts | {"creditable_sessions_without_faculty": 0}}
    changed = written_again(evaluation, evaluated_at=now(), **other)
    for finding in findings:
        written_again(finding, evaluation=changed)

    assert "Another answer." in client.get(page("approval_rules_again", asked)).text


def test_a_request_that_no_rule_looked_at_runs_none_again(client, organisation, compliance):
    assert client.get(page("approval_rules_again", submitted(organisation))).status_code == 404


def test_the_rules_of_another_organisations_request_do_not_run(client, asked):
    client.force_login(member(OrganisationFactory(), "compliance_officer"))

    assert client.get(page("approval_rules_again", asked)).status_code == 404


def test_the_rail_leads_to_a_request_only_whoever_sees_it(client, organisation):
    """Money without a step of the own role: the activity is seen, what was asked of others not."""
    set_route("activity", name="Office alone", steps=DEFAULT_STEPS[:1], by=SYSTEM)
    with time_machine.travel("2027-01-10T09:00Z"):
        activity = estimated(complete())
        submit_activity(activity, by=member(organisation, "coordinator").actor())
        address = page("approval", latest_of("activity", activity.pk))
        led = {}
        for role in ("compliance_officer", "finance_officer"):
            client.force_login(member(organisation, role))
            led[role] = address in client.get(reverse("activity", args=[activity.pk])).text

            assert client.get(address).status_code == (200 if led[role] else 404)

    assert led == {"compliance_officer": True, "finance_officer": False}
