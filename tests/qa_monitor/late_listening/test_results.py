"""What listening later found is put beside what was known live: nothing twice, nothing of it lost."""

from alerts.records import FlagState
from qa_monitor.late_listening.results import late_flags
from tests.alerts.builders import a_flag


def test_a_flag_is_found_once_and_what_is_withdrawn_is_not_found() -> None:
    known, withdrawn, fresh = a_flag("known"), a_flag("no", state=FlagState.WITHDRAWN), a_flag("fresh")

    assert list(late_flags([known], [known, withdrawn, fresh])) == [fresh]


def test_what_was_said_after_all_is_a_flag_of_its_own() -> None:
    """The one before was withdrawn when the call was put off, and stays so. Found again it is not told again."""
    before = [a_flag("f", state=FlagState.WITHDRAWN)]
    first = list(late_flags(before, [a_flag("f")]))

    assert [(flag.flag_id, flag.state) for flag in first] == [("f~later", FlagState.CONFIRMED)]
    assert list(late_flags([*before, *first], [a_flag("f")])) == []
