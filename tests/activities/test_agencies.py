"""An agency is a record; its end is the end of everybody it sent, as somebody looked at them."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.actions.agencies import (
    AgencyFacts,
    add_agency,
    change_agency,
    end_agency,
)
from symposia.activities.actions.externals import (
    ExternalFacts,
    add_external,
    give_external_access,
)
from symposia.activities.models import Agency, ExternalMember
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.activities.test_externals import (  # noqa: F401
    activity,
    agency,
    before_the_day,
    by,
    code_of,
    let_in,
)
from tests.api.test_money_rules_approvals import API, JSON, key
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory


def end(agency, people=None, reason="The contract has run out.", by=SYSTEM):  # noqa: F811
    seen = [each.pk for each in ExternalMember.objects.sent_by(agency)]
    return end_agency(agency, reason=reason, seen=seen if people is None else people, by=by)


def test_its_end_ends_the_access_of_everybody_it_sent(organisation, activity, agency, by):  # noqa: F811
    _first, user = let_in(activity, by)
    elsewhere = ActivityFactory()
    add_external(elsewhere, ExternalFacts("Jo", "Stands", "", "stagecraft"), by=by)
    add_external(elsewhere, ExternalFacts("Robin", "Sound"), by=by)

    end(agency, by=by)

    assert access_of(user, organisation, at=now()) is None
    assert [each.name for each in ExternalMember.objects.working()] == ["Robin"]
    entry = Entry.objects.get(action="agency.ended")
    assert entry.reason == "The contract has run out."
    assert elsewhere.number in str(entry.details)


def test_whoever_came_meanwhile_is_looked_at_first(activity, agency, by):  # noqa: F811
    let_in(activity, by)

    assert code_of(lambda: end(agency, people=[])) == "agency_others_now"
    assert code_of(lambda: end(agency, reason=" ")) == "agency_why"
    assert ExternalMember.objects.working().count() == 1
    end(agency)
    assert code_of(lambda: end(agency)) == "agency_ended"


def test_nobody_comes_from_an_agency_that_is_not_on_the_list_or_has_ended(activity, agency, by):  # noqa: F811
    def add(name):
        return add_external(activity, ExternalFacts("Jo", "Stands", "", name), by=by)

    assert add("STAGECRAFT").partner == agency
    with pytest.raises(Refused, match="Nowhere Ltd"):
        add("Nowhere Ltd")
    end(agency)
    assert code_of(lambda: add("Stagecraft")) == "agency_not_active"


def test_nobody_signs_in_longer_than_their_agency_works_for_us(activity, agency, by):  # noqa: F811
    agency = change_agency(
        *(agency, AgencyFacts("Stagecraft", date(2026, 1, 1), date(2027, 2, 1))),
        seen_version=agency.version,
        by=by,
    )
    person = add_external(
        activity, ExternalFacts("Jo", "Stands", "jo@example.org", agency.name), by=by
    )

    code = code_of(lambda: give_external_access(person, date(2027, 3, 20), by=by))

    assert code == "agency_not_active"
    assert give_external_access(person, date(2027, 2, 1), by=by).access_until == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (AgencyFacts(" ", date(2027, 1, 1)), "agency_name"),
        (AgencyFacts("stagecraft", date(2027, 1, 1)), "agency_there_already"),
        (AgencyFacts("New", date(2027, 1, 2), date(2027, 1, 1)), "agency_ends_before"),
    ],
    ids=["nobody", "twice", "backwards"],
)
def test_an_agency_is_on_the_list_once(agency, by, facts, code):  # noqa: F811
    assert code_of(lambda: add_agency(facts, by=by)) == code


def test_what_was_not_seen_is_not_overwritten(agency, by):  # noqa: F811
    facts = AgencyFacts("Stagecraft", date(2026, 1, 1), contact="Ingrid")
    change_agency(agency, facts, seen_version=1, by=by)

    assert code_of(lambda: change_agency(agency, facts, seen_version=1, by=by)) == (
        "changed_meanwhile"
    )


def test_the_office_enters_one_looks_at_its_people_and_ends_it(client, organisation, activity):  # noqa: F811
    client.force_login(member(organisation, "coordinator"))
    said = {"name": "Compass Events", "active_from": "2027-01-01", "contact": "Ingrid Voss"}
    page = client.post(reverse("agency_new"), said, follow=True)
    assert "Works for us" in page.text
    made = Agency.objects.get(name="Compass Events")
    joined = {"name": "Jo Marsh", "task": "Stands", "agency": made.name, "email": ""}
    client.post(reverse("external_new", args=[activity.pk]), joined)
    person = ExternalMember.objects.get(partner=made)
    changed = said | {"contact": "Ada", "seen_version": made.version}
    assert "Ada" in client.post(reverse("agency_edit", args=[made.pk]), changed, follow=True).text

    looked = client.get(reverse("agency_end", args=[made.pk])).text
    assert activity.number in looked
    assert "Jo Marsh" in looked
    stale = {"seen": "", "reason": "Over"}
    refused = client.post(reverse("agency_end", args=[made.pk]), stale)
    assert "Look at them again" in refused.text
    ended = client.post(
        reverse("agency_end", args=[made.pk]), stale | {"seen": str(person.pk)}, follow=True
    )

    assert "Ended" in ended.text
    assert "Compass Events" in client.get(reverse("agencies")).text


def test_whoever_plans_a_part_ends_none(client, organisation, agency, activity):  # noqa: F811
    user = member(organisation, "coordinator", scope_kind="activity", scope_id=activity.pk)
    client.force_login(user)

    assert client.get(reverse("agency", args=[agency.pk])).status_code == 200
    assert client.get(reverse("agency_end", args=[agency.pk])).status_code == 404


def test_programs_keep_the_list_too(client, organisation, activity):  # noqa: F811
    headers = key(organisation, "coordinator")
    said = {"name": "Compass Events", "active_from": "2027-01-01"}
    made = client.post(f"{API}/agencies", said, JSON, headers=headers).json()
    address = f"{API}/agencies/{made['id']}"
    changed = client.put(
        address, said | {"contact": "Ada", "seen_version": 1}, JSON, headers=headers
    )
    ending = {"reason": "Over", "people": []}
    ended = client.post(f"{address}/ending", ending, JSON, headers=headers)

    assert (changed.json()["contact"], changed.json()["version"]) == ("Ada", 2)
    assert ended.json()["ended_at"]
    listed = client.get(f"{API}/agencies?works=no", headers=headers).json()["items"]
    assert [each["name"] for each in listed] == ["Compass Events"]
