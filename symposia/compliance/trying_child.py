"""The process that tries out a text: it gives up the network and most rights first."""

import json
import resource
import sys
from datetime import date
from typing import Any

from symposia.compliance.drafts import looked_over
from symposia.compliance.judging import WRONG, outcomes_of
from symposia.compliance.packfile import shape_of
from symposia.work.apart_child import CPU_SECONDS, give_up_rights


def look_over(asked: dict[str, Any]) -> dict[str, Any]:
    """Mistakes, and what each worked example says, in the order of the pack."""
    problems, proofs = looked_over(shape_of(asked["text"]))
    return {
        "problems": problems,
        "proofs": [[proof.result, proof.say, proof.message] for proof in proofs],
    }


def judge(asked: dict[str, Any]) -> list[dict[str, list[str]]]:
    """What every rule says of every subject; a rule that fails says so instead."""
    pack = shape_of(asked["text"])
    found = []
    for each in asked["subjects"]:
        try:
            outcomes = outcomes_of(pack, each["facts"], date.fromisoformat(each["on"]), each["own"])
        except WRONG as wrong:
            found.append({"": ["error", "", str(wrong)[:300]]})
        else:
            found.append({one.rule: [one.result, one.say, one.message] for one in outcomes})
    return found


def main(seconds: int) -> int:
    give_up_rights()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, CPU_SECONDS))
    asked = json.load(sys.stdin)
    said = look_over(asked) if asked["do"] == "look_over" else judge(asked)
    sys.stdout.write(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
