"""The Prefect server: one of our own, or a given one that may not answer."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from flows import server
from flows.server import ServerLost, prefect_server, reach

TEXT = "Le bac de Valbourg a rouvert lundi, après trois semaines de travaux.\n"


class Busy(BaseHTTPRequestHandler):
    """A server that has no time."""

    def do_GET(self) -> None:
        self.send_error(503)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def busy() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Busy) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}/api"
        httpd.shutdown()


def test_a_given_server_that_does_not_answer_is_told_in_one_line(busy, monkeypatch):
    monkeypatch.setattr(server.time, "sleep", lambda _: None)
    with pytest.raises(ServerLost, match=r"503 Service Unavailable; nothing was changed"):
        reach(busy)
    for address in ("http://127.0.0.1:9/api", "no address"):
        with pytest.raises(ServerLost, match=address):
            reach(address)


def test_a_server_of_our_own_that_cannot_start_is_told(monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("PREFECT_SERVER_API_PORT", "no number")
    with prefect_server() as own, pytest.raises(ServerLost, match="did not start"):
        own.wait()


def test_a_run_without_its_server_ends_with_status_3_and_leaves_everything_as_it_was(busy, tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(TEXT)
    target = tmp_path / "w.duckdb"
    done = subprocess.run(
        [sys.executable, "-m", "flows", "run", str(inbox), "-w", str(target)],
        env=os.environ | {"PREFECT_API_URL": busy},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3
    lines = done.stderr.decode().splitlines()
    assert lines[-1].startswith(f"Prefect: no Prefect server at PREFECT_API_URL={busy}: it answers 503")
    assert not [line for line in lines if "Traceback" in line]
    assert not target.exists()
