"""The forms of a page, filled in as somebody would who writes the least that is asked for."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

WORDS = {
    "email": "somebody@example.org",
    "number": "1",
    "date": "2031-03-04",
    "time": "09:30",
    "datetime-local": "2031-03-04T09:30",
    "url": "https://example.org/",
    "tel": "+1 202 555 0100",
}


@dataclass
class Form:
    """Where a form goes, and what it sends."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    wants_a_file: bool = False

    @property
    def key(self):
        return self.values.get("idempotency_key", [""])[0]


class _Reader(HTMLParser):
    """Collects the forms that post, with the state of their fields."""

    def __init__(self):
        super().__init__()
        self.forms, self.named = [], {}
        self.current = self.select = self.textarea = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.current = Form(attrs.get("action", ""))
            if attrs.get("method", "").lower() == "post":
                self.forms.append(self.current)
                self.named[attrs.get("id")] = self.current
        elif tag == "option" and self.select:
            self.select[1].append((attrs.get("value", ""), "selected" in attrs))
        elif tag in {"input", "select", "textarea", "button"}:
            form = self.named.get(attrs.get("form"), self.current)
            if form is not None and attrs.get("name") and "disabled" not in attrs:
                self._field(form, tag, attrs)

    def handle_endtag(self, tag):
        if tag == "form":
            self.current = None
        elif tag == "select" and self.select:
            (form, attrs), options = self.select[0], self.select[1]
            chosen = [value for value, is_chosen in options if is_chosen and value]
            first = [value for value, _is_chosen in options if value][:1]
            if chosen or "required" in attrs:
                form.values[attrs["name"]] = chosen or first
            self.select = None
        elif tag == "textarea" and self.textarea:
            form, attrs, text = self.textarea
            if not text.strip() and "required" in attrs:
                text = "Because it was asked for."
            form.values[attrs["name"]] = [text]
            self.textarea = None

    def handle_data(self, data):
        if self.textarea:
            self.textarea[2] += data

    def _field(self, form, tag, attrs):
        if tag == "select":
            self.select = ((form, attrs), [])
        elif tag == "textarea":
            self.textarea = [form, attrs, ""]
        elif tag == "button":
            form.values.setdefault(attrs["name"], [attrs.get("value", "")])
        elif attrs.get("type") == "file":
            form.wants_a_file |= "required" in attrs
        elif attrs.get("type") in {"checkbox", "radio"}:
            self._tick(form, attrs)
        else:
            empty = WORDS.get(attrs.get("type"), "Some words") if "required" in attrs else ""
            form.values[attrs["name"]] = [attrs.get("value") or empty]

    def _tick(self, form, attrs):
        name, value = attrs["name"], attrs.get("value", "on")
        if (
            attrs["type"] == "radio" and name in form.values and "checked" in attrs
        ) or name not in form.values:
            form.values[name] = [value]
        elif "checked" in attrs:
            form.values[name].append(value)


def forms_of(content):
    """The posting forms of a page."""
    reader = _Reader()
    reader.feed(content)
    return reader.forms
