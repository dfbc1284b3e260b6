"""Opening balances by file: looked at first, counted by caps, taken back as a whole."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from symposia.audit.models import Entry
from symposia.finance.actions.openings import (
    check_openings,
    end_opening,
    import_openings,
    undo_openings,
)
from symposia.finance.models import BudgetNode, OpeningCommitment
from symposia.shared.refusals import Refused
from symposia.work.files import store_file
from symposia.work.models import ImportRow
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import TerritoryFactory
from tests.factories.finance import committed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
HEAD = "Divides by,Node,Name,Part of,Envelope,Territory,Number,Supplier\n"
ROWS = HEAD + (
    "organisation,ALL,All of it,,20000,,,\n"
    "Region,SOUTH,South,ALL,8000,south,,\n"
    'commitment,SOUTH,Hall in May,,"4,000.50",,PO-17,Bay Hotels\n'
    "region,NORTH,North,ALL,8000,nowhere,,\n"
    "region,EAST,East,ALL,12000.01,,,\n"
    "planet,X,X,,1,,,\n"
    "commitment,SOUTH,,,1,,PO-18,\n"
    "commitment,SOUTH,Cars,,5000,,PO-19,Cabs\n"
)


def code_of(change):
    with pytest.raises(Refused) as refused, transaction.atomic():
        change()
    return refused.value.objection.code


@pytest.fixture
def south(organisation):
    return TerritoryFactory(code="south")


@pytest.fixture
def officer(organisation):
    return member(organisation, "finance_officer")


@pytest.fixture
def looked_at(south, officer, tmp_path):
    def look(text=ROWS):
        path = tmp_path / "openings.csv"
        path.write_text(text)
        by = officer.actor()
        facts = {"content_type": "text/csv", "purpose": "opening_balances"}
        kept = store_file(text.encode(), name="openings.csv", by=by, **facts)
        return check_openings(path, name="openings.csv", storage_name=kept.storage_name, by=by)

    return look


def test_a_dry_run_says_what_each_row_would_do_and_changes_nothing(looked_at):
    made = looked_at()

    rows = ImportRow.objects.of(made).values_list("line", "outcome", "reason")
    assert list(rows) == [
        *((2, "new", ""), (3, "new", ""), (4, "new", ""), (5, "rejected", "territory")),
        *((6, "rejected", "refused"), (7, "rejected", "kind"), (8, "rejected", "unnamed")),
        (9, "rejected", "refused"),
    ]
    assert "All of it has 12,000 USD to give on" in ImportRow.objects.get(line=6).changes
    assert not BudgetNode.objects.exists()
    assert not OpeningCommitment.objects.exists()


def test_what_comes_in_counts_against_the_caps(looked_at, officer, south):
    made = import_openings(looked_at(), by=officer.actor())

    node = BudgetNode.objects.get(code="SOUTH")
    assert (node.committed_minor, node.charged_minor, node.territory) == (400_050, 400_050, south)
    assert BudgetNode.objects.get(code="ALL").charged_minor == 400_050
    meeting = ActivityFactory(state="draft", mode="scientific", territory=south)
    assert code_of(lambda: committed(activity=meeting)) == "node_full"
    assert code_of(lambda: import_openings(made, by=officer.actor())) == "openings_not_checked"

    again = looked_at()
    outcomes = list(ImportRow.objects.of(again).values_list("outcome", flat=True)[:3])
    assert outcomes == ["unchanged"] * 3

    opening = OpeningCommitment.objects.get()
    assert code_of(lambda: end_opening(opening, reason=" ", by=officer.actor())) == "node_reason"
    end_opening(opening, reason="Paid", by=officer.actor())
    node.refresh_from_db()
    assert node.charged_minor == 0
    assert code_of(lambda: end_opening(opening, reason="R", by=officer.actor())) == "opening_ended"
    assert code_of(lambda: undo_openings(made, by=officer.actor())) == "opening_ended"


def test_a_file_is_taken_back_as_a_whole_unless_its_nodes_are_used(looked_at, officer, south):
    made = import_openings(looked_at(), by=officer.actor())
    meeting = ActivityFactory(state="draft", mode="scientific", territory=south)
    committed(activity=meeting, lines=(("venue", "Hall", "10"),))
    assert code_of(lambda: undo_openings(made, by=officer.actor())) == "node_in_use"
    assert OpeningCommitment.objects.exists()


def test_taken_back_nothing_of_it_is_left_but_the_journal(looked_at, officer):
    made = import_openings(looked_at(), by=officer.actor())
    undo_openings(made, by=officer.actor())
    assert not BudgetNode.objects.exists()
    assert not OpeningCommitment.objects.exists()
    assert Entry.objects.filter(action="opening_commitment.taken_back").count() == 1
    assert code_of(lambda: undo_openings(made, by=officer.actor())) == "openings_not_in"


def test_a_file_without_our_columns_is_refused_in_words(looked_at):
    assert code_of(lambda: looked_at("A,B\n1,2\n")) == "openings_no_column"


def test_the_office_hands_a_file_in_and_the_list_of_nodes_comes_back_unchanged(
    client, officer, south
):
    client.force_login(officer)
    hand_in = lambda text: client.post(  # noqa: E731
        reverse("opening_import_new"),
        {"file": SimpleUploadedFile("o.csv", text, content_type="text/csv")},
        follow=True,
    )
    page = hand_in(ROWS.encode())
    assert "Bring in these rows" in page.text
    address = page.redirect_chain[-1][0]
    back = client.post(f"{address}import/", follow=True)
    assert "Take it back" in back.text
    assert "PO-17" in client.get(reverse("opening_commitments")).text
    opening = OpeningCommitment.objects.get()
    assert "Hall in May" in client.get(reverse("opening_commitment", args=[opening.pk])).text

    told = client.get(reverse("budget_nodes_csv")).getvalue()
    again = hand_in(told).text
    assert again.count("Unchanged") >= 2
    assert "Rejected</" not in again.split("<tbody>")[1]
    undone = client.post(f"{address}undo/", follow=True)
    assert "is taken back" in undone.text
