import pytest
from django.db import DatabaseError, connection, transaction

from symposia.accounts.actions import add_member, make_personal_token
from symposia.accounts.models import Role
from symposia.accounts.permissions import Permission
from symposia.approvals.actions import (
    DEFAULT_STEPS,
    rate_request,
    revise_request,
    set_route,
    withdraw_request,
)
from symposia.approvals.events import RequestApproved, RequestReturned, StepDecided
from symposia.approvals.models import ApprovalRequest, Decision, RequestVersion, Route, hash_of
from symposia.approvals.policies import (
    ALREADY_OPEN,
    CHANGED,
    DECIDED_BEFORE,
    NEEDS_FACTOR,
    NOTHING_CHANGED,
    OWN_REQUEST,
)
from symposia.approvals.queries import changes_between, version_before, waiting_for
from symposia.audit.hashing import row_hash
from symposia.audit.models import Entry
from symposia.notifications.models import Delivery
from symposia.shared import events
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.ids import uuid7
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.approvals import FROZEN, access, approved, sign, submitted


@pytest.fixture
def heard():
    """What approvals told whoever stands above."""
    told = []
    kinds = (RequestApproved, RequestReturned, StepDecided)
    for kind in kinds:
        events._listeners[kind].append(told.append)
    yield told
    for kind in kinds:
        events._listeners[kind].remove(told.append)


def test_three_roles_sign_in_turn_and_the_subject_is_approved(organisation, heard):
    request = approved(organisation)

    assert request.state == "approved"
    steps = Decision.objects.filter(request=request).order_by("step")
    assert [(d.step_name, d.meaning) for d in steps] == [
        ("Compliance", "compliance"),
        ("Finance", "budget"),
        ("Publish", "publication"),
    ]
    assert {d.subject_hash for d in steps} == {hash_of(FROZEN)}
    assert isinstance(heard[-1], RequestApproved)
    assert heard[-1].subject_id == request.subject_id


def test_a_returned_request_comes_back_as_its_next_version(organisation, heard):
    coordinator = member(organisation, "coordinator").actor()
    compliance = member(organisation, "compliance_officer")
    first = submitted(organisation, by=coordinator)
    sign(first, compliance, organisation, "return", reason="The venue is a resort.")

    again = submitted(
        organisation,
        by=coordinator,
        subject_id=first.subject_id,
        frozen=FROZEN | {"venue": "Hotel Sinhagad Court"},
    )

    assert heard[-1].reason == "The venue is a resort."
    assert (again.pk, again.number, again.version) == (first.pk, first.number, 2)
    assert again.state == "open"
    assert again.current_role == "compliance_officer"
    assert RequestVersion.objects.filter(request=again).count() == 2
    before = version_before(again, compliance.pk)
    changes = changes_between(before.frozen, again.frozen)
    assert [(c.path, c.was, c.now) for c in changes] == [
        (("venue",), "Hotel Raigad View", "Hotel Sinhagad Court")
    ]


def test_a_returned_request_must_change_before_it_comes_back(organisation):
    first = submitted(organisation)
    sign(first, member(organisation, "compliance_officer"), organisation, "return")

    with pytest.raises(Refused) as refused:
        submitted(organisation, subject_id=first.subject_id)

    assert refused.value.objection.code == NOTHING_CHANGED.code


def test_a_subject_asks_once_at_a_time(organisation):
    first = submitted(organisation)

    with pytest.raises(Refused) as refused:
        submitted(organisation, subject_id=first.subject_id)

    assert refused.value.objection.code == ALREADY_OPEN.code
    assert first.number in str(refused.value)


def test_a_refused_request_is_over_but_the_subject_may_ask_anew(organisation):
    first = submitted(organisation)
    sign(first, member(organisation, "compliance_officer"), organisation, "refuse")
    first.refresh_from_db()

    again = submitted(organisation, subject_id=first.subject_id)

    assert first.state == "refused"
    assert again.number != first.number


def test_nobody_approves_what_they_submitted(organisation):
    compliance = member(organisation, "compliance_officer")
    request = submitted(organisation, by=compliance.actor())

    with pytest.raises(Refused) as refused:
        sign(request, compliance, organisation)

    assert refused.value.objection == OWN_REQUEST
    assert not Decision.objects.exists()


def test_the_owner_of_a_subject_does_not_approve_it(organisation):
    compliance = member(organisation, "compliance_officer")
    request = submitted(organisation, involved=[compliance.pk])

    with pytest.raises(Refused) as refused:
        sign(request, compliance, organisation)

    assert refused.value.objection == OWN_REQUEST


def test_a_token_does_not_hide_who_submitted(organisation):
    compliance = member(organisation, "compliance_officer")
    token, _secret = make_personal_token(
        compliance,
        access(compliance, organisation),
        name="mine",
        permissions=[Permission.VIEW_APPROVALS],
        by=compliance.actor(),
    )
    request = submitted(organisation, by=Actor("token", token.pk, str(compliance)))

    with pytest.raises(Refused) as refused:
        sign(request, compliance, organisation)

    assert refused.value.objection == OWN_REQUEST


def test_one_person_with_two_roles_signs_one_step(organisation):
    both = member(organisation, "compliance_officer")
    add_member(both, Role.objects.get(code="finance_officer"), by=SYSTEM)
    request = submitted(organisation)
    sign(request, both, organisation)
    request.refresh_from_db()

    with pytest.raises(Refused) as refused:
        sign(request, both, organisation)

    assert refused.value.objection == DECIDED_BEFORE


def test_a_step_that_asks_for_a_second_factor_is_not_signed_without(organisation):
    request = submitted(organisation)

    with pytest.raises(Refused) as refused:
        sign(request, member(organisation, "compliance_officer"), organisation, factor="")

    assert refused.value.objection == NEEDS_FACTOR


def test_signing_waits_when_the_request_changed_while_it_was_read(organisation):
    compliance = member(organisation, "compliance_officer")
    request = submitted(organisation)
    as_seen = ApprovalRequest.objects.get(pk=request.pk)
    sign(request, compliance, organisation, "return")
    submitted(organisation, subject_id=request.subject_id, frozen=FROZEN | {"doctors": 14})

    with pytest.raises(Refused) as refused:
        sign(as_seen, compliance, organisation)

    assert refused.value.objection == CHANGED


def test_a_caller_that_reads_the_request_anew_signs_nothing_unseen(organisation):
    compliance = member(organisation, "compliance_officer")
    request = submitted(organisation)
    seen = request.frozen_hash
    revise_request(
        request.subject_type, request.subject_id, frozen=FROZEN | {"doctors": 14}, by=SYSTEM
    )
    request.refresh_from_db()

    with pytest.raises(Refused) as refused:
        sign(request, compliance, organisation, seen_hash=seen)

    assert refused.value.objection == CHANGED
    assert not Decision.objects.exists()


def test_a_step_that_somebody_else_just_signed_is_not_signed_again(organisation):
    request = submitted(organisation)
    as_seen = ApprovalRequest.objects.get(pk=request.pk)
    sign(request, member(organisation, "compliance_officer"), organisation)

    with pytest.raises(Refused) as refused:
        sign(as_seen, member(organisation, "compliance_officer"), organisation)

    assert refused.value.objection == CHANGED


def test_a_listener_above_can_hold_a_signature_back(organisation):
    def hold(_event):
        raise Refused(CHANGED)

    events._listeners[StepDecided].append(hold)
    request = submitted(organisation)
    try:
        with pytest.raises(Refused), transaction.atomic():
            sign(request, member(organisation, "compliance_officer"), organisation)
    finally:
        events._listeners[StepDecided].remove(hold)

    assert not Decision.objects.exists()


def test_signatures_only_grow(organisation):
    approved(organisation)

    for statement in (
        "UPDATE approvals_decision SET reason = 'x'",
        "DELETE FROM approvals_decision",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_refused_request_cannot_be_opened_by_raw_sql(organisation):
    request = submitted(organisation)
    sign(request, member(organisation, "compliance_officer"), organisation, "refuse")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE approvals_approvalrequest SET state = 'open' WHERE id = %s", [request.pk]
        )


def test_the_journal_holds_each_step_and_the_last_state_of_the_row(organisation):
    request = approved(organisation)

    actions = Entry.objects.filter(subject_id=request.pk).order_by("at", "pk")
    assert [e.action for e in actions] == ["approval.requested", *["approval.moved"] * 3]
    assert actions.last().row_hash == row_hash(ApprovalRequest.objects.get(pk=request.pk))
    assert Entry.objects.filter(action="approval.signed").count() == 3


def test_an_open_request_keeps_its_route_when_the_route_changes(organisation):
    request = submitted(organisation)
    set_route("meeting", name="Short", steps=DEFAULT_STEPS[:1], by=SYSTEM)
    later = submitted(organisation)

    request.refresh_from_db()
    assert len(request.steps) == 3
    assert len(later.steps) == 1
    assert Route.objects.current("meeting").name == "Short"


def test_every_organisation_starts_with_three_signatures_for_its_activities(organisation):
    steps = Route.objects.current("activity").steps

    assert [step["role"] for step in steps] == [
        "compliance_officer",
        "finance_officer",
        "publisher",
    ]


def test_a_request_is_withdrawn_with_a_reason(organisation):
    request = withdraw_request(submitted(organisation), reason="Cancelled.", by=SYSTEM)

    assert request.state == "withdrawn"
    with pytest.raises(Refused):
        withdraw_request(request, reason="Again.", by=SYSTEM)


def test_the_inbox_counts_what_waits_for_my_role_and_not_what_i_prepared(organisation):
    compliance = member(organisation, "compliance_officer")
    finance = member(organisation, "finance_officer")
    submitted(organisation)
    submitted(organisation, involved=[compliance.pk])

    assert waiting_for(access(compliance, organisation)) == 1
    assert waiting_for(access(finance, organisation)) == 0


def test_a_role_limited_to_one_activity_sees_its_requests_only(organisation):
    activity_id = uuid7()
    own = submitted(organisation, subject_id=activity_id)
    submitted(organisation)
    guest = member(organisation, "publisher", scope_kind="activity", scope_id=activity_id)

    seen = ApprovalRequest.objects.visible_to(access(guest, organisation))

    assert list(seen) == [own]


def test_a_risk_is_noted_without_touching_what_is_signed(organisation):
    request = submitted(organisation)

    rated = rate_request(request.pk, risk="2", note="2 rules", by=SYSTEM)

    assert rated.get_risk_display() == "Medium risk"
    assert rated.frozen_hash == request.frozen_hash


def mails_to(user):
    return Delivery.objects.filter(template_code="approvals.decided", to_address=user.email)


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("approve", "Signed: Acute stroke update"),
        ("return", "Returned for change: Acute stroke update"),
        ("refuse", "Refused: Acute stroke update"),
    ],
)
def test_whoever_asked_is_told_of_each_decision_with_its_reason(organisation, verdict, words):
    asked_by = member(organisation, "coordinator")
    request = submitted(organisation, by=asked_by.actor())

    sign(
        request,
        member(organisation, "compliance_officer"),
        organisation,
        verdict,
        reason="The venue is a resort.",
    )

    [mail] = mails_to(asked_by)
    assert words in mail.subject
    assert "The venue is a resort." in mail.text
    assert f"/approvals/{request.pk}/" in mail.text


def test_the_last_signature_tells_that_all_are_given(organisation):
    asked_by = member(organisation, "coordinator")

    approved(organisation, submitted(organisation, by=asked_by.actor()))

    subjects = [mail.subject.partition(":")[0] for mail in mails_to(asked_by).order_by("pk")]
    assert subjects == ["Signed", "Signed", "Approved"]


def test_the_product_itself_is_told_nothing(organisation):
    request = submitted(organisation, by=SYSTEM)

    sign(request, member(organisation, "compliance_officer"), organisation)

    assert not Delivery.objects.filter(template_code="approvals.decided").exists()
