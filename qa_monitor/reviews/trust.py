"""Which questions the machine is not trusted with now: read at the start and after each calibration, asked any time."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from qa_monitor.reviews.agreement import Agreement, agreements
from qa_monitor.reviews.port import CalibrationStore
from qa_monitor.reviews.weak import Floor, Floors, floors_of, weak_questions
from qa_monitor.scorecards.records import Scorecard

Key = tuple[str, str]


class Trust:
    """One per application. What holds is one object, replaced whole: safe to ask from any thread."""

    def __init__(
        self,
        calibrations: CalibrationStore,
        default: Floor,
        in_force: Callable[[], Iterable[Scorecard]],
    ) -> None:
        """`default`: of questions that name no floor of their own."""
        self._calibrations, self._default, self._in_force = calibrations, default, in_force
        self._found: Mapping[Key, Sequence[Agreement]] = {}

    async def read(self) -> None:
        """Read anew what the closed calibrations say. Raises `StoreError`."""
        self._found = {
            (scorecard_id, version): agreements(await self._calibrations.said(scorecard_id, version))
            for scorecard_id, version in await self._calibrations.calibrated()
        }

    def left_out(self) -> frozenset[Key]:
        """Scorecards' questions, as ids, that the machine does not answer now; of the versions in force."""
        return frozenset(
            (one.scorecard_id, question_id)
            for one in self._in_force()
            for question_id in weak_questions(
                self._found.get((one.scorecard_id, one.version), ()), floors_of(one, self._default)
            )
        )

    def floors(self, scorecard: Scorecard | None) -> Floors:
        """Of the questions of a scorecard: where it is in force, as its file says now, else as it was kept."""
        if scorecard is None:
            return Floors(default=self._default)
        key = (scorecard.scorecard_id, scorecard.version)
        now = next((one for one in self._in_force() if (one.scorecard_id, one.version) == key), scorecard)
        return floors_of(now, self._default)
