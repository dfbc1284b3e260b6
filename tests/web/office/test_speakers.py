"""The registry of speakers: who stands in it, what each reader is shown, and its filters."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from symposia.activities.actions.disclosures import (
    DeclaredRelationship,
    DisclosureFacts,
    Judgement,
    decide_relevance,
    give_disclosure,
    mitigate_relationship,
)
from symposia.activities.actions.team import enter_contributor, enter_own_contributor
from symposia.activities.control import relationships_of
from symposia.activities.models import Agreement, Disclosure
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.api.test_clinicians import bearer
from tests.factories.accounts import OrganisationFactory, UserFactory, day_here, member
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory

NOTHING = DisclosureFacts(nothing=True, attested=True)


def speaking(person, activity=None, **facts):
    session = SessionFactory(activity=activity or ActivityFactory(state="approved"), **facts)
    return SessionFacultyFactory(session=session, clinician=person, name=person.full_name)


def listed(client, **given):
    page = client.get(reverse("speakers"), given)
    assert page.status_code == 200
    return page


def names(page):
    return [line["row"].full_name for line in page.context["rows"]]


def value(page, name, place=0):
    row = page.context["rows"][place]["row"]
    return page.context["list"].column(name).value(row)


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def test_whoever_stands_on_an_agenda_is_a_speaker_and_nobody_else(client, coordinator):
    speaker = ClinicianFactory(full_name="Meera Rao")
    speaking(speaker)
    ClinicianFactory(full_name="Never Spoke")
    speaking(ClinicianFactory(full_name="Of A Cancelled One"), ActivityFactory(state="cancelled"))

    page = listed(client)

    assert names(page) == ["Meera Rao"]
    assert reverse("clinician_teaching", args=[speaker.pk]) in page.text


def test_it_counts_sessions_of_a_year_and_says_what_comes_next(client, coordinator):
    speaker, at = ClinicianFactory(), now()
    held = ActivityFactory(state="held")
    for days in (-10, -20, -400):
        speaking(speaker, held, starts_at=at + timedelta(days=days))
    ahead = ActivityFactory(state="approved", title="Sepsis at night")
    speaking(speaker, ahead, starts_at=at + timedelta(days=30))

    page = listed(client)

    assert value(page, "sessions") == 2
    assert value(page, "last") == at - timedelta(days=10)
    assert value(page, "next_activity") == "Sepsis at night"
    assert value(page, "roles") == "Faculty"


def test_two_roles_in_a_session_are_one_session(client, coordinator):
    speaker = ClinicianFactory()
    part = speaking(speaker, starts_at=now() - timedelta(days=3))
    facts = {"session": part.session, "clinician": speaker, "name": part.name}
    SessionFacultyFactory(role="chair", **facts)

    page = listed(client)

    assert value(page, "sessions") == 1
    assert value(page, "roles") == "Chair, Faculty"


def test_a_record_that_was_merged_speaks_under_the_one_that_was_kept(client, coordinator):
    kept = ClinicianFactory(full_name="Meera Rao")
    speaking(ClinicianFactory(full_name="M. Rao", merged_into=kept, deactivated_at=now()))

    assert names(listed(client)) == ["Meera Rao"]


def test_disclosures_are_missing_in_force_or_expired(client, coordinator):
    missing, clear, old = (ClinicianFactory(full_name=n) for n in ("A A", "B B", "C C"))
    for person in (missing, clear, old):
        speaking(person)
    give_disclosure(enter_contributor(clinician=clear, by=SYSTEM), NOTHING, by=SYSTEM)
    Disclosure.objects.create(
        contributor=enter_contributor(clinician=old, by=SYSTEM),
        number=1,
        looks_back_to=day_here() - timedelta(days=900),
        expires_on=day_here() - timedelta(days=1),
        nothing=True,
        given_by="link",
        by_name="C C",
    )

    found = {name: names(listed(client, disclosure=name)) for name in ("missing", "expired")}

    assert found == {"missing": ["A A"], "expired": ["C C"]}
    assert names(listed(client, disclosure="current")) == ["B B"]
    assert "Missing" in listed(client).text


def test_what_is_relevant_waits_until_it_is_mitigated(client, coordinator):
    speaker = ClinicianFactory()
    activity = ActivityFactory(state="approved")
    speaking(speaker, activity)
    who, decider = enter_contributor(clinician=speaker, by=SYSTEM), UserFactory()
    facts = DisclosureFacts(False, [DeclaredRelationship("Acme", "speaker")], True)
    give_disclosure(who, facts, by=SYSTEM)
    own = enter_own_contributor(decider, by=decider.actor())
    give_disclosure(own, NOTHING, by=decider.actor())
    (related,) = relationships_of(Disclosure.objects.of(who).first())
    decide_relevance(
        activity, who, Judgement(related, True, "Teaches about it"), by=decider.actor()
    )

    assert value(listed(client), "unmitigated") == 1

    mitigate_relationship(activity, who, related, step="content_review", by=decider.actor())
    assert value(listed(client), "unmitigated") == 0


def test_a_representative_sees_the_own_people_without_disclosures_and_money(client, organisation):
    mine = TerritoryFactory()
    speaking(ClinicianFactory(full_name="Mine Here", territory=mine))
    speaking(ClinicianFactory(full_name="Far Away", territory=TerritoryFactory()))
    scope = {"scope_kind": "territory", "scope_id": mine.pk}
    client.force_login(member(organisation, "field_representative", **scope))

    page = listed(client, disclosure="missing")

    assert names(page) == ["Mine Here"]
    shown = {column.name for column in page.context["list"].columns}
    assert not shown & {"disclosure", "until", "unmitigated", "cv", "agreements", "rate"}


def test_money_is_for_whoever_may_see_money(client, coordinator):
    speaker, activity = ClinicianFactory(), ActivityFactory(state="approved")
    speaking(speaker, activity)
    signed = {"accepted_at": now(), "signed_at": now(), "factor": "totp", "sha256": "ab"}
    Agreement.objects.create(
        number="V-1",
        activity=activity,
        contributor=enter_contributor(clinician=speaker, by=SYSTEM),
        service="speaker",
        tier="local",
        unit="hour",
        quantity=2,
        currency="USD",
        each_minor=18_000,
        services="A talk",
        state="signed",
        **signed,
    )

    page = listed(client)

    assert value(page, "agreements") == 1
    assert str(value(page, "rate").amount) == "180.00"
    assert value(page, "unit") == "an hour"


def test_filters_by_specialty_territory_and_year(client, coordinator):
    west = TerritoryFactory()
    one = ClinicianFactory(full_name="Heart One", specialty="Cardiology", territory=west)
    other = ClinicianFactory(full_name="Lung Other", specialty="Pneumology")
    today = now()
    speaking(one, starts_at=today)
    past = today - timedelta(days=800)
    speaking(other, starts_at=past, wall_starts=past.replace(tzinfo=None))

    assert names(listed(client, specialty="cardio")) == ["Heart One"]
    assert names(listed(client, territory=str(west.pk))) == ["Heart One"]
    assert names(listed(client, year=str(past.year))) == ["Lung Other"]
    assert names(listed(client, q="Lung")) == ["Lung Other"]


def test_the_page_of_a_person_has_what_they_taught(client, coordinator):
    speaker = ClinicianFactory()
    part = speaking(speaker, ActivityFactory(state="approved", title="Acute stroke pathways"))

    page = client.get(reverse("clinician_teaching", args=[speaker.pk]))

    assert "Acute stroke pathways" in page.text
    assert part.session.title in page.text


def test_another_organisation_has_speakers_of_its_own(client, coordinator):
    with acting_in(OrganisationFactory().pk):
        theirs = ClinicianFactory(full_name="Not Ours")
        speaking(theirs)

    assert names(listed(client)) == []
    assert client.get(reverse("clinician_teaching", args=[theirs.pk])).status_code == 404


def test_a_program_reads_the_same_list(client, organisation, coordinator):
    speaking(ClinicianFactory(full_name="Meera Rao"))

    headers = bearer(organisation, "view_directory", "view_activities", "view_people_of_activity")
    answer = client.get("/api/v1/speakers?disclosure=missing", headers=headers).json()

    assert [item["full_name"] for item in answer["items"]] == ["Meera Rao"]
    assert answer["items"][0]["disclosure"] == "Missing"
