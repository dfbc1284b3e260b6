"""What the sign-in library asks of us: no open sign-up, its mails through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from symposia.notifications.actions import queue_message
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import INSTALLATION, acting_in
from symposia.web.addresses import client_address

Words = tuple[str, dict[str, str]]
_PROOFS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use the code of your app"),
    "mfa_reauthenticate:webauthn": _("Use your passkey"),
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Members come by invitation; every mail of the library is a row of the outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def get_user_search_fields(self) -> list[str]:
        return ["email", "full_name"]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to prove once more who one is, in our words."""
        methods = super().get_reauthentication_methods(user)
        return [{**each, "description": _PROOFS[each["id"]]} for each in methods]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail for the installation: codes are of no organisation's business."""
        code, values = _words(template_prefix, context)
        with acting_in(INSTALLATION):
            queue_message(
                code,
                to_address=email,
                values={"organisation": "Symposia", **values},
                language=get_language() or settings.LANGUAGE_CODE,
                awaited=True,
                by=SYSTEM,
            )


def _words(prefix: str, context: dict[str, Any]) -> Words:
    """Which of our messages stands for a mail of the library, and what is filled in."""
    match prefix.rpartition("/")[2]:
        case "login_code" | "password_reset_code" | "email_confirmation_code":
            return "web.login_code", {"code": str(context["code"])}
        case "password_reset_key":
            return "web.password_reset", {"reset_link": str(context["password_reset_url"])}
        case "unknown_account":
            page = f"{settings.ORIGIN}{reverse('account_login')}"
            return "web.unknown_account", {"sign_in_link": page}
        case _:
            return "web.account_notice", {
                "subject": _rendered(f"{prefix}_subject.txt", context),
                "words": _rendered(f"{prefix}_message.txt", context),
            }


def _rendered(template: str, context: dict[str, Any]) -> str:
    return render_to_string(template, context).strip()
