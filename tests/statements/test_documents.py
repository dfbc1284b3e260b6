"""States and profiles: kept under a name, changed only by whoever knows which one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from symposia.audit.models import Entry
from symposia.statements.models import Document

AGENT = '{"mbox":"mailto:lena@example.org"}'
STATE = f"activities/state?activityId=a:b&agent={AGENT}"
PROFILES = ["activities/profile?activityId=a:b", f"agents/profile?agent={AGENT}"]


def test_a_state_is_kept_merged_listed_and_removed(sender):
    where = f"{STATE}&stateId=bookmark"

    assert sender.send("put", where, {"page": 1, "seen": [1]}).status_code == 204
    assert sender.send("post", where, {"page": 2}).status_code == 204

    kept = sender.send("get", where)
    assert kept.json() == {"page": 2, "seen": [1]}
    assert kept["ETag"].startswith('"')
    assert sender.send("get", STATE).json() == ["bookmark"]
    assert sender.send("get", f"{STATE}&since=2999-01-01T00:00:00Z").json() == []
    assert sender.send("post", where, b"x", content_type="text/plain").status_code == 400
    assert sender.send("delete", STATE).status_code == 204
    assert sender.send("get", where).status_code == 404


def test_a_registration_has_states_of_its_own(sender):
    mine = f"{STATE}&registration=4f2c1a52-7a53-4c1d-9a5e-6f0c1b1e7a10"
    sender.send("put", f"{STATE}&stateId=x", {"a": 1})
    sender.send("put", f"{mine}&stateId=x", {"a": 2})

    assert sender.send("get", f"{mine}&stateId=x").json() == {"a": 2}
    assert sender.send("delete", mine).status_code == 204
    assert sender.send("get", f"{STATE}&stateId=x").json() == {"a": 1}


def test_all_states_at_once_are_held_first_and_each_has_its_line_of_the_journal(sender):
    questions = []
    for names in (("a",), ("b", "c", "d")):
        for name in names:
            sender.send("put", f"{STATE}&stateId={name}", {"page": name})
        with CaptureQueriesContext(connection) as asked:
            assert sender.send("delete", STATE).status_code == 204
        questions.append([each["sql"] for each in asked])

    assert len(questions[0]) == len(questions[1])
    assert any("statements_document" in each and "FOR UPDATE" in each for each in questions[1])
    assert not Document.objects.exists()
    told = Entry.objects.filter(action="document.removed").values_list("details", flat=True)
    assert sorted(each["name"] for each in told) == ["a", "b", "c", "d"]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_is_replaced_by_whoever_names_it(sender, profile):
    where = f"{profile}&profileId=x"
    assert sender.send("put", where, {"a": 1}, If_None_Match="*").status_code == 204
    tag = sender.send("get", where)["ETag"]

    assert sender.send("put", where, {"a": 2}).status_code == 409
    assert sender.send("put", where, {"a": 2}, If_Match='"other"').status_code == 412
    assert sender.send("put", where, {"a": 2}, If_None_Match="*").status_code == 412
    assert sender.send("put", where, {"a": 2}, If_Match=tag).status_code == 204
    assert sender.send("get", where).json() == {"a": 2}
    assert sender.send("delete", where, If_Match=tag).status_code == 412
    assert sender.send("delete", where).status_code == 204


def test_somebody_s_bytes_are_never_a_page(sender):
    where = f"{STATE}&stateId=x"
    sender.send("put", where, b"<script>", content_type="text/html")

    kept = sender.send("get", where)

    assert kept.content == b"<script>"
    assert kept["Content-Disposition"] == "attachment"
