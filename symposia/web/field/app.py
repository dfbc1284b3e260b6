"""The field as an app on a phone: what it keeps to be read without a network.

The worker reaches addresses below `/field/` alone. Pages are kept encrypted in the browser's own
database, under the person who read them; files and the page that says "no network" lie open.
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

from symposia.web.gates import open_to_all

REASON = "files of the product and a page that knows nobody; rows are kept by whoever read them"
ALONE = "field/alone.html"
FILES = (
    "dist/symposia.css",
    "dist/shell.js",
    "dist/field-app.js",
    "dist/icons.svg",
    "django_htmx/htmx-2.min.js",
    "dist/fonts/plex-sans-latin.woff2",
    "dist/fonts/plex-sans-arabic-400.woff2",
    "dist/fonts/plex-sans-arabic-600.woff2",
    "favicon.svg",
)


@require_GET
@never_cache
@open_to_all(REASON)
def alone(request: HttpRequest) -> HttpResponse:
    """What is shown without a network in place of a page that was never read with one."""
    return render(request, ALONE)


@require_GET
@never_cache
@open_to_all(REASON)
def worker(request: HttpRequest) -> HttpResponse:
    """What keeps pages and files on the phone, the files under a version of their own."""
    files = [static(name) for name in FILES]
    page = render_to_string(ALONE, {}, request)
    stable = "\n".join(line for line in page.splitlines() if "data-made-at" not in line)
    version = hashlib.sha256("\n".join([stable, *files]).encode()).hexdigest()[:12]
    kept = {
        "version": version,
        "page": reverse("field_alone"),
        "files": files,
        "scope": reverse("field_day"),
    }
    script = staticfiles_storage.url("dist/field-worker.js")
    text = f"self.KEPT = {json.dumps(kept)};\nimportScripts({json.dumps(script)});\n"
    answer = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = reverse("field_day")
    return answer


@require_GET
@open_to_all(REASON)
def manifest(_request: HttpRequest) -> HttpResponse:
    """What a phone shows of the app on its home screen."""
    facts = {
        "name": _("Symposia field"),
        "short_name": _("Field"),
        "id": reverse("field_day"),
        "start_url": reverse("field_day"),
        "scope": reverse("field_day"),
        "display": "standalone",
        "orientation": "any",
        "background_color": "#f5f7f7",
        "theme_color": "#0b6470",
        "icons": [{"src": static("favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(facts, content_type="application/manifest+json")
