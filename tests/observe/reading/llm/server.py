"""A model's server on this machine that answers as a test tells it to, well or badly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn


@dataclass
class Sent:
    """What the server sends for one request."""

    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    wait: float = 0.0
    drip: float = 0.0  # seconds between bytes


Behaviour = Callable[[dict, int], Sent]
"""Given the request and how many came before it."""


def says(content: object, *, finish: str = "stop", tokens: int = 100, **message: object) -> Sent:
    """Answer as a chat completion whose message says this."""
    text = content if isinstance(content, str) or content is None else json.dumps(content)
    choice = {"message": {"role": "assistant", "content": text, **message}, "finish_reason": finish}
    usage = {"total_tokens": tokens}
    return Sent(json.dumps({"id": "x", "choices": [choice], "usage": usage}))


def fails(status: int, message: str = "no", **headers: str) -> Sent:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Sent(json.dumps({"error": {"message": message}}), status, named)


def is_coding(request: dict) -> bool:
    """Whether this is the second question: its schema has the field of coded statements."""
    asked = json.dumps(request.get("response_format", {})) + request["messages"][0]["content"]
    return '"coded":' in asked


@dataclass
class Server:
    base_url: str
    requests: list[dict] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


class Local(ThreadingMixIn, TCPServer):
    """Not http.server's own, which looks its name up in the network."""

    daemon_threads = True


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[Server]:
    """Run the server in a thread."""
    seen = Server("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            request = json.loads(self.rfile.read(length))
            seen.requests.append(request)
            seen.headers.append({k.lower(): v for k, v in self.headers.items()})
            sent = behaviour(request, len(seen.requests) - 1)
            time.sleep(sent.wait)
            body = sent.body.encode() if isinstance(sent.body, str) else sent.body
            self.send_response(sent.status)
            for name, value in {**sent.headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for byte in body if sent.drip else ():
                    self.wfile.write(bytes([byte]))
                    time.sleep(sent.drip)
                self.wfile.write(body if not sent.drip else b"")
            except OSError:
                pass  # the other side has had enough

        def log_message(self, *args):
            pass

    server = Local(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    seen.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
