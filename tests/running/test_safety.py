"""Fourteen unsafe settings, each refused; and what the real server says of itself."""

import os
import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from symposia.running.problems import CannotRun
from symposia.running.safety import (
    DatabaseFacts,
    findings_in_database,
    findings_in_settings,
    read_database_facts,
    refuse_unsafe_settings,
)

SAFE = {
    "DEBUG": False,
    "ALLOWED_HOSTS": ["cme.example.org"],
    "SECRET_KEY": "Vb8xq2mJ0sLk5nRt7yWz3cFg6hDp9eAuQiOoXvBnMlKjHgFd",
    "JOURNAL_KEY": "p0Z9o8I7u6Y5t4R3e2W1qAsDfGhJkLmNbVcXzQwErTyUiOpAs",
    "METRICS_TOKEN": "mQ7wEr2tYu9iOp4aSdF6gHjK8lZxCv1b",
    "USE_TZ": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "ORIGIN": "https://cme.example.org",
    "CONTENT_ORIGIN": "https://files.example.net",
    "CONTENT_SECURITY_POLICY": {"DIRECTIVES": {"default-src": ["'none'"]}},
}
SAFE = {name: value * 2 if name.endswith("_KEY") else value for name, value in SAFE.items()}
FACTS = DatabaseFacts(
    superuser=False,
    bypasses_row_security=False,
    owns_tables=False,
    tables_without_row_security=(),
    fsync=True,
    full_page_writes=True,
    synchronous_commit=True,
    checksums=True,
    functions_not_leakproof=(),
)


def codes(findings):
    return [finding.code for finding in findings]


def test_safe_settings_have_nothing_to_tell():
    assert findings_in_settings(SimpleNamespace(**SAFE)) == []
    assert findings_in_database(FACTS) == []


@pytest.mark.parametrize(
    ("unsafe", "code"),
    [
        ({"DEBUG": True}, "debug"),
        ({"ALLOWED_HOSTS": ["*"]}, "wildcard_host"),
        ({"ALLOWED_HOSTS": [".example.org"]}, "wildcard_host"),
        ({"SECRET_KEY": "short"}, "weak_secret"),
        ({"SECRET_KEY": "django-insecure-" + "abcdefghijklmnopqrstuvwxyz" * 2}, "weak_secret"),
        ({"SECRET_KEY": "a" * 80}, "weak_secret"),
        ({"JOURNAL_KEY": ""}, "weak_journal_key"),
        ({"METRICS_TOKEN": ""}, "weak_metrics_token"),
        ({"JOURNAL_KEY": SAFE["SECRET_KEY"]}, "weak_journal_key"),
        ({"USE_TZ": False}, "no_time_zones"),
        ({"SESSION_COOKIE_SECURE": False}, "insecure_cookies"),
        ({"CSRF_COOKIE_SECURE": False}, "insecure_cookies"),
        ({"SESSION_COOKIE_HTTPONLY": False}, "readable_session_cookie"),
        ({"ORIGIN": "http://cme.example.org"}, "no_https"),
        ({"CONTENT_ORIGIN": "https://cme.example.org:9000"}, "shared_origin"),
        ({"CONTENT_SECURITY_POLICY": None}, "no_content_policy"),
    ],
    ids=str,
)
def test_each_unsafe_setting_is_refused_by_name(unsafe, code):
    findings = findings_in_settings(SimpleNamespace(**{**SAFE, **unsafe}))

    assert codes(findings) == [code]
    assert findings[0].stops


@pytest.mark.parametrize(
    ("unsafe", "code"),
    [
        ({"superuser": True}, "superuser"),
        ({"bypasses_row_security": True}, "bypasses_row_security"),
        ({"owns_tables": True}, "owner_role"),
        ({"tables_without_row_security": ("credits_entry",)}, "no_row_security"),
        ({"fsync": False}, "fsync_off"),
        ({"full_page_writes": False}, "full_page_writes_off"),
        ({"synchronous_commit": False}, "synchronous_commit_off"),
    ],
    ids=str,
)
def test_each_unsafe_database_is_refused_by_name(unsafe, code):
    findings = findings_in_database(replace(FACTS, **unsafe))

    assert codes(findings) == [code]
    assert findings[0].stops


@pytest.mark.parametrize(
    "lesser", [{"checksums": False}, {"functions_not_leakproof": ("pg_catalog.upper(text)",)}]
)
def test_lesser_faults_warn_and_do_not_stop(lesser):
    findings = findings_in_database(replace(FACTS, **lesser))

    assert [finding.stops for finding in findings] == [False]


def test_the_suites_own_server_is_safe_but_for_its_durability(db):
    with connection.cursor() as cursor:
        facts = read_database_facts(cursor)

    assert codes(findings_in_database(facts)) == [
        "fsync_off",
        "full_page_writes_off",
        "synchronous_commit_off",
    ]


def test_a_superuser_and_an_open_table_are_found(db, database_name, superuser_url):
    with psycopg.connect(superuser_url(database_name)) as server:
        server.execute("CREATE TABLE forgotten (organisation_id uuid)")
        with server.cursor() as cursor:
            facts = read_database_facts(cursor)
        server.rollback()

    assert facts.superuser
    assert facts.owns_tables
    assert facts.tables_without_row_security == ("forgotten",)


def test_production_does_not_start_and_says_each_reason(db, monkeypatch):
    monkeypatch.setattr(settings, "DEMO", False)
    monkeypatch.setattr(settings, "DEBUG", True)
    monkeypatch.setattr("symposia.running.safety.connections.close_all", lambda: None)

    with pytest.raises(CannotRun) as refused:
        refuse_unsafe_settings()

    assert "DEBUG is on" in str(refused.value)
    assert "fsync off" in str(refused.value)


def test_the_demonstration_starts_all_the_same(db):
    refuse_unsafe_settings()


def test_the_check_leaves_no_pool_that_forked_workers_would_share(db, superuser_url, database_name):
    asked = (
        "import django; django.setup();"
        "from django.db import connection; from symposia.running.safety import all_findings;"
        "all_findings(); print(connection._connection_pools)"
    )
    environment = {
        **os.environ,
        "DATABASE_URL": superuser_url(database_name),
        "SYMPOSIA_DB_POOL": "2",
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
    }

    done = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout == "{}\n"
