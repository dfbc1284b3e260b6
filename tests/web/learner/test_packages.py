"""A package on a phone: begun, framed, told; and what somebody else's package cannot tell."""

import json
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.signing import TimestampSigner
from django.urls import reverse
from django.utils.timezone import now

from symposia.learning.letters import LEARNING
from symposia.learning.models import PackageAttempt, PackageCommit, PackageFile
from symposia.learning.packages import package_of
from symposia.learning.scorm.tickets import AttemptTicket, LookTicket, signed
from symposia.registrations.actions.places import cancel_registration
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from symposia.shared.tenancy import acting_in
from symposia.web.learner.packages import ticket_of
from tests.factories.accounts import OrganisationFactory
from tests.factories.learning import course_with, scorm, text
from tests.factories.packages import good, zipped
from tests.factories.registrations import RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


class Learner:
    """Somebody with a place, a link and an attempt."""

    def __init__(self, client, organisation, lesson):
        self.client, self.lesson = client, lesson
        self.place = RegistrationFactory(activity=lesson.activity)
        self.token = make_link(LEARNING, self.place.pk, organisation.code)
        page = client.get(self.to("course"))
        self.post("course_confirmation", sha256=page.context["sha256"])

    def to(self, name, *args):
        return reverse(name, args=[self.token, *args])

    def post(self, name, *args, **values):
        sent = {"idempotency_key": str(uuid.uuid4())} | values
        return self.client.post(self.to(name, *args), sent, follow=True)

    def begin(self):
        self.post("package_attempts", self.lesson.pk)
        self.attempt = PackageAttempt.objects.get(registration=self.place, lesson=self.lesson)
        self.ticket = signed(ticket_of(self.attempt))
        return self

    def tell(self, body, ticket=None):
        if isinstance(body, dict):
            body = {"ticket": self.ticket if ticket is None else ticket} | body
            body = json.dumps(body)
        to = self.to("package_told", self.lesson.pk)
        return self.client.post(to, body, content_type="application/json")


def told(number=1, item="read", status="completed", **more):
    """What a frame sends of one commit."""
    commit = {
        "event_uuid": str(uuid.uuid4()),
        "number": number,
        "item": item,
        "cmi": {"core": {"lesson_status": status, "score": {"raw": "100"}}},
        "at": now().isoformat(),
    }
    return {"sent_at": now().isoformat(), "commits": [commit | more]}


@pytest.fixture
def lessons(organisation):
    _course, made = course_with(scorm(), scorm(title="Another"), text())
    return made


@pytest.fixture
def learner(client, organisation, lessons):
    return Learner(client, organisation, lessons[0])


@pytest.fixture
def studying(learner):
    return learner.begin()


@pytest.fixture
def content(client, settings):
    """Ask the content origin."""

    def ask(path, method="get", **more):
        settings.ROOT_URLCONF = "config.urls_content"
        answer = getattr(client, method)(path, **more)
        settings.ROOT_URLCONF = "config.urls"
        answer.text_sent = (
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        )
        return answer

    return ask


def launch_of(answer):
    words = answer.text_sent.decode().partition('type="application/json">')[2]
    return json.loads(words.partition("</script>")[0])


def test_a_package_is_begun_by_a_button_and_then_framed(learner):
    lesson = learner.to("lesson", learner.lesson.pk)
    page = learner.client.get(lesson).content.decode()
    assert "<iframe" not in page
    assert not PackageAttempt.objects.exists()

    page = learner.begin().client.get(lesson).content.decode()

    assert "<iframe" in page
    assert f"http://127.0.0.1:9000/p/{learner.ticket}/" in page or learner.ticket[:60] in page
    assert 'data-part="read"' in page
    assert "allow-top-navigation" not in page


def test_the_frame_begins_with_what_was_left(studying, content):
    studying.tell(
        told(status="incomplete", cmi={"suspend_data": "a=1", "core": {"lesson_location": "2"}})
    )

    answer = content(f"/p/{studying.ticket}/")

    launch = launch_of(answer)
    assert launch["item"] == "read"
    assert (launch["version"], launch["standard"]) == (1, "1.2")
    assert launch["cmi"]["suspend_data"] == "a=1"
    assert launch["cmi"]["core"]["lesson_location"] == "2"
    assert launch["cmi"]["core"]["entry"] == "resume"
    assert launch["cmi"]["core"]["student_id"] == studying.attempt.pk.hex
    assert launch_of(content(f"/p/{studying.ticket}/?item=ask"))["item"] == "ask"
    assert launch_of(content(f"/p/{studying.ticket}/?item=<script>"))["item"] == "read"


def test_nothing_of_it_may_leave_its_frame(studying, content):
    answer = content(f"/p/{studying.ticket}/c/read.html")

    policy = answer["Content-Security-Policy"]
    assert answer.status_code == 200
    assert "sandbox allow-scripts" in policy
    assert "top-navigation" not in policy
    assert "connect-src 'self'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer
    tag = answer["ETag"]
    again = content(f"/p/{studying.ticket}/c/read.html", headers={"if-none-match": tag})
    assert again.status_code == 304


def test_no_worker_outlives_its_attempt(studying, content):
    answer = content(f"/p/{studying.ticket}/c/course.js", headers={"service-worker": "script"})

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        *("../", "..", "../../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "..%2f..%2fetc/passwd"),
        *("/etc/passwd", "//etc/passwd", "READ.HTML", "read.html/", "read.html%00", "read.htm"),
        *("./read.html", "x/../read.html", "%5c..%5cread.html", "http://x/", "imsmanifest.xml%20"),
        *("read.html%3Fx", "read%2ehtml%2f..%2f..%2f", "~", "%"),
    ],
)
def test_no_path_leads_out_of_a_package(studying, content, path):
    assert content(f"/p/{studying.ticket}/c/{path}").status_code in {301, 404}


def test_a_film_comes_in_stretches_and_what_is_not_known_is_taken_home(
    client, organisation, content
):
    files = good(**{"film.mp4": b"0123456789", "thing.xyz": b"x", "evil.svg": b"<svg/>"})
    _course, (lesson,) = course_with(scorm(content=zipped(files)))
    learner = Learner(client, organisation, lesson).begin()

    part = content(f"/p/{learner.ticket}/c/film.mp4", headers={"range": "bytes=2-4"})
    assert (part.status_code, part.text_sent) == (206, b"234")
    assert content(f"/p/{learner.ticket}/c/thing.xyz")["Content-Disposition"].startswith("attach")
    assert "sandbox" in content(f"/p/{learner.ticket}/c/evil.svg")["Content-Security-Policy"]


def test_a_place_that_was_given_up_opens_nothing(studying, content):
    cancel_registration(studying.place, reason="", by=SYSTEM)

    assert content(f"/p/{studying.ticket}/").status_code == 404
    assert content(f"/p/{studying.ticket}/c/read.html").status_code == 404
    assert studying.tell(told()).status_code == 404


def test_what_is_told_is_kept_and_answered(studying):
    answer = studying.tell(told()).json()

    assert [each["done"] for each in answer["answers"]] == [True]
    assert answer["items"] == {"read": "completed"}
    assert (answer["version"], answer["completion"]) == (1, "open")


def test_what_a_page_that_is_left_tells_counts_once(studying, content):
    body = told()

    answer = content(
        f"/p/{studying.ticket}/commits",
        "post",
        data=json.dumps(body),
        content_type="application/json",
    )

    assert answer.status_code == 200
    assert studying.tell(body).json()["answers"][0]["done"]
    assert PackageCommit.objects.count() == 1


def test_a_page_asks_whether_the_sitting_before_it_has_said_its_last_word(studying):
    first = told(status="incomplete")
    studying.tell(first)
    nothing = {"sent_at": now().isoformat(), "commits": []}
    before = studying.tell(nothing).json()
    after = first["commits"][0]["event_uuid"]
    studying.tell(told(number=2, status="incomplete", after=after, is_end=True))

    then = studying.tell(nothing).json()

    assert (before["answers"], before["version"], before["is_left"]) == ([], 1, False)
    assert (then["version"], then["is_left"]) == (2, True)
    assert PackageCommit.objects.count() == 2


def test_the_raw_archive_is_nobodys_to_take_home(studying):
    assert studying.client.get(studying.to("lesson_file", studying.lesson.pk)).status_code == 404


def test_what_a_package_says_is_shown_as_words(studying, content):
    evil = "</script><script>alert(1)</script>"
    studying.tell(told(status="incomplete", cmi={"suspend_data": evil, "core": {}}))

    answer = content(f"/p/{studying.ticket}/")

    assert evil not in answer.text_sent.decode()
    assert launch_of(answer)["cmi"]["suspend_data"] == evil


BODIES = [
    *(b"", b"no", b"[]", b"{}", b"null", b'{"commits": []}', b"\xff\xfe", b"[" * 5000),
    *(b'{"sent_at": "2026-01-01T00:00:00Z"}',),
]
WRONG = [
    {"number": 0},
    {"number": -1},
    {"number": 10**9},
    {"number": "one"},
    {"item": ""},
    {"item": "x" * 201},
    {"event_uuid": "1"},
    {"at": "yesterday"},
    {"at": "0001-01-01T00:00:00Z"},
    {"cmi": "text"},
    {"cmi": []},
    {"cmi": {"a": "\x00"}},
    {"cmi": {"a\x00": 1}},
    {"cmi": {"a": "\ud800"}},
    {"cmi": {"a": float("nan")}},
    {"cmi": {"a": float("inf")}},
    {"cmi": {"a": "x" * 400_001}},
    {"cmi": json.loads('{"a":' * 40 + "1" + "}" * 40)},
]


@pytest.mark.parametrize("body", BODIES)
def test_what_cannot_be_read_is_refused(studying, body):
    assert studying.tell(body).status_code == 422


@pytest.mark.parametrize("more", WRONG)
def test_what_cannot_be_kept_is_refused(studying, more):
    assert studying.tell(told(**more)).status_code == 422
    assert not PackageCommit.objects.exists()


def test_too_much_at_once_is_refused(studying):
    body = told()
    body["commits"] *= 21

    assert studying.tell(body).status_code == 422


@pytest.fixture
def world(client, organisation, lessons):
    """Me at two lessons, somebody else at the first, and somebody of another organisation."""
    mine = Learner(client, organisation, lessons[0]).begin()
    theirs = Learner(client, organisation, lessons[0]).begin()
    theirs.tell(told())
    other = OrganisationFactory()
    with acting_in(other.pk):
        _course, (foreign,) = course_with(scorm())
        abroad = Learner(client, other, foreign).begin()
    return mine, theirs, abroad


def _tickets(mine, theirs, abroad):
    """What a hostile package could try to be let in with, beside its own ticket."""
    me, they = ticket_of(mine.attempt), ticket_of(theirs.attempt)
    package = package_of(mine.lesson)
    body, stamp, signature = mine.ticket.split(":")
    ids = [each.hex for each in vars(me).values()]
    salts = ("symposia.lesson", "symposia.content", "symposia.archive", "symposia.package.look", "")
    yield "nothing", ""
    yield "words", "x"
    yield "another learner", theirs.ticket
    yield "another organisation", abroad.ticket
    yield (
        "my place, their attempt",
        signed(AttemptTicket(*list(vars(me).values())[:3], they.attempt_id)),
    )
    yield (
        "their place, my attempt",
        signed(AttemptTicket(*list(vars(they).values())[:3], me.attempt_id)),
    )
    yield (
        "another lesson",
        signed(AttemptTicket(me.organisation_id, me.registration_id, uuid.uuid4(), me.attempt_id)),
    )
    yield "no such attempt", signed(AttemptTicket(*list(vars(me).values())[:3], uuid.uuid4()))
    yield (
        "of an organisation that is none",
        signed(AttemptTicket(uuid.uuid4(), me.registration_id, me.lesson_id, me.attempt_id)),
    )
    yield (
        "abroad with my attempt",
        signed(
            AttemptTicket(
                abroad.place.organisation_id, me.registration_id, me.lesson_id, me.attempt_id
            )
        ),
    )
    yield "only to look", signed(LookTicket(me.organisation_id, uuid.uuid4(), package.pk))
    yield "without a signature", body
    yield "without a stamp", f"{body}:{signature}"
    yield "a cut signature", mine.ticket[:-1]
    yield "a longer signature", f"{mine.ticket}x"
    yield "another signature", f"{body}:{stamp}:{'A' * len(signature)}"
    yield "their body, my signature", f"{theirs.ticket.split(':')[0]}:{stamp}:{signature}"
    yield "a newer stamp", f"{body}:zzzzzz:{signature}"
    yield "five ids", TimestampSigner(salt="symposia.package").sign(".".join([*ids, ids[0]]))
    yield "three ids", TimestampSigner(salt="symposia.package").sign(".".join(ids[:3]))
    yield "no ids", TimestampSigner(salt="symposia.package").sign("a.b.c.d")
    yield "another key", TimestampSigner(key="x", salt="symposia.package").sign(".".join(ids))
    for salt in salts:
        yield f"for {salt or 'nothing'}", TimestampSigner(salt=salt or "x").sign(".".join(ids))
    yield "a null", f"{mine.ticket}\x00"
    yield "twice", f"{mine.ticket}{mine.ticket}"


def test_no_package_scores_for_another_learner_or_lesson(world, content):
    mine, theirs, abroad = world
    before = list(PackageCommit.objects.values_list("attempt_id", "number"))
    tried = 0
    for label, ticket in _tickets(*world):
        body = told(number=2)
        by_page = mine.tell(body, ticket=ticket)
        assert by_page.status_code in {404, 422}, label
        if label not in {"another learner", "another organisation"}:
            path = reverse("package_commits", args=[ticket or "-"], urlconf="config.urls_content")
            sent = {"data": json.dumps(body), "content_type": "application/json"}
            assert content(path, "post", **sent).status_code == 404, label
            assert content(path.removesuffix("commits")).status_code == 404, label
            assert content(path.removesuffix("commits") + "c/read.html").status_code == 404, label
        tried += 1
    assert tried >= 25
    assert list(PackageCommit.objects.values_list("attempt_id", "number")) == before
    assert abroad.attempt.pk != theirs.attempt.pk


def test_a_ticket_tells_only_of_the_attempt_it_names(world, content):
    """Whatever the document claims to be: it is written down for the attempt of the ticket."""
    mine, theirs, _abroad = world
    claims = {
        "core": {"student_id": theirs.attempt.pk.hex, "lesson_status": "failed"},
        "learner_id": theirs.attempt.pk.hex,
        "attempt": theirs.attempt.pk.hex,
        "registration_id": str(theirs.place.pk),
    }
    body = told(cmi=claims) | {
        "attempt": theirs.attempt.pk.hex,
        "registration": str(theirs.place.pk),
    }

    assert mine.tell(body).status_code == 200

    assert PackageCommit.objects.filter(attempt=mine.attempt).count() == 1
    assert PackageAttempt.objects.get(pk=theirs.attempt.pk).version == 1


def test_a_ticket_ends(studying, content):
    with time_machine.travel(now() + timedelta(hours=13)):
        assert content(f"/p/{studying.ticket}/").status_code == 404
        answer = content(f"/p/{studying.ticket}/commits", "post", data="{}", content_type="a/b")
        assert answer.status_code == 404


def test_the_runtime_is_there_for_both_standards(studying, content):
    page = content(f"/p/{studying.ticket}/").text_sent.decode()
    path = page.partition('src="')[2].partition('"')[0]

    answer = content(path, headers={"accept-encoding": "gzip"})

    assert answer["Content-Encoding"] == "gzip"
    assert "immutable" in answer["Cache-Control"]
    assert content(path).text_sent.startswith(b"var") or b"LMSInitialize" in content(path).text_sent
    assert content(path.replace("scorm12", "shell")).status_code == 404
    assert content("/r/0123456789abcdef/scorm12.js").status_code == 404
    assert PackageFile.objects.exists()
