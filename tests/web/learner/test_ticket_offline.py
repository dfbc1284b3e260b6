"""The script that keeps tickets on the phone, with the files that they are shown with."""

from django.urls import reverse


def test_the_worker_keeps_the_files_that_a_ticket_is_shown_with(client, db):
    answer = client.get(reverse("ticket_worker"))

    assert answer["content-type"].startswith("text/javascript")
    assert "symposia" in answer.text
    assert "importScripts" in answer.text
