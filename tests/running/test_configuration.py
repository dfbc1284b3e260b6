import stat

import pytest

from symposia.running.configuration import Configuration, web_workers
from symposia.running.keys import provide_keys
from symposia.running.problems import CannotRun


def test_production_is_what_nobody_asked_for():
    assert not Configuration.from_environment({}).demo
    assert Configuration.from_environment({"SYMPOSIA_MODE": "demo"}).demo


def test_files_live_a_thousand_ports_above():
    configuration = Configuration.from_environment({"SYMPOSIA_PORT": "8123"})

    assert (configuration.port, configuration.content_port) == (8123, 9123)


@pytest.mark.parametrize(
    "wrong",
    [
        {"SYMPOSIA_MODE": "debug"},
        {"SYMPOSIA_PORT": "http"},
        {"SYMPOSIA_PORT": "65000"},
        {"SYMPOSIA_MODE": "demo", "SYMPOSIA_BIND": "0.0.0.0"},
    ],
    ids=str,
)
def test_wrong_values_are_refused_in_words(wrong):
    with pytest.raises(CannotRun):
        Configuration.from_environment(wrong)


def test_the_server_may_be_named_in_a_file(tmp_path):
    secret = tmp_path / "database"
    secret.write_text("postgresql://cme_app:secret@db.example.org/cme\n", encoding="ascii")

    configuration = Configuration.from_environment({"DATABASE_URL_FILE": str(secret)})

    assert configuration.database_url == "postgresql://cme_app:secret@db.example.org/cme"


def test_a_file_that_is_missing_is_refused_in_words(tmp_path):
    with pytest.raises(CannotRun, match="DATABASE_OWNER_URL_FILE"):
        Configuration.from_environment({"DATABASE_OWNER_URL_FILE": str(tmp_path / "none")})


def test_a_number_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("SYMPOSIA_WEB_WORKERS", "many")

    with pytest.raises(CannotRun, match="SYMPOSIA_WEB_WORKERS"):
        web_workers()


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path):
    first, second = {}, {}

    provide_keys(tmp_path, first)
    provide_keys(tmp_path, second)

    assert first == second
    assert first["SYMPOSIA_SECRET_KEY"] != first["SYMPOSIA_JOURNAL_KEY"]
    for name in ("secret-key", "journal-key", "metrics-token"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_keys_that_are_given_are_left_alone(tmp_path):
    given = {"SYMPOSIA_SECRET_KEY": "given", "SYMPOSIA_JOURNAL_KEY_FILE": "/run/secrets/journal"}
    given["SYMPOSIA_METRICS_TOKEN"] = "given too"

    provide_keys(tmp_path, given)

    assert given["SYMPOSIA_SECRET_KEY"] == "given"
    assert "SYMPOSIA_JOURNAL_KEY" not in given
    assert list(tmp_path.iterdir()) == []
