"""A PDF as an answer."""

from django.http import HttpResponse


def pdf_file(content: bytes, name: str) -> HttpResponse:
    """To be kept under this name, which the product made: letters, digits, hyphens."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
