"""Sentences are found wherever the source asks for their translation."""

from symposia.words.extraction import Message, in_python, in_template


def test_python_calls_are_read():
    source = """
a = _("One")
b = ngettext("%(n)s place", "%(n)s places", n)
c = pgettext_lazy("verb", "Open")
d = translation.gettext("Two" " and three")
e = _(name)
"""

    assert set(in_python(source)) == {
        Message("One"),
        Message("%(n)s place", plural="%(n)s places"),
        Message("Open", context="verb"),
        Message("Two and three"),
    }


def test_template_tags_are_read_inside_attributes_too():
    source = """{% load i18n %}
<c-button label="{% translate 'Send' %}" />{% firstof x _('Save') %}
{% blocktranslate count n=n %}{{ n }} place{% plural %}{{ n }} places{% endblocktranslate %}
{% translate "Open" context "verb" %}{# translate "Not this" #}"""

    assert set(in_template(source)) == {
        Message("Send"),
        Message("Save"),
        Message("%(n)s place", plural="%(n)s places"),
        Message("Open", context="verb"),
    }
