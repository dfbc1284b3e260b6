"""`python -m benchmarks.bare_site PORT`: Django and the web server, one page, nothing of ours.

The limit of everything that is about starting the web server and what its workers hold.
"""

import sys

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse  # noqa: TID251  # no part of the product
from django.urls import path
from granian import Granian
from granian.constants import Interfaces

from benchmarks.clients import WORKERS
from symposia.running.configuration import web_threads


def page(_request: WSGIRequest) -> HttpResponse:
    return HttpResponse("here", headers={"Content-Length": "4"})


urlpatterns = [path("", page)]


def load(_target: str) -> WSGIHandler:
    """The application, loaded before the workers are made, as the product's."""
    return WSGIHandler()


def main(port: int) -> None:
    server = Granian(
        target="bare",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=web_threads(),
        workers_kill_timeout=2,
        log_access=False,
    )
    server.serve(target_loader=load)


if __name__ == "__main__":
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["localhost"], SECRET_KEY="-" * 50)
    django.setup()
    main(int(sys.argv[1]))
