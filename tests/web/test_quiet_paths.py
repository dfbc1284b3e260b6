import uuid

import pytest
from django.urls import reverse

from symposia.shared.links import make_link


@pytest.mark.parametrize("name", ["ticket", "ticket_cancellation"])
def test_no_personal_link_stands_in_a_log_line_of_a_refused_request(
    client, organisation, caplog, name
):
    token = make_link("registration", uuid.uuid4(), organisation.code)

    assert client.get(reverse(name, args=[token])).status_code in {404, 405}

    assert "t/<str:token>/" in caplog.text
    assert token not in caplog.text
