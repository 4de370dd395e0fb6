"""`qa-monitor simulate`: recordings streamed into a running service by any of its protocols."""

from pathlib import Path
from typing import Annotated

import typer

from qa_monitor.commands.terminal import err, out
from qa_monitor.simulator.audiohook.opening import Offer
from qa_monitor.simulator.planned import StreamProtocol
from streams.consent import Consent, Notice
from streams.records import Direction, Language
from streams.samples.codec import Encoding


def simulate(
    files: Annotated[
        list[Path] | None, typer.Argument(help="WAV or FLAC; left channel customer, right channel agent.")
    ] = None,
    url: Annotated[str, typer.Option(help="Address of the service.")] = "http://127.0.0.1:8080",
    protocol: Annotated[str, typer.Option(help="By which telephony: audiohook, twilio, pcm and others.")] = "twilio",
    check: Annotated[
        bool, typer.Option("--check", help="Play 5 s of a tone instead of files, and tell every step.")
    ] = False,
    speed: Annotated[float, typer.Option(min=0.1, max=100, help="How many times faster than speech.")] = 1.0,
    copies: Annotated[int, typer.Option(min=1, max=1000, help="So many calls from every file.")] = 1,
    language: Annotated[Language | None, typer.Option(help="Unset: the service finds out.")] = None,
    agent_id: Annotated[str, typer.Option(help="Who takes the calls.")] = "agent-01",
    team: Annotated[str, typer.Option(help="Whose calls they are.")] = "simulated",
    tenant: Annotated[str, typer.Option(help="For which customer of the contact centre.")] = "default",
    direction: Annotated[
        Direction, typer.Option(help="Who called: the customer (inbound) or the agent.")
    ] = Direction.INBOUND,
    notice: Annotated[Notice, typer.Option(help="How the customer was told.")] = Notice.NONE,
    consent: Annotated[Consent, typer.Option(help="What the customer answered.")] = Consent.UNKNOWN,
    token: Annotated[str | None, typer.Option(help="Ingest token.", envvar="QA_MONITOR_INGEST_TOKEN")] = None,
    announce: Annotated[bool, typer.Option("--announce", help="Announce every call over HTTP first.")] = False,
    key: Annotated[str, typer.Option(help="AudioHook: API key.")] = "",
    secret: Annotated[
        str | None, typer.Option(help="AudioHook: client secret. Twilio: auth token.", envvar="QA_MONITOR_SECRET")
    ] = None,
    organization: Annotated[str | None, typer.Option(help="AudioHook: id of the organisation.")] = None,
    public_url: Annotated[str | None, typer.Option(help="The address that is signed, where it is another.")] = None,
    basic: Annotated[str | None, typer.Option(help="user:password instead of the token.")] = None,
    audiosocket: Annotated[str, typer.Option(help="Host and port of AudioSocket.")] = "127.0.0.1:9092",
    codec: Annotated[Encoding | None, typer.Option(help="Unset: the usual one of the protocol.")] = None,
    offer: Annotated[Offer, typer.Option(help="AudioHook: the media offered.")] = Offer.STEREO,
    plain_control: Annotated[
        bool, typer.Option("--plain-control", help="Asterisk: control messages in the older plain form.")
    ] = False,
    two_sockets: Annotated[
        bool, typer.Option("--two-sockets", help="Asterisk, Vonage: a connection per person, not both mixed on one.")
    ] = False,
    fault: Annotated[
        list[str] | None, typer.Option(help="NAME, NAME=VALUE or NAME=VALUE@SECOND; may be repeated.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same faults again for the same seed.")] = 0,
) -> None:
    """Stream recordings into a running service as a telephone system would; --fault help lists what can go wrong."""
    from qa_monitor.simulator.faults import FaultError, described_faults, read_fault
    from qa_monitor.simulator.line import NO_ORGANIZATION, Credentials, Line, SimulationError
    from qa_monitor.simulator.run import SimulationOptions, run_check, run_simulation

    if fault == ["help"]:
        out.print(described_faults(), markup=False, highlight=False)
        return
    if not files and not check:
        raise typer.BadParameter("give a recording, or --check")
    known = Credentials(
        key=key,
        secret=secret,
        organization=organization or NO_ORGANIZATION,
        public_url=public_url,
        basic=basic,
    )
    options = SimulationOptions(
        files=files or [],
        url=url,
        protocol=_protocol(protocol),
        speed=speed,
        copies=copies,
        language=language,
        agent_id=agent_id,
        team=team,
        tenant=tenant,
        direction=direction,
        notice=notice,
        consent=consent,
        token=token,
        encoding=codec,
        two_sockets=two_sockets,
    )
    try:
        line = Line(
            url=url,
            protocol=options.protocol,
            speed=speed,
            token=token,
            audiosocket=audiosocket,
            announce=announce,
            credentials=known,
            faults=tuple(read_fault(asked) for asked in fault or ()),
            seed=seed,
            encoding=codec,
            json_control=not plain_control,
            offer=offer,
            two_sockets=two_sockets,
        )
    except (FaultError, SimulationError) as error:
        err.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    raise typer.Exit(run_check(options, line, err) if check else run_simulation(options, line, err))


def _protocol(name: str) -> StreamProtocol:
    """The protocol of this name; says which there are."""
    try:
        return StreamProtocol(name)
    except ValueError:
        err.print(f"--protocol: found {name!r}; allowed: {', '.join(StreamProtocol)}", style="red", markup=False)
        raise typer.Exit(2) from None
