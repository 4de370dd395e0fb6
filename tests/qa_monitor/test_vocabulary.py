"""The file of names and products: whose calls they are for, and every mistake with file and key."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa_monitor.cli import app
from qa_monitor.config import SettingsError
from qa_monitor.vocabulary import FILE_NAME, Vocabularies, load_vocabularies
from streams.records import Language
from streams.vocabulary.terms import MOST_TERMS, Term

WHOLE = """
[everybody]
terms = ["Qonto", "Livret A"]
sounds = {"Qonto" = ["conto", "canto"]}

[team.support-fr]
fr = ["Optifibre"]
en = ["Fibre Nest"]
terms = ["QONTO"]
"""


def read(folder: Path, text: str) -> Vocabularies:
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    return load_vocabularies(None, folder)


def problem(folder: Path, text: str) -> str:
    """What is said about a bad file, without the file's name."""
    with pytest.raises(SettingsError) as caught:
        read(folder, text)
    lines = str(caught.value).splitlines()
    assert all(line.startswith(f"{folder / FILE_NAME}: ") for line in lines)
    return "\n".join(line.removeprefix(f"{folder / FILE_NAME}: ") for line in lines)


def test_a_team_has_its_own_terms_and_those_of_everybody_in_its_own_spelling(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)
    team, others = found.of_team("support-fr"), found.of_team("another")

    assert team is not None
    assert others is not None
    assert team.terms == (
        Term(text="QONTO"),
        Term(text="Optifibre", language=Language.FR),
        Term(text="Fibre Nest", language=Language.EN),
        Term(text="Livret A"),
    )
    assert others.terms == (Term(text="Qonto", sounds=("conto", "canto")), Term(text="Livret A"))


def test_without_a_file_nobody_has_a_vocabulary(tmp_path: Path) -> None:
    assert load_vocabularies(None, tmp_path).of_team("support-fr") is None


def test_a_team_without_terms_where_everybody_has_none_has_none(tmp_path: Path) -> None:
    assert read(tmp_path, '[team.north]\nterms = ["Qonto"]\n').of_team("south") is None


def test_a_file_that_was_named_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"names\.toml: found No such file"):
        load_vocabularies(tmp_path / "names.toml", tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[everybody]\nsouns = {}", "everybody.souns: no such key; allowed: terms, fr, en, sounds"),
        ("[teams]", "teams: no such key; allowed: [everybody] and [team.NAME]"),
        ("[team.x]\nterms = [3]", "team.x.terms.0: Input should be a valid string (found 3)"),
        (
            '[everybody]\nterms = ["Qonto  Plus"]',
            "everybody.terms: found 'Qonto  Plus'; allowed: letters or digits, words separated by one space",
        ),
        (
            '[team.x]\nterms = ["Qonto"]\nfr = ["qon-to"]',
            "team.x: found 'Qonto', 'qon-to'; allowed: each term once, whatever its capitals, accents and hyphens",
        ),
        (
            '[everybody]\nterms = ["Qonto"]\nsounds = {Konto = ["conto"]}',
            "everybody.sounds: found 'Konto'; allowed: a term of everybody, written as there",
        ),
        (
            '[everybody]\nterms = ["Qonto"]\nsounds = {Qonto = ["..."]}',
            "everybody.sounds.'Qonto': found '...'; allowed: letters or digits, words separated by one space",
        ),
    ],
)
def test_a_mistake_is_told_with_its_key_what_was_found_and_what_is_allowed(
    tmp_path: Path, text: str, told: str
) -> None:
    assert problem(tmp_path, text) == told


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    told = problem(tmp_path, '[everybody]\nterms = [" "]\n[team.x]\nsounds = {Q = ["q"]}')

    assert len(told.splitlines()) == 2


def test_a_file_that_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    assert "line 1" in problem(tmp_path, "terms: [Qonto]")


def test_too_many_terms_are_refused_with_their_number(tmp_path: Path) -> None:
    """Those of everybody count for each team; a term both have counts once."""
    shared = ", ".join(f'"name {number}"' for number in range(MOST_TERMS - 1))
    fits = f'[everybody]\nterms = [{shared}]\n[team.x]\nterms = ["Qonto", "name 1"]\n'

    assert read(tmp_path, fits).of_team("x") is not None
    assert problem(tmp_path, fits.replace('"Qonto"', '"Qonto", "Monzo"')) == (
        f"team.x: found {MOST_TERMS + 1} terms, those of everybody counted in; allowed: at most {MOST_TERMS}"
    )


def test_the_command_shows_each_team_and_what_sound_alone_does_not_find(tmp_path: Path) -> None:
    file = tmp_path / "names.toml"
    file.write_text('[everybody]\nterms = ["EDF"]\n[team.x]\nterms = ["Qonto", "Conto"]\n', encoding="utf-8")

    result = CliRunner().invoke(app, ["vocabulary", "check", str(file)])

    assert result.exit_code == 0
    assert "EDF" in result.output
    assert "Conto" in result.output


def test_the_command_refuses_a_bad_file(tmp_path: Path) -> None:
    file = tmp_path / "names.toml"
    file.write_text("[everybody]\nnames = []\n", encoding="utf-8")

    result = CliRunner().invoke(app, ["vocabulary", "check", str(file)])

    assert result.exit_code == 2
    assert "everybody.names: no such key" in result.output.replace("\n", "")


def test_the_command_reads_the_file_the_settings_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is the one the service reads, whatever lies in the data folder."""
    (tmp_path / FILE_NAME).write_text('[everybody]\nterms = ["Qonto"]\n', encoding="utf-8")
    named = tmp_path / "names.toml"
    named.write_text('[everybody]\nterms = ["EDF"]\n', encoding="utf-8")
    monkeypatch.setenv("QA_MONITOR_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("QA_MONITOR_VOCABULARY", str(named))

    result = CliRunner().invoke(app, ["vocabulary", "check"])

    assert result.exit_code == 0
    assert "EDF" in result.output
