"""How far a run is: it goes on from phase to phase, never back, and knows its time to go once it can."""

from flows.progress import Begun, Found, Phase, Processed, ToProcess, listening, report, unheard
from flows.way import Way, show_seconds


def told(*events: tuple[float, object]) -> Way:
    way = Way(0.0)
    for now, event in events:
        way.hear(event, now)
    return way


def test_nobody_knows_the_time_to_go_before_records_are_processed():
    reading = (1.0, Begun(Phase.read)), (2.0, Found(3_000, 40))
    way = told(*reading)
    assert way.describe(2.0) == "reading 3,000 records, 40 of them new"
    assert way.to_go(2.0) is None
    way = told(*reading, (3.0, ToProcess(40)), (3.0, Begun(Phase.process)))
    assert way.describe(9.0) == "processing 0 of 40 records"


def test_the_time_to_go_follows_from_what_was_done_and_runs_down_between_events():
    way = told((0.0, ToProcess(40)), (0.0, Begun(Phase.process)), (38.0, Processed(20)))
    # half of .76 in 38 s: a hundredth of the run a second, and .58 of it is to come
    assert round(way.to_go(38.0) or 0) == 58
    assert round(way.to_go(48.0) or 0) == 48
    assert way.describe(38.0) == "processing 20 of 40 records, about 58 s to go"


def test_it_never_goes_back_and_ends_near_one():
    way = Way(0.0)
    done = []
    events = [Begun(Phase.read), ToProcess(2), Begun(Phase.process), Processed(1), Processed(1), Begun(Phase.load)]
    events += [Begun(Phase.compare), Begun(Phase.read), Begun(Phase.publish), Processed(7)]
    for now, event in enumerate(events):
        way.hear(event, now)
        done.append(way.done)
    assert done == sorted(done)
    assert way.phase == Phase.publish
    assert 0.9 < way.done <= 1.0


def test_nothing_to_process_is_no_division_by_zero():
    way = told((0.0, ToProcess(0)), (1.0, Begun(Phase.load)))
    assert way.describe(1.0).startswith("loading")


def test_times_are_as_exact_as_they_are_known():
    assert [show_seconds(s) for s in (0.2, 41.4, 170, 3_600, 7_800)] == [
        "1 s",
        "41 s",
        "3 min",
        "1 h 0 min",
        "2 h 10 min",
    ]


def test_what_is_done_before_the_run_itself_is_not_heard():
    heard: list[object] = []
    with listening(heard.append):
        with unheard():
            report(Begun(Phase.publish))
        report(Begun(Phase.read))
    assert heard == [Begun(Phase.read)]
