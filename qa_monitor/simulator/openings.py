"""How a played call introduces itself by AudioHook: the upgrade request, `open`, and its sound. Pure."""

from collections.abc import Iterator
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from qa_monitor.simulator.audiohook.opening import Continued, Medium, Opening, media_for
from qa_monitor.simulator.faults import FaultName, has
from qa_monitor.simulator.line import Job, Line, SimulationError
from qa_monitor.simulator.planned import PlannedCall, TimedMessage, Wire, pieces
from qa_monitor.simulator.signatures import SecretError, Upgrade, spoiled
from streams.records import Language

FRAME_S = 0.2
ANI, DNIS = "+15555550100", "+15555550199"
_TAGS = {Language.FR: "fr-FR", Language.EN: "en-US"}
_USUAL_PORTS = {"ws": ":80", "wss": ":443"}


def opening_for(job: Job, session_id: str, continued: tuple[Continued, ...] = ()) -> Opening:
    """What the client says first. A recording with one channel is one side, so which side must be asked for."""
    call, line = job.call, job.line
    media = media_for(line.offer, line.wire.announced)
    if len(call.channels) == 1 and any(len(medium.channels) > 1 for medium in media):
        raise SimulationError(
            "audiohook carries customer and agent apart: give a file with two channels, "
            "or say whose side this one is with --offer external or --offer internal"
        )
    token = job.message_token
    return Opening(
        session_id=session_id,
        organization_id=line.credentials.organization,
        conversation_id=_conversation_id(call),
        participant_id=str(uuid5(NAMESPACE_URL, f"participant:{call.call_id}")),
        media=media,
        ani=ANI,
        dnis=DNIS,
        language=None if call.language is None else _TAGS[call.language],
        custom_config={**call.facts(), **({"token": token} if token else {})},
        continued=continued,
    )


def headers_of(line: Line, opening: Opening, created: int, nonce: str) -> dict[str, str]:
    """The upgrade request, signed at this Unix second where there is a secret. Raises `SimulationError`."""
    parts = urlsplit(line.credentials.public_url or line.address)
    upgrade = Upgrade(
        target=parts.path + (f"?{parts.query}" if parts.query else ""),
        authority=parts.netloc.removesuffix(_USUAL_PORTS.get(parts.scheme, ":")),
        organization_id=opening.organization_id,
        session_id=opening.session_id,
        correlation_id=opening.session_id,
        key=line.credentials.key,
        secret=line.credentials.secret,
    )
    try:
        headers = upgrade.headers(created, nonce)
    except SecretError as error:
        raise SimulationError(str(error)) from error
    if has(line.faults, FaultName.BAD_SIGNATURE) and "Signature" in headers:
        headers["Signature"] = spoiled(headers["Signature"])
    return headers


def sound(call: PlannedCall, medium: Medium, wire: Wire) -> Iterator[TimedMessage]:
    """The call in the chosen medium, 200 ms at a time, encoded as it is asked for."""
    one = len(call.channels) == 1
    columns = [0] if one else [call.channels.index(speaker) for speaker in medium.speakers]
    found = pieces(call, FRAME_S)
    return (TimedMessage(at_s=end_s, data=wire.write(piece[:, columns]), audio=True) for _, end_s, piece in found)


def _conversation_id(call: PlannedCall) -> str:
    """The call's id where it is a UUID, else one made from it."""
    try:
        return str(UUID(call.call_id))
    except ValueError:
        return str(uuid5(NAMESPACE_URL, f"conversation:{call.call_id}"))
