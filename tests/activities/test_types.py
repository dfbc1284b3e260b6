import json
from dataclasses import replace
from datetime import timedelta

import pytest

from symposia.accounts.models import Role
from symposia.accounts.role_templates import ROLE_TEMPLATES
from symposia.activities.actions.planning import create_activity
from symposia.activities.actions.types import (
    TypeFacts,
    answer_type_questions,
    give_up_own_type,
    keep_own_type,
)
from symposia.activities.models import DeliveryForm, Mode, OwnType, OwnTypeLine, Type
from symposia.activities.own_types import answers_of, type_here, types_for, types_here
from symposia.activities.types import FILE, Due, shipped_types
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.activities.test_actions import code_of, facts
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db
CLUB = TypeFacts(
    "Friday journal club",
    "hybrid",
    45,
    [Due("Paper chosen", -10, "education_lead")],
    [Due("The paper", -7, "")],
    ["Paper", "Who presents"],
)


def test_every_type_ships_with_its_data():
    shipped = shipped_types()

    written = [each["code"] for each in json.loads(FILE.read_text(encoding="utf-8"))["types"]]
    assert sorted(written) == sorted(shipped)
    assert set(shipped) == set(Type.values)
    assert {kind.title for kind in shipped.values()} == {str(label) for label in Type.labels}


@pytest.mark.parametrize("kind", shipped_types().values(), ids=lambda kind: kind.code)
def test_a_shipped_type_names_modes_roles_and_forms_that_exist(kind):
    roles = {role.code for role in ROLE_TEMPLATES}
    due = [*kind.milestones, *kind.documents]

    assert set(kind.modes) <= set(Mode.values)
    assert kind.modes
    assert kind.delivery in DeliveryForm.values
    assert {each.role for each in due} <= roles
    assert [m.days for m in kind.milestones] == sorted(m.days for m in kind.milestones)
    assert len({m.title for m in kind.milestones}) == len(kind.milestones)
    assert timedelta(minutes=kind.minutes) <= kind.longest


def test_an_own_copy_takes_the_place_of_the_shipped_type(organisation):
    own = keep_own_type("journal_club", CLUB, seen_version=0, by=SYSTEM)

    kind = type_here("journal_club")
    assert (kind.title, kind.delivery, kind.minutes) == ("Friday journal club", "hybrid", 45)
    assert kind.milestones == (Due("Paper chosen", -10, "education_lead"),)
    assert kind.documents == (Due("The paper", -7, ""),)
    assert kind.fields == ("Paper", "Who presents")
    assert kind.is_own
    assert kind.modes == shipped_types()["journal_club"].modes
    entry = Entry.objects.get(action="activity_type.copied")
    assert entry.subject_id == own.pk


def test_a_copy_is_of_one_organisation_only(organisation):
    keep_own_type("journal_club", CLUB, seen_version=0, by=SYSTEM)

    with acting_in(OrganisationFactory().pk):
        assert not type_here("journal_club").is_own


def test_giving_up_a_copy_brings_back_what_ships(organisation):
    own = keep_own_type("journal_club", CLUB, seen_version=0, by=SYSTEM)

    give_up_own_type(own, by=SYSTEM)

    assert types_here() == shipped_types()
    assert not OwnTypeLine.objects.exists()


def test_a_copy_is_not_written_over_unseen(organisation):
    keep_own_type("journal_club", CLUB, seen_version=0, by=SYSTEM)

    found = code_of(lambda: keep_own_type("journal_club", CLUB, seen_version=0, by=SYSTEM))

    assert found == "changed_meanwhile"
    assert OwnType.objects.get().version == 1


@pytest.mark.parametrize(
    ("code", "milestones", "found"),
    [
        ("seance", [], "no_such_type"),
        ("course", [Due("Agenda", -1, ""), Due("Agenda", -2, "")], "twice"),
    ],
)
def test_a_copy_is_of_a_type_and_names_things_once(organisation, code, milestones, found):
    wrong = TypeFacts("Name", "online", 60, milestones, [], [])

    assert code_of(lambda: keep_own_type(code, wrong, seen_version=0, by=SYSTEM)) == found


def test_companies_and_providers_are_offered_their_own_types(organisation):
    company = OrganisationFactory(kind="company")

    ours = {kind.code for kind in types_for(organisation)}
    theirs = {kind.code for kind in types_for(company)}

    assert {"grand_rounds", "pi_cme", "other"} <= ours
    assert "advisory_board" not in ours
    assert {"advisory_board", "speaker_programme", "other"} <= theirs
    assert not {"grand_rounds", "journal_based"} & theirs


def test_a_type_of_others_is_refused(organisation):
    wrong = facts(type="advisory_board")

    assert code_of(lambda: create_activity(wrong, mode="independent", by=SYSTEM)) == (
        "type_of_others"
    )


def test_an_enduring_material_lasts_for_years(organisation):
    start = facts().wall_starts
    long = facts(type="internet_enduring", wall_ends=start + timedelta(days=1095))
    longer = facts(type="internet_enduring", wall_ends=start + timedelta(days=1097))

    assert create_activity(long, mode="independent", by=SYSTEM).type == "internet_enduring"
    with pytest.raises(Refused, match="at most 1096 days"):
        create_activity(longer, mode="independent", by=SYSTEM)


def test_the_questions_of_a_type_are_answered(organisation):
    activity = ActivityFactory(type="journal_club")

    answer_type_questions(activity, {"Paper": " Emberson 2014 "}, by=SYSTEM)
    answer_type_questions(activity, {"Paper": "Emberson 2014"}, by=SYSTEM)

    told = {each.question: each.answer for each in answers_of(activity)}
    assert told == {"Paper": "Emberson 2014", "Method of appraisal": ""}
    assert Entry.objects.filter(action="activity.type_questions_answered").count() == 1
    answer_type_questions(activity, {"Paper": ""}, by=SYSTEM)
    assert [each.answer for each in answers_of(activity)] == ["", ""]


def test_only_what_the_type_asks_is_answered_and_only_while_planning(organisation):
    club, open_one = ActivityFactory(type="journal_club"), ActivityFactory(state="open")

    assert (
        code_of(lambda: answer_type_questions(club, {"Colour": "red"}, by=SYSTEM))
        == "type_does_not_ask"
    )
    assert code_of(lambda: answer_type_questions(open_one, {}, by=SYSTEM)) == "activity_frozen"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"milestones": [Due("Paper chosen", -10, "janitor")]}, "no_such_role"),
        ({"documents": [Due("The paper", -7, "janitor")]}, "no_such_role"),
        ({"milestones": [Due("Paper chosen", -10, "regional_head")]}, None),
        ({"fields": ["Paper", "Paper"]}, "twice"),
    ],
)
def test_lines_are_owed_by_roles_of_the_organisation_and_named_once(organisation, more, code):
    Role.objects.create(code="regional_head", name="Head of the region")
    facts = replace(CLUB, **more)

    if code:
        assert code_of(lambda: keep_own_type("journal_club", facts, seen_version=0, by=SYSTEM)) == (
            code
        )
    else:
        keep_own_type("journal_club", facts, seen_version=0, by=SYSTEM)
    assert OwnType.objects.exists() == (code is None)
