"""What the phone decides by itself: the logic of the app, run by Node."""

import subprocess
from pathlib import Path

from symposia.attendance.door_pack import hashed
from symposia.running.frontend import node

HERE = Path(__file__).parent / "logic"
ESBUILD = Path("node_modules/esbuild/bin/esbuild")


def test_the_logic_of_the_app_holds(tmp_path):
    bundle = tmp_path / "door.test.mjs"
    built = [node(), ESBUILD, HERE / "door.test.ts", "--bundle", "--platform=node", "--format=esm"]

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
    assert "# pass 27" in ran.stdout


def test_phone_and_office_make_the_same_hash_of_a_code():
    said = (HERE / "door.test.ts").read_text(encoding="utf-8")

    assert hashed("abc", "k7 qf") in said
