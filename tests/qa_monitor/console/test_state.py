"""The console's other pure modules, run where they live: in a browser, without page or network."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from streams.records import Speaker
from tests.qa_monitor.browser import ConsoleServer, open_browser, open_page, run, serve
from tests.qa_monitor.console_json import Json, call_data, flag_data, utterance_data

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with (
        serve(ConsoleServer()) as server,
        open_browser() as browser,
        open_page(browser, server.address + "/login") as page,
    ):
        yield page


def test_a_partial_is_replaced_by_later_ones_and_by_the_final(page: Page) -> None:
    """An older one that comes late is ignored."""
    body = """m.inOrder(v.map((utterance) => ({ type: "utterance", utterance })).reduce(m.applyCallEvent, m.NO_WORDS))
        .map((utterance) => utterance.text)"""
    partial = utterance_data(text="Je veux", final=False, revision=1)
    later = utterance_data(text="Je veux rési", final=False, revision=2)
    final = utterance_data(text="Je veux résilier.", revision=3)

    assert run(page, "call/transcript.js", body, partial, later, partial) == ["Je veux rési"]
    assert run(page, "call/transcript.js", body, later, final, later) == ["Je veux résilier."]
    assert run(page, "call/transcript.js", body, partial, utterance_data(text=" ", revision=2)) == []


def test_a_stream_that_opens_again_or_ends_leaves_finals_only(page: Page) -> None:
    """A partial taken back while nobody listened does not stay."""
    body = """v.map((event) => [v[0].final, v[0].partial]
        .map((utterance) => ({ type: "utterance", utterance })).concat(event.then)
        .reduce(m.applyCallEvent, m.NO_WORDS))
        .map((transcript) => m.inOrder(transcript).map((utterance) => utterance.utterance_id))"""
    final = utterance_data(utterance_id="a")
    partial = utterance_data(utterance_id="b", start_s=9.0, final=False)
    both = {"final": final, "partial": partial}

    assert run(
        page,
        "call/transcript.js",
        body,
        {**both, "then": {"type": "reopened"}},
        {"then": {"type": "ended", "call": call_data(state="ended")}},
        {"then": {"type": "dynamics", "dynamics": None}},
    ) == [["a"], ["a"], ["a", "b"]]


def test_the_utterance_being_heard_is_found(page: Page) -> None:
    """In a pause it is the last one; before the first word there is none."""
    spoken = [
        utterance_data(utterance_id="a", start_s=1, end_s=3),
        utterance_data(utterance_id="b", start_s=2, end_s=5),
    ]
    body = "[0.5, 1.5, 2.5, 9].map((at) => m.spokenAt(v, at).map((utterance) => utterance.utterance_id))"

    assert run(page, "call/transcript.js", body, *spoken) == [[], ["a"], ["a", "b"], ["b"]]


def test_words_of_a_withdrawn_flag_are_not_lit(page: Page) -> None:
    """Only what still counts is lit, and only in its own utterance."""
    body = "v.slice(1).map((id) => m.hitWords(v[0], id).length)"

    assert run(
        page, "call/transcript.js", body, [flag_data(), flag_data("w", state="withdrawn")], "0-1.00", "1-9.00"
    ) == [
        1,
        0,
    ]


def test_neighbours_of_a_flags_words_are_not_lit(page: Page) -> None:
    """Times of a guess and of the final differ a little."""
    hit = {"start_s": 1.0, "end_s": 1.6}
    words = [{"start_s": 0.8, "end_s": 1.05}, {"start_s": 1.05, "end_s": 1.5}, {"start_s": 1.5, "end_s": 1.8}]

    assert run(page, "call/transcript.js", "v.slice(1).map((word) => m.covers(v[0], word))", hit, *words) == [
        False,
        True,
        False,
    ]


def word(text: str, start_s: float = 1.0) -> Json:
    return {"text": text, "start_s": start_s, "end_s": start_s + 0.4, "probability": 1}


@pytest.mark.parametrize(
    ("text", "words", "lit"),
    [
        ("Je veux résilier mon abonnement.", ["résilier", "mon"], ["résilier mon"]),
        ("I know, no refund, no way", ["no", "way"], ["no way"]),
        ("avec l'abonnement d'ici", ["l", "'abonnement"], ["l'abonnement"]),
        ("cancel it now, cancel everything", ["cancel", "everything"], ["cancel everything"]),
        ("cancel my new subscription", ["cancel", "subscription"], ["cancel", "subscription"]),
        (
            "je vais prendre un avocat ou une association",
            ["un", "avocat", "+association"],
            ["un avocat", "association"],
        ),
        ("one day no, another day no", ["no", "+no"], ["no", "no"]),
        ("nothing of the kind", ["refund"], []),
        ("nothing at all", [], []),
    ],
)
def test_words_that_raised_a_flag_are_lit_where_they_stand(
    page: Page, text: str, words: list[str], lit: list[str]
) -> None:
    """Side by side where they are found so, whole words only, and the text stays whole."""
    # a plus stands for a pause before the word
    said = [word(each.lstrip("+"), 1.0 + 0.4 * at + 5 * each.startswith("+")) for at, each in enumerate(words)]
    pieces = run(page, "call/align.js", "m.lightUp(v[0], v[1])", text, said)

    assert isinstance(pieces, list)
    assert [piece["text"] for piece in pieces if piece["lit"]] == lit
    assert "".join(piece["text"] for piece in pieces) == text


@pytest.mark.parametrize(
    ("phrase", "heard", "plain"),
    [
        ("(want|like) to cancel", "want to cancel", ""),
        ("(want|like|need) to cancel", "wand to cancel", "want/like/… to cancel"),
        ("can't [I] [just] cancel", "cannot just cancel", "can't just cancel"),
        ("résilier", "résiluer", "résilier"),
        ("refund*", "refunds", "refund…"),
        ("refund*", "Refund.", ""),
        ("annuler (mon|l'|cet) (abonnement|contrat)", "annulé l'abonnement", "annuler l'abonnement"),
        ("my lawyer !(friend|said)", "my lawyer", ""),
        ("", "anything", ""),
    ],
)
def test_a_rules_phrase_is_said_in_plain_words(page: Page, phrase: str, heard: str, plain: str) -> None:
    """Without the signs of the rule, and only where it is not what was heard anyway."""
    assert run(page, "flags/phrase.js", "m.plainPhrase(v[0], v[1])", phrase, heard) == plain


@pytest.mark.parametrize(
    ("agent", "shown"), [("", "Agent not named"), ("12", "Agent 12"), ("agent-12", "agent-12"), ("Agents", "Agents")]
)
def test_an_agent_is_named_once(page: Page, agent: str, shown: str) -> None:
    """Many systems have ids that say "agent" already."""
    body = "import('/static/shared/i18n.js').then(({ wordsOf }) => m.agentOf(wordsOf('en'), v[0]))"

    assert run(page, "shared/names.js", f"await {body}", {"agent_id": agent}) == shown


@pytest.mark.parametrize(
    ("by", "shown"),
    [
        ("ann", "Ann Lee"),
        ("Ann Lee (ann)", "Ann Lee"),
        ("Ann (ann)", "Ann (ann)"),
        ("console", "Operator"),
        ("dan", "Dan (dan)"),
        ("someone", "someone"),
        ("", ""),
    ],
)
def test_whoever_signed_is_shown_by_name(page: Page, by: str, shown: str) -> None:
    """By account, or by name and account; what an operator typed is not taken for either."""
    accounts = [
        {"account": account, "name": name, "coach": False}
        for account, name in (("ann", "Ann Lee"), ("dan", "Dan"), ("dan2", "Dan"), ("eve", ""))
    ]
    body = """await import('/static/shared/i18n.js').then(({ wordsOf }) =>
      m.personOf(wordsOf('en', [], m.namesOf(v[0])), v[1]))"""

    assert run(page, "shared/names.js", body, {"agents": [], "teams": [], "accounts": accounts}, by) == shown


def test_two_agents_of_one_name_are_told_apart(page: Page) -> None:
    """Within the tenant of the call; a team or an agent that nobody named keeps its id."""
    agents = [
        {"tenant": tenant, "agent_id": agent_id, "name": name, "team": "north"}
        for tenant, agent_id, name in (("t", "7", "Ann"), ("t", "8", "Ann"), ("t", "9", "Ben"), ("t", "12", ""))
    ]
    teams = [{"tenant": "t", "team": "north", "name": "Nord"}, {"tenant": "u", "team": "north", "name": "North"}]
    body = """await import('/static/shared/i18n.js').then(({ wordsOf }) => {
      const words = wordsOf('en', [], m.namesOf(v[0]));
      const agent = (tenant, agent_id) => m.agentOf(words, { tenant, agent_id });
      const team = (tenant, team) => m.teamOf(words, { tenant, team });
      return [agent('t', '7'), agent('t', '9'), agent('u', '9'), agent('t', '12'), team('t', 'north'), team('t', ''),
        m.nameAnywhere(words.names.teams, 'north'), m.nameAnywhere(words.names.agents, '9')];
    })"""

    assert run(page, "shared/names.js", body, {"agents": agents, "teams": teams, "accounts": []}) == [
        *("Ann (7)", "Ben", "Agent 9", "Agent 12", "Nord", ""),
        *("", "Ben"),
    ]


def test_the_text_is_cut_into_its_words_and_stays_as_written(page: Page) -> None:
    """A word that is not in the text is left out; nothing of the text is lost."""
    text = "Bonjour,  à vous l'[card] ?"
    words = [word("Bonjour,"), word("lost"), word("à"), word("vous"), word("[card]")]
    pieces = run(page, "call/align.js", "m.cutIntoWords(v[0], v[1])", text, words)

    assert isinstance(pieces, list)
    assert "".join(piece["text"] for piece in pieces) == text
    assert [piece["text"] for piece in pieces if piece["word"]] == ["Bonjour,", "à", "vous", "[card]"]


@pytest.mark.parametrize("speaker", [speaker.value for speaker in Speaker])
def test_emotion_is_shown_for_customers_only(page: Page, speaker: str) -> None:
    """Even if a score were sent for someone else."""
    shown = run(page, "call/emotion.js", "m.emotionOf(v[0]) !== null", utterance_data(speaker=speaker))

    assert shown is (speaker == "customer")


def test_the_curve_breaks_where_there_was_not_enough_to_tell(page: Page) -> None:
    """No line is drawn across what was not heard well enough."""
    scored = [{"start_s": at, "end_s": at + 1, "anger": 0.5, "arousal": 0.5} for at in (1, 3, 7)]
    runs = run(page, "call/curve.js", "m.unbroken(v[0], v[1]).map((run) => run.length)", scored, [{"start_s": 5}])

    assert runs == [2, 1]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"channels": ["mixed"]}, "which channel"),
        ({"notice": "none"}, "no notice"),
        ({"consent": "refused"}, "refused"),
        ({}, "not enough"),
    ],
)
def test_a_missing_curve_is_explained(page: Page, changes: Json, says: str) -> None:
    """An empty curve never passes for a calm customer."""
    body = "import('/static/shared/i18n.js').then(({ wordsOf }) => m.whyNone(wordsOf('en'), v[0]))"

    assert says in str(run(page, "call/emotion.js", f"await {body}", call_data() | changes))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("m.seconds('en', 1.25)", "1.3\u00a0s"),
        ("m.seconds('fr', 1.25)", "1,3\u00a0s"),
        ("m.seconds('fr', 17.06)", "17\u00a0s"),
        ("m.seconds('en', null)", "–"),
        ("m.clock(65.9)", "1:05"),
        ("m.clock(3725)", "1:02:05"),
        ("m.clock(-2)", "0:00"),
        ("m.age(59)", "59\u00a0s"),
        ("m.age(61)", "1\u00a0min"),
        ("m.age(7300)", "2\u00a0h"),
        ("m.measure('en', 'silence_s', 17.1)", "17\u00a0s"),
        ("m.measure('en', 'anger', 0.724)", "72%"),
        ("m.measure('en', 'utterances', 1)", "1"),
        ("m.measure('fr', 'certainty', 1)", "100\u202f%"),
    ],
)
def test_numbers_are_written_as_people_write_them(page: Page, body: str, text: str) -> None:
    """With the decimal sign of the language and a unit that stays on the line."""
    written = str(run(page, "shared/format.js", body))

    assert written.replace("\u202f%", "%").replace("\u00a0%", "%") == text.replace("\u202f%", "%")


@pytest.mark.parametrize(
    ("saved", "preferred", "language"),
    [
        (None, ["fr-CA", "en"], "fr"),
        ("en", ["fr"], "en"),
        (None, ["de", "fr"], "fr"),
        ("xx", [], "en"),
        (None, [], "en"),
    ],
)
def test_the_language_is_the_chosen_one_else_the_browsers(
    page: Page, saved: str | None, preferred: list[str], language: str
) -> None:
    """English where neither says anything we speak."""
    assert run(page, "shared/i18n.js", "m.chooseLanguage(v[0], v[1])", saved, preferred) == language


def test_words_that_do_not_exist_are_an_error(page: Page) -> None:
    """A page never shows half a dictionary."""
    body = """(() => {
        try { return m.wordsOf('fr').t('no.such.key'); } catch (error) { return error.message; }
    })()"""

    assert run(page, "shared/i18n.js", body) == 'no words for "no.such.key" in fr'


@pytest.mark.parametrize(("count", "french"), [(0, "0 appel suivi."), (1, "1 appel suivi."), (2, "2 appels suivis.")])
def test_counts_follow_the_grammar_of_the_language(page: Page, count: int, french: str) -> None:
    """In French, none is singular."""
    assert run(page, "shared/i18n.js", "m.wordsOf('fr').plural('flags.followed', v[0])", count) == french


def test_the_axis_is_labelled_as_closely_as_it_can_be_read(page: Page) -> None:
    """Round steps, at least 70 pixels apart."""
    assert run(page, "timeline/timeline.js", "m.ticksOf(65, 700)") == [0, 10, 20, 30, 40, 50, 60]
    assert run(page, "timeline/timeline.js", "m.ticksOf(3600, 700).length") == 7


def test_a_waveform_column_holds_the_loudest_it_stands_for(page: Page) -> None:
    """A short cry is not averaged away; beyond the recording there is nothing."""
    pairs = [-10, 20, -127, 5, 0, 127, -1, 1]

    columns = run(page, "timeline/waveform.js", "m.columnsOf(v[0], 3, 6)", pairs)

    assert columns == [[-1, pytest.approx(20 / 127)], [pytest.approx(-1 / 127), 1], [0, 0]]


@pytest.mark.parametrize(
    ("channels", "gain"),
    [([[-10, 20], [-40, 5]], 0.92 * 127 / 40), ([[-127, 127]], 1), ([[0, 0]], 8), ([], 8)],
)
def test_a_quiet_recording_is_drawn_larger(page: Page, channels: list[list[int]], gain: float) -> None:
    """By the same factor for everyone in it, never smaller, and noise stays noise."""
    assert run(page, "timeline/waveform.js", "m.gainOf(v)", *channels) == pytest.approx(gain)
