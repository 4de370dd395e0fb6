"""What the operator wrote down, read once at the start. Rules and scorecards come with what is kept."""

from dataclasses import dataclass

from qa_monitor.config import Settings
from qa_monitor.delivery.in_force import TargetsInForce
from qa_monitor.records.errors import StoreError
from qa_monitor.telephony.settings import Telephony
from qa_monitor.telephony.settings_file import load_telephony
from qa_monitor.themes.reasons import Reasons, load_reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What those files say."""

    telephony: Telephony
    targets: TargetsInForce
    reasons: Reasons


def read_files(settings: Settings) -> Files:
    """From the places named, or the data folder, which is made if need be. Raises in words for the operator."""
    _make_folder(settings)
    return Files(
        telephony=load_telephony(settings.telephony, settings.data_dir),
        targets=TargetsInForce(settings.delivery, settings.data_dir),
        reasons=load_reasons(settings.reasons, settings.data_dir),
    )


def _make_folder(settings: Settings) -> None:
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"data_dir: cannot make {settings.data_dir} ({error.strerror}): choose a folder this user may write to"
        ) from error
