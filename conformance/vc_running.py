"""Runs suites of the W3C against the interface of `vc_api`; needs the frame's settings."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from conformance.vc_api import interface
from symposia.credits.credential_rules import BASE

_EXAMPLE = "node_modules/data-integrity-test-suite-assertion/validVc.json"

# What the product does not do, by words in the names of tests that fail for it: no presentations
# are taken, no proof refers to another, and no address out of a credential is opened, so that
# digests of what lies there are not compared.
NOT_OURS = (
    *("erifiable presentation", "Verifiable Presentation", "non-conforming documents are detected"),
    *("proof.previousProof", "does not match the digest"),
)
# Where we refuse on purpose what these tests want taken: contexts written into a credential, by
# which a file says itself what its words mean, and directions of writing.
STRICTER = (
    *("Subsequent items in the ordered set", "terms and/or absolute URL strings"),
    *("objects MUST have a type specified", "language value object", "Status Symposia"),
    *("termsOfUse", "the evidence property"),
)
_CONFIG = """\
module.exports = {
  settings: {enableInteropTests: false, testAllImplementations: false},
  implementations: [%s]
};
"""


def run(suites: list[Path], grep: str) -> int:
    """Run each suite and print its figure; 0 when everything that the product does passed."""
    failed = 0
    with interface() as (base, issuer):
        for suite in suites:
            config = _CONFIG % json.dumps(_implementation(base, issuer))
            _bring_to_2_0(suite / _EXAMPLE)
            (suite / "localConfig.cjs").write_text(config, encoding="utf-8")
            report = _report(suite, grep)
            if report is None:
                return 2
            failed += _told(suite.name, report)
    return int(failed > 0)


def _bring_to_2_0(example: Path) -> None:
    """The example that tests of proofs are made of is of version 1.1 of the data model, which we
    neither write nor read: left so, each test would end at the first line of the credential."""
    said = json.loads(example.read_text(encoding="utf-8")) if example.exists() else {}
    if issued := said.pop("issuanceDate", ""):
        said |= {"@context": [BASE], "validFrom": issued}
        example.write_text(json.dumps(said, indent=2), encoding="utf-8")
        print(f"{example} is of version 1.1: brought to 2.0.", flush=True)


def _implementation(base: str, issuer: str) -> dict[str, Any]:
    """How a suite reaches us, and what we say that we can."""
    tags = ["vc2.0", "eddsa-rdfc-2022"]
    supports = {"vc": ["2.0"]}
    issuers = [
        {"id": issuer, "endpoint": f"{base}/credentials/issue", "tags": tags, "supports": supports},
        {
            "id": issuer,
            "endpoint": f"{base}/credentials/issue",
            "tags": ["BitstringStatusList", "Revocation"],
            "supports": supports,
            "options": {"withStatus": True},
        },
    ]
    verifier = {
        "id": issuer,
        "endpoint": f"{base}/credentials/verify",
        "tags": [*tags, "BitstringStatusList", "Revocation"],
        "supports": supports,
    }
    return {
        "name": "Symposia",
        "implementation": "Symposia",
        "issuers": issuers,
        "verifiers": [verifier],
    }


def _report(suite: Path, grep: str) -> dict[str, Any] | None:
    """What the suite found; nothing where it did not come to an end."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "report.json"
        command = ["node", "node_modules/mocha/bin/mocha.js", "tests/", "--timeout", "60000"]
        command += ["--preserve-symlinks", "--no-config", "--no-package"]
        command += ["--reporter", "json", "--reporter-option", f"output={found}"]
        told = subprocess.run(  # noqa: S603  # our own command
            [*command, *(("--grep", grep) if grep else ())],
            cwd=suite,
            check=False,
            capture_output=True,
            text=True,
        )
        if not found.exists():
            sys.stderr.write(told.stdout[-2000:] + told.stderr[-2000:])
            return None
        report: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
        return report


def _told(name: str, report: dict[str, Any]) -> int:
    """Print the figure of a suite and what failed; how much of it the product ought to do."""
    words = [_why(each) for each in report["failures"]]
    figure = {
        "suite": name,
        "passed": len(report["passes"]),
        "failed": words.count("failed"),
        "stricter": words.count("stricter"),
        "not_ours": words.count("not ours"),
        "skipped": len(report["pending"]),
    }
    print(json.dumps(figure), flush=True)
    for word, each in zip(words, report["failures"], strict=True):
        said = str(each["err"].get("message", "")).strip().splitlines()
        print(f"  {word}: {each['fullTitle']}\n          {said[0] if said else ''}", flush=True)
    return words.count("failed")


def _why(test: dict[str, Any]) -> str:
    """Whether a test that failed tells of a fault of ours."""
    named = {"not ours": NOT_OURS, "stricter": STRICTER}
    return next(
        (why for why, names in named.items() if any(each in test["fullTitle"] for each in names)),
        "failed",
    )
