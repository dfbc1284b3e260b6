"""An address that takes a form only, opened; a personal link that is not complete."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_an_address_for_forms_says_so_when_it_is_opened(client):
    response = client.get(reverse("reply_answer", args=["x.y.z"]))

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "It is for sending a form, not for opening." in response.text


def test_a_program_is_told_as_a_problem(client):
    response = client.get("/api/v1/registrations/apologies/")

    assert "text/html" not in response.headers["Content-Type"]


def test_whoever_holds_a_cut_link_is_spoken_to_as_a_person(client):
    cut = client.get("/r/abc/")
    staff = client.get("/nowhere/at/all/")

    assert cut.status_code == staff.status_code == 404
    assert "Open it from the letter again" in cut.text
    assert "search box" not in cut.text
    assert "search box" in staff.text
