"""A flow run leaves its counts, rejects and warnings in Prefect."""

import json

import pytest

RUN = {"run_id": "2026-11-30T06:00:00-ab12cd", "status": "published", "found": 5, "loaded": 2, "unchanged": 1,
       "repeated": 0, "rejected": 2, "articles": 2}  # fmt: skip
REJECTS = [
    {"source_path": "b\x1b[2J.txt", "record": None, "stage": "decode", "reason": "not a text", "detail": None},
    {"source_path": "c.jsonl", "record": 4, "stage": "read", "reason": "not JSON", "detail": "line 1"},
]
WARNINGS = [
    {"run_id": RUN["run_id"], "measure": "articles", "value": 2.0, "usual": 80.0, "message": "2 articles loaded"}
]


@pytest.mark.usefixtures("prefect_harness")
def test_counts_rejects_and_warnings_become_artifacts():
    from prefect import flow
    from prefect.artifacts import Artifact

    from flows.artifacts import save_artifacts

    flow(save_artifacts, name="leave", validate_parameters=False)(RUN, REJECTS, WARNINGS)
    counts, rejects, warnings = (Artifact.get(f"marbre-{kind}") for kind in ("counts", "rejects", "warnings"))
    assert {row["count"]: row["records"] for row in json.loads(counts.data)} == {
        "found": 5, "loaded": 2, "unchanged": 1, "repeated": 0, "rejected": 2, "articles": 2
    }  # fmt: skip
    assert [row["source_path"] for row in json.loads(rejects.data)] == ["b\\x1b[2J.txt", "c.jsonl"]
    assert warnings.data == "- **articles**: 2 articles loaded"
    assert counts.flow_run_id == rejects.flow_run_id == warnings.flow_run_id


@pytest.mark.usefixtures("prefect_harness")
def test_many_rejects_are_cut_and_said():
    from prefect import flow
    from prefect.artifacts import Artifact

    from flows.artifacts import save_artifacts

    flow(save_artifacts, name="leave", validate_parameters=False)(RUN, REJECTS[:1] * 300, [])
    artifact = Artifact.get("marbre-rejects")
    assert len(json.loads(artifact.data)) == 100
    assert "300 set aside" in artifact.description
