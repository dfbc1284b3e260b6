import pytest

from symposia.accounts.permissions import Permission
from tests.factories.accounts import key_of, member

SCIM = "/scim/v2"


class Directory:
    """A directory of the organisation with its key."""

    def __init__(self, client, headers):
        self.client, self.headers = client, headers

    def ask(self, method, path, body=None, **headers):
        sent = {} if body is None else {"data": body, "content_type": "application/scim+json"}
        call = getattr(self.client, method)
        return call(f"{SCIM}{path}", headers=self.headers | headers, **sent)

    def get(self, path, **headers):
        return self.ask("get", path, **headers)

    def post(self, path, body):
        return self.ask("post", path, body)

    def put(self, path, body):
        return self.ask("put", path, body)

    def patch(self, path, body, **headers):
        return self.ask("patch", path, body, **headers)

    def delete(self, path):
        return self.ask("delete", path)


@pytest.fixture
def administrator(organisation):
    return member(organisation, "administrator")


@pytest.fixture
def directory(client, organisation, administrator):
    return Directory(client, key_of(administrator, organisation, [Permission.SYNC_DIRECTORY]))
