"""The public check of a certificate: no session, no script, no search by name."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from symposia.credits.checking import check_certificate, status_place
from symposia.credits.codes import read_code
from symposia.credits.wording import from_json
from symposia.web.gates import open_to_all, own_transaction
from symposia.web.requests import OpenRequest

PAGE = "public/verify/verify.html"


@require_GET
@open_to_all("whoever is shown a certificate may check it")
@own_transaction
def verify_form(request: OpenRequest) -> HttpResponse:
    """Where a code from paper is typed."""
    if typed := request.GET.get("code", "").strip():
        code = read_code(typed)
        return redirect("verify", code.text if code else "unknown")
    return render(request, PAGE, {"asked": False})


@require_GET
@open_to_all("the address inside the square code of a certificate")
@own_transaction
def verify(request: OpenRequest, code: str) -> HttpResponse:
    """Valid, revoked, replaced or not found: an unknown code and a malformed one answer alike."""
    found = check_certificate(code)
    if found is None:
        return render(request, PAGE, {"asked": True}, status=404)
    printed = found.certificate.printed
    context = {
        "asked": True,
        "found": found,
        "printed": printed,
        "holder": masked(str(printed["name"]).partition(",")[0]),
        "unit": from_json(printed["unit"]),
        "signing": status_place(found),
    }
    return render(request, PAGE, context)


def masked(name: str) -> str:
    """Enough to compare with a paper at hand, too little to learn a name from a code."""
    return " ".join(f"{word[0]}•••" if len(word) > 1 else word for word in name.split())
