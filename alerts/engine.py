"""Rules, then stages in order, for one call: the folder's one public class."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from alerts.flags import FlagMaker
from alerts.lifecycle import changed, settled
from alerts.policy import AlertPolicy
from alerts.records import Decision, FlagId, FlagState, HeldFlag, HoldReason, RedFlag, ScoredUtterance
from alerts.rulebook import RuleBook
from alerts.silencing import Silencing, first_held
from alerts.stages import Candidate, Memory, Stage, stages_for
from alerts.voiced import taken_back, tells_of_voice
from alerts.watching.findings import Findings
from alerts.watching.found import NOBODY_KNOWS, Found
from keywords.records import KeywordHit
from sentiment.records import Dynamics
from streams.records import CallStarted, Speaker, Utterance, UtteranceId

PUT_OFF_EN = "From here on the call was only recorded: the end of the sentence is listened to later."
PUT_OFF_FR = "À partir d’ici, l’appel a seulement été enregistré : la fin de la phrase sera écoutée plus tard."


class CallWatch:
    """Everything the rules know of one call. Not safe to share: feed it from one place, in order of arrival.

    Times are seconds on the call's audio clock; the same call fed with the same arguments gives the same flags. Feed
    it only text that may be stored and shown, with card numbers masked. Hits come from a matcher of the same rules.
    """

    def __init__(self, call: CallStarted, rulebook: RuleBook, policy: AlertPolicy) -> None:
        self._call = call
        self._policy = policy
        self._maker = FlagMaker(call_id=call.call_id, policy=policy)
        self._findings = Findings(call, policy)
        self._silencing = Silencing()
        self._stages: tuple[Stage, ...] = ()
        self._memory = Memory()
        self._finals: set[UtteranceId] = set()
        self._eclipsed: dict[FlagId, RedFlag] = {}
        """Held because of another flag: to be looked at again should that one be withdrawn."""
        self.adopt(rulebook)

    def adopt(self, rulebook: RuleBook) -> None:
        """Another rule book is in force from here. What was told stays told; unchanged rules forget nothing."""
        self._findings.adopt(rulebook.rules)
        self._silencing.adopt(rulebook)
        self._stages = stages_for(self._policy, rulebook.rules)

    def on_team(self, team: str) -> None:
        """Another team has the call from here."""
        self._call = replace(self._call, team=team)
        self._findings.handed_to(self._call)

    def on_hold(self, at_s: float) -> None:
        """The customer is on hold from here; the same again changes nothing."""
        self._findings.held(at_s)

    def on_resume(self, at_s: float) -> None:
        """The customer is no longer on hold; the same again changes nothing."""
        self._findings.resumed(at_s)

    def forget_voice(self, now_s: float) -> Decision:
        """The customer's voice was not to be judged, or must not be any longer: flags that rest on it are over."""
        self._findings.forget_voice()
        self._eclipsed = {name: flag for name, flag in self._eclipsed.items() if not tells_of_voice(flag.evidence)}
        over = tuple(flag for flag in map(taken_back, self._memory.told) if flag is not None)
        for flag in over:
            self._memory = self._memory.remember(flag)
        return Decision(told=over)

    def on_partial(self, utterance: Utterance, agreed_hits: Sequence[KeywordHit], now_s: float) -> Decision:
        """Words two passes agree on may raise flags. What is held here stays undecided until the final says why."""
        self._check(utterance, final=False)
        if utterance.utterance_id in self._finals:
            return Decision()
        candidates = self._candidates(self._findings.partial(utterance, agreed_hits), FlagState.RAISED, now_s)
        return Decision(told=self._decided(candidates).told)

    def on_final(self, scored: ScoredUtterance, now_s: float) -> Decision:
        """Confirm or withdraw what partials of the utterance raised, and raise what is new. A copy is ignored."""
        utterance = scored.utterance
        self._check(utterance, final=True)
        self._check_emotion(scored)
        if utterance.utterance_id in self._finals:
            return Decision()
        self._finals.add(utterance.utterance_id)
        candidates = self._candidates(self._findings.final(scored, now_s), FlagState.CONFIRMED, now_s)
        kept = {candidate.flag.flag_id for candidate in candidates if candidate.sure}
        gone = [flag for flag in self._memory.raised(utterance.utterance_id) if flag.flag_id not in kept]
        taken_back = self._taken_back(gone, now_s)
        decided = self._decided(candidates)
        return Decision(told=taken_back + decided.told, held=decided.held)

    def on_dynamics(self, dynamics: Dynamics) -> Decision:
        """Silences and talk-overs, as they grow."""
        return self._decided(self._candidates(self._findings.dynamics(dynamics), FlagState.CONFIRMED, dynamics.now_s))

    def on_time(self, now_s: float, known_until_s: Mapping[Speaker, float] = NOBODY_KNOWS) -> Decision:
        """Time passed: what should have been said by now?

        `known_until_s`: per speaker, the second before which every utterance that began has been fed as a final.
        """
        due = self._findings.due(now_s, known_until_s)
        return self._decided(self._candidates(due, FlagState.CONFIRMED, now_s))

    def on_end(self, now_s: float) -> Decision:
        """The call ended and all its finals were fed: what no final confirmed is withdrawn."""
        taken_back = self._taken_back(self._memory.raised(), now_s)
        due = self._findings.end(now_s)
        decided = self._decided(self._candidates(due, FlagState.CONFIRMED, now_s))
        return Decision(told=taken_back + decided.told, held=decided.held)

    def put_off(self, now_s: float) -> Decision:
        """Nobody follows the call from here: what waited for a final is withdrawn, and says why."""
        return Decision(told=self._taken_back([_unconfirmed(flag) for flag in self._memory.raised()], now_s))

    def _candidates(self, found: Iterable[Found], state: FlagState, now_s: float) -> list[Candidate]:
        flags = [(self._maker.flag(one.rule, one.cause, now_s=now_s, state=state), one.sure) for one in found]
        return [Candidate(flag=flag, sure=sure) for flag, sure in flags]

    def _decided(self, candidates: Iterable[Candidate]) -> Decision:
        """One at a time, the most pressing first: what one tells may be why the next is held."""
        told: list[RedFlag] = []
        held: list[HeldFlag] = []
        for candidate in sorted(candidates, key=_urgency):
            if self._silencing.of(candidate.flag.rule_id) is not None:
                held.append(self._silencing.held(candidate, self._stages, self._memory))
                continue
            holding = first_held(candidate, self._stages, self._memory)
            if holding is None:
                told.extend(self._tell(candidate.flag))
                continue
            held.append(holding)
            if holding.reason is not HoldReason.UNCONFIRMED and holding.flag.state is FlagState.CONFIRMED:
                self._eclipsed[holding.flag.flag_id] = holding.flag
        return Decision(told=tuple(told), held=tuple(held))

    def _tell(self, flag: RedFlag) -> tuple[RedFlag, ...]:
        """Tell a flag, or its news if it was told before; nothing where there is no news. Remembered after."""
        known = self._memory.find(flag.flag_id)
        if known is not None and known.state is flag.state:
            return ()
        news = flag if known is None else settled(known, flag)
        self._memory = self._memory.remember(news)
        return (news,)

    def _taken_back(self, flags: Iterable[RedFlag], now_s: float) -> tuple[RedFlag, ...]:
        """Withdraw flags, then tell what was held only because of them."""
        withdrawn = tuple(changed(flag, FlagState.WITHDRAWN) for flag in flags)
        for flag in withdrawn:
            self._memory = self._memory.remember(flag)
        return withdrawn + (self._released(now_s) if withdrawn else ())

    def _released(self, now_s: float) -> tuple[RedFlag, ...]:
        released: list[RedFlag] = []
        for flag in sorted(self._eclipsed.values(), key=lambda flag: flag.start_s):
            if first_held(Candidate(flag=flag, sure=True), self._stages, self._memory) is None:
                del self._eclipsed[flag.flag_id]
                released.extend(self._tell(replace(flag, raised_s=now_s)))
        return tuple(released)

    def _check(self, utterance: Utterance, *, final: bool) -> None:
        if utterance.call_id != self._call.call_id:
            raise ValueError(f"call {self._call.call_id} was fed an utterance of call {utterance.call_id}")
        if utterance.final is not final:
            wanted = "a final" if final else "a partial"
            raise ValueError(f"utterance {utterance.utterance_id} is not {wanted}")

    def _check_emotion(self, scored: ScoredUtterance) -> None:
        if scored.emotion is None:
            return
        utterance = scored.utterance
        if utterance.speaker is not Speaker.CUSTOMER:
            raise ValueError(f"utterance {utterance.utterance_id} has an emotion, but speaks the {utterance.speaker}")
        if scored.emotion.utterance_id != utterance.utterance_id:
            raise ValueError(f"the emotion of {scored.emotion.utterance_id} came with {utterance.utterance_id}")


def _unconfirmed(flag: RedFlag) -> RedFlag:
    evidence = flag.evidence
    return replace(
        flag,
        evidence=replace(
            evidence,
            explanation_en=f"{PUT_OFF_EN} {evidence.explanation_en}".strip(),
            explanation_fr=f"{PUT_OFF_FR} {evidence.explanation_fr}".strip(),
        ),
    )


def _urgency(candidate: Candidate) -> tuple[int, float, str]:
    return (-candidate.flag.priority, candidate.flag.start_s, candidate.flag.rule_id)
