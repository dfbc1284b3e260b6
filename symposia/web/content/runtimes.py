"""The script that packages talk to (scorm-again, bundled), from the content origin itself."""

import gzip
import hashlib
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import reverse
from django.views.decorators.http import require_GET

from symposia.web.gates import open_to_all

_BUNDLES = {"1.2": "scorm12.js", "2004": "scorm2004.js"}


@lru_cache(maxsize=4)
def _bundle(name: str) -> tuple[str, bytes]:
    """The hash of a bundle, and the bundle as it is sent."""
    content = (settings.BASE / "symposia/web/static/dist" / name).read_bytes()
    return hashlib.sha256(content).hexdigest()[:16], gzip.compress(content, 9, mtime=0)


def runtime_path(standard: str) -> str:
    """Where the runtime of a standard is; another build has another address."""
    name = _BUNDLES[standard]
    return reverse("runtime", args=[_bundle(name)[0], name], urlconf="config.urls_content")


@require_GET
@open_to_all("the player's own script, the same for everybody; says nothing of anybody")
def runtime(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    if name not in _BUNDLES.values() or _bundle(name)[0] != digest:
        return HttpResponseNotFound("This script is of another version. Open the lesson again.")
    content = _bundle(name)[1]
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    body = content if is_packed else gzip.decompress(content)
    response = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    if is_packed:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
