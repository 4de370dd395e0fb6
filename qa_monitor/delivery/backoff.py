"""When a failed delivery is tried again. Pure: chance is an argument."""

FIRST_S = 5.0
LONGEST_S = 3_600.0
LONGEST_REST_S = 60.0


def delay_s(failures: int, chance: float) -> float:
    """Wall seconds until the next attempt: 5 s after the first failure, doubled each time, at most an hour.

    Between half of that and all of it, by `chance` (from 0 up to 1), so that deliveries that failed together do not
    come back together.
    """
    # more doublings than this are beyond the longest by far, and beyond what a float holds
    whole_s = min(LONGEST_S, FIRST_S * 2.0 ** min(failures - 1, 20))
    return whole_s * (0.5 + 0.5 * chance)


def wait_s(failures: int, chance: float, asked_s: float | None) -> float:
    """The same, and at least as long as the target asked for, up to an hour."""
    return max(delay_s(failures, chance), min(asked_s or 0.0, LONGEST_S))


def rest_s(failures: int, chance: float) -> float:
    """Wall seconds for which a target that does not answer is left alone, after so many failures in a row."""
    return min(LONGEST_REST_S, delay_s(failures, chance))
