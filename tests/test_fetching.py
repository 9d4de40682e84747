"""What `--fetch` brings from servers, and what it does not: asked of a server on this machine."""

import http.server
import ssl
import threading
from collections.abc import Iterator

import pytest

from publish.build import fetching
from publish.diagnostic import PublishError
from tests import ROOT
from tests.corpus import pixel

CERTIFICATE = ROOT / "tests" / "localhost.pem"
"""Of `localhost`, signed by itself, with its key, which opens nothing anywhere."""
ELSEWHERE = {
    "/moved": "/map.png",
    "/file": "file:///etc/passwd",
    "/plain": "http://localhost/map.png",
    "/ftp": "ftp://localhost/map.png",
    "/round": "/round",
}


class Pictures(http.server.BaseHTTPRequestHandler):
    """Answers each path in its own way."""

    done = threading.Event()

    def do_GET(self) -> None:
        if target := ELSEWHERE.get(self.path):
            self._answer(302, b"", Location=target)
        elif self.path in ("/map.png", "/k%C3%A4rt.png?w=%C3%A4"):
            self._answer(200, pixel())
        elif self.path == "/who":
            self._answer(200, self.headers["User-Agent"].encode())
        elif self.path == "/large":
            self._answer(200, bytes(fetching._LARGEST + 1))
        elif self.path == "/half":
            self._answer(200, pixel()[:40], **{"Content-Length": "400"})
        elif self.path == "/silent":
            self.done.wait()
        elif self.path == "/slow":
            self._drip()
        else:
            self._answer(404, b"")

    def _answer(self, code: int, body: bytes, **headers: str) -> None:
        self.send_response(code)
        for name, value in ({"Content-Length": f"{len(body)}"} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def _drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while not self.done.is_set():
                self.wfile.write(b"x")
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """Whom those that ask may leave before it has answered."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of pictures over HTTPS."""
    made = Server(("127.0.0.1", 0), Pictures)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    made.socket = context.wrap_socket(made.socket, server_side=True)
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield f"https://localhost:{made.server_port}"
    Pictures.done.set()
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def trusted(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The server, whose certificate the system trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    monkeypatch.setenv("no_proxy", "localhost")
    return server


@pytest.mark.parametrize("path", ["/map.png", "/moved", "/kärt.png?w=ä", "/k%C3%A4rt.png?w=ä#top"])
def test_a_picture_is_fetched(trusted: str, path: str) -> None:
    assert fetching.load(trusted + path) == pixel()


def test_servers_are_told_who_asks(trusted: str) -> None:
    assert fetching.load(trusted + "/who").startswith(b"publish/")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/none", r"\(HTTP Error 404: Not Found\)"),
        ("/file", r"'file:///etc/passwd' is not allowed"),
        ("/plain", r"unknown url type: http"),
        ("/ftp", r"unknown url type: ftp"),
        ("/round", r"infinite loop"),
        ("/large", r"it is larger than 20 MB\.$"),
        ("/half", r"\(it ends in its middle\)"),
    ],
)
def test_what_no_picture_comes_of_is_told_in_one_line(trusted: str, path: str, told: str) -> None:
    with pytest.raises(PublishError, match=told) as raised:
        fetching.load(trusted + path)
    assert "\n" not in raised.value.message


@pytest.mark.parametrize(("path", "told"), [("/silent", "timed out"), ("/slow", "it takes too long")])
def test_patience_has_an_end(trusted: str, path: str, told: str) -> None:
    with pytest.raises(PublishError, match=told):
        fetching.load(trusted + path, patience=0.05)


def test_a_server_that_nothing_vouches_for_is_not_asked(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "localhost")
    with pytest.raises(PublishError, match="CERTIFICATE_VERIFY_FAILED"):
        fetching.load(server + "/map.png")
