"""The shape of a scorecard file as JSON Schema, for editors that complete and check while one writes."""

from alerts.files.document import Plain
from alerts.files.schema import PlainObject, without_null
from qa_monitor.scorecards.shape import ScorecardFile
from qa_monitor.scorecards.voiceless import REFUSED, VOICES


def scorecard_schema() -> PlainObject:
    """The schema of a scorecard file, ready to be written as JSON: conditions on a voice are not in it."""
    schema = without_null(ScorecardFile.model_json_schema(by_alias=True))
    defs = schema["$defs"] if isinstance(schema, dict) else None
    if not isinstance(schema, dict) or not isinstance(defs, dict):
        raise TypeError("the schema of a shape is an object")
    _voiceless(defs)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "qa-monitor scorecard file"}


def _voiceless(defs: PlainObject) -> None:
    """Take out what rules may ask of a voice and scorecards may not."""
    for name in ("Persisting", "Coursing"):
        defs.pop(name, None)
    match defs["When"]:
        case {"properties": dict(properties), "oneOf": list(choices)} if isinstance(defs["When"], dict):
            for name in REFUSED:
                properties.pop(name, None)
            defs["When"]["oneOf"] = [choice for choice in choices if not _requires(choice)]
    match defs["Flow"]:
        case {"properties": {"measure": {"enum": list(measures)} as measure}} if isinstance(measure, dict):
            measure["enum"] = [one for one in measures if one not in VOICES]


def _requires(choice: Plain) -> bool:
    return isinstance(choice, dict) and choice.get("required") in [[name] for name in REFUSED]
