"""How much of an utterance is cut off by the end of the scale."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment.clipping import clipped_share
from tests.sentiment.builders import a_sound


def test_nothing_is_clipped_in_silence_or_in_nothing() -> None:
    assert clipped_share(np.zeros(0, dtype=np.float32)) == 0.0
    assert clipped_share(np.zeros(800, dtype=np.float32)) == 0.0


@given(share=st.floats(0, 1))
def test_the_share_is_that_of_samples_at_either_end(share: float) -> None:
    samples = np.zeros(1000, dtype=np.float32)
    count = round(share * 1000)
    samples[:count:2], samples[1:count:2] = 1.0, -1.0

    assert clipped_share(samples) == pytest.approx(count / 1000)


def test_the_louder_a_line_is_driven_the_more_is_clipped() -> None:
    sound = a_sound() / np.abs(a_sound()).max()

    shares = [clipped_share(np.clip(sound * 10 ** (drive_db / 20), -1, 1)) for drive_db in (0, 6, 12, 24)]

    assert shares == sorted(shares)
    assert shares[0] < 0.01 < 0.3 < shares[-1]
