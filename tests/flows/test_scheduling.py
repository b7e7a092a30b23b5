"""A schedule: it fires, loads each text once while a reader asks, and ends in order."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb

DEADLINE_SECONDS = 240


def count_documents(target: Path) -> tuple[int, int]:
    """Rows and distinct ids; a reader that fails here fails the test."""
    if not target.exists():
        return 0, 0
    with duckdb.connect(str(target), read_only=True) as con:
        rows, ids, runs = con.execute(
            "select count(*), count(distinct document_id), (select count(*) from runs) from documents"
        ).fetchone() or (0, 0, 0)
    assert rows == ids
    return rows, runs


def wait_for(target: Path, documents: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while count_documents(target)[0] < documents:
        assert process.poll() is None, "the schedule ended by itself"
        assert time.monotonic() < deadline, f"{documents} documents not loaded in time"
        time.sleep(0.5)


def test_a_schedule_loads_each_text_once_and_stops_cleanly(tmp_path):
    inbox, target = tmp_path / "inbox", tmp_path / "w.duckdb"
    inbox.mkdir()
    (inbox / "a.txt").write_text("Le bac de Valbourg a rouvert lundi, après trois semaines de travaux.\n")
    environment = {k: v for k, v in os.environ.items() if k != "PREFECT_API_URL"}
    command = [sys.executable, "-m", "flows", "schedule", str(inbox), "--every", "5s", "-w", str(target)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        wait_for(target, 1, process)
        (inbox / "b.txt").write_text("La digue de Hautecombe a cédé mardi sur douze mètres, sans faire de blessé.\n")
        wait_for(target, 2, process)
        runs = count_documents(target)[1]
    finally:
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=60)[0].decode()
    assert process.returncode == 0, said
    assert "Traceback" not in said
    assert said.strip().endswith("stopped")
    assert runs >= 2
    assert count_documents(target)[0] == 2
