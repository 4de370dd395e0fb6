"""Calls composed of clips: turns, pauses, times, and how much is said."""

from pathlib import Path

import numpy as np
import pytest

from qa_monitor.bench.conversation import SHARE, Conversation, compose, rolled, speaking, speech_s
from qa_monitor.bench.job import Material, prompts_for
from qa_monitor.bench.plan import chosen_prompts
from qa_monitor.bench.prompts import RATE_HZ, Prompt, PromptsMissing, are_installed, bundled_lines, prompts_of
from qa_monitor.simulator.recording import read_recording
from streams.records import Language

SECONDS = 120.0
QUIET = 0.05


def a_prompt(number: int) -> Prompt:
    """A tone of 1.5 to 4.5 s with a little silence around it."""
    rng = np.random.default_rng(number)
    spoken = np.sin(np.arange(round(rng.uniform(1.5, 4.5) * RATE_HZ)) / 3) * 8000
    silence = np.zeros(round(0.4 * RATE_HZ))
    samples = np.concatenate([silence, spoken, silence]).astype(np.int16)
    return Prompt(key=str(number), language=Language.EN, text=f"this is prompt number {number}", samples=samples)


@pytest.fixture(scope="module")
def prompts() -> list[Prompt]:
    return [a_prompt(number) for number in range(30)]


@pytest.fixture(scope="module")
def conversation(prompts: list[Prompt]) -> Conversation:
    return compose(prompts, SECONDS, seed=3)


def test_about_three_quarters_of_a_call_are_speech(conversation: Conversation) -> None:
    assert conversation.speech_s / SECONDS == pytest.approx(SHARE, abs=0.05)


def test_both_people_speak_and_sometimes_over_each_other(conversation: Conversation) -> None:
    said = conversation.spoken
    overlaps = [second.start_s < first.end_s for first, second in zip(said[:-1], said[1:], strict=True)]

    assert {one.channel for one in said} == {0, 1}
    assert 0 < sum(overlaps) < len(said) / 2
    for channel in (0, 1):
        mine = [one for one in said if one.channel == channel]
        assert all(first.end_s < second.start_s for first, second in zip(mine[:-1], mine[1:], strict=True))


def test_the_times_are_those_of_the_sound(conversation: Conversation) -> None:
    for one in conversation.spoken:
        channel = conversation.samples[:, one.channel]
        said = speaking(channel[round(one.start_s * RATE_HZ) : round(one.end_s * RATE_HZ)])
        assert said.mean() > 0.9
        after = channel[round(one.end_s * RATE_HZ) + 160 : round((one.end_s + 0.1) * RATE_HZ)]
        assert np.abs(after).max() < 1000


def test_every_clip_is_heard_before_one_comes_again(prompts: list[Prompt], conversation: Conversation) -> None:
    keys = [one.key for one in sorted(conversation.spoken, key=lambda one: one.start_s)]

    assert len(set(keys[:25])) >= 24  # an overlap may put two of them the other way round
    assert all(key.startswith("en:") for key in keys)


def test_nothing_is_cut_off_at_the_end(conversation: Conversation) -> None:
    assert max(one.end_s for one in conversation.spoken) <= SECONDS - 1.0
    assert len(conversation.samples) == SECONDS * RATE_HZ


def test_the_same_seed_gives_the_same_call_and_another_one_another(prompts: list[Prompt]) -> None:
    first, again, other = (compose(prompts, 30.0, seed) for seed in (1, 1, 2))

    assert np.array_equal(first.samples, again.samples)
    assert first.spoken == again.spoken
    assert [one.key for one in first.spoken] != [one.key for one in other.spoken]


def test_where_nobody_speaks_noise_is_no_speech() -> None:
    noise = np.random.default_rng(1).normal(0, 26, (RATE_HZ * 5, 2)).astype(np.int16)

    assert speech_s(noise) == 0.0


def test_a_recording_is_turned_and_repeated() -> None:
    samples = np.arange(2 * RATE_HZ, dtype=np.int16).reshape(-1, 2)

    found = rolled(samples, 2.5, seed=1)

    assert found.shape == (20_000, 2)
    assert found[0, 0] != 0
    assert np.array_equal(found[: len(samples)], found[len(samples) : 2 * len(samples)])


def test_clips_are_chosen_for_half_of_a_run(prompts: list[Prompt]) -> None:
    chosen = chosen_prompts(prompts, 60.0)

    assert sum(prompt.duration_s for prompt in chosen) == pytest.approx(30.0, abs=8.0)
    assert len({prompt.key for prompt in chosen}) == len(chosen)
    assert chosen_prompts(prompts, 1e6) == tuple(prompts)


def test_the_bundled_calls_have_lines_enough() -> None:
    for language in Language:
        lines = bundled_lines(language, least_words=3)
        assert len(lines) > 20
        assert all(1.0 <= line.duration_s <= 14.0 for line in lines)


def test_the_telephone_prompts_are_real_speech_with_its_text() -> None:
    if not are_installed():
        pytest.skip("install asterisk-core-sounds-fr, -fr-wav, -en and -en-wav")
    for language, clips in prompts_for(Material.PROMPTS, 120.0).items():
        call = compose(clips, SECONDS, seed=1)
        assert {prompt.language for prompt in clips} == {language}
        assert call.speech_s / SECONDS == pytest.approx(SHARE, abs=0.07)
        assert len(prompts_of(language)) > 200


def test_missing_prompts_are_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("qa_monitor.bench.prompts.TEXTS", f"{tmp_path}/{{0}}.gz")

    with pytest.raises(PromptsMissing, match="apt-get install asterisk-core-sounds-fr asterisk-core-sounds-fr-wav"):
        prompts_of(Language.FR)


@pytest.mark.data
def test_a_real_call_has_about_as_much_speech(recordings: Path) -> None:
    samples = read_recording(recordings / "calls/auto-repairs-en.flac").samples

    assert 0.5 < speech_s(samples) / (len(samples) / RATE_HZ) < 1.0
