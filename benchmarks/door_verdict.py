"""A verdict at the door without a network: from a typed code to the word on the screen, in
Chromium with its processor four times slower, and 5,000 people on the list.

The limit is the same browser keeping one small row durably, with nothing of ours: no list, no hash,
no encryption, no screen.
"""

from collections.abc import Iterator
from statistics import quantiles
from typing import Any

from django.db import connection
from playwright.sync_api import Page, sync_playwright

from benchmarks.clients import server
from benchmarks.people import activity, clinicians, places
from symposia.attendance.actions.devices import Post, make_pairing_code
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member

SIZES = (5_000,)
SLOWER = 4
VERDICTS = 300
WAIT = 120_000
# One verdict: from the form that is sent to the painted word.
_OURS = """async codes => {
    const took = [];
    const title = document.getElementById("verdict-title");
    for (const code of codes) {
        title.textContent = "";
        document.getElementById("scan-code").value = code;
        const began = performance.now();
        document.getElementById("scan-form").requestSubmit();
        while (!title.textContent) await new Promise(requestAnimationFrame);
        took.push(performance.now() - began);
        if (title.textContent !== "Checked in") throw new Error(title.textContent);
        document.getElementById("verdict-next").click();
    }
    return took;
}"""
_BARE = """async count => {
    const done = asked => new Promise(answer => { asked.onsuccess = () => answer(asked.result) });
    const asked = indexedDB.open("bare", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("rows", { autoIncrement: true });
    const base = await done(asked);
    const took = [];
    for (let n = 0; n < count; n += 1) {
        const began = performance.now();
        const work = base.transaction("rows", "readwrite", { durability: "strict" });
        const end = new Promise(answer => { work.oncomplete = answer });
        work.objectStore("rows").put({ n });
        await end;
        await new Promise(requestAnimationFrame);
        took.push(performance.now() - began);
    }
    return took;
}"""


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """A phone is paired, the network goes away, and everybody's code is typed once."""
    for size in sizes:
        code, codes = _evening(size)
        connection.close()
        with server() as web, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            page = browser.new_context(base_url=f"http://localhost:{web.port}").new_page()
            _pair(page, code)
            page.context.set_offline(True)
            slow = page.context.new_cdp_session(page)
            slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            bare = page.evaluate(_BARE, VERDICTS)
            ours = page.evaluate(_OURS, codes[:VERDICTS])
            browser.close()
        yield {
            "size": size,
            "value": _percentile(ours, 99),
            "unit": "ms",
            "p50_ms": _percentile(ours, 50),
            "p99_ms": _percentile(ours, 99),
            "limit": _percentile(bare, 99),
            "ratio": round(_percentile(bare, 50) / _percentile(ours, 50), 3),
            "runs": 1,
        }


def _evening(size: int) -> tuple[str, list[str]]:
    organisation = OrganisationFactory()
    user = member(organisation, "coordinator")
    with acting_in(organisation.pk):
        made = places(event := activity(None), clinicians(size))
        _device, code = make_pairing_code(event, Post("A", "K"), on_duty=user.pk, by=SYSTEM)
    return code, [one.ticket_code for one in made]


def _pair(page: Page, code: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'mediaDevices', {value: undefined})")
    page.goto(f"/door/app/#pair={code}")
    page.get_by_role("button", name="Start scanning").click(timeout=WAIT)


def _percentile(times: list[float], part: int) -> float:
    return round(quantiles(times, n=100)[part - 1], 1)
