import pytest
from django.urls import reverse

TOKEN = "a monitoring server knows this one"


@pytest.fixture
def metrics(client, settings, db):
    def read(token="", *, configured="", demo=True, address="127.0.0.1"):
        settings.METRICS_TOKEN, settings.DEMO = configured, demo
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return client.get(reverse("metrics"), headers=headers, REMOTE_ADDR=address).status_code

    return read


def test_whoever_holds_the_token_reads_the_counts(metrics):
    assert metrics(TOKEN, configured=TOKEN, demo=False, address="10.0.0.7") == 200


@pytest.mark.parametrize("token", ["", "another"])
def test_the_counts_do_not_exist_without_the_token(metrics, token):
    assert metrics(token, configured=TOKEN) == 404


def test_without_a_token_the_demonstration_shows_them_to_its_own_machine_alone(metrics):
    assert metrics() == 200
    assert metrics(address="10.0.0.7") == 404
    assert metrics(demo=False) == 404
