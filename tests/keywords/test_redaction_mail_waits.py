"""What waits for the rest of an e-mail address, and what is given out at once: a flag may hang on it."""

import pytest

from keywords.redaction.screen import RedactionScreen
from streams.records import Language, Speaker, Utterance
from tests.keywords.builders import an_utterance

FR, EN = Language.FR, Language.EN
SPOKEN_OF = {
    EN: ("I sent you an e-mail last week.", "We have received your mail.", "Did you get the e-mail we sent?"),
    FR: ("Je vous ai envoyé un mail la semaine dernière.", "Nous avons bien reçu votre courriel.", "J'ai lu ce mail."),
}
ASKED_FOR = {
    EN: ("What is your e-mail address?", "Your e-mail, please?"),
    FR: ("Quelle est votre adresse mail ?", "Votre courriel, s'il vous plaît ?"),
}
SHORT = {EN: ("This is outrageous!", "Cancel everything."), FR: ("C'est scandaleux !", "Résiliez-moi tout.")}
BEGUN = {
    EN: ("John Smith", "john dot smith", "j s m i t h", "It's the letters j, s"),
    FR: ("Jean Dupont", "jean point dupont", "j d u p o n t", "Alors c'est jean tiret"),
}


def said(text: str, language: Language, *, start_s: float, agent: bool = False) -> Utterance:
    speaker = Speaker.AGENT if agent else Speaker.CUSTOMER
    return an_utterance(text, language, start_s=start_s, channel=int(agent), speaker=speaker)


def waits(first: Utterance, second: Utterance) -> bool:
    """Whether the second is held back when it comes."""
    screen = RedactionScreen()
    screen.feed(first)
    screen.advance(second.start_s)
    return second.utterance_id not in {one.utterance.utterance_id for one in screen.feed(second)}


@pytest.mark.parametrize(("language", "mention"), [(one, text) for one in SPOKEN_OF for text in SPOKEN_OF[one]])
@pytest.mark.parametrize("agent", [False, True])
def test_talk_of_a_message_holds_nothing_back(language: Language, mention: str, agent: bool) -> None:
    """Before, every short line was held for ten seconds, until the end of the call."""
    for text in SHORT[language]:
        assert not waits(said(mention, language, start_s=0.0, agent=agent), said(text, language, start_s=6.0))


@pytest.mark.parametrize(("language", "question"), [(one, text) for one in ASKED_FOR for text in ASKED_FOR[one]])
def test_where_an_address_was_just_asked_for_its_beginning_waits(language: Language, question: str) -> None:
    for text in BEGUN[language]:
        assert waits(said(question, language, start_s=0.0, agent=True), said(text, language, start_s=5.0)), text


@pytest.mark.parametrize("language", list(Language))
def test_a_question_for_an_address_is_not_for_ever(language: Language) -> None:
    """A name alone waits for a quarter of a minute, what is spelt for three; nobody waits on who asked."""
    question = said(ASKED_FOR[language][0], language, start_s=0.0, agent=True)
    name, spelt = BEGUN[language][0], BEGUN[language][1]

    assert not waits(question, said(name, language, start_s=25.0))
    assert waits(question, said(spelt, language, start_s=25.0))
    assert not waits(question, said(spelt, language, start_s=60.0))
    assert not waits(question, said(SHORT[language][0], language, start_s=5.0, agent=True))


@pytest.mark.parametrize(
    ("language", "text"),
    [(EN, "I want to leave"), (EN, "a manager, now, and a refund please"), (FR, "il y a un problème à la caisse")],
)
def test_words_of_a_single_letter_spell_nothing(language: Language, text: str) -> None:
    question = said(ASKED_FOR[language][0], language, start_s=0.0, agent=True)

    assert not waits(question, said(text, language, start_s=25.0))


@pytest.mark.parametrize(
    ("language", "begun", "rest"),
    [
        (EN, "My e-mail is john dot smith", "at gmail dot com"),
        (FR, "Mon mail c'est jean point dupont", "arobase orange point fr"),
    ],
)
def test_who_announces_an_address_is_waited_for(language: Language, begun: str, rest: str) -> None:
    screen = RedactionScreen()
    first, second = said(begun, language, start_s=0.0), said(rest, language, start_s=5.0)

    assert not screen.feed(first)
    texts = " ".join(one.utterance.text for one in (*screen.feed(second), *screen.finish()))
    assert not {"smith", "dupont"} & set(texts.split())
    assert "[email]" in texts
