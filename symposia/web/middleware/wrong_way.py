"""An address for a form that is opened, as going back does, answers with a page that helps."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from symposia.web import errors

View = Callable[[HttpRequest], HttpResponse]


def wrong_way(get_response: View) -> View:
    """Put words into an empty refusal of the method; which methods it takes is still said."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        said = errors.wrong_way(request)
        said.headers["Allow"] = response.headers["Allow"]
        return said

    return middleware
