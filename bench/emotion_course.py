"""How often a calm call is called worsening, and how soon one that worsens is: calls strung from acted recordings.

    python bench/emotion_course.py --data FOLDER [--kept DIR] [--json OUT]

Each call is one actor's, by one kind of line, from recordings as they come; speaker and sentences were never met by the
head that judges it. Calm: 24 neutral or bored utterances. Worsening: 8 of those, then 8 angry or in distress.
Recovering: the same, and 8 calm ones after. Throughout: 16 angry ones from the first word, which must not become what
is usual. Beside them, judged by the model fitted on all: calls strung from neutral
prompts, real calls, and the customers of the bundled calls, whose synthetic voices stay calm.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.words_and_voice import turns
from qa_monitor.config import load_settings
from qa_monitor.demo.truth import bundled_calls
from sentiment.course import CourseWatch
from sentiment.records import Course, CourseState, Emotion, EmotionScore, Prosody
from sentiment.training.calls import one_call
from sentiment.training.conditions import CONDITIONS
from sentiment.training.corpus import CLASSES, NO_CLASS, Corpus, Reader, Whole
from sentiment.training.encoder import ENCODER_HZ, Encoder
from sentiment.training.evaluation import Fold, Trial, folds, split
from sentiment.training.feelings import FEELINGS, Feeling
from sentiment.training.fitting import Fitted, fitted, fitted_on_all
from sentiment.training.head import Numbers, Shown
from sentiment.training.material import SEED, Material
from sentiment.voice import USUAL_SPEECH_MODEL, WEIGHTS
from streams.model_files.models import ensure_model
from streams.records import CallId, Language, Speaker, Utterance, UtteranceId

EACH = 8
CALMS = 24
PAUSE_S = 4.0
CALLS = 3
"""Of each kind, for each speaker, half of the sentences and kind of line."""
TRIAL = Trial(texts_too=True, asked=CONDITIONS, seed=SEED)
CALM, MOVED = (CLASSES.index(Emotion.NEUTRAL),), (CLASSES.index(Emotion.ANGER), CLASSES.index(Emotion.DISTRESS))
KINDS: Mapping[str, Sequence[tuple[tuple[int, ...], int]]] = {
    "calm": ((CALM, CALMS),),
    "worsening": ((CALM, EACH), (MOVED, EACH)),
    "recovering": ((CALM, EACH), (MOVED, EACH), (CALM, EACH)),
    "throughout": ((MOVED[:1], 2 * EACH),),
}
NO_PROSODY = Prosody(
    voiced_s=1.0,
    pitch_hz=None,
    pitch_range_st=None,
    level_db=0.0,
    pace_wps=0.0,
    pitch_change_st=None,
    level_change_db=None,
    pace_change=None,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """How one call was told, utterance by utterance."""

    kind: str
    courses: tuple[Course, ...]
    hours: float
    """Of speech."""

    def first(self, *states: CourseState, start: int = 0) -> int | None:
        """How many utterances after `start` one of these was told; none where it never was."""
        found = (number for number, one in enumerate(self.courses[start:], 1) if one.state in states)
        return next(found, None)


def main() -> None:
    """Print the figures; write them where asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--kept", type=Path, default=Path(__file__).parent.parent / "var" / "emotion")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    model = ensure_model("base", load_settings().models_dir)
    material = Material(data=options.data, model=model, model_name="base", kept=options.kept)
    corpus = material.corpus()
    corpus = corpus[np.flatnonzero(corpus.emotion != NO_CLASS)]
    temperature = shipped_temperature()
    everything = fitted_on_all(corpus, Shown.BOTH, SEED).at(temperature)
    acted = [one for fold in folds(corpus, TRIAL) for one in acted_calls(corpus, fold, temperature)]
    figures: dict[str, object] = {"calm, acted": calm_figures([one for one in acted if one.kind == "calm"])}
    figures |= {kind: moved_figures([one for one in acted if one.kind == kind]) for kind in ("worsening", "recovering")}
    figures |= {"throughout": steady_figures([one for one in acted if one.kind == "throughout"])}
    others = [*material.neutral(), ("bundled calls", bundled(Reader(Encoder(model))))]
    figures |= {f"calm, {name}": calm_figures(list(calls_of(calm, everything))) for name, calm in others}
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def shipped_temperature() -> float:
    """How much the weights in the project soften what they say."""
    described = onnx.load(str(WEIGHTS / f"emotion-{USUAL_SPEECH_MODEL}.onnx")).metadata_props
    return float(next(each.value for each in described if each.key == "temperature"))


def acted_calls(corpus: Corpus, fold: Fold, temperature: float) -> Iterator[Followed]:
    """Calls of one speaker, judged by a head that met neither them nor these sentences."""
    rng = np.random.default_rng([SEED, *str(fold.speaker).encode(), len(fold.texts)])
    learnt, own = split(corpus, fold, TRIAL)
    own = own[np.isin(corpus.text[own], fold.texts)]
    model = fitted(corpus, learnt, rng, TRIAL.calls).at(temperature)
    for line in range(len(CONDITIONS)):
        here = own[corpus.line[own] == line]
        for kind, parts in KINDS.items():
            for _ in range(CALLS):
                pools = [(here[np.isin(corpus.emotion[here], emotions)], count) for emotions, count in parts]
                if not all(len(pool) for pool, _ in pools):
                    continue
                order = np.concatenate([rng.choice(pool, count) for pool, count in pools])
                yield followed(kind, corpus, order, model)


def calls_of(corpus: Corpus, model: Fitted) -> Iterator[Followed]:
    """The calls that a corpus of calm speech is made of."""
    for call in np.unique(corpus.line):
        yield followed("calm", corpus, np.flatnonzero(corpus.line == call), model)


def followed(kind: str, corpus: Corpus, order: Whole, model: Fitted) -> Followed:
    """Judged as live."""
    heard = one_call(corpus, order, model.ear)
    watch, at_s = CourseWatch(), 0.0
    courses = []
    for shares, spoken_s in zip(model.head.probabilities(heard.standardised), corpus.spoken_s[order], strict=True):
        utterance = an_utterance(at_s, at_s + float(spoken_s))
        course = watch.heard(utterance, a_score(utterance, shares))
        at_s = utterance.end_s + PAUSE_S
        courses += [] if course is None else [course]
    return Followed(kind=kind, courses=tuple(courses), hours=float(corpus.spoken_s[order].sum()) / 3600)


def calm_figures(calls: Sequence[Followed]) -> dict[str, float]:
    """What was told of calm calls, all of it wrong but silence."""
    hours = sum(one.hours for one in calls)
    return {
        "calls": len(calls),
        "hours_of_speech": round(hours, 2),
        "told_rising": round(np.mean([one.first(CourseState.RISING) is not None for one in calls]), 4),
        "told_upset": round(np.mean([one.first(CourseState.UPSET) is not None for one in calls]), 4),
        "told_a_shift_up": round(
            np.mean([any(s.after > s.before for s in one.courses[-1].shifts) for one in calls]), 4
        ),
        "told_upset_per_hour": round(sum(one.first(CourseState.UPSET) is not None for one in calls) / hours, 2),
    }


def moved_figures(calls: Sequence[Followed]) -> dict[str, float]:
    """What was told of calls that turn after their first utterances."""
    soon = [one.first(CourseState.UPSET, start=EACH) for one in calls]
    told = [each for each in soon if each is not None]
    figures = {
        "calls": len(calls),
        "told_upset": round(len(told) / len(calls), 4),
        "utterances_after_the_turn_p50": float(np.median(told)),
        "told_before_the_turn": round(
            np.mean([any(c.state is CourseState.UPSET for c in one.courses[:EACH]) for one in calls]), 4
        ),
    }
    if calls[0].kind == "recovering":
        upset = [one for one in calls if any(c.state is CourseState.UPSET for c in one.courses)]
        figures["recovered_of_those_told_upset"] = round(np.mean([one.courses[-1].recoveries > 0 for one in upset]), 4)
    return figures


def steady_figures(calls: Sequence[Followed]) -> dict[str, float]:
    """What was told of calls that are angry from the first word to the last."""
    return {
        "calls": len(calls),
        "told_upset": round(np.mean([one.first(CourseState.UPSET) is not None for one in calls]), 4),
        "still_upset_at_the_end": round(np.mean([one.courses[-1].state is CourseState.UPSET for one in calls]), 4),
    }


def bundled(reader: Reader) -> Corpus:
    """The customer's utterances in the bundled calls."""
    said = [
        (number, turn.audio)
        for number, (_, truth) in enumerate(bundled_calls())
        for turn in turns(truth)
        if turn.speaker is Speaker.CUSTOMER
    ]
    return Corpus(
        features=np.array([reader.row(audio, ENCODER_HZ) for _, audio in said], dtype=np.float32),
        spoken_s=np.array([len(audio) / ENCODER_HZ for _, audio in said], dtype=np.float32),
        feeling=np.full(len(said), FEELINGS.index(Feeling.NEUTRAL)),
        speaker=np.array([str(number) for number, _ in said]),
        text=np.arange(len(said)).astype(str),
        line=np.array([number for number, _ in said]),
        clipped=np.zeros(len(said), dtype=np.float32),
    )


def an_utterance(start_s: float, end_s: float) -> Utterance:
    return Utterance(
        call_id=CallId("course"),
        utterance_id=UtteranceId(f"0-{start_s:.2f}"),
        speaker=Speaker.CUSTOMER,
        channel=0,
        start_s=start_s,
        end_s=end_s,
        text="",
        words=(),
        language=Language.EN,
        confidence=1.0,
        final=True,
        revision=1,
    )


def a_score(utterance: Utterance, shares: Numbers) -> EmotionScore:
    return EmotionScore(
        call_id=utterance.call_id,
        utterance_id=utterance.utterance_id,
        probabilities={kind: float(share) for kind, share in zip(CLASSES, shares, strict=True)},
        arousal=0.0,
        valence=0.0,
        certainty=1.0,
        enough=True,
        prosody=NO_PROSODY,
        explanation_en="",
        explanation_fr="",
    )


if __name__ == "__main__":
    main()
