import argparse
import json

import pytest
from django.conf import settings

from symposia.cli import doctor

pytestmark = pytest.mark.django_db(transaction=True)


def examine(capsys, **options):
    code = doctor.run(argparse.Namespace(**{"json": False, **options}))
    return code, capsys.readouterr().out


def test_the_demonstration_lists_what_production_would_refuse(capsys):
    code, shown = examine(capsys)

    assert code == 0
    assert "listed   no_https" in shown
    assert "serves this machine alone" in shown


def test_production_refuses(capsys, monkeypatch):
    monkeypatch.setattr(settings, "DEMO", False)

    code, shown = examine(capsys)

    assert code == 1
    assert "refused  fsync_off" in shown


def test_programs_read_json(capsys):
    code, shown = examine(capsys, json=True)

    answer = json.loads(shown)
    assert answer["may_start"]
    assert code == 0
    assert {"code": "fsync_off", "sentence": "The server runs with fsync off.", "stops": True} in (
        answer["findings"]
    )
