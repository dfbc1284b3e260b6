"""Tags for forms that change something: each carries a key that makes sending it twice harmless."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from symposia.shared.ids import uuid7

register = template.Library()


@register.simple_tag
def idempotency_field() -> SafeString:
    """A key made when the page was drawn; the same key is acted on once."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', uuid7())
