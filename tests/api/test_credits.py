import uuid
from decimal import Decimal

import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.credits.actions.claims import claim_credit
from symposia.credits.models import Certificate, CreditEntry
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.credits import attended

WANTED = [
    Permission.VIEW_CREDITS,
    Permission.AWARD_CREDITS,
    Permission.PLAN_ACTIVITIES,
    Permission.VIEW_EVALUATIONS,
]


def headers_of(organisation, role="coordinator", permissions=WANTED):
    user = member(organisation, role)
    access = access_of(user, organisation, at=now())
    _made, secret = make_personal_token(
        user, access, name="Test", permissions=permissions, by=SYSTEM
    )
    return {"authorization": f"Bearer {secret}"}


@pytest.fixture
def token(organisation):
    return headers_of(organisation)


def get(client, path, headers):
    return client.get(f"/api/v1{path}", headers=headers)


def post(client, path, headers, body):
    return client.post(f"/api/v1{path}", body, content_type="application/json", headers=headers)


def certified():
    entry = claim_credit(attended(), Decimal("1.25"), attested=True, by=SYSTEM)
    return Certificate.objects.get(entry=entry)


def test_credit_is_offered_and_refused_as_on_the_page(client, organisation, token):
    activity = ActivityFactory(state="draft")
    SessionFactory(activity=activity)
    body = {"activity": str(activity.pk), "system": "ama_pra_1:2022-01-01"}

    made = post(client, "/credits/offers", token, body)
    again = post(client, "/credits/offers", token, body)

    assert (made.status_code, made.json()["maximum"]) == (201, "1.50")
    assert (again.status_code, again.json()["code"]) == (409, "offered")


def test_what_may_be_claimed_is_explained(client, organisation, token):
    registration = attended()

    said = get(client, f"/credits/explanations/{registration.pk}", token).json()

    assert said["sessions"] == [{"title": "Who benefits?", "creditable": 90, "counted": 82}]
    assert (said["kind"], said["allowed"], said["certificate"]) == ("credit", "1.25", None)


def test_the_ledger_and_the_register_are_listed(client, organisation, token):
    certificate = certified()

    ledger = get(client, "/credits", token).json()["items"]
    register = get(client, "/certificates", token).json()["items"]

    assert [e["amount"] for e in ledger] == ["1.25"]
    assert [c["number"] for c in register] == [certificate.number]


def test_a_certificate_is_revoked_with_a_reason(client, organisation, token):
    certificate = certified()
    path = f"/certificates/{certificate.pk}"

    silent = post(client, f"{path}/revocation", token, {"reason": " "})
    revoked = post(client, f"{path}/revocation", token, {"reason": "Was not there."})

    assert silent.status_code == 409
    assert revoked.json()["state"] == "revoked"
    assert CreditEntry.objects.all().total() == 0


def test_results_of_an_evaluation_hold_no_answers_of_few(client, organisation, token):
    registration = attended()

    said = get(client, f"/evaluations/{registration.activity_id}", token).json()

    assert (said["responses"], said["questions"]) == (1, [])


def test_a_token_without_the_permission_is_refused(client, organisation):
    headers = headers_of(organisation, permissions=[Permission.VIEW_EVALUATIONS])

    assert get(client, "/certificates", headers).status_code == 403
    assert get(client, f"/certificates/{uuid.uuid4()}", headers).status_code == 403
    assert get(client, f"/credits/explanations/{uuid.uuid4()}", headers).status_code == 403


def test_the_questions_of_an_evaluation_are_read_and_changed_until_the_activity_opens(
    client, organisation
):
    headers = headers_of(
        organisation, permissions=[Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS]
    )
    draft, opened = ActivityFactory(state="draft"), ActivityFactory(state="open")
    body = {"questions": [{"text": "When?", "kind": "choice", "choices": ["Soon", "Later"]}]}

    def put(activity, given):
        path = f"/api/v1/evaluations/{activity.pk}/questions"
        return client.put(path, given, content_type="application/json", headers=headers)

    assert get(client, f"/evaluations/{draft.pk}/questions", headers).json()["version"] == 0
    assert put(draft, body).json()["version"] == 1
    known = get(client, f"/evaluations/{draft.pk}/questions", headers).json()
    assert [each["text"] for each in known["questions"]] == ["When?"]
    assert put(opened, body).json()["code"] == "evaluation_is_out"
    bad = {"questions": [{"text": "When?", "kind": "choice", "choices": ["Soon"]}]}
    assert put(draft, bad).json()["code"] == "evaluation_too_few_choices"


def test_who_only_reads_evaluations_changes_no_question(client, organisation, token):
    path = f"/api/v1/evaluations/{ActivityFactory(state='draft').pk}/questions"

    answer = client.put(path, {"questions": []}, content_type="application/json", headers=token)

    assert answer.status_code == 403
