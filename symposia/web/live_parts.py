"""Parts of a page that ask every two or three seconds whether anything has changed.

Nothing new is an answer without content (RFC 9110, 304), told from a version that one statement
gives; what is new is the parts again, each under its own id. Without script a page with forms is
opened anew by hand, so that nobody loses words; one without forms opens itself.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# A page without script asks again after so many seconds.
AGAIN = 15


def parts_if_new(
    request: HttpRequest, version: str, template: str, context: Callable[[], dict[str, Any]]
) -> HttpResponse:
    """The parts in a template, or nothing where the page has this version of them already."""
    tag = f'"{version}"'
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponse(status=304)
    else:
        answer = render(request, template, context())
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    return answer
