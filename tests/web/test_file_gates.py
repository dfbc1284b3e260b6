"""The process that serves files alone knows who may fetch them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import django
django.setup()
from django.conf import settings
from django.urls import get_resolver
from symposia.work import files
get_resolver().url_patterns  # a page that marked a gate would be known from here on
print(settings.ROOT_URLCONF, *sorted(files._gates))
"""


def test_both_processes_know_the_gate_of_every_purpose():
    known = {serves: asked(serves) for serves in ("app", "content")}

    assert known["content"][0] == "config.urls_content"
    assert known["app"][0] == "config.urls"
    assert known["content"][1:] == known["app"][1:]
    assert len(known["content"]) > 5


def asked(serves):
    answer = subprocess.run(  # noqa: S603  # our own interpreter, our own words
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env={
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SYMPOSIA_SERVES": serves,
            "SYMPOSIA_MODE": "demo",
            "SYMPOSIA_SECRET_KEY": "x",
            "SYMPOSIA_JOURNAL_KEY": "y",
            "DATABASE_URL": "postgresql://symposia_app@/x",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.split()
