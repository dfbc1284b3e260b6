"""The field as an app: files that know nobody, and what the phone decides by itself."""

import json
import subprocess
from pathlib import Path

import pytest
from django.urls import reverse

from symposia.running.frontend import node
from symposia.web.field.app import FILES

HERE = Path(__file__).parent / "logic"
ESBUILD = Path("node_modules/esbuild/bin/esbuild")


@pytest.mark.django_db
def test_worker_and_empty_page_know_nobody(client):
    worker = client.get(reverse("field_worker"))
    assert worker["Content-Type"].startswith("text/javascript")
    kept = json.loads(worker.text.split("self.KEPT = ")[1].split(";\n")[0])
    assert kept["scope"] == "/field/"
    assert len(kept["files"]) == len(FILES)

    page = client.get(kept["page"]).text
    assert 'data-person=""' in page
    assert "No network" in page


@pytest.mark.django_db
def test_the_version_of_the_files_does_not_follow_the_clock(client, time_machine):
    def version(at):
        time_machine.move_to(at)
        return client.get(reverse("field_worker")).text

    assert version("2027-03-11T08:00Z") == version("2027-03-11T09:30Z")


@pytest.mark.django_db
def test_a_phone_puts_it_on_its_home_screen(client):
    said = client.get(reverse("field_manifest")).json()

    assert (said["start_url"], said["display"]) == ("/field/", "standalone")


def test_the_logic_of_the_phone_holds(tmp_path):
    bundle = tmp_path / "field.test.mjs"
    built = [node(), ESBUILD, HERE / "field.test.ts", "--bundle", "--platform=node", "--format=esm"]

    subprocess.run(  # noqa: S603  # our own words
        [*built, f"--outfile={bundle}"], check=True, capture_output=True, timeout=60
    )
    ran = subprocess.run(  # noqa: S603  # our own words
        [node(), "--test", "--test-reporter=tap", bundle],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert ran.returncode == 0, ran.stdout[-4000:]
    assert "# pass 11" in ran.stdout
