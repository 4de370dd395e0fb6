"""One utterance against the same speaker so far, in plain units."""

from dataclasses import replace

import numpy as np
import pytest

from sentiment.baseline import Prior, SpeakerBaseline
from sentiment.comparison import SILENT_DB, compare, pace_wps
from sentiment.prosody import FEATURES, VoiceMeasures
from tests.sentiment.builders import an_utterance

PRIOR = Prior(mean=np.zeros(len(FEATURES), np.float32), deviation=np.ones(len(FEATURES), np.float32))


def measures(pitch_st: float = np.nan, level_db: float = np.nan) -> VoiceMeasures:
    values = np.zeros(len(FEATURES), dtype=np.float32)
    values[FEATURES.index("pitch_st")], values[FEATURES.index("level_db")] = pitch_st, level_db
    return VoiceMeasures(features=values, voiced_s=1.0, speech_s=1.5)


def test_changes_are_against_what_the_speaker_did_before() -> None:
    baseline = SpeakerBaseline()
    baseline.learn(measures(pitch_st=1.0, level_db=-2.0).features, 3.0, PRIOR, 2.0)

    found = compare(measures(pitch_st=3.5, level_db=1.0), 3.0, baseline)

    assert found.pitch_change_st == pytest.approx(2.5)
    assert found.level_change_db == pytest.approx(3.0)
    assert found.pace_change == pytest.approx(1.5)
    assert found.pitch_hz == pytest.approx(100 * 2 ** (3.5 / 12))


def test_first_words_have_nothing_to_be_compared_with() -> None:
    found = compare(measures(pitch_st=3.0, level_db=-20.0), 3.0, SpeakerBaseline())

    assert (found.pitch_change_st, found.level_change_db, found.pace_change) == (None, None, None)
    assert found.pace_wps == 3.0


def test_without_speech_the_level_is_that_of_silence() -> None:
    found = compare(measures(), None, SpeakerBaseline())

    assert found.level_db == SILENT_DB
    assert found.pitch_hz is None
    assert found.pace_wps == 0.0


def test_pace_is_words_a_second_from_first_to_last() -> None:
    assert pace_wps(an_utterance(duration_s=2.0, words=6)) == pytest.approx(3.0)


def test_no_pace_over_a_scrap_no_words_or_distrusted_text() -> None:
    assert pace_wps(an_utterance(duration_s=0.4, words=2)) is None
    assert pace_wps(an_utterance(words=0)) is None
    assert pace_wps(replace(an_utterance(), trusted=False)) is None
