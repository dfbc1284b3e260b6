"""A name server of our own on a free port: it answers for the names it is told, and no others."""

import socket
import threading

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


class NameServer:
    """`texts` are the TXT records by name; a name in `silent` gets no answer at all."""

    def __init__(self, texts=None):
        self.texts = dict(texts or {})
        self.silent = set()
        self.asked = []

    @property
    def address(self):
        host, port = self._socket.getsockname()
        return f"{host}:{port}"

    def lookup(self, name, **_more):
        """As the library that checks signatures asks: one text, of a name with a dot behind it."""
        return "".join(self.texts.get(name.decode().rstrip("."), [])).encode() or None

    def _answer(self, request):
        asked = request.question[0]
        name = asked.name.to_text(omit_final_dot=True).lower()
        self.asked.append(name)
        if name in self.silent:
            return None
        reply = dns.message.make_response(request)
        reply.flags |= dns.flags.RA
        if name not in self.texts:
            reply.set_rcode(dns.rcode.NXDOMAIN)
        elif self.texts[name]:
            rows = [_quoted(text) for text in self.texts[name]]
            reply.answer.append(dns.rrset.from_text(asked.name, 60, "IN", "TXT", *rows))
        return reply.to_wire()

    def _serve(self):
        while True:
            asked, sender = self._socket.recvfrom(4096)
            if not asked:
                return
            if said := self._answer(dns.message.from_wire(asked)):
                self._socket.sendto(said, sender)

    def __enter__(self):
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *problem):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
            end.sendto(b"", self._socket.getsockname())
        self._thread.join(5)
        self._socket.close()


def _quoted(text):
    """In pieces of at most 255 letters, as DNS carries them."""
    return " ".join(f'"{text[at : at + 255]}"' for at in range(0, len(text), 255))
