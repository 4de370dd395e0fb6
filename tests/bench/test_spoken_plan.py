"""What is said when keywords are measured, by whom and over what line."""

import subprocess
import sys
from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from alerts.rulebook import load_rulebook
from bench.spoken.judging import Books, as_said
from bench.spoken.line import LEAD_S, LINE_HZ, TAIL_S, active_level, on_the_line
from bench.spoken.plan import HELD, TUNED, Clip, Noise, Spoken, clips_of, rounds
from bench.spoken.sample import drawn
from bench.spoken.script import RULES, Script, Sentence, read_script
from streams.records import Language
from streams.samples.codec import Encoding

ROOT = Path(__file__).parent.parent.parent
SNRS_DB = (10.0, 20.0)
SEED = 5


@pytest.fixture(params=Language, ids=lambda language: language.value)
def script(request: pytest.FixtureRequest) -> Script:
    return read_script(Language(request.param))


def test_at_least_two_hundred_sentences_are_said_by_three_voices_each(script: Script) -> None:
    clips = clips_of(script, SNRS_DB, SEED)

    voices: dict[Sentence, set[str]] = {}
    for clip in clips:
        voices.setdefault(clip.spoken.sentence, set()).add(clip.spoken.voice.mix)
    assert len(voices) == len(script.sentences) >= 200
    assert {len(mixes) for mixes in voices.values()} == {3}
    assert len(clips) == len(script.sentences) * 3 * len(SNRS_DB)


def test_every_round_has_each_sentence_once_with_voices_and_noise_in_balance(script: Script) -> None:
    clips, size = clips_of(script, SNRS_DB, SEED), len(script.sentences)

    assert rounds(SNRS_DB) == 6
    for round_ in range(rounds(SNRS_DB)):
        own = clips[round_ * size : (round_ + 1) * size]
        assert {clip.spoken.sentence for clip in own} == set(script.sentences)
        heard = Counter((clip.spoken.voice, clip.snr_db) for clip in own)
        assert len(heard) == len(SNRS_DB) * len((*TUNED, *HELD))
        assert max(heard.values()) - min(heard.values()) <= 1


def test_a_drawn_sample_is_the_same_each_time_and_has_its_share_of_every_noise_and_voice(script: Script) -> None:
    clips = clips_of(script, SNRS_DB, SEED)

    sample = drawn(clips, 120, SEED)

    assert sample == drawn(clips, 120, SEED) != drawn(clips, 120, SEED + 1)
    assert len({clip.key for clip in sample}) == 120
    assert abs(sum(clip.spoken.sentence.held for clip in sample) - 40) <= 1
    by_noise = Counter(clip.snr_db for clip in sample)
    assert max(by_noise.values()) - min(by_noise.values()) <= 0.2 * 120
    rules = Counter(clip.spoken.sentence.rule_id for clip in clips)
    assert all(
        abs(sum(clip.spoken.sentence.rule_id == rule for clip in sample) - 120 * count / len(clips)) <= 2
        for rule, count in rules.items()
    )
    assert drawn(clips, len(clips) + 1, SEED) == clips


def test_what_was_spoken_for_a_round_is_heard_at_every_noise_before_more_is_spoken(script: Script) -> None:
    clips, size = clips_of(script, SNRS_DB, SEED), len(script.sentences)
    first, second, third = ({clip.spoken for clip in clips[at * size : (at + 1) * size]} for at in range(3))

    assert first == second
    assert first.isdisjoint(third)


def test_frames_are_six_to_fifteen_words(script: Script) -> None:
    frames = [*script.tuned.before, *script.tuned.after, *script.held.before, *script.held.after]

    assert {text for text in frames if not 6 <= len(text.split()) <= 15} == set()


def test_what_is_held_out_shares_no_sentence_frame_or_voice_with_what_is_tuned_on(script: Script) -> None:
    def parts(clips: list[Clip]) -> set[object]:
        spoken = [clip.spoken for clip in clips]
        return {part for one in spoken for part in (one.sentence, one.before, one.after, one.voice)}

    clips = clips_of(script, SNRS_DB, SEED)
    tuned, held = ([clip for clip in clips if clip.spoken.sentence.held is wanted] for wanted in (False, True))

    assert parts(tuned).isdisjoint(parts(held))
    assert 0.3 < len(held) / len(clips) < 0.36
    assert len(HELD) / (len(HELD) + len(TUNED)) == pytest.approx(1 / 3)


def test_the_same_seed_gives_the_same_clips_and_another_one_others(script: Script) -> None:
    keys = [[clip.key for clip in clips_of(script, SNRS_DB, seed)] for seed in (SEED, SEED, SEED + 1)]

    assert keys[0] == keys[1] != keys[2]
    assert len(set(keys[0])) == len(keys[0])


def test_rules_find_the_sentences_in_the_text_and_nothing_in_the_frames(script: Script) -> None:
    rules = load_rulebook([RULES]).word_rules
    books = Books(rules, ())

    def rules_in(text: str) -> set[str]:
        return {found.rule_id for found in books.found([as_said(text, script.language, (0.0, 5.0))])}

    right = [sentence.rule_id in rules_in(sentence.text) for sentence in script.sentences]
    frames = [*script.tuned.before, *script.tuned.after, *script.held.before, *script.held.after]
    assert {rule.rule_id for rule in rules} == {sentence.rule_id for sentence in script.sentences}
    assert sum(right) / len(right) >= 0.9
    assert {text: rules_in(text) for text in frames if rules_in(text)} == {}


@pytest.mark.parametrize(("noise", "encoding"), list(product(Noise, (Encoding.MULAW, Encoding.ALAW))))
def test_speech_stands_as_far_above_the_noise_as_asked(script: Script, noise: Noise, encoding: Encoding) -> None:
    generator = np.random.default_rng(1)
    speech = generator.normal(0, 0.1, 3 * LINE_HZ).astype(np.float32)
    crowd = [generator.normal(0, 0.2, LINE_HZ).astype(np.float32) for _ in range(3)]
    clip = Clip(spoken=a_spoken(script), snr_db=10.0, noise=noise, encoding=encoding)

    samples = on_the_line(speech, clip, crowd).astype(np.float32) / np.float32(32_768)

    lead, tail = int(LEAD_S * LINE_HZ), int(TAIL_S * LINE_HZ)
    behind = np.concatenate([samples[:lead], samples[-tail:]])
    both = active_level(samples[lead:-tail])
    alone = np.sqrt(both**2 - (behind**2).mean())
    assert 20 * np.log10(alone / np.sqrt((behind**2).mean())) == pytest.approx(10.0, abs=1.5)
    assert len(samples) == len(speech) + lead + tail


def test_the_benchmark_does_not_stand_in_for_the_folder_of_its_name() -> None:
    program = "import sys; sys.path.insert(0, 'bench'); import keywords.matcher; print(keywords.matcher.__file__)"

    shown = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert Path(shown.stdout.strip()) == ROOT / "keywords" / "matcher.py"


def a_spoken(script: Script) -> Spoken:
    return Spoken(
        language=script.language,
        sentence=script.sentences[0],
        before=script.tuned.before[0],
        after=script.tuned.after[0],
        voice=TUNED[0],
    )
