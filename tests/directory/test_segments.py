import pytest
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.directory.actions.segments import (
    SegmentFacts,
    add_to_segment,
    change_segment,
    remove_from_segment,
    retire_segment,
    save_segment,
)
from symposia.directory.lines import MOST_LINES
from symposia.directory.models import Segment, SegmentMember
from symposia.directory.segment_lines import find_pasted
from symposia.directory.segments import as_query, filter_in_words, members_of
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory, TerritoryFactory


@pytest.fixture
def somebody(organisation):
    user = member(organisation, "coordinator")
    return user.actor(), access_of(user, organisation, at=now())


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def test_whoever_fits_a_saved_filter_belongs_to_it_today(somebody):
    by, access = somebody
    nurse = ClinicianFactory(profession="nurse")
    ClinicianFactory()
    facts = SegmentFacts("Nurses", kind="filter", query="?profession=nurse&sort=name&after=x")

    segment = save_segment(facts, by=by)

    assert segment.query == "profession=nurse"
    assert filter_in_words(segment.query) == [("Profession", "Nurse")]
    assert list(members_of(segment, access)) == [nurse]
    later = ClinicianFactory(profession="nurse")
    assert set(members_of(segment, access)) == {nurse, later}


def test_a_representative_meets_the_own_part_of_a_segment_alone(organisation, somebody):
    mine = TerritoryFactory()
    near, far = ClinicianFactory(territory=mine), ClinicianFactory(territory=TerritoryFactory())
    by, access = somebody
    segment = save_segment(SegmentFacts("Both", is_shared=True), by=by)
    add_to_segment(segment, [near, far], access=access, by=by)
    scope = {"scope_kind": "territory", "scope_id": mine.pk}
    seller = member(organisation, "field_representative", **scope)
    sees = access_of(seller, organisation, at=now())

    assert list(members_of(segment, sees)) == [near]
    assert [row.clinician for row in SegmentMember.objects.visible_to(sees)] == [near]


def test_people_are_put_on_a_list_once_and_taken_off(somebody):
    by, access = somebody
    one, other = ClinicianFactory.create_batch(2)
    segment = save_segment(SegmentFacts("Board"), by=by)

    assert add_to_segment(segment, [one, one], access=access, by=by) == [one]
    assert add_to_segment(segment, [one, other], access=access, by=by) == [other]
    assert refusal(lambda: add_to_segment(segment, [one], access=access, by=by)) == "nobody_new"
    assert remove_from_segment(segment, [one], access=access, by=by) == 1
    assert list(members_of(segment, access)) == [other]
    gone = refusal(lambda: remove_from_segment(segment, [one], access=access, by=by))
    assert gone == "not_on_list"


def test_a_private_segment_is_its_owners_and_a_shared_one_the_teams(organisation, somebody):
    by, _access = somebody
    private = save_segment(SegmentFacts("Mine"), by=by)
    shared = save_segment(SegmentFacts("Ours", is_shared=True), by=by)
    lead = member(organisation, "education_lead")
    sees = access_of(lead, organisation, at=now())

    assert list(Segment.objects.visible_to(sees)) == [shared]
    changed = SegmentFacts("Theirs", is_shared=True)
    for segment in (private, shared):
        code = refusal(
            lambda each=segment: change_segment(each, changed, access=sees, by=lead.actor())
        )
        assert code == "not_my_segment"
    manager = member(organisation, "coordinator")
    manages = access_of(manager, organisation, at=now())
    assert change_segment(shared, changed, access=manages, by=manager.actor()).name == "Theirs"


def test_what_cannot_be_a_segment_is_refused(somebody):
    by, access = somebody
    save_segment(SegmentFacts("Board"), by=by)
    kept = save_segment(SegmentFacts("Nurses", kind="filter", query="profession=nurse"), by=by)

    assert refusal(lambda: save_segment(SegmentFacts("Board"), by=by)) == "segment_taken"
    assert refusal(lambda: save_segment(SegmentFacts(" "), by=by)) == "segment_unnamed"
    empty = SegmentFacts("All", kind="filter", query="sort=name")
    assert refusal(lambda: save_segment(empty, by=by)) == "no_filter"
    one = ClinicianFactory()
    assert refusal(lambda: add_to_segment(kept, [one], access=access, by=by)) == "not_a_list"
    retire_segment(kept, access=access, by=by)
    again = refusal(lambda: change_segment(kept, SegmentFacts("X"), access=access, by=by))
    assert again == "segment_retired"
    assert save_segment(SegmentFacts("Nurses"), by=by).is_list


def test_pasted_lines_say_what_became_of_each(somebody):
    _by, access = somebody
    one = ClinicianFactory(npi="1234567893", email="one@example.org")
    there = ClinicianFactory(email="there@example.org")
    text = "1234567893\n\nONE@example.org\nthere@example.org\nnobody@example.org;\n"

    found = find_pasted(access, text, on_list={there.pk})

    assert [(line.number, line.clinician, line.problem) for line in found] == [
        (1, one, ""),
        (3, one, "Is on the list already"),
        (4, there, "Is on the list already"),
        (5, None, "Nobody you may see has this number or address"),
    ]


def test_more_lines_than_are_read_at_once_are_refused_in_words(somebody):
    _by, access = somebody
    text = "\n".join(["1234567893"] * (MOST_LINES + 1))

    with pytest.raises(Refused, match="5001 lines; at most 5000"):
        find_pasted(access, text, on_list=set())


@pytest.mark.parametrize("text", ["", "sort=name", "profession=&after=1", "lottery=1"])
def test_an_address_without_a_filter_is_none(text):
    assert as_query(text) == ""


def test_a_filter_that_is_too_long_is_not_kept_by_halves(somebody):
    by, access = somebody
    facts = SegmentFacts("Rao", kind="filter", query=f"q={'राव ' * 45}&profession=nurse")

    assert refusal(lambda: save_segment(facts, by=by, access=access)) == "segment_filter_too_long"
    assert not Segment.objects.exists()
