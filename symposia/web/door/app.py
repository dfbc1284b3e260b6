"""The door as an app that is installed on a phone and never waits for the network.

The page holds no row and asks for no sign-in: whoever opens it without a pairing code sees a page
that asks for one. A worker of its own, for addresses below `/door/` alone, keeps page and files.
"""

import hashlib
import json

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from symposia.directory.models import Profession
from symposia.web.door.words import app_words
from symposia.web.gates import open_to_all

REASON = "the empty app: it knows nobody until a pairing code gave the phone a key"
PAGE = "door/app.html"
# What the phone looks at before the door opens.
CHECKS = ("paired", "people", "clock", "camera", "stored", "installed", "battery", "test")
FILES = (
    "dist/symposia.css",
    "dist/door-app.js",
    "dist/icons.svg",
    "dist/zxing_reader.wasm",
    "dist/fonts/plex-sans-latin.woff2",
    "dist/fonts/plex-sans-arabic-400.woff2",
    "dist/fonts/plex-sans-arabic-600.woff2",
    "favicon.svg",
)


@require_GET
@never_cache
@open_to_all(REASON)
def app(request: HttpRequest) -> HttpResponse:
    """The one page of the app; everything on it is filled in by the phone."""
    return render(request, PAGE, _context())


@require_GET
@never_cache
@open_to_all(REASON)
def worker(request: HttpRequest) -> HttpResponse:
    """What keeps the page and its files on the phone, under a version of their own."""
    files = [static(name) for name in FILES]
    page = render_to_string(PAGE, _context(), request)
    version = hashlib.sha256("\n".join([page, *files]).encode()).hexdigest()[:12]
    kept = {"version": version, "page": reverse("door_app"), "files": files}
    script = staticfiles_storage.url("dist/door-worker.js")
    text = f"self.KEPT = {json.dumps(kept)};\nimportScripts({json.dumps(script)});\n"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@require_GET
@open_to_all(REASON)
def manifest(_request: HttpRequest) -> HttpResponse:
    """What a phone shows of the app on its home screen."""
    facts = {
        "name": _("Symposia door"),
        "short_name": _("Door"),
        "start_url": reverse("door_app"),
        "scope": reverse("door_app"),
        "display": "standalone",
        "orientation": "any",
        "background_color": "#11201f",
        "theme_color": "#11201f",
        "icons": [{"src": static("favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(facts, content_type="application/manifest+json")


def _context() -> dict[str, object]:
    return {"words": app_words(), "professions": Profession.choices, "checks": CHECKS}
