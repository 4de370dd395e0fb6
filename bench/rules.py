"""How long rules take: 1,000 rules and 10,000 phrases over one utterance of 20 words, loading 1,000 rules, and one rule
over 1,000 stored calls (`backtest.py`).

    python bench/rules.py [--json OUT]

Rules and utterances are drawn with a fixed seed from sentences that customers say, in French and English by turns:
phrases of one to four words with choices, endings, numbers and distances among them, so many in each language. Every
time is the least of several, so that it tells of this code and not of what else the machine was doing; `cold` is
the first round, in which no word has been met before.
"""

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from alerts.rulebook import load_rulebook
from bench.backtest import backtest_1000_calls_s
from keywords.matcher import Matcher, WordRule
from keywords.normal import tokens
from keywords.phrases.phrase import PhraseSet
from streams.records import CallId, Language, Speaker, Utterance, UtteranceId, Word

SEED = 20
ROUNDS = 9
LOADING_ROUNDS = 4
WORDS_A_SENTENCE = 20
SENTENCES = 100
PHRASES_A_RULE = 10

PHRASES_A_SMALL_RULE = 3
ROOT = Path(__file__).parent.parent
SAID = ("tests/keywords/traps_{language}.yaml", "bench/spoken/keywords_{language}.yaml")
_WORD = re.compile(r"[\w'’-]*[^\W\d_][\w'’-]*")
TELLING_LETTERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What customers say: their words, the longer ones apart, and whole sentences."""

    little: Sequence[str]
    telling: Sequence[str]
    words: Sequence[str]
    """In the order they are said."""


def main() -> None:
    """Measure, print and, where asked, write the figures."""
    parser = argparse.ArgumentParser(description="How long rules take.")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    arguments = parser.parse_args()
    figures = measured(random.Random(SEED)) | backtest_1000_calls_s()
    print(json.dumps(figures, indent=2))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def measured(chance: random.Random) -> dict[str, float]:
    """Milliseconds an utterance, and seconds to load."""
    said = {language: _vocabulary(language) for language in Language}
    thousand = [_word_rule(number, _phrases(PHRASES_A_SMALL_RULE, said, chance)) for number in range(1_000)]
    many = [_word_rule(number, _phrases(PHRASES_A_RULE, said, chance)) for number in range(1_000)]
    sentences = [_utterance(number, said, chance) for number in range(SENTENCES)]
    rules_ms, rules_cold_ms = _matching_ms(Matcher(thousand), sentences)
    phrases_ms, phrases_cold_ms = _matching_ms(Matcher(many), sentences)
    return {
        "rules_1000_ms": rules_ms,
        "rules_1000_cold_ms": rules_cold_ms,
        "phrases_10000_ms": phrases_ms,
        "phrases_10000_cold_ms": phrases_cold_ms,
        **_loading(said, chance),
    }


def _vocabulary(language: Language) -> Vocabulary:
    texts = [(ROOT / file.format(language=language.value)).read_text(encoding="utf-8") for file in SAID]
    words = [word.strip("'’-") for text in texts for word in _WORD.findall(text.lower())]
    distinct = sorted({word for word in words if tokens([word], language)})
    return Vocabulary(
        little=[word for word in distinct if 2 <= len(word) < TELLING_LETTERS],
        telling=[word for word in distinct if len(word) >= TELLING_LETTERS and word.isalpha()],
        words=words,
    )


def _matching_ms(matcher: Matcher, sentences: Sequence[Utterance]) -> tuple[float, float]:
    """Mean milliseconds an utterance: each at its fastest, and in the first round."""

    def milliseconds(sentence: Utterance) -> float:
        return 1_000 * _timed_s(lambda: matcher.hits(sentence))

    rounds = [[milliseconds(sentence) for sentence in sentences] for _ in range(ROUNDS)]
    fastest = [min(times) for times in zip(*rounds, strict=True)]
    return sum(fastest) / len(fastest), sum(rounds[0]) / len(rounds[0])


def _loading(said: Mapping[Language, Vocabulary], chance: random.Random) -> dict[str, float]:
    """From a file to a matcher that is ready; no two files have a phrase in common but by chance.

    Seconds by the clock and of processor: on a machine that does other things only the latter tell of this code.
    """

    def once() -> tuple[float, float]:
        rules = [_written(number, _phrases(PHRASES_A_SMALL_RULE, said, chance)) for number in range(1_000)]
        file.write_text(yaml.safe_dump({"rules": rules}, allow_unicode=True, sort_keys=False), encoding="utf-8")
        began_s = time.process_time()
        return _timed_s(lambda: Matcher(load_rulebook([file]).word_rules)), time.process_time() - began_s

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rules.yaml"
        times = [once() for _ in range(LOADING_ROUNDS)]
    return {"load_1000_s": min(wall for wall, _ in times), "load_1000_cpu_s": min(cpu for _, cpu in times)}


def _timed_s(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _written(number: int, phrases: Mapping[Language, Sequence[str]]) -> dict[str, object]:
    return {
        "id": f"rule_{number}",
        "name": {"en": f"Rule {number}", "fr": f"Règle {number}"},
        "priority": ("low", "medium", "high")[number % 3],
        "action": {"en": "Listen in and help the agent.", "fr": "Écouter et aider l'agent."},
        "deadline_s": 60,
        "when": {
            "words": {
                "speaker": "customer",
                "phrases": {language.value: list(listed) for language, listed in phrases.items()},
            }
        },
    }


def _word_rule(number: int, phrases: Mapping[Language, Sequence[str]]) -> WordRule:
    compiled = PhraseSet.compile(phrases)
    return WordRule(rule_id=f"rule_{number}", rule_version="1", speaker=Speaker.CUSTOMER, phrases=compiled)


def _phrases(many: int, said: Mapping[Language, Vocabulary], chance: random.Random) -> Mapping[Language, Sequence[str]]:
    """So many in each language."""
    return {language: [_phrase(said[language], chance) for _ in range(many)] for language in Language}


def _phrase(said: Vocabulary, chance: random.Random) -> str:
    one, other = chance.sample(said.little, 2)
    first, second = chance.sample(said.telling, 2)
    match chance.randrange(7):
        case 0:
            return f"{first} ({one}|{other}) {second}"
        case 1:
            return f"{one} {first}"
        case 2:
            return f"{first[:6]}* {one} {second}"
        case 3:
            return f"{first} ~3 {{amount>={chance.randrange(10, 500)}}}"
        case 4:
            return f"{first} [{one}] {second}"
        case 5:
            return first
        case _:
            return f"{one} {first} {other} {second}"


def _utterance(number: int, vocabularies: Mapping[Language, Vocabulary], chance: random.Random) -> Utterance:
    language = list(Language)[number % 2]
    run = vocabularies[language].words
    begin = chance.randrange(len(run) - WORDS_A_SENTENCE)
    said = [_misheard(word, chance) for word in run[begin : begin + WORDS_A_SENTENCE]]
    words = tuple(
        Word(text=text, start_s=0.4 * place, end_s=0.4 * (place + 1), probability=0.9)
        for place, text in enumerate(said)
    )
    return Utterance(
        call_id=CallId("bench"),
        utterance_id=UtteranceId(f"0-{number}"),
        speaker=Speaker.CUSTOMER,
        channel=0,
        start_s=0.0,
        end_s=words[-1].end_s,
        text=" ".join(said),
        words=words,
        language=language,
        confidence=0.9,
        final=True,
        revision=1,
    )


def _misheard(word: str, chance: random.Random) -> str:
    """One long word in ten with another letter."""
    if len(word) < 6 or chance.random() > 0.1:
        return word
    at = chance.randrange(1, len(word))
    return word[:at] + chance.choice("abeilmnoprstu") + word[at + 1 :]


if __name__ == "__main__":
    main()
