from datetime import UTC, datetime, timedelta

from symposia.learning.folding import believed, length_of, merged, span_of, uncovered

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def spans(*pairs):
    return [(AT + timedelta(seconds=a), AT + timedelta(seconds=b)) for a, b in pairs]


def test_stretches_that_meet_become_one():
    assert merged([(10, 20), (0, 5), (5, 8), (15, 30)]) == [(0, 8), (10, 30)]


def test_what_was_watched_twice_counts_once():
    assert length_of([(0, 30), (10, 20), (0, 30)]) == 30


def test_skipping_is_not_watching():
    assert believed(0, 600, studied=15, lasts=600) == (568, 600)


def test_double_speed_is_watching():
    assert believed(0, 30, studied=15, lasts=600) == (0, 30)


def test_nothing_after_the_end_is_watched():
    assert believed(590, 700, studied=60, lasts=600) == (590, 600)
    assert believed(601, 700, studied=60, lasts=600) is None


def test_a_moment_counts_once_however_many_devices_tell_of_it():
    (span,) = spans((0, 60))

    assert uncovered(span, []) == 60
    assert uncovered(span, spans((-30, 20), (10, 30), (50, 90))) == 20
    assert uncovered(span, spans((-30, 100))) == 0


def test_nobody_studies_longer_at_once_than_a_device_tells_of():
    begins, ends = span_of(AT, 7200, AT - timedelta(days=1))

    assert (ends - begins).total_seconds() == 60


def test_nothing_counts_from_before_the_start():
    begins, ends = span_of(AT, 50, AT - timedelta(seconds=20))

    assert (ends - begins).total_seconds() == 20
