"""What counts as found, what as false, and what is kept of it."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.spoken.drawing import drawing
from bench.spoken.figures import curve, of_language, point, stages
from bench.spoken.judging import Bar, Books, Case, Found, Place, as_said, false_hits, is_right
from bench.spoken.kept import Heard, Kept
from keywords.matcher import WordRule
from keywords.phrases.phrase import PhraseSet
from keywords.records import HitReason
from streams.records import Language, Speaker

WANTED = Place(rule_id="refund", start_s=5.0, end_s=6.0)


def a_found(rule_id: str = "refund", *, start_s: float = 5.2, certainty: float = 0.9, own: bool = True) -> Found:
    return Found(
        rule_id=rule_id,
        phrase="refund",
        words="refund",
        start_s=start_s,
        end_s=start_s + 0.5,
        certainty=certainty,
        reason=HitReason.EXACT,
        own=own,
    )


def a_case(*found: Found, wanted: Place | None = WANTED, on_text: tuple[Found, ...] = ()) -> Case:
    return Case(
        key="clip",
        language=Language.EN,
        held=False,
        group="pink 10 dB",
        voice="agent",
        duration_s=36.0,
        said="so I want a refund please",
        heard="so I want a refund",
        wanted=wanted,
        on_text=on_text,
        found=found,
    )


@pytest.mark.parametrize(
    ("found", "right"),
    [
        (a_found(), True),
        (a_found("complaint"), False),
        (a_found(start_s=1.0), False),
        (a_found(own=False), False),
    ],
    ids=["right rule and place", "another rule", "another place", "only by a starter rule"],
)
def test_a_phrase_is_found_by_its_own_rule_at_its_own_place(found: Found, right: bool) -> None:
    assert is_right(a_case(found)) is right


def test_a_hit_where_nothing_was_said_is_false_once_per_rule_and_clip() -> None:
    case = a_case(a_found(start_s=1.0, certainty=0.5), a_found(start_s=9.0), a_found("complaint", start_s=5.0))

    assert [(one.rule_id, one.certainty) for one in false_hits(case)] == [("refund", 0.9), ("complaint", 0.9)]


def test_what_the_rules_find_in_the_text_itself_is_not_false() -> None:
    assert false_hits(a_case(a_found("complaint"), on_text=(a_found("complaint"),))) == []


def test_a_prompt_has_nothing_to_find_and_counts_only_for_false_hits() -> None:
    prompt = a_case(a_found(), wanted=None)

    assert point([a_case(a_found()), prompt]).recall == 1.0
    assert point([a_case(a_found()), prompt]).false_per_hour == pytest.approx(50.0)


def test_bolder_reasons_and_lower_bars_only_add() -> None:
    cases = [
        a_case(replace(a_found(certainty=0.3 + 0.1 * step), reason=reason)) for step, reason in enumerate(HitReason)
    ]

    by_stage = [one["recall"] for one in stages(cases).values()]
    by_floor = [one.recall for _, one in curve(cases)]
    assert by_stage == [0.2, 0.4, 0.6, 0.8, 1.0]
    assert by_floor == sorted(by_floor, reverse=True)
    assert not is_right(cases[-1], Bar(boldest=HitReason.SOUND))


def test_the_figures_tell_tuned_and_held_out_apart() -> None:
    figures = of_language([a_case(a_found()), replace(a_case(), held=True)])

    assert (figures["recall"], figures["recall_tuned"], figures["recall_held_out"]) == (0.5, 1.0, 0.0)


def test_a_line_cut_short_is_forgotten_and_the_rest_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "heard.jsonl"
    utterance = as_said("I want a refund", Language.EN, (0.5, 2.5))
    heard = Heard(key="one", duration_s=3.0, start_s=1.0, end_s=2.0, utterances=(utterance,))
    Kept(file).add(heard)
    with file.open("a") as unfinished:
        unfinished.write('{"key": "two", "dura')

    again = Kept(file)

    assert again.get("two") is None
    assert again.get("one") == heard
    again.add(replace(heard, key="two"))
    assert Kept(file).get("two") is not None


def test_distrusted_words_are_no_hits_and_agents_rules_are_left_out() -> None:
    phrases = PhraseSet.compile({Language.EN: ["refund"]})
    rules = [
        WordRule(rule_id=f"{speaker}", rule_version="1", speaker=speaker, phrases=phrases)
        for speaker in (None, Speaker.CUSTOMER, Speaker.AGENT)
    ]
    said = as_said("a refund", Language.EN, (0.0, 1.0))
    books = Books(rules, ())

    assert {found.rule_id for found in books.found([said])} == {"None", "customer"}
    assert books.found([replace(said, trusted=False)]) == ()
    assert {found.rule_id for found in Books(rules, (), frozenset({"None"})).found([said])} == {"customer"}


def test_the_drawing_is_well_formed_and_has_a_line_per_language_and_figure() -> None:
    curves = {language: curve([a_case(a_found())]) for language in Language}

    root = ElementTree.fromstring(drawing(curves))

    lines = [one for one in root.iter("{http://www.w3.org/2000/svg}polyline") if len(one.get("points", "").split()) > 2]
    assert len(lines) == 4
