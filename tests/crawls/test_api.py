"""The API under whatever a program may send: never a fault of ours, always as it is described."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from pydantic import TypeAdapter
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from symposia.activities.models import Activity, Application, Series
from symposia.api.fields import WallTime
from symposia.api.root import api
from symposia.approvals.models import ApprovalRequest
from symposia.assessment.models import LibraryForm
from symposia.credits.models import (
    Certificate,
    CreditAppeal,
    ExternalCredit,
    Licence,
    TranscriptShare,
)
from symposia.curriculum.models import (
    AgendaItem,
    Curriculum,
    Gap,
    Guideline,
    Meeting,
    NewsItem,
    Objective,
    OfficePolicy,
    Plan,
    Survey,
)
from symposia.directory.models import Clinician, StaffGroup
from symposia.finance.models import (
    BankDetails,
    Bill,
    BooksPeriod,
    BudgetLine,
    BudgetNode,
    BudgetTransfer,
    CardLine,
    Expense,
    OpeningCommitment,
    Overrun,
    Payee,
    Payment,
    PaymentBatch,
    Posting,
    PurchaseOrder,
)
from symposia.learning.models import Contribution, Discussion, Practice
from symposia.notifications.models import Delivery
from symposia.outreach.models import Invitation
from symposia.registrations.models import Registration
from symposia.reporting.models import Binder
from symposia.shared.tenancy import acting_in
from symposia.web.routes import routes

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# What an address of the API names, by the word before it, so that half of the calls find something.
NAMED = {
    "activities": Activity,
    "applications": Application,
    "approvals": ApprovalRequest,
    "certificates": Certificate,
    "clinicians": Clinician,
    "credit-appeals": CreditAppeal,
    "contributions": Contribution,
    "curricula": Curriculum,
    "discussions": Discussion,
    "evaluation-forms": LibraryForm,
    "evaluations": Activity,
    "explanations": Registration,
    "external-credits": ExternalCredit,
    "gaps": Gap,
    "groups": StaffGroup,
    "my-groups": StaffGroup,
    "guidelines": Guideline,
    "invitations": Invitation,
    "licences": Licence,
    "meetings": Meeting,
    "messages": Delivery,
    "bills": Bill,
    "binders": Binder,
    "books-periods": BooksPeriod,
    "budget-nodes": BudgetNode,
    "budget-transfers": BudgetTransfer,
    "opening-commitments": OpeningCommitment,
    "budgets": Activity,
    "expenses": Expense,
    "orders": PurchaseOrder,
    "overruns": Overrun,
    "payees": Payee,
    "bank-details": BankDetails,
    "card-lines": CardLine,
    "payment-batches": PaymentBatch,
    "payments": Payment,
    "news": NewsItem,
    "objectives": Objective,
    "outcomes": Activity,
    "plans": Plan,
    "points": AgendaItem,
    "policies": OfficePolicy,
    "postings": Posting,
    "practices": Practice,
    "registrations": Registration,
    "series": Series,
    "shares": TranscriptShare,
    "surveys": Survey,
    "transcripts": Clinician,
}
# The same for what a body names.
NAMED_WITHIN = {
    "activity": Activity,
    "clinician": Clinician,
    "clinicians": Clinician,
    "line": BudgetLine,
    "objectives": Objective,
}


def operations_of(description):
    """Each operation that is described, by method and path."""
    schema = schemathesis.openapi.from_dict(description)
    schema.app = get_wsgi_application()
    found = [result.ok() for result in schema.get_all_operations()]
    return {f"{one.method.upper()} {one.path}": one for one in found}


OPERATIONS = operations_of(api.get_openapi_schema())
TODAY, NIGHTS = datetime.now(UTC).toordinal(), 7


@pytest.fixture(scope="module")
def program(world):
    """The header of a token that may do everything, and an id of each kind of record."""
    kinds = NAMED | NAMED_WITHIN
    with acting_in(world.near.pk):
        ids = {name: str(model.objects.order_by("pk").first().pk) for name, model in kinds.items()}
    for moment in (request_started, request_finished):  # a call stays in the test's transaction
        moment.disconnect(close_old_connections)
    yield {"Authorization": f"Bearer {world.token()}"}, ids
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


def name_something(case, ids):
    """Put ids that exist where the call names records."""
    for kind, name in re.findall(r"([\w-]+)/{(\w+)}", case.operation.path):
        if kind in NAMED and name.endswith(("pk", "_id")):
            case.path_parameters[name] = ids[kind]
    if isinstance(case.body, dict):
        for name in set(case.body) & set(NAMED_WITHIN):
            many = isinstance(case.body[name], list)
            case.body[name] = [ids[name]] if many else ids[name]


def send(operation, program, examples):
    """Call an operation with generated content; how often it answered what.

    Whatever a call writes is taken back, so that each finds the same world.
    """
    headers, ids = program
    statuses = Counter()

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @seed(examples)
    @given(case=operation.as_strategy())
    def call(case):
        if sum(statuses.values()) % 2 == 0:
            name_something(case, ids)
        with transaction.atomic():
            response = case.call(headers=headers)
            transaction.set_rollback(True)
        statuses[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    call()
    return statuses


@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_an_operation_answers_as_it_is_described(program, label):
    assert sum(send(OPERATIONS[label], program, 4).values()) >= 2


@pytest.mark.nightly
@pytest.mark.parametrize("label", sorted(OPERATIONS)[TODAY % NIGHTS :: NIGHTS])
def test_an_operation_answers_as_it_is_described_whatever_is_sent(program, label):
    """Fifty operations or more a night, all of them in a week."""
    assert sum(send(OPERATIONS[label], program, 200).values()) >= 2


def test_every_day_of_a_year_is_a_day_on_the_wall():
    pattern = TypeAdapter(WallTime).json_schema()["pattern"]
    days = [date(2028, 1, 1) + timedelta(days=n) for n in range(366)]

    assert [day for day in days if not re.match(pattern, f"{day}T09:30:00")] == []
    assert not re.match(pattern, "2028-01-32T09:30:00")


def test_every_operation_is_known():
    answered = {route.path for route in routes() if " api/v1/" in route.path}

    assert len(OPERATIONS) == len(answered)


def test_no_two_answers_share_a_name():
    """Of two schemas with one name only the later would be described."""
    names = Counter(
        name
        for path in Path("symposia/api").glob("*.py")
        for name in re.findall(r"^class (\w+)\(\w*Schema\)", path.read_text(), re.MULTILINE)
    )

    assert [name for name, number in names.items() if number > 1] == []
    assert names


def test_an_answer_that_is_not_as_described_is_found(program):
    """The negative control: a route that answers more than its description allows."""
    description = api.get_openapi_schema()
    shape = description["components"]["schemas"]["PackOut"]
    shape |= {"properties": {"title": {"type": "integer"}}, "additionalProperties": False}

    with pytest.raises(FailureGroup):
        send(operations_of(description)["GET /api/v1/rules/packs"], program, 2)
