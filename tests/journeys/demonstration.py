"""The demonstration as `make run` loads it, for journeys, and how one comes in and signs there.

A journey says `product = demonstration.product`; it lives as long as the journey's module.
"""

import pytest

from symposia.running import frontend
from tests.running.installation import Installation


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    """The demonstration."""
    frontend.bring_up_to_date()
    data = tmp_path_factory.mktemp("demonstration") / "data"
    data.mkdir()
    product = Installation(
        data,
        SYMPOSIA_MODE="demo",
        SYMPOSIA_ORIGIN="",
        SYMPOSIA_CONTENT_ORIGIN="",
        SYMPOSIA_HOSTS="",
    ).start()
    try:
        product.wait_until_ready(600)
        yield product
    finally:
        product.close()


def enter(person, organisation, role):
    """Come in as the demonstration lets one in."""
    person.open("/demo/")
    office = person.page.locator(
        "section", has=person.page.get_by_role("heading", name=organisation)
    )
    office.get_by_role("button", name=f"Sign in as {role}").click()
    person.page.wait_for_url(lambda url: "/demo/" not in url)


def code_shown(person, organisation, role):
    """The code of the authenticator that the demonstration holds for a role, read anew."""
    reader = person.context.new_page()

    def now():
        reader.goto("/demo/")
        office = reader.locator("section", has=reader.get_by_role("heading", name=organisation))
        row = office.locator("li, article, tr", has_text=role).first
        return "".join(c for c in row.inner_text().split("now:")[1] if c.isdigit())[:6]

    return now
