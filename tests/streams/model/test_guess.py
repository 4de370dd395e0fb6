"""What the decoder wrote to what an utterance is taken for. Pure."""

from math import exp, log

import pytest

from streams.model.guess import guess_of

END = 99


def test_the_first_text_is_the_guess_and_the_rest_are_others() -> None:
    guess = guess_of([[1, 2, END], [1, 3], [4, END]], -0.5, 0.1, {END}, 0)

    assert guess.tokens == (1, 2)
    assert guess.others == ((1, 3), (4,))


def test_a_single_text_leaves_no_others() -> None:
    assert guess_of([[1, 2]], -0.5, 0.1, {END}, 0).others == ()


def test_what_the_decoder_was_told_is_in_no_guess_and_makes_it_no_surer() -> None:
    guess = guess_of([[7, 8, 1, 2, END], [7, 8, 3, END]], log(0.5) * 3 / 5, 0.1, {END}, 2)

    assert (guess.tokens, guess.others) == ((1, 2), ((3,),))
    assert guess.confidence == pytest.approx(exp(log(0.5)))
