"""What people of an agency see: their own activity, on every page, file and endpoint."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from symposia.accounts.actions import make_personal_token
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.activities.actions.content_reviews import (
    ReviewFacts,
    Upload,
    comment_on_slide,
    expect_content,
    hand_in_content,
    review_content,
)
from symposia.activities.actions.disclosures import DisclosureFacts, give_disclosure
from symposia.activities.actions.duties import add_milestone
from symposia.activities.actions.externals import ExternalFacts, add_external
from symposia.activities.actions.sessions import SessionFacts, add_session, assign_faculty
from symposia.activities.actions.team import (
    add_team_member,
    enter_contributor,
    enter_own_contributor,
)
from symposia.activities.models import Arrangement, ContentItem, ContentVersion, Origin, Session
from symposia.activities.standards.reading import review_questions
from symposia.finance.models import Bill
from symposia.shared.actors import SYSTEM
from symposia.web.routes import routes
from symposia.work.files import may_fetch
from tests.activities.slides import pdf
from tests.factories.accounts import UserFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.finance import handed_in

HELD = {Permission.VIEW_ACTIVITIES, Permission.VIEW_BILLS, Permission.HAND_IN_BILLS}
CANARY = "Zq7kanarie"
OWN = "Ownfinch"
HOLE = re.compile(r"<(\w+):(\w+)>")


def told(title):
    """An activity with something of everything that a page about it may show."""
    activity = ActivityFactory(
        title=f"{title} evening", summary=f"{title} need", venue_name=f"{title} hall"
    )
    facts = SessionFacts(f"{title} session", datetime.fromisoformat("2027-03-11T18:30"), 30, 30)
    session = add_session(activity, facts, by=SYSTEM)
    assign_faculty(session, name=f"Dr {title}", by=SYSTEM)
    person = enter_contributor(name=f"Planner {title}", by=SYSTEM)
    add_team_member(activity, person, role="planner", by=SYSTEM)
    add_milestone(activity, title=f"{title} milestone", days=-3, by=SYSTEM)
    add_external(activity, ExternalFacts(f"{title} person", f"{title} task"), by=SYSTEM)
    Arrangement.objects.create(
        activity=activity, kind="catering", title=f"{title} dinner", currency="USD"
    )
    slides = expect_content(activity, person, f"{title} slides", by=SYSTEM)
    hand_in_content(slides, Upload(f"{title}.pdf", pdf()), by=SYSTEM)
    handed_in(activity, supplier=f"{title} hotel", what_for=f"{title} rooms")
    activity.refresh_from_db()
    return activity


@pytest.fixture
def mine(organisation):
    return told(OWN)


@pytest.fixture
def theirs(mine):
    """Another activity, planned like their own."""
    other = told(CANARY)
    Origin.objects.create(activity=other, source=mine, kind="clone")
    return other


@pytest.fixture
def agent(organisation, mine):
    return member(organisation, "agency", scope_kind="activity", scope_id=mine.pk)


def ids_of(activity):
    """Everything of an activity that an address may name."""
    rows = [activity, *Session.objects.filter(activity=activity), *activity.team.all()]
    rows += [*activity.milestones.all(), *Arrangement.objects.filter(activity=activity)]
    rows += [
        *ContentItem.objects.filter(activity=activity),
        *Bill.objects.filter(activity=activity),
    ]
    return [str(row.pk) for row in rows]


def opens(route):
    """Whether the gate alone would let an agency in; the others are shut for the role."""
    is_theirs = not route.permissions or route.permissions <= HELD
    return is_theirs and not route.is_open


def addresses(activity):
    """Every address that is not shut, its holes filled with whatever of the activity there is."""
    for route in filter(opens, routes()):
        path = route.path.removeprefix("GET ").replace("^", "").replace("$", "")
        if " " in path or "(" in path:
            continue
        kinds = {kind for kind, _name in HOLE.findall(path)}
        if kinds - {"uuid"}:
            continue
        for pk in ids_of(activity) if kinds else [""]:
            yield route, "/" + HOLE.sub(pk, path)


def text_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


def looked_at(client, activity, **headers):
    seen = {}
    for route, path in addresses(activity):
        if path.startswith(("/api/", "/account/logout")) and not headers:
            continue
        answer = client.get(path, headers=headers)
        if answer.status_code == 200:
            seen[path] = (route.name, text_of(answer))
    return seen


def test_nothing_of_another_activity_is_on_any_page_or_file(client, agent, mine, theirs):
    client.force_login(agent)

    seen = looked_at(client, theirs)

    assert [path for path, (_name, text) in seen.items() if CANARY in text] == []
    assert [path for path, (_name, text) in seen.items() if theirs.number in text] == []


def test_their_own_activity_is_there_with_agenda_and_logistics(client, agent, mine):
    client.force_login(agent)
    own = {name for name, text in looked_at(client, mine).values() if OWN in text}

    assert {"activity", "activity_agenda", "activity_logistics", "activities"} <= own
    assert {"activity_slides", "slides", "activity_bills", "bill_new"} <= own
    assert {"activity_content", "content_items", "content_item", "contributors"}.isdisjoint(own)
    closed = {"activity_people", "activity_money", "activity_externals", "activity_agreements"}
    assert not closed & own


@pytest.mark.parametrize(
    "name",
    [
        *("activity_agenda", "activity_logistics", "activity_tasks"),
        *("activity_slides", "activity_bills", "bill_new"),
    ],
)
def test_the_same_pages_of_another_activity_do_not_exist(client, agent, theirs, name):
    client.force_login(agent)

    assert client.get(reverse(name, args=[theirs.pk])).status_code == 404


def test_search_and_filters_find_nothing_else(client, agent, mine, theirs):
    client.force_login(agent)

    for path in ("search", "activities", "calendar"):
        answer = client.get(reverse(path), {"q": CANARY})
        shown = text_of(answer).replace(f'value="{CANARY}"', "")
        assert f"{CANARY} " not in shown, path


def test_the_endpoints_say_no_more_than_the_pages(agent, organisation, mine, theirs):
    access = access_of(agent, organisation, at=agent.created_at)
    _row, token = make_personal_token(
        agent, access, name="Tool", permissions=sorted(HELD), by=SYSTEM
    )

    seen = looked_at(Client(), theirs, authorization=f"Bearer {token}")

    assert any(path.startswith("/api/") for path in seen)
    assert [path for path, (_name, text) in seen.items() if CANARY in text] == []


def test_the_crawl_finds_what_a_colleague_sees(client, organisation, theirs):
    client.force_login(member(organisation, "coordinator"))

    assert len([1 for _name, text in looked_at(client, theirs).values() if CANARY in text]) > 10


def judged(activity):
    """Slides that were released, others that were sent back, with what the reviewer said."""
    user = UserFactory()
    own = enter_own_contributor(user, by=SYSTEM)
    give_disclosure(own, DisclosureFacts(nothing=True, attested=True), by=SYSTEM)
    add_team_member(activity, own, role="reviewer", by=SYSTEM)
    yes = {question.code: "yes" for question in review_questions()}
    author = enter_contributor(name="Dr Speaker", by=SYSTEM)
    for title, verdict, note in (("Fine", "accepted", ""), ("Weak", "changes", "Secretnote")):
        item = expect_content(activity, author, f"{title} slides", by=SYSTEM)
        version = hand_in_content(item, Upload(f"{title}.pdf", pdf(7)), by=SYSTEM)
        comment_on_slide(version, slide=1, text="Secretcomment", by=user.actor())
        said = yes if verdict == "accepted" else yes | {review_questions()[0].code: "no"}
        review_content(version, ReviewFacts(verdict, said, note), by=user.actor())


def test_they_see_how_far_slides_are_and_fetch_what_is_released(client, agent, organisation, mine):
    judged(mine)
    client.force_login(agent)
    access = access_of(agent, organisation, at=agent.created_at)

    pages = [
        client.get(reverse("activity_slides", args=[mine.pk])).text,
        client.get(reverse("slides")).text,
    ]

    fetched = {
        version.file.name: may_fetch(access, version.file, at=agent.created_at)
        for version in ContentVersion.objects.all()
    }
    assert fetched == {"Fine.pdf": True, "Weak.pdf": False, f"{OWN}.pdf": False}
    for page in pages:
        assert all(words in page for words in ("Fine.pdf", "Released", "Changes needed"))
        assert not any(words in page for words in ("Weak.pdf", f"{OWN}.pdf", "Secret"))


def test_a_newer_version_takes_the_released_one_away(client, agent, mine):
    judged(mine)
    item = ContentItem.objects.get(title="Fine slides")
    hand_in_content(item, Upload("Newer.pdf", pdf(9)), by=SYSTEM)
    client.force_login(agent)

    page = client.get(reverse("activity_slides", args=[mine.pk])).text

    assert "Fine slides" in page
    assert not any(words in page for words in ("Fine.pdf", "Newer.pdf"))


def test_programs_of_theirs_get_released_slides_alone(client, agent, organisation, mine):
    judged(mine)
    access = access_of(agent, organisation, at=agent.created_at)
    _row, token = make_personal_token(
        agent, access, name="Tool", permissions=sorted(HELD), by=SYSTEM
    )
    headers = {"authorization": f"Bearer {token}"}

    listed = client.get("/api/v1/slides", headers=headers).json()["items"]
    answers = {
        each["title"]: client.get(f"/api/v1/slides/{each['id']}/file", headers=headers)
        for each in listed
    }

    found = {title: answer.status_code for title, answer in answers.items()}
    assert found == {"Fine slides": 200, "Weak slides": 404, f"{OWN} slides": 404}
    assert answers["Fine slides"].json()["name"] == "Fine.pdf"
    assert client.get("/api/v1/content-items", headers=headers).status_code == 403


def test_of_bills_they_see_those_they_handed_in(client, agent, mine):
    handed_in(mine, supplier="Ownbill", by=agent.actor())
    client.force_login(agent)

    own = looked_at(client, mine)

    assert [path for path, (_name, text) in own.items() if f"{OWN} hotel" in text] == []
    assert {"activity_bills", "bills", "bill"} <= {
        name for name, text in own.values() if "Ownbill" in text
    }


def test_a_brand_is_shown_no_slides_of_an_independent_activity(client, organisation):
    activity = ActivityFactory(mode="independent")
    judged(activity)
    user = member(organisation, "brand_manager")
    access = access_of(user, organisation, at=user.created_at)
    client.force_login(user)

    page = client.get(reverse("activity_slides", args=[activity.pk]))

    assert page.status_code == 403
    assert "is not shown" in page.text or "are not shown" in page.text
    assert "Fine" not in client.get(reverse("slides")).text
    file = ContentVersion.objects.get(item__title="Fine slides").file
    assert not may_fetch(access, file, at=user.created_at)


def test_whoever_works_on_content_has_that_tab_instead_of_slides(client, organisation, mine):
    client.force_login(member(organisation, "coordinator"))

    page = client.get(reverse("activity", args=[mine.pk])).text

    assert reverse("activity_content", args=[mine.pk]) in page
    assert reverse("activity_slides", args=[mine.pk]) not in page
