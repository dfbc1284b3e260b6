"""The store by xAPI: what is sent is kept once, found again, and never changed."""

import base64
import hashlib
import json
import uuid

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import DatabaseError

from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.statements.actions.keys import revoke_provider_key
from symposia.statements.lists import STATEMENTS
from symposia.statements.models import Mention, Scope, Statement, Voiding
from symposia.statements.tasks import prepare_months
from tests.factories.accounts import OrganisationFactory
from tests.statements.sent import AGENT, Sender, told

VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}


def reference(pk):
    return {"objectType": "StatementRef", "id": pk}


def test_a_statement_comes_back_with_what_the_store_adds(sender):
    sent = told(stored="2001-01-01T00:00:00Z")

    assert sender.post(sent).json() == [sent["id"]]
    answer = sender.send("get", f"statements?statementId={sent['id']}")

    kept = answer.json()
    assert kept["actor"] == AGENT
    assert kept["stored"] > "2026"
    assert kept["timestamp"] == kept["stored"]
    assert kept["authority"]["account"]["name"] == sender.key.username
    assert answer["X-Experience-API-Version"] == "2.0.0"
    assert answer["X-Experience-API-Consistent-Through"] >= kept["stored"]
    assert "Last-Modified" in answer


def test_the_same_again_changes_nothing_and_another_is_refused(sender):
    sent = told()
    sender.post(sent)

    again = sender.send("put", f"statements?statementId={sent['id']}", sent)
    other = sender.post(told(), sent | {"result": {"success": False}})

    assert again.status_code == 204
    assert other.status_code == 409
    assert sent["id"] in other.json()["error"]
    assert Statement.objects.count() == 1


def test_an_address_names_an_id_with_its_hyphens(sender):
    sent = told()
    plain = uuid.UUID(sent["id"]).hex

    answer = sender.send("put", f"statements?statementId={plain}", sent)

    assert answer.status_code == 400
    assert answer.json()["field"] == "statementId"


def test_nothing_of_a_request_is_kept_where_one_statement_is_wrong(sender):
    answer = sender.post(told(), told(verb={"id": "no"}))

    assert answer.status_code == 400
    assert answer.json()["field"] == "[1].verb.id"
    assert not Statement.objects.exists()


def test_a_voided_statement_is_found_only_as_that(sender):
    sent = told()
    sender.post(sent)
    voiding = told(verb=VOIDED, object=reference(sent["id"]))
    sender.post(voiding)

    assert sender.found() == [voiding["id"]]
    assert sender.send("get", f"statements?statementId={sent['id']}").status_code == 404
    found = sender.send("get", f"statements?voidedStatementId={sent['id']}")
    assert found.json()["id"] == sent["id"]
    assert Entry.objects.filter(action="statement.voided").count() == 1
    assert sender.post(told(verb=VOIDED, object=reference(voiding["id"]))).status_code == 400


def test_voiding_may_come_before_what_it_voids(sender):
    sent = told()
    sender.post(told(verb=VOIDED, object=reference(sent["id"])))
    sender.post(sent)

    assert sent["id"] not in sender.found()


@pytest.fixture
def three(sender):
    """Three statements: of Lena, taught by Omar, and of a group with Lena in it."""
    omar = {"mbox": "mailto:omar@example.org"}
    parent = {"contextActivities": {"parent": [{"id": "https://example.org/course"}]}}
    sent = [
        told(),
        told(actor=omar, context={"instructor": AGENT, **parent}, verb={"id": "a:tried"}),
        told(
            actor={"objectType": "Group", "member": [AGENT]},
            context={"registration": "4f2c1a52-7a53-4c1d-9a5e-6f0c1b1e7a10"},
            object={"id": "https://example.org/course"},
        ),
    ]
    sender.post(*sent)
    return [each["id"] for each in sent]


@pytest.mark.parametrize(
    ("params", "wanted"),
    [
        ({"agent": '{"mbox": "mailto:lena@example.org"}'}, [2, 0]),
        ({"agent": '{"mbox": "mailto:lena@example.org"}', "related_agents": "true"}, [2, 1, 0]),
        ({"activity": "https://example.org/course"}, [2]),
        ({"activity": "https://example.org/course", "related_activities": "true"}, [2, 1]),
        ({"verb": "a:tried"}, [1]),
        ({"registration": "4f2c1a52-7a53-4c1d-9a5e-6f0c1b1e7a10"}, [2]),
        ({"ascending": "true", "limit": "2"}, [0, 1]),
        ({"since": "2999-01-01T00:00:00Z"}, []),
        ({"until": "2999-01-01T00:00:00Z", "limit": "0"}, [2, 1, 0]),
    ],
)
def test_filters(sender, three, params, wanted):
    assert sender.found(**params) == [three[number] for number in wanted]


def test_a_statement_about_one_that_is_found_is_found_too(sender, three):
    about = told(object=reference(three[1]), verb={"id": "a:confirmed"})
    about_that = told(object=reference(about["id"]), verb={"id": "a:noted"})
    sender.post(about)
    sender.post(about_that)

    assert set(sender.found(verb="a:tried")) == {about_that["id"], about["id"], three[1]}


def test_pages_lead_on_until_there_is_no_more(sender, three):
    first = sender.send("get", "statements?limit=2").json()
    second = sender.client.get(first["more"], headers=sender.headers()).json()

    ids = [each["id"] for each in (*first["statements"], *second["statements"])]
    assert ids == three[::-1]
    assert second["more"] == ""


ASKED_WRONGLY = [
    "StatementId=x",
    "limit=-1",
    "format=other",
    "ascending=yes",
    "agent={}",
    "agent=1&agent=2",
    "since=yesterday",
    "cursor=x",
    "statementId=4f2c1a52-7a53-4c1d-9a5e-6f0c1b1e7a10&verb=a:b",
]
HOSTILE = [
    b"",
    b"{",
    b'{"a":1,"a":2}',
    b'{"a":1e999}',
    b'{"a":"\\u0000"}',
    b'"\\ud800"',
    b"[" * 50_000,
]


def test_what_is_asked_wrongly_is_refused(sender):
    answers = [sender.send("get", f"statements?{query}") for query in ASKED_WRONGLY]

    assert {each.status_code for each in answers} == {400}
    assert all("X-Experience-API-Consistent-Through" in each for each in answers[1:5])


def test_hostile_json_is_refused(sender):
    answers = [sender.send("post", "statements", body) for body in HOSTILE]

    assert {each.status_code for each in answers} == {400}


def multipart(statement, content, **head):
    named = {
        "Content-Type": "text/html",
        "Content-Transfer-Encoding": "binary",
        "X-Experience-API-Hash": hashlib.sha256(content).hexdigest(),
    } | head
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return (
        b"--gap\r\nContent-Type: application/json\r\n\r\n"
        + json.dumps(statement).encode()
        + f"\r\n--gap\r\n{lines}\r\n".encode()
        + content
        + b"\r\n--gap--\r\n"
    )


@pytest.fixture
def storage(settings, tmp_path):
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    where = {"OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": kept | where}


def test_attachments_come_back_under_their_hash_and_are_no_page(sender, storage):
    content = b"<script>alert(1)</script>\r\n--ga"
    sha2 = hashlib.sha256(content).hexdigest()
    attached = {
        "usageType": "a:b",
        "display": {"en": "x"},
        "contentType": "text/html",
        "length": len(content),
        "sha2": sha2,
    }
    sent, kind = told(attachments=[attached]), "multipart/mixed; boundary=gap"

    kept = sender.send("post", "statements", multipart(sent, content), content_type=kind)
    answer = sender.send("get", f"statements?statementId={sent['id']}&attachments=true")

    assert kept.status_code == 200
    assert content in answer.content
    assert sha2.encode() in answer.content
    assert answer["Content-Disposition"] == "attachment"
    assert answer["X-Content-Type-Options"] == "nosniff"
    forged = multipart(told(attachments=[attached]), b"other")
    assert sender.send("post", "statements", forged, content_type=kind).status_code == 400
    assert sender.post(told(attachments=[attached])).status_code == 400


def test_the_hash_of_an_attachment_is_no_key_to_what_somebody_else_sent(client, sender, storage):
    content = b"Minutes of the board"
    named = {
        "usageType": "a:b",
        "display": {"en": "x"},
        "contentType": "text/plain",
        "length": len(content),
        "sha2": hashlib.sha256(content).hexdigest(),
    }
    elsewhere = named | {"fileUrl": "https://example.org/minutes"}
    kind, asked = "multipart/mixed; boundary=gap", "statements?attachments=true"
    sent = multipart(told(attachments=[elsewhere]), content)
    owner, other = (Sender(client, Scope.WRITE, name=name) for name in ("Board", "Quiz"))
    owner.send("post", "statements", sent, content_type=kind)
    other.post(told(attachments=[elsewhere]))

    assert content in owner.send("get", asked).content
    assert content in sender.send("get", asked).content
    assert content not in other.send("get", asked).content
    # Who has it as well, and sends it, is given it.
    sent = multipart(told(attachments=[named]), content)
    assert other.send("post", "statements", sent, content_type=kind).status_code == 200
    assert content in other.send("get", asked).content


def signed(payload):
    """A signature without a certificate: it is looked at what it signs."""
    parts = [json.dumps({"alg": "RS256"}).encode(), json.dumps(payload).encode(), b"mark"]
    return b".".join(base64.urlsafe_b64encode(each).rstrip(b"=") for each in parts)


def test_a_signature_signs_the_statement_it_comes_with(sender, storage):
    plain, kind = told(), "multipart/mixed; boundary=gap"
    answers = []
    for payload in (plain, told(result={"success": True}), "no statement"):
        signature = signed(payload)
        attached = {
            "usageType": "http://adlnet.gov/expapi/attachments/signature",
            "display": {"en": "Signature"},
            "contentType": "application/octet-stream",
            "length": len(signature),
            "sha2": hashlib.sha256(signature).hexdigest(),
        }
        whole = plain | {"id": str(uuid.uuid4()), "attachments": [attached]}
        body = multipart(whole, signature)
        answers.append(sender.send("post", "statements", body, content_type=kind).status_code)

    assert answers == [200, 400, 400]


def test_a_narrow_key_reads_and_voids_only_its_own(client, sender):
    theirs = told()
    sender.post(theirs)
    narrow = Sender(client, Scope.WRITE, name="Quiz")
    mine = told()
    narrow.post(mine)

    assert narrow.found() == [mine["id"]]
    assert narrow.send("get", f"statements?statementId={theirs['id']}").status_code == 404
    assert narrow.post(told(verb=VOIDED, object=reference(theirs["id"]))).status_code == 403
    assert narrow.post(told(verb=VOIDED, object=reference(mine["id"]))).status_code == 200
    state = 'activities/state?activityId=a:b&stateId=x&agent={"mbox":"mailto:a@b.org"}'
    assert narrow.send("put", state, b"x", content_type="text/plain").status_code == 403
    reader = Sender(client, Scope.READ, name="Dashboard")
    assert reader.post(told()).status_code == 403
    assert reader.found()


def test_nobody_comes_in_without_a_key_that_is_good(client, sender):
    assert client.get("/xapi/about").status_code == 200
    nobody = client.get("/xapi/statements", headers={"X-Experience-API-Version": "2.0.0"})
    assert nobody.status_code == 401
    assert nobody["WWW-Authenticate"].startswith("Basic")
    assert sender.send("get", "statements", X_Experience_API_Version="3.0").status_code == 400

    revoke_provider_key(sender.key, by=SYSTEM)

    assert sender.send("get", "statements").status_code == 401


def test_the_store_of_another_organisation_is_another_one(client, sender):
    sent = told()
    sender.post(sent)
    with acting_in(OrganisationFactory().pk):
        theirs = Sender(client)
        assert theirs.post(sent | {"result": {"success": True}}).status_code == 200
        assert Statement.objects.get().sent_by_id == theirs.key.pk

    assert sender.found() == [sent["id"]]


@pytest.mark.parametrize("model", [Statement, Mention])
def test_each_month_is_behind_the_policies_of_the_whole_and_nobody_s_own(organisation, model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,"
            " (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid),"
            " has_table_privilege(c.oid, 'select, insert, update, delete')"
            " FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
            " WHERE i.inhparent = %s::regclass",
            [model._meta.db_table],
        )
        parts = cursor.fetchall()

    assert len(parts) >= 4
    policies = 2 if model.BEHIND else 1
    assert {part[1:] for part in parts} == {(True, policies, False)}


def test_a_month_is_made_when_it_is_missing_and_statements_never_change(sender):
    sender.post(told())
    with connection.cursor() as cursor:
        cursor.execute("SELECT symposia_month('statements_statement'::regclass, '2031-05-01')")
        cursor.execute("SELECT to_regclass('statements_statement_203105') IS NOT NULL")
        assert cursor.fetchone()[0]
    prepare_months()

    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.update(verb="a:other")
    with pytest.raises((DatabaseError, InternalError)), transaction.atomic():
        Statement.objects.all().delete()


def test_a_form_stands_for_a_request_in_the_earlier_version_alone(client, earlier, sender):
    form = f"agent={AGENT_JSON}&X-Experience-API-Version=1.0.3".encode()
    kind = "application/x-www-form-urlencoded"

    found = earlier.send("post", "statements?method=GET", form, content_type=kind)

    assert found.json() == {"statements": [], "more": ""}
    form = form.replace(b"1.0.3", b"2.0.0")
    assert sender.send("post", "statements?method=GET", form, content_type=kind).status_code == 400


AGENT_JSON = '{"mbox":"mailto:lena@example.org"}'


def test_one_statement_of_many_keeps_how_activities_are_described(sender):
    for name in ({"en": "Lesson"}, {"de": "Lektion"}):
        sender.post(told(object={"id": "a:lesson", "definition": {"name": name}}))

    known = sender.send("get", "activities?activityId=a:lesson").json()

    assert known["definition"] == {"name": {"en": "Lesson", "de": "Lektion"}}
    person = sender.send("get", f"agents?agent={AGENT_JSON}").json()
    assert person == {"objectType": "Person", "mbox": ["mailto:lena@example.org"]}


VERBS = [
    ("http://adlnet.gov/expapi/verbs/completed", "completed"),
    ("https://example.org/verbs/tried/", "tried"),
    ("https://example.org/verbs#read//", "read"),
    ("urn:verbs:seen", "seen"),
    ("https://example.org/verbs/done#", "done#"),
]


def test_a_verb_is_called_the_same_on_a_page_and_in_a_file(sender):
    sender.post(*(told(verb={"id": iri}) for iri, _word in VERBS))

    did = STATEMENTS.column("did")
    rows = Statement.objects.annotate(in_file=did.read).values_list("verb", "in_file")

    assert dict(rows) == dict(VERBS)
    assert {each.verb: each.did for each in Statement.objects.all()} == dict(VERBS)


def test_a_hundred_statements_cost_as_many_questions_as_one(sender, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        sender.post(*(told(id=str(uuid.uuid4())) for _ in range(100)))
    assert Statement.objects.count() == 100
    assert not Voiding.objects.exists()
