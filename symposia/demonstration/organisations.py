"""The two organisations of the demonstration, their colleagues and their directories."""

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from symposia.accounts.actions import (
    add_member,
    create_organisation,
    place_member,
    take_in_colleague,
)
from symposia.accounts.memberships import member_of_user_id
from symposia.accounts.models import Membership, Organisation, Role, User
from symposia.accounts.queries import local_day
from symposia.demonstration.careers import tell_of_a_practice, tell_of_careers
from symposia.demonstration.own_fields import add_own_fields
from symposia.demonstration.people import (
    Person,
    american_clinicians,
    indian_clinicians,
    twins_of,
)
from symposia.directory.actions.assignments import Days, assign_territory
from symposia.directory.actions.clinicians import (
    add_clinician,
    add_institution,
    add_territory,
)
from symposia.directory.models import Clinician, Territory
from symposia.shared.actors import SYSTEM, Actor

CLINICIANS = 200
DUPLICATES = 4


@dataclass(frozen=True)
class Colleague:
    """Somebody who signs in: e-mail, name, role."""

    email: str
    name: str
    role: str


PROVIDER = {
    "kind": "provider",
    "name": "Harbor University Hospital",
    "slug": "harbor",
    "country": "US",
    "currency": "USD",
    "zone": "America/New_York",
    "is_demonstration": True,
    "accreditation_statement": (
        "Harbor University Hospital is accredited by the Accreditation Council for Continuing "
        "Medical Education (ACCME) to provide continuing medical education for physicians."
    ),
}
COMPANY = {
    "kind": "company",
    "name": "Sahyadri Pharma",
    "slug": "sahyadri",
    "country": "IN",
    "currency": "INR",
    "zone": "Asia/Kolkata",
    "is_demonstration": True,
}
PROVIDER_TEAM = (
    Colleague("coordinator@harbor.example", "Asha Kulkarni", "coordinator"),
    Colleague("lead@harbor.example", "Anita Sen", "education_lead"),
    Colleague("compliance@harbor.example", "Meera Whitfield", "compliance_officer"),
    Colleague("finance@harbor.example", "Frank Gomes", "finance_officer"),
    Colleague("publisher@harbor.example", "Paula Stone", "publisher"),
    Colleague("door@harbor.example", "Kiran Joyce", "door_staff"),
    Colleague("director@harbor.example", "Vance Dixon", "executive"),
    Colleague("reviewer@harbor.example", "Rhea Lund", "reviewer"),
    Colleague("supporter@harbor.example", "Sofia Brandt", "supporter"),
    Colleague("admin@harbor.example", "Ira Novak", "administrator"),
)
COMPANY_TEAM = (
    Colleague("events@sahyadri.example", "Nandini Shah", "coordinator"),
    Colleague("medical@sahyadri.example", "Arvind Rao", "medical_affairs"),
    Colleague("brand@sahyadri.example", "Tara Bose", "brand_manager"),
    Colleague("compliance@sahyadri.example", "Meera Nair", "compliance_officer"),
    Colleague("finance@sahyadri.example", "Faisal Merchant", "finance_officer"),
    Colleague("publisher@sahyadri.example", "Prakash Desai", "publisher"),
    Colleague("door@sahyadri.example", "Kavya Iyer", "door_staff"),
    Colleague("director@sahyadri.example", "Vasant Dixit", "executive"),
    Colleague("admin@sahyadri.example", "Indu Thomas", "administrator"),
)
US_PLACES = (
    *(("Harbor University Hospital", "Boston", "MA"), ("Mill River Clinic", "Worcester", "MA")),
    *(("Lakeshore Medical Center", "Burlington", "VT"), ("Pine Street Practice", "Portland", "ME")),
    *(("St. Brendan Hospital", "Providence", "RI"), ("Granite Health", "Manchester", "NH")),
)
# Region → its territories, each with the hospital its doctors work at.
IN_PLACES = {
    "West": ("Pune", "Mumbai", "Nagpur", "Surat"),
    "South": ("Bengaluru", "Chennai", "Kochi", "Hyderabad"),
    "North": ("Delhi", "Jaipur", "Lucknow", "Chandigarh"),
}
# Who manages a region, and who looks after the doctors of a territory. Anybody may play the
# first by name of each role: in Bengaluru, where invitations wait to be sent.
IN_FIELD = {
    "West": "Rohan Deshpande",
    "South": "Lakshmi Narayan",
    "North": "Harpreet Gill",
    "Pune": "Sneha Joshi",
    "Mumbai": "Cyrus Daruwala",
    "Nagpur": "Manoj Wankhede",
    "Surat": "Hetal Shah",
    "Bengaluru": "Aditya Gowda",
    "Chennai": "Divya Raman",
    "Kochi": "Anil Varghese",
    "Hyderabad": "Sana Siddiqui",
    "Delhi": "Vikram Malhotra",
    "Jaipur": "Pooja Rathore",
    "Lucknow": "Imran Qureshi",
    "Chandigarh": "Simran Bedi",
}


def make_provider() -> Organisation:
    """An accredited academic provider in the United States."""
    return create_organisation(by=SYSTEM, **PROVIDER)


def fill_provider(chance: random.Random) -> dict[str, User]:
    """Its colleagues and its directory; inside the organisation's transaction."""
    team = {c.role: _join(c) for c in PROVIDER_TEAM}
    _shorten_a_role(team["administrator"])
    by = team["coordinator"].actor()
    places = [
        add_institution(name=name, city=city, region=region, country="US", by=by)
        for name, city, region in US_PLACES
    ]
    people = list(american_clinicians(CLINICIANS - DUPLICATES, chance))
    people += [twins_of(person) for person in people[3 : 3 + DUPLICATES]]
    for person in people:
        place = places[person.place]
        _add(person, "npi", by, institution=place, city=place.city, region=place.region)
    tell_of_careers(by)
    add_own_fields(team["administrator"].actor(), by)
    team["learner"] = _learner("learner@harbor.example", by)
    return team


def make_company() -> Organisation:
    """A pharma company in India."""
    return create_organisation(by=SYSTEM, **COMPANY)


def fill_company(chance: random.Random) -> dict[str, User]:
    """Its colleagues, three regions, twelve territories and their doctors."""
    team = {c.role: _join(c) for c in COMPANY_TEAM}
    # Rules are published by two: she proposes, her colleague reads and publishes.
    deputy = Colleague("deputy@sahyadri.example", "Sunita Kulkarni", "compliance_officer")
    team["deputy"] = _join(deputy)
    by = team["coordinator"].actor()
    territories = []
    for region, cities in IN_PLACES.items():
        above = add_territory(name=region, code=region.lower(), by=by)
        manager = Colleague(f"{region}@sahyadri.example".lower(), IN_FIELD[region], "area_manager")
        boss = _hold(manager, above)
        team.setdefault("area_manager", boss.user)
        for city in cities:
            territory = add_territory(name=city, code=city.lower(), parent=above, by=by)
            seller = Colleague(
                f"{city}@sahyadri.example".lower(), IN_FIELD[city], "field_representative"
            )
            holder = _hold(seller, territory)
            place_member(holder, title=f"Representative, {city}", manager=boss, by=SYSTEM)
            team.setdefault("field_representative", holder.user)
            hospital = add_institution(
                name=f"{city} General Hospital", city=city, region=region, country="IN", by=by
            )
            territories.append((territory, hospital))
    people = list(indian_clinicians(CLINICIANS - DUPLICATES, chance))
    people += [twins_of(person) for person in people[5 : 5 + DUPLICATES]]
    for person in people:
        territory, hospital = territories[person.place]
        where = {"institution": hospital, "city": hospital.city, "region": hospital.region}
        _add(person, "smc", by, territory=territory, country="IN", **where)
    tell_of_a_practice(by)
    _hand_over_later(territories[1][0])
    return team


def _hand_over_later(territory: Territory) -> None:
    """Somebody else takes a territory over in some weeks; it happens by itself."""
    newcomer = Colleague("next@sahyadri.example", "Kiran Bhave", "field_representative")
    _hold(newcomer, territory, after=timedelta(days=40))


def _shorten_a_role(administrator: User) -> None:
    """A second administrator retires: that the role ends on that day waits for her to agree."""
    second = Colleague("access@harbor.example", "Lena Hartwig", "administrator")
    retires = now() + timedelta(days=60)
    role = Role.objects.get(code=second.role)
    add_member(_join(second), role, by=administrator.actor(), valid_until=retires)


def _hold(
    colleague: Colleague, territory: Territory, *, after: timedelta = timedelta(0)
) -> Membership:
    """Somebody who works here holds a territory in their role, from a day on."""
    user = User.objects.by_email(colleague.email)
    membership = member_of_user_id(user.pk) if user else None
    if membership is None:
        membership = take_in_colleague(colleague.email, colleague.name, by=SYSTEM)
    days = Days(local_day(now() + after))
    role = Role.objects.get(code=colleague.role)
    assign_territory(territory, membership, role, days, by=SYSTEM)
    return membership


def _join(colleague: Colleague) -> User:
    user = User.objects.by_email(colleague.email) or User.objects.create_user(
        colleague.email, full_name=colleague.name
    )
    add_member(user, Role.objects.get(code=colleague.role), by=SYSTEM)
    return user


def _add(person: Person, scheme: str, by: Actor, **where: Any) -> Clinician:
    return add_clinician(
        by=by,
        number=person.number,
        scheme=scheme,
        issuer="",
        full_name=person.full_name,
        email=person.email,
        profession=person.profession,
        credential=person.credential,
        specialty=person.specialty,
        **where,
    )


def _learner(email: str, by: Actor) -> User:
    """A clinician who signs in."""
    user = _join(Colleague(email, "Radhika Iyer", "learner"))
    add_clinician(
        by=by,
        full_name=user.full_name,
        email=email,
        profession="physician",
        credential="MD",
        specialty="Neurology",
        user=user,
    )
    return user
