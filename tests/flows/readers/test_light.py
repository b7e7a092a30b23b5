"""Reading begins without what only processing needs, and ends whatever a file holds."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from exports import LAYOUTS, pieces
from test_exports import read_folder

HEAVY = ("polars", "pandera", "prefect", "spacy")
READ = """
import json, sys
from pathlib import Path
from flows.inbox import list_files
from flows.readers import read_records
count = sum(1 for file in list_files(Path(sys.argv[1])) for item in read_records(file))
print(json.dumps([count, [name for name in sys.argv[2:] if name in sys.modules]]))
"""


def test_no_reader_of_tables_texts_or_archives_loads_what_only_processing_needs(tmp_path):
    for name in (
        "europresse.HTML",
        "nexis.TXT",
        "factiva.txt",
        "corpus_iramuteq.txt",
        "table.csv",
        "liste.json",
        "lignes.jsonl",
    ):
        (tmp_path / name).write_bytes(LAYOUTS[name](pieces(2)))
    command = [sys.executable, "-c", READ, str(tmp_path), *HEAVY]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    assert json.loads(done.stdout) == [14, []]


@pytest.mark.parametrize("name", LAYOUTS)
def test_whatever_is_done_to_a_file_it_is_read_or_told(tmp_path, name):
    """Bytes taken out, put in, swapped and repeated, forty times: never an exception, and every file answers."""
    chance = random.Random(name)
    whole = LAYOUTS[name](pieces(3))
    for number in range(40):
        (tmp_path / f"{number}_{name}").write_bytes(_spoil(whole, chance))
    records, faults = read_folder(tmp_path)
    assert {item["source_path"] for item in records} | {fault.source_path for fault in faults} == {
        f"{number}_{name}" for number in range(40)
    }


def _spoil(whole: bytes, chance: random.Random) -> bytes:
    raw = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        place, length = chance.randrange(len(raw)), chance.randint(1, 40)
        kind = chance.randrange(4)
        if kind == 0:
            del raw[place : place + length]
        elif kind == 1:
            raw[place:place] = bytes(chance.randrange(256) for _ in range(length))
        elif kind == 2:
            raw[place : place + length] = raw[chance.randrange(len(raw)) :][:length]
        else:
            raw[place:place] = raw[place : place + length] * 3
    return bytes(raw) or b"x"
