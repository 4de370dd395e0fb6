"""The customer's voice in one call: whether it may be judged now, the scores, and how they go through the call."""

from collections.abc import Iterator

from sentiment.baseline import SpeakerBaseline
from sentiment.course import CourseWatch
from sentiment.policy import customer_voice
from sentiment.profile import EmotionProfile
from sentiment.records import Course, EmotionScore
from sentiment.voice import VoiceModel
from streams.records import Audio, CallStarted, Utterance, UtteranceId
from streams.samples.resample import SPEECH_RATE_HZ


class CustomerOfCall:
    """One per call. Everything but `hush` is for one thread at a time."""

    def __init__(self, call: CallStarted, voice: VoiceModel | None, profile: EmotionProfile) -> None:
        """`voice`: none where no voice is judged anywhere."""
        self._call, self._voice, self._profile = call, voice, profile
        self._from_s = 0.0
        self._hushed = False
        self._baselines: dict[int, SpeakerBaseline] = {}
        self._voices: dict[UtteranceId, Audio] = {}
        self._course = CourseWatch()

    @property
    def allowed(self) -> bool:
        """Whether the customer's voice may be judged now."""
        return self._voice is not None and not self._hushed and self._profile.allows(self._call)

    @property
    def course(self) -> Course | None:
        """How the customer has been so far; none before anything was judged."""
        return self._course.course

    def hush(self) -> None:
        """Judge nothing from this moment on. Safe from any thread: what follows from it is done in its turn."""
        self._hushed = True

    def consented(self, call: CallStarted, from_s: float) -> None:
        """The call with what the customer was told and answered. What they said before `from_s` stays unjudged."""
        self._call, self._from_s, self._hushed = call, from_s, False
        if not self.allowed:
            self.forget()

    def forget(self) -> None:
        """Drop everything that was made of the voice: what is usual for it, its scores, its course."""
        self._baselines.clear()
        self._voices.clear()
        self._course = CourseWatch()

    def heard(self, utterance: Utterance, audio: Audio) -> None:
        """The sound of a final, kept until it is judged; only where the states of the voice were asked for."""
        if utterance.embedding is not None and self.allowed:
            self._voices[utterance.utterance_id] = audio

    def recall(self, utterance: Utterance, score: EmotionScore) -> None:
        """It was judged before: only how the customer goes on is seen in its light."""
        if self.allowed:
            self._course.heard(utterance, score)

    def usual(self) -> Iterator[tuple[int, bytes]]:
        """Per channel, what is usual for the voice so far, to be recalled where the call goes on; sealed or dropped."""
        if self.allowed:
            yield from ((channel, baseline.packed()) for channel, baseline in self._baselines.items())

    def recall_usual(self, channel: int, packed: bytes) -> None:
        """What was usual for it before, unless more of it is known here. Raises ValueError where it cannot be read."""
        if self._voice is None or not self.allowed:
            return
        found, own = SpeakerBaseline.restored(packed), self._baselines.get(channel)
        if self._voice.fits(found) and (own is None or own.spoken_s < found.spoken_s):
            self._baselines[channel] = found

    def score(self, utterance: Utterance) -> EmotionScore | None:
        """What the voice sounded like in a final; none for anybody but the customer, and where it is not lawful."""
        audio = self._voices.pop(utterance.utterance_id, None)
        if audio is None or self._voice is None or not self.allowed or utterance.start_s < self._from_s:
            return None
        voice = customer_voice(self._call, utterance, audio, SPEECH_RATE_HZ)
        if voice is None:
            return None
        score = self._voice.score(voice, self._baselines.setdefault(utterance.channel, SpeakerBaseline()))
        self._course.heard(utterance, score)
        return score
