"""Requests as two widely used directories document that they send them, with invented people."""

CORE = "urn:ietf:params:scim:schemas:core:2.0"
USER, GROUP = f"{CORE}:User", f"{CORE}:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"

ENTRA_USER = {
    "schemas": [USER, ENTERPRISE],
    "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
    "userName": "lena.holm@hospital.example",
    "active": True,
    "displayName": "Lena Holm",
    "emails": [{"primary": True, "type": "work", "value": "lena.holm@mail.example"}],
    "meta": {"resourceType": "User"},
    "name": {"formatted": "Lena Holm", "familyName": "Holm", "givenName": "Lena"},
    "title": "Nurse educator",
    "roles": [],
}
OKTA_USER = {
    "schemas": [USER],
    "userName": "omar.reyes@hospital.example",
    "name": {"givenName": "Omar", "familyName": "Reyes"},
    "emails": [{"primary": True, "value": "omar.reyes@hospital.example", "type": "work"}],
    "displayName": "Omar Reyes",
    "locale": "en-US",
    "externalId": "00ujl29u0le5T6Aj10h7",
    "groups": [],
    "password": "1mz050nq",
    "active": True,
}


def patch(*operations):
    """A PATCH with these operations."""
    return {"schemas": [PATCH], "Operations": list(operations)}


def one(op, path=None, value=None):
    """A PATCH with one operation; what is not given is not sent."""
    parts = {"op": op, "path": path, "value": value}
    return patch({name: part for name, part in parts.items() if part is not None})


# Who leaves: the ways in which it is said.
GONE = {
    "entra": one("Replace", "active", value=False),
    "entra, truth as a word": one("Replace", "active", "False"),
    "okta": one("replace", value={"active": False}),
    "a list of one": one("replace", "active", [{"value": "false"}]),
}
ENTRA_RENAMED = one("Replace", "displayName", "CME leads")
OKTA_RENAMED = one("replace", value={"id": "abf4dd94", "displayName": "CME leads"})


def joined(dialect, *ids):
    """People come into a group."""
    if dialect == "entra":
        return one("Add", "members", [{"$ref": None, "value": each} for each in ids])
    return one("add", "members", [{"value": each, "display": "Somebody"} for each in ids])


def left(dialect, pk):
    """Somebody goes out of a group."""
    if dialect == "entra":
        return one("Remove", "members", [{"$ref": None, "value": pk}])
    return one("remove", f'members[value eq "{pk}"]')
