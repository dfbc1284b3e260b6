"""An interface as suites of the W3C want one (VC-API: issue, verify), on loopback, for this alone.

It issues and verifies with what badges are issued and verified with: the same kind of key, the
same rules of the data model, the same proofs, the same status lists. Where a badge asks for more
(that it is one, whose key it is, the register), nothing is asked: credentials of suites are of no
activity. The issuer is named by its key (`did:key`), as suites look up no other name.
"""

import json
import ssl
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import override_settings
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import (
    OB3VerificationError,
    add_data_integrity_proof,
    resolve_verification_method,
    status_entry,
    verify_data_integrity_proof,
)
from openbadgeslib.ob3.contexts import document_loader
from openbadgeslib.ob3.ldp import _check_json_ld_form as check_form

from symposia.credits.badge_reading import proofs_apart
from symposia.credits.credential_rules import problem_with
from symposia.credits.issuer_keys import new_key, private_pem
from symposia.credits.models import IssuerKey, KeyKind
from symposia.credits.paper_keys import opened_key, own_key
from symposia.credits.status_lists import BITS, list_address, status_list
from symposia.shared.ids import uuid7

CODE, LIST = "suite", "2026-0-1"
# The context of examples, as its address has it: every word is one of the examples.
_EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
_CONTEXTS: dict[str, dict[str, Any]] = {
    _EXAMPLES: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}
}
_NO_SUCH = (OB3VerificationError, LibOpenBadgesException)


class Refused(Exception):
    """What is handed in is no credential, or does not hold."""


class Signer:
    """An issuer with one key, as an organisation has one."""

    def __init__(self) -> None:
        fresh = new_key(KeyKind.PROOF)
        self.key = IssuerKey(
            organisation_id=uuid7(),
            kind=KeyKind.PROOF,
            number=1,
            public_key=fresh.public_key,
            sealed_key=fresh.sealed_key,
            seed=fresh.seed,
        )
        self.did = f"did:key:{fresh.public_key}"
        self.method = f"{self.did}#{fresh.public_key}"
        self._places = iter(range(BITS))
        self._lock = threading.Lock()

    def issue(self, credential: Any, options: dict[str, Any]) -> dict[str, Any]:
        """Sign a credential; one with a status gets its place in the list."""
        _refuse_if_malformed(credential)
        if options.get("withStatus"):
            with self._lock:
                place = next(self._places)
            status = status_entry(list_address(CODE, LIST), "revocation", place)
            credential = credential | {"credentialStatus": status}
        proof = {"type": "DataIntegrityProof", "verificationMethod": self.method}
        check_form(credential, proof, document_loader(_CONTEXTS))
        signed: dict[str, Any] = add_data_integrity_proof(
            credential, private_pem(self.key), self.method, extra_contexts=_CONTEXTS
        )
        return signed

    def list_of_status(self) -> dict[str, Any]:
        """The list that the places of issued credentials are in; nothing is revoked."""
        return status_list(CODE, LIST, self.key, [], datetime.now(UTC))


def verify(credential: Any) -> None:
    """Raises Refused where it does not hold, and what the library says."""
    _refuse_if_malformed(credential)
    for each in proofs_apart(credential):
        proof = each.get("proof")
        if not isinstance(proof, dict):
            raise Refused("there is no proof")
        check_form(each, proof, document_loader(_CONTEXTS))
        key = resolve_verification_method(str(proof.get("verificationMethod")), _nothing)
        verify_data_integrity_proof(each, key, extra_contexts=_CONTEXTS)


def _refuse_if_malformed(credential: Any) -> None:
    if not isinstance(credential, dict):
        raise Refused("it is no object")
    if problem := problem_with(credential):
        raise Refused(problem)


def _nothing(address: str) -> bytes:
    raise OB3VerificationError(f"{address} is not looked up")


class Handler(BaseHTTPRequestHandler):
    """Answers of the interface: 201 and 200, or 400 with the reason."""

    signer: Signer

    def do_GET(self) -> None:
        if self.path == list_address(CODE, LIST).removeprefix(settings.ORIGIN):
            self._answer(200, self.signer.list_of_status())
        else:
            self._answer(404, {"errors": ["There is nothing at this address."]})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        try:
            if self.path.endswith("/credentials/issue"):
                made = self.signer.issue(asked.get("credential"), asked.get("options") or {})
                self._answer(201, {"verifiableCredential": made})
            else:
                verify(asked.get("verifiableCredential"))
                self._answer(200, {"verified": True})
        except (Refused, *_NO_SUCH) as refused:
            self._answer(400, {"verified": False, "errors": [str(refused)[:300]]})

    def _answer(self, status: int, said: dict[str, Any]) -> None:
        content = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_said: Any) -> None:
        """Not a word: what counts is told by the suite."""


@contextmanager
def interface() -> Iterator[tuple[str, str]]:
    """Its address and the issuer's name, while it answers."""
    Handler.signer = Signer()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = _context().wrap_socket(server.socket, server_side=True)
        origin = f"https://127.0.0.1:{server.server_address[1]}"
        answering = threading.Thread(target=server.serve_forever, daemon=True)
        with override_settings(ORIGIN=origin):
            answering.start()
            try:
                yield origin, Handler.signer.did
            finally:
                server.shutdown()
                answering.join()


def _context() -> ssl.SSLContext:
    """Suites insist on TLS and ask nobody whose the certificate is."""
    made = own_key("Conformance", datetime.now(UTC))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        certificate, key = Path(folder) / "certificate.pem", Path(folder) / "key.pem"
        certificate.write_text(made.chain, encoding="ascii")
        der = opened_key(made.sealed_key)
        key.write_text(ssl.DER_cert_to_PEM_cert(der).replace("CERTIFICATE", "PRIVATE KEY"))
        context.load_cert_chain(certificate, key)
    return context
