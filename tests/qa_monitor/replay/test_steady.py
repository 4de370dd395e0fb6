"""A call of which no pace was kept: nobody waits for its text, so that its finals get all the care there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.call.pace.pace import Sound
from qa_monitor.replay.steady import steady_steps
from qa_monitor.shedding.care import FULL_CARE, PLAIN_CARE, Care
from streams.records import CallEnded
from tests.qa_monitor.builders import a_call


@pytest.mark.parametrize("care", [FULL_CARE, PLAIN_CARE])
def test_every_look_has_the_same_care_and_no_partials(care: Care) -> None:
    found = {step.standing for step in steady_steps(a_call(), 3.0, care)}

    assert [(one.company, one.beam, one.twice) for one in found] == [(care.company, care.beam, care.twice)]
    assert [one.level for one in found] == [1]


@given(duration_s=st.floats(0.0, 20.0))
def test_all_of_the_sound_comes_once_and_in_order(duration_s: float) -> None:
    call = a_call()
    came = [one for step in steady_steps(call, duration_s, FULL_CARE) for one in step.came]

    assert isinstance(came[-1], CallEnded)
    for channel in range(len(call.channels)):
        own = [one for one in came if isinstance(one, Sound) and one.channel == channel]
        assert sum(one.samples for one in own) == round(duration_s * call.rate_hz)
        assert [one.start_s for one in own] == sorted(one.start_s for one in own)
