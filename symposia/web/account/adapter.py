"""What the sign-in library asks of us: no open sign-up, mails through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Members come by invitation; every mail of the library is a row of the outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        from symposia.web.addresses import client_address  # noqa: PLC0415

        return client_address(request)

    def get_user_search_fields(self) -> list[str]:
        return ["email", "full_name"]
