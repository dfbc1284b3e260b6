"""What a file of a package is to a browser, by the end of its name and by nothing in it."""

PLAIN = "application/octet-stream"
_TYPES = {
    "text/html": "html htm shtml xhtm",
    "application/xhtml+xml": "xhtml",
    "text/css": "css",
    "text/javascript": "js mjs",
    "application/json": "json map webmanifest",
    "application/xml": "xml xsd xsl xslt dtd",
    "text/plain": "txt md csv ini log",
    "text/vtt": "vtt",
    "image/png": "png",
    "image/jpeg": "jpg jpeg jpe",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/svg+xml": "svg",
    "image/bmp": "bmp",
    "image/x-icon": "ico cur",
    "video/mp4": "mp4 m4v",
    "video/webm": "webm",
    "video/ogg": "ogv",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a aac",
    "audio/ogg": "ogg oga opus",
    "audio/wav": "wav",
    "font/woff": "woff",
    "font/woff2": "woff2",
    "font/ttf": "ttf",
    "font/otf": "otf",
    "application/vnd.ms-fontobject": "eot",
    "application/wasm": "wasm",
    "application/pdf": "pdf",
}
_BY_END = {end: kind for kind, ends in _TYPES.items() for end in ends.split()}


def type_of_path(path: str) -> str:
    """The content type of a file; whatever is not known is only taken home."""
    return _BY_END.get(path.rpartition(".")[2].casefold(), PLAIN)
