"""The components as the style page shows them."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import TemplateSyntaxError, engines

from symposia.web.office import style
from symposia.web.templatetags.ui import icon
from tests.web.ui.conftest import draw, request_of

TEMPLATES = Path(style.__file__).parent.parent / "templates"
COMPONENTS = sorted(TEMPLATES.glob("cotton/*.html"))


@pytest.fixture
def page(style_page):
    return BeautifulSoup(style_page, "html.parser")


def drawn(source, **context):
    loader = engines["django"].engine.template_loaders[0].loaders[0].loaders[0]
    template = engines["django"].from_string(loader.cotton_compiler.process(source))
    return BeautifulSoup(template.render(context, request_of()), "html.parser")


def named_in(*paths):
    text = "".join(path.read_text() for path in paths)
    return {name.replace("-", "_") for name in re.findall(r"<c-([\w-]+)", text)}


def shown_on_the_style_page():
    """Components named by the page and its frame, and those that they name in turn."""
    found, new = (
        set(),
        named_in(*TEMPLATES.glob("office/style/*.html"), *TEMPLATES.glob("ui/*.html")),
    )
    while new - found:
        found |= new
        new = named_in(*(path for path in COMPONENTS if path.stem in found))
    return found


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_each_component_stands_on_the_style_page(path):
    assert path.stem in shown_on_the_style_page()


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_says_what_it_is_takes_named_inputs_and_stays_short(path):
    text = path.read_text()

    assert text.startswith("{# ")
    assert "<c-vars " in text
    assert text.count("\n") <= 120


def test_no_component_is_left_uncompiled(style_page):
    assert "<c-" not in style_page
    assert "{%" not in style_page


def test_no_page_carries_style_or_script_of_its_own(style_page):
    assert not re.findall(r"\sstyle=|\son\w+=|<style", style_page)
    assert all("src" in tag.attrs for tag in BeautifulSoup(style_page, "html.parser")("script"))


def test_a_button_that_cannot_be_pressed_keeps_the_focus_and_says_why():
    button = drawn('<c-button label="Publish" reason="No disclosure" />').button

    assert button["aria-disabled"] == "true"
    assert "disabled" not in button.attrs
    assert "No disclosure" in button.get_text()


def test_a_changing_form_is_guarded_and_harmless_when_sent_twice():
    once = drawn('<c-post-button to="/here/" label="Close" name="why" value="done" />').form
    again = drawn('<c-post-button to="/here/" label="Close" />').form

    assert once["method"] == "post"
    assert once.find("input", {"name": "csrfmiddlewaretoken"})
    assert once.find("input", {"name": "why"})["value"] == "done"
    keys = [form.find("input", {"name": "idempotency_key"})["value"] for form in (once, again)]
    assert keys[0] != keys[1]


def test_what_a_component_does_not_know_goes_to_its_element():
    form = drawn('<c-post-button to="/here/" label="Close" hx-post="/here/" />').form

    assert form["hx-post"] == "/here/"


def test_a_refused_post_button_is_no_form():
    soup = drawn('<c-post-button to="/here/" label="Close" reason="Still open" />')

    assert soup.form is None
    assert "Still open" in soup.button.get_text()


def test_a_field_names_its_hint_and_its_error(page):
    field = page.find(id="wrong_name")

    named = [page.find(id=each) for each in field["aria-describedby"].split()]
    assert [each["class"] for each in named] == [["hint"], ["error"]]
    assert field["aria-invalid"] == "true"


def test_the_error_summary_leads_to_each_field(page):
    summary = page.find(class_="error-summary")
    targets = [link["href"][1:] for link in summary("a")]

    assert summary.h2.get_text() == "There is a problem"
    assert "wrong_ends" in targets
    assert all(page.find(id=target) for target in targets[:3])


def test_an_answered_form_moves_the_focus_to_what_is_wrong():
    class Wish(forms.Form):
        why = forms.CharField(label="Why")

    soup = drawn('<c-form :form="form" to="/" submit="Send" />', form=Wish({}))

    assert soup.find(class_="error-summary").has_attr("data-focus")
    assert soup.find(class_="error-summary").a.get_text() == "Why: This field is required."


def test_optional_is_marked_and_required_is_not(page):
    assert "(optional)" in page.find("label", {"for": "fine_licence"}).get_text()
    assert "(optional)" not in page.find("label", {"for": "fine_name"}).get_text()


def test_venue_time_comes_first_and_the_readers_second(page):
    first = page.find("time", class_="when")

    assert first.get_text(" ", strip=True).startswith("Thu 12 Mar 2026")
    assert first.find(class_="zone").get_text() == "IST"
    assert "13:00 your time" in first.get_text()


def test_money_names_its_currency(page):
    rupees = page.find(class_="money")

    assert rupees.get_text() == "INR1,80,000.00"


def test_a_sorted_column_says_so(page):
    assert page.find("th", {"aria-sort": "ascending"}).get_text(strip=True) == "Name"


def test_a_chart_has_a_table_with_the_same_numbers(page):
    chart = page.find("figure", class_="chart")
    drawn_numbers = [text.get_text().split(" · ")[0] for text in chart("text")[1::2]]

    assert drawn_numbers == [row("td")[0].get_text() for row in chart.table("tr")[1:]]


def test_what_people_type_is_written_out_and_never_run():
    soup = drawn('<c-notice :title="words" />', words="<img src=x onerror=alert(1)>")

    assert soup.img is None
    assert "<img" in soup.get_text()


def test_an_unknown_icon_is_a_mistake_and_not_a_hole():
    with pytest.raises(TemplateSyntaxError, match="no icon"):
        icon("unicorn")


@pytest.mark.parametrize("code", [400, 403, 404, 405, 500, 503])
def test_an_error_page_helps_and_gives_an_id_to_quote(code):
    with_id = BeautifulSoup(draw(f"errors/{code}.html"), "html.parser")

    assert len(with_id.main.p.get_text()) > 60
    assert with_id.main.find("a", href="/")


def test_no_component_is_given_a_filtered_value_that_it_would_never_see():
    """`:name="…"` takes a variable as it is; with a filter the component gets nothing, silently."""
    given = re.compile(r'<c-[^>]*\s:[a-z_]+="[^"{]*\|[^"]*"')

    wrong = [page.name for page in TEMPLATES.rglob("*.html") if given.search(page.read_text())]

    assert wrong == []
    assert given.search('<c-section-head :count="rows|length" />')
