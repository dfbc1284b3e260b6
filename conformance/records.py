"""`python -m conformance.records SCHEMAS`: the JSON Schemas that 1EdTech publishes against what we
give out.

The folder holds `clr_v2p0_clrcredential_schema.json` and
`ob_v3p0_achievementcredential_schema.json` as https://purl.imsglobal.org/spec/ has them; their
licence lets them be used, not passed on. Records and badges are made of generated people, on a
database of its own.
"""

import argparse
import importlib
import sys
from pathlib import Path

from benchmarks.server import product_database

RECORD = "clr_v2p0_clrcredential_schema.json"
BADGE = "ob_v3p0_achievementcredential_schema.json"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="conformance.records", description=__doc__)
    parser.add_argument("schemas", type=Path, help="the folder of the schemas")
    folder = parser.parse_args(arguments).schemas
    if missing := [name for name in (RECORD, BADGE) if not (folder / name).exists()]:
        parser.error(f"{folder} has no {', '.join(missing)}")
    with product_database():
        running = importlib.import_module("conformance.records_running")
        failed: int = running.run(folder / RECORD, folder / BADGE)
        return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
