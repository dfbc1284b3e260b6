"""The line of a trend."""

from collections.abc import Sequence

from django import template

from symposia.web.trends import Figured, Trend, trend

register = template.Library()


@register.filter
def trend_line(points: Sequence[Figured]) -> Trend:
    return trend(points)
