"""A ticket that was opened once opens again without a network: a worker of its own keeps it.

It looks after addresses below `/t/` alone, and asks the network first: what somebody gave up is
not shown as a place while there is a network to say so.
"""

import hashlib
import json

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from symposia.web.gates import open_to_all

FILES = (
    "dist/symposia.css",
    "dist/shell.js",
    "dist/ticket.js",
    "dist/icons.svg",
    "dist/fonts/plex-sans-latin.woff2",
    "django_htmx/htmx-2.min.js",
    "favicon.svg",
)


@require_GET
@never_cache
@open_to_all("a script that is the same for everybody; the tickets are on the phone alone")
def worker(_request: HttpRequest) -> HttpResponse:
    """What keeps tickets on the phone, and the files they are shown with."""
    files = [static(name) for name in FILES]
    version = hashlib.sha256("\n".join(files).encode()).hexdigest()[:12]
    kept = {"version": version, "files": files}
    script = staticfiles_storage.url("dist/ticket-worker.js")
    text = f"self.KEPT = {json.dumps(kept)};\nimportScripts({json.dumps(script)});\n"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")
