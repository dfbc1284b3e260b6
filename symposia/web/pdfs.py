"""A PDF as an answer, or many of them."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse


def archive_file(body: Iterator[bytes], name: str) -> StreamingHttpResponse:
    """An archive that is written as it is sent, to be kept under this name of the product's."""
    response = StreamingHttpResponse(body, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


def pdf_file(content: bytes, name: str) -> HttpResponse:
    """To be kept under this name, which the product made: letters, digits, hyphens."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
