"""The starter rules, on sentences as people say them and through the real matcher."""

import pytest

from alerts.conditions import PhraseAbsent, WordsSaid
from alerts.engine import CallWatch
from alerts.policy import AlertPolicy
from alerts.records import Priority, RedFlag, ScoredUtterance
from alerts.rulebook import STARTER_RULES, RuleBook, load_rulebook
from keywords.matcher import Matcher
from streams.records import Language, Speaker
from tests.alerts.builders import a_call, an_utterance

EN, FR = Language.EN, Language.FR
FIRES = [
    ("cancellation", EN, "Yeah I want to cancel my subscription please."),
    ("cancellation", EN, "I'm not angry, but please cancel."),
    ("cancellation", EN, "Why can't I just cancel?"),
    ("cancellation", EN, "After this I'm going to switch providers."),
    ("cancellation", FR, "Écoutez, je veux résilier mon abonnement."),
    ("cancellation", FR, "Je vous appelle pour résiliez, là."),
    ("cancellation", FR, "Je ne suis pas content, je veux résilier."),
    ("cancellation", FR, "Je voudrais canceller mon forfait."),
    ("cancellation", FR, "J'ai décidé de mettre fin à mon contrat."),
    ("legal_threat", EN, "You will hear from my lawyer."),
    ("legal_threat", EN, "I'm going to sue you for this."),
    ("legal_threat", EN, "I will take you to small claims."),
    ("legal_threat", FR, "Je vais porter plainte contre vous."),
    ("legal_threat", FR, "Vous aurez des nouvelles de mon avocat."),
    ("legal_threat", FR, "Je vous envoie une mise en demeure."),
    ("legal_threat", FR, "On va régler ça aux petites créances."),
    ("complaint", EN, "I would like to make a complaint."),
    ("complaint", EN, "This is ridiculous."),
    ("complaint", EN, "I'm not happy at all with this."),
    ("complaint", EN, "I'm absolutely fed up."),
    ("complaint", FR, "C'est inadmissible."),
    ("complaint", FR, "Je ne suis pas content du tout."),
    ("complaint", FR, "Je veux faire une réclamation."),
    ("complaint", FR, "C'est la troisième fois que je vous appelle."),
    ("complaint", FR, "Franchement, j'en ai marre."),
    ("refund", EN, "I want my money back."),
    ("refund", EN, "When do I get a refund?"),
    ("refund", EN, "You charged me twice."),
    ("refund", FR, "Je voudrais me faire rembourser."),
    ("refund", FR, "Quand est-ce que vous me remboursez ?"),
    ("refund", FR, "Je demande un remboursement."),
    ("refund", FR, "Rendez-moi mon argent."),
    ("supervisor", EN, "Let me speak to your manager."),
    ("supervisor", EN, "Get me a supervisor."),
    ("supervisor", EN, "Can I talk to someone else?"),
    ("supervisor", FR, "Passez-moi un responsable."),
    ("supervisor", FR, "Je veux parler à votre supérieur."),
    ("supervisor", FR, "Je voudrais parler au responsable."),
    ("competitor", EN, "I got a better offer from another company."),
    ("competitor", EN, "I'll take my business elsewhere."),
    ("competitor", FR, "C'est moins cher chez Bouygues."),
    ("competitor", FR, "Je vais voir chez un concurrent."),
    ("insult", EN, "You are useless."),
    ("insult", EN, "That's bullshit."),
    ("insult", EN, "What a bunch of idiots."),
    ("insult", FR, "Vous êtes des incapables."),
    ("insult", FR, "Bande de voleurs !"),
    ("insult", FR, "Tabarnak, c'est pas compliqué."),
]
STAYS_QUIET = [
    (EN, "I don't want to cancel, I just have a question."),
    (EN, "My mother cancelled years ago."),
    (EN, "There is no need for a refund."),
    (EN, "I'm not calling to complain."),
    (EN, "No problem, thank you very much, that's perfect."),
    (EN, "How much would it be to have the brakes done on a two thousand and six Honda?"),
    (EN, "I have an appointment on Thursday with Sue, can I change it to Friday?"),
    (EN, "I would like to report this to the insurance."),
    (EN, "I feel like an idiot, I had the wrong number."),
    (EN, "We have another car and my wife works at another company."),
    (EN, "Is the manager in on Monday? He told me to bring it in."),
    (EN, "Have you had enough time to look at it?"),
    (EN, "My internet is still not working since this morning."),
    (FR, "Je ne veux pas résilier, je voudrais juste un renseignement."),
    (FR, "Je veux pas résilier."),
    (FR, "Il n'y a pas de problème, merci beaucoup."),
    (FR, "Je ne demande pas de remboursement."),
    (FR, "Je n'appelle pas pour me plaindre."),
    (FR, "J'ai changé de banque, je vous donne mon nouveau RIB."),
    (FR, "Le virement vient d'une autre banque."),
    (FR, "Fermez la session et redémarrez, c'est ça ?"),
    (FR, "Je sais plus que choisir entre les deux forfaits."),
    (FR, "Merci, j'ai été remboursé la semaine dernière."),
    (FR, "Votre chef m'a dit de rappeler lundi pour le rendez-vous."),
    (FR, "C'est combien pour changer les pneus d'une Clio ?"),
    (FR, "Vous êtes très gentil, c'est parfait."),
    (FR, "Je vous laisse poursuivre, prenez votre temps."),
    (FR, "C'est moins cher avec l'option, d'accord."),
]


@pytest.fixture(scope="module")
def rulebook() -> RuleBook:
    return load_rulebook([STARTER_RULES])


@pytest.fixture(scope="module")
def matcher(rulebook: RuleBook) -> Matcher:
    return Matcher(rulebook.word_rules)


def rules_hit(matcher: Matcher, text: str, language: Language, speaker: Speaker) -> set[str]:
    return {hit.rule_id for hit in matcher.hits(an_utterance(text, language=language, speaker=speaker))}


def test_the_starter_rules_are_the_promised_ones(rulebook: RuleBook) -> None:
    """With their priorities, few of them high."""
    assert {rule.rule_id: rule.priority.label for rule in rulebook.rules} == {
        "cancellation": "high",
        "legal_threat": "high",
        "complaint": "medium",
        "refund": "medium",
        "supervisor": "high",
        "competitor": "medium",
        "insult": "high",
        "regulator": "medium",
        "media_threat": "medium",
        "data_request": "medium",
        "repeat_call": "low",
        "broken_promise": "low",
        "long_wait": "low",
        "passed_around": "medium",
        "discrimination": "medium",
        "losing_patience": "medium",
        "violence_threat": "high",
        "self_harm": "high",
        "bereavement": "medium",
        "illness_or_disability": "medium",
        "financial_hardship": "medium",
        "fraud": "high",
        "card_read_aloud": "medium",
        "agent_rude": "high",
        "agent_unhelpful": "medium",
        "agent_blames": "low",
        "agent_promise": "low",
        "sales_pressure": "medium",
        "greeting_missing": "low",
        "dead_air": "medium",
        "hold_too_long": "medium",
        "talk_over": "low",
        "customer_anger": "medium",
        "customer_distress": "medium",
        "recovery": "low",
        "patience_in_words_and_voice": "high",
        "distress_in_words_and_voice": "medium",
    }


def test_every_rule_about_words_has_both_languages(rulebook: RuleBook) -> None:
    """And each listens to one side only, but for card data, which anyone may read aloud."""
    for rule in rulebook.rules:
        match rule.when:
            case WordsSaid(speaker=speaker, phrases=phrases):
                assert (speaker is None) == (rule.rule_id == "card_read_aloud")
                assert (speaker is Speaker.AGENT) == rule.rule_id.startswith(("agent_", "sales_"))
                assert phrases.of(EN)
                assert phrases.of(FR)
            case PhraseAbsent(speaker=speaker, phrases=phrases):
                assert speaker is Speaker.AGENT
                assert phrases.of(EN)
                assert phrases.of(FR)


def test_every_coach_action_is_written_in_both_languages(rulebook: RuleBook) -> None:
    """The French is French, not the English again."""
    for rule in rulebook.rules:
        assert rule.action_en != rule.action_fr
        assert rule.name_en
        assert rule.name_fr
        assert rule.deadline_s > 0


@pytest.mark.parametrize(("rule_id", "language", "text"), FIRES)
def test_fires(matcher: Matcher, rule_id: str, language: Language, text: str) -> None:
    """Said by the customer it hits its rule; said by the agent it hits none of the customer's."""
    assert rule_id in rules_hit(matcher, text, language, Speaker.CUSTOMER)
    assert rules_hit(matcher, text, language, Speaker.AGENT) <= {"greeting_missing", "agent_rude"}


@pytest.mark.parametrize(("language", "text"), STAYS_QUIET)
def test_stays_quiet(matcher: Matcher, language: Language, text: str) -> None:
    """Ordinary talk and negated phrases hit nothing."""
    assert rules_hit(matcher, text, language, Speaker.CUSTOMER) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (EN, "Hello, Martin's garage."),
        (EN, "Thank you for calling, how can I help you?"),
        (EN, "Good morning, sales."),
        (FR, "Service client, bonjour."),
        (FR, "Bienvenue, que puis-je faire pour vous ?"),
    ],
)
def test_a_greeting_is_recognised(matcher: Matcher, language: Language, text: str) -> None:
    """Said by the agent; the customer's does not stand in for it."""
    assert rules_hit(matcher, text, language, Speaker.AGENT) == {"greeting_missing"}
    assert rules_hit(matcher, text, language, Speaker.CUSTOMER) == set()


def test_you_are_welcome_is_no_greeting(matcher: Matcher) -> None:
    """It answers thanks; a welcome names the place."""
    assert rules_hit(matcher, "You're welcome.", EN, Speaker.AGENT) == set()
    assert rules_hit(matcher, "Welcome to Martin's garage.", EN, Speaker.AGENT) == {"greeting_missing"}


@pytest.mark.parametrize(
    ("text", "told"), [("Hello, how can I help?", set()), ("Yes, what is it?", {"greeting_missing"})]
)
def test_the_whole_way_from_words_to_flags(rulebook: RuleBook, matcher: Matcher, text: str, told: set[str]) -> None:
    """Matcher and engine together, on one short call."""
    watch = CallWatch(a_call(), rulebook, AlertPolicy())
    agent = an_utterance(text, speaker=Speaker.AGENT)
    customer = an_utterance("I want to cancel, this is unacceptable.", start_s=6.0)
    flags: list[RedFlag] = []
    for utterance in (agent, customer):
        scored = ScoredUtterance(utterance=utterance, hits=matcher.hits(utterance))
        decision = watch.on_final(scored, utterance.end_s + 1.0)
        flags += decision.told
    flags += watch.on_time(30.0).told

    assert {flag.rule_id for flag in flags} == {"cancellation"} | told
    assert flags[0].priority is Priority.HIGH
    assert [held.flag.rule_id for held in decision.held] == ["complaint"]


def test_every_starter_rule_has_a_floor_and_the_cheaper_a_miss_the_higher_it_is() -> None:
    """So that coaches' verdicts can demote any of them; none asks more than rules of lower priority."""
    book = load_rulebook([STARTER_RULES])
    floors = {rule.rule_id: (rule.priority, rule.floor) for rule in book.rules}

    assert [rule_id for rule_id, (_, floor) in floors.items() if floor is None] == []
    least = {Priority.LOW: 0.7, Priority.MEDIUM: 0.6, Priority.HIGH: 0.5}
    assert [rule_id for rule_id, (priority, floor) in floors.items() if (floor or 1.0) > least[priority]] == []
