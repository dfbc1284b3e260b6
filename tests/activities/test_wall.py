"""The wall is one table, and whoever asks it gets the same answer everywhere."""

from dataclasses import replace

import pytest

from symposia.accounts.permissions import Access, Granted, Permission
from symposia.accounts.role_templates import ROLE_TEMPLATES
from symposia.activities.models import Activity, Mode
from symposia.activities.wall import (
    ABOUT,
    HELD_BY_DATABASE,
    WALL,
    Level,
    Subject,
    level_of,
    may,
    objection_to_using,
    only_counts,
    settings_of,
    shut,
)
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration
from symposia.shared.ids import uuid7
from symposia.shared.tenancy import acting_in, behind
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.registrations import RegistrationFactory

FUNDERS = ("medical_affairs", "brand_manager", "area_manager", "field_representative", "supporter")
EVERYTHING = frozenset(Permission)


def access_as(*roles, permissions=None, **scope):
    held = {t.code: t.permissions for t in ROLE_TEMPLATES}
    granted = tuple(
        Granted(role, permissions or held.get(role, EVERYTHING), **scope) for role in roles
    )
    return Access(uuid7(), uuid7(), granted)


def test_every_mode_has_its_rows():
    assert set(WALL) == set(Mode.values)


def test_the_table_names_only_roles_that_are_shipped():
    shipped = {t.code for t in ROLE_TEMPLATES}
    assert {role for roles in WALL.values() for role in roles} <= shipped


@pytest.mark.parametrize("role", FUNDERS)
@pytest.mark.parametrize("subject", [Subject.LEARNERS, Subject.ANSWERS, Subject.CONTENT])
def test_a_funder_sees_nothing_of_independent_education(role, subject):
    """ACCME Standards for Integrity and Independence 2.1 and 2.2: no influence, no learner data."""
    assert level_of(Mode.INDEPENDENT, role, subject) == Level.NOTHING


@pytest.mark.parametrize("role", FUNDERS)
def test_a_funder_edits_nothing_of_independent_education(role):
    writes = [p for p, (_about, needed) in ABOUT.items() if needed == Level.WORKS]
    access = access_as(role, permissions=EVERYTHING)

    assert [p for p in writes if may(access, Mode.INDEPENDENT, p)] == []


@pytest.mark.parametrize("mode", Mode.values)
def test_a_role_of_ones_own_making_stands_outside(mode):
    assert {level_of(mode, "helper_of_sales", s) for s in (Subject.LEARNERS, Subject.ANSWERS)} == {
        Level.NOTHING
    }


def test_a_second_role_that_is_not_walled_opens_what_it_may():
    both = access_as("brand_manager", "coordinator")

    assert may(both, Mode.INDEPENDENT, Permission.VIEW_PEOPLE_OF_ACTIVITY)
    assert settings_of(both) == ""


def test_the_database_is_told_which_modes_are_closed():
    assert settings_of(access_as("supporter")) == (
        ",learners:independent,learners:scientific,learners:promotional,"
        "answers:independent,answers:scientific,answers:promotional,"
    )
    assert settings_of(access_as("coordinator")) == ""


def test_what_is_closed_and_what_may_be_used_agree():
    """Table-driven: no subject is shut while a permission to see it still works, for any role."""
    for template in ROLE_TEMPLATES:
        access = access_as(template.code, permissions=EVERYTHING)
        for permission, (subject, needed) in ABOUT.items():
            for mode in Mode.values:
                if mode in shut(access, subject) and needed >= Level.SEES:
                    assert not may(access, mode, permission), (template.code, permission, mode)


def test_the_refusal_names_mode_role_and_subject():
    access = access_as("brand_manager", permissions=EVERYTHING)

    said = str(objection_to_using(access, Mode.INDEPENDENT, Permission.VIEW_PEOPLE_OF_ACTIVITY))

    assert "Independent" in said
    assert "Brand manager" in said
    assert "Who is invited" in said


def test_nobody_is_told_of_a_wall_where_the_role_lacks_the_permission_anyway():
    access = access_as("brand_manager")

    assert objection_to_using(access, Mode.INDEPENDENT, Permission.AWARD_CREDITS) is None


def test_looking_without_changing_has_its_own_sentence():
    access = access_as("area_manager")

    objection = objection_to_using(access, Mode.INDEPENDENT, Permission.PLAN_ACTIVITIES)

    assert objection.code == "not_to_change"


def test_small_counts_are_kept_from_a_supporter_everywhere():
    assert only_counts(access_as("supporter")) == Mode.values
    assert only_counts(access_as("executive")) == []


@pytest.fixture
def three(db):
    """A place at one activity of each mode."""
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        yield [
            RegistrationFactory(activity=ActivityFactory(mode=mode, state="open"))
            for mode in Mode.values
        ]


def modes_seen(access):
    rows = Registration.objects.visible_to(access)
    return sorted(rows.values_list("activity__mode", flat=True))


def test_rows_follow_the_table(three):
    everything = {"permissions": EVERYTHING}
    assert modes_seen(access_as("coordinator")) == sorted(Mode.values)
    assert modes_seen(access_as("area_manager", **everything)) == ["promotional", "scientific"]
    assert modes_seen(access_as("brand_manager", **everything)) == ["promotional"]
    assert modes_seen(access_as("supporter", **everything)) == []


def test_a_role_for_one_activity_opens_that_one_alone(three):
    independent = three[0].activity
    rep = access_as("field_representative")
    own = Granted("coordinator", EVERYTHING, scope_kind="activity", scope_id=independent.pk)
    ActivityFactory(mode="independent")
    both = replace(rep, granted=(*rep.granted, own))

    seen = Activity.objects.visible_to(both, Permission.VIEW_PEOPLE_OF_ACTIVITY)

    assert [a.pk for a in seen.filter(mode="independent")] == [independent.pk]


def test_the_database_itself_keeps_the_rows(three):
    with behind(settings_of(access_as("brand_manager", permissions=EVERYTHING))):
        assert [r.activity.mode for r in Registration.objects.all()] == ["promotional"]
    assert Registration.objects.count() == 3


def test_ones_own_place_stays_ones_own(three):
    place, user = three[0], UserFactory()
    Clinician.objects.filter(pk=place.clinician_id).update(user=user)
    inside = acting_in(place.organisation_id, user_id=user.pk)
    with inside, behind(settings_of(access_as("supporter"))):
        assert list(Registration.objects.all()) == [place]


def test_without_its_policy_the_database_would_show_them(three):
    """The negative control: nothing but the policy keeps rows that nobody filtered."""
    other = ",".join(f"{each}:nowhere" for each in HELD_BY_DATABASE)
    with behind(f",{other},"):
        assert Registration.objects.count() == 3
