"""A list of three rows asks the database as often as a list of one."""

from dataclasses import replace
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from symposia.directory.lists import CLINICIANS
from symposia.directory.models import Clinician
from symposia.shared.lists import Column, page_of
from symposia.shared.tenancy import acting_in
from symposia.web import lists as pages
from tests.crawls.lists import MOUNTED, arguments
from tests.crawls.world import MIGHTY

pytestmark = pytest.mark.usefixtures("undone")


# Nobody in the world has three of these; the lists they are parts of are counted whole.
OF_ONE_PERSON = {"clinician_credits", "clinician_money", "clinician_presence"}


def rows_and_queries(client, address, monkeypatch, size):
    """How many rows a page of this size showed, and what it asked for."""
    monkeypatch.setattr(pages, "page_of", partial(page_of, size=size))
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(address)
    # A list that is whole is not counted once more, so counting is left out of both.
    asked_for = [q["sql"] for q in asked if not q["sql"].startswith("SELECT COUNT(")]
    return len(response.context["rows"]), asked_for


@pytest.mark.parametrize(("name", "listed", "path"), MOUNTED, ids=[each[0] for each in MOUNTED])
def test_a_list_asks_as_often_for_three_rows_as_for_one(world, monkeypatch, name, listed, path):
    client = world.client(MIGHTY)
    with acting_in(world.near.pk):
        # Whoever asks for an order sees all of it, however narrow the list opens.
        address = f"{reverse(name, kwargs=arguments(path))}?sort={listed.sort}"

    one, few = rows_and_queries(client, address, monkeypatch, 1)
    three, more = rows_and_queries(client, address, monkeypatch, 3)

    assert one == 1
    assert three > 1 or name in OF_ONE_PERSON, f"the world has too few rows of {name}"
    assert len(more) == len(few), "\n".join(more)


def test_a_list_that_asks_for_each_row_is_found(world, monkeypatch):
    """The negative control: a column that asks the database shows in the count."""
    costly = Column("twins", "Twins", lambda c: Clinician.objects.filter(email=c.email).count())
    client = world.client(MIGHTY)
    request = client.get(reverse("clinicians")).wsgi_request
    listed = replace(CLINICIANS, columns=(*CLINICIANS.columns, costly))
    counted = []
    for size in (1, 3):
        monkeypatch.setattr(pages, "page_of", partial(page_of, size=size))
        with acting_in(world.near.pk), CaptureQueriesContext(connection) as asked:
            pages.list_context(request, listed)
        counted.append(len(asked))

    assert counted[0] < counted[1]
