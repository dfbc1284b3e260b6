"""What this service can do, as RFC 7643 has a service describe itself."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from symposia.api.scim.answers import MOST, Answer, absent, as_json, as_list
from symposia.api.scim.gates import synced
from symposia.api.scim.groups import GROUP
from symposia.api.scim.patches import ENTERPRISE
from symposia.api.scim.users import USER

router = Router()
_CORE = "urn:ietf:params:scim:schemas:core:2.0"


def _attribute(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    """An attribute with what the standard assumes where nothing is said."""
    assumed = {
        "name": name,
        "type": kind,
        "multiValued": False,
        "required": False,
        "caseExact": False,
        "mutability": "readWrite",
        "returned": "default",
        "uniqueness": "none",
    }
    return assumed | more


_VALUE = _attribute("value")
SCHEMAS: dict[str, dict[str, Any]] = {
    USER: {
        "name": "User",
        "description": "Somebody who works here",
        "attributes": [
            _attribute("userName", required=True, uniqueness="server"),
            _attribute("externalId", caseExact=True),
            _attribute("displayName"),
            _attribute("name", "complex", subAttributes=[_attribute("formatted")]),
            _attribute("title"),
            _attribute("active", "boolean"),
            _attribute(
                "emails",
                "complex",
                multiValued=True,
                subAttributes=[_VALUE, _attribute("type"), _attribute("primary", "boolean")],
            ),
            _attribute(
                "groups",
                "complex",
                multiValued=True,
                mutability="readOnly",
                subAttributes=[_VALUE, _attribute("display"), _attribute("type")],
            ),
        ],
    },
    ENTERPRISE: {
        "name": "EnterpriseUser",
        "description": "To whom somebody reports",
        "attributes": [
            _attribute(
                "manager",
                "complex",
                subAttributes=[
                    _VALUE,
                    _attribute("$ref", "reference", referenceTypes=["User"]),
                    _attribute("displayName", mutability="readOnly"),
                ],
            )
        ],
    },
    GROUP: {
        "name": "Group",
        "description": "A group of the directory; an administrator says which role it gives",
        "attributes": [
            _attribute("displayName", required=True, uniqueness="server"),
            _attribute("externalId", caseExact=True),
            _attribute(
                "members",
                "complex",
                multiValued=True,
                subAttributes=[
                    _attribute("value", mutability="immutable"),
                    _attribute("$ref", "reference", referenceTypes=["User"]),
                    _attribute("display", mutability="readOnly"),
                ],
            ),
        ],
    },
}
TYPES = {
    "User": ("/Users", USER, [{"schema": ENTERPRISE, "required": False}]),
    "Group": ("/Groups", GROUP, []),
}


@router.get("/ServiceProviderConfig")
@synced
def config(request: HttpRequest) -> HttpResponse:
    """Which parts of the standard are here."""
    yes, no = {"supported": True}, {"supported": False}
    found = {
        "schemas": [f"{_CORE}:ServiceProviderConfig"],
        "patch": yes,
        "bulk": no | {"maxOperations": 0, "maxPayloadSize": 0},
        "filter": yes | {"maxResults": MOST},
        "changePassword": no,
        "sort": no,
        "etag": yes,
        "authenticationSchemes": [
            {
                "type": "oauthbearertoken",
                "name": "Key",
                "description": "A key with the permission sync_directory, as bearer.",
                "primary": True,
            }
        ],
        "meta": {"resourceType": "ServiceProviderConfig", "location": _at("ServiceProviderConfig")},
    }
    return as_json(request, Answer(200, found))


@router.get("/ResourceTypes")
@synced
def types(request: HttpRequest) -> HttpResponse:
    """What there is."""
    return as_list(request, [_type(name) for name in TYPES], 1, len(TYPES))


@router.get("/ResourceTypes/{name}")
@synced
def one_type(request: HttpRequest, name: str) -> HttpResponse:
    """One kind of what there is."""
    if name not in TYPES:
        raise absent("ResourceType")
    return as_json(request, Answer(200, _type(name)))


@router.get("/Schemas")
@synced
def schemas(request: HttpRequest) -> HttpResponse:
    """What is known of each."""
    return as_list(request, [_schema(urn) for urn in SCHEMAS], 1, len(SCHEMAS))


@router.get("/Schemas/{urn}")
@synced
def one_schema(request: HttpRequest, urn: str) -> HttpResponse:
    """What is known of one."""
    if urn not in SCHEMAS:
        raise absent("Schema")
    return as_json(request, Answer(200, _schema(urn)))


def _type(name: str) -> dict[str, Any]:
    endpoint, schema, extensions = TYPES[name]
    return {
        "schemas": [f"{_CORE}:ResourceType"],
        "id": name,
        "name": name,
        "endpoint": endpoint,
        "schema": schema,
        "schemaExtensions": extensions,
        "meta": {"resourceType": "ResourceType", "location": _at(f"ResourceTypes/{name}")},
    }


def _schema(urn: str) -> dict[str, Any]:
    told = {"schemas": [f"{_CORE}:Schema"], "id": urn}
    meta = {"resourceType": "Schema", "location": _at(f"Schemas/{urn}")}
    return told | SCHEMAS[urn] | {"meta": meta}


def _at(path: str) -> str:
    return f"{settings.ORIGIN}/scim/v2/{path}"
