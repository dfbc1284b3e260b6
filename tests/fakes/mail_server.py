"""A mail server of our own on a free port, which answers as it is told and keeps what it gets."""

import asyncio
import email
import email.policy
import threading

from aiosmtpd.smtp import SMTP

SILENCE = 5


class MailServer:
    """`answers` is what it says to the next messages, in order; after that it takes everything.

    Instead of a sentence: `drop` hangs up, `took` keeps the message and hangs up without a word,
    `tarpit` keeps silent. `reached` is set once a message is being handed over; `called` counts
    the lines.
    """

    def __init__(self):
        self.answers = []
        self.refuse_address = ""
        self.taken, self.raw, self.senders = [], [], []
        self.hesitates = self.called = 0
        self.reached = threading.Event()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.refuse_address:
            return self.refuse_address
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.reached.set()
        answer = self.answers.pop(0) if self.answers else "250 OK"
        await asyncio.sleep(self.hesitates)
        if answer.startswith("250") or answer == "took":
            self.raw.append(envelope.content)
            self.senders.append(envelope.mail_from)
            self.taken.append(
                email.message_from_bytes(envelope.content, policy=email.policy.default)
            )
        if answer == "tarpit":
            await asyncio.sleep(SILENCE)
        if answer in {"drop", "took", "tarpit"}:
            session.loop.call_soon(server.transport.abort)
            await asyncio.sleep(0.1)
            return "250 OK"
        return answer

    def _answer(self):
        self.called += 1
        self.line = SMTP(self, hostname="mail.test", loop=self._loop)
        return self.line

    def hang_up(self):
        """On whoever called last, unasked."""
        self._loop.call_soon_threadsafe(self.line.transport.abort)

    @property
    def port(self):
        return self._server.sockets[0].getsockname()[1]

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()

        def serve():
            self._server = self._loop.run_until_complete(
                self._loop.create_server(self._answer, "127.0.0.1", 0)
            )
            ready.set()
            self._loop.run_forever()

        self._thread = threading.Thread(target=serve, daemon=True)
        self._thread.start()
        assert ready.wait(10)
        return self

    def __exit__(self, *problem):
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self):
        self._server.close()
        others = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
        for other in others:
            other.cancel()
        await asyncio.gather(*others, return_exceptions=True)
