"""What can be done: steps by their lasting names, when the timetable asks for them, and loops that never end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar


@dataclass(frozen=True)
class Next:
    """There is more to do: `cursor` (JSON, not None) for the next step, and how much of how much is done."""

    cursor: object
    done: int = 0
    total: int | None = None


@dataclass(frozen=True)
class Done:
    """Nothing is left to do; a line for people on what came out."""

    outcome: str = ""


Step = Callable[..., Next | Done]
AnyStep = TypeVar("AnyStep", bound=Step)
# Tells whether to end after a pause of so many seconds.
Pause = Callable[[float], bool]


@dataclass(frozen=True)
class Registered:
    """A job's function and how it is run."""

    name: str
    step: Step
    atomic: bool
    every: timedelta | None
    daily_at: int | None
    when: Callable[[], bool]

    @property
    def is_scheduled(self) -> bool:
        return self.every is not None or self.daily_at is not None


registered: dict[str, Registered] = {}
loops: dict[str, Callable[[Pause], None]] = {}


def always() -> bool:
    return True


def job(
    name: str,
    *,
    atomic: bool = True,
    every: timedelta | None = None,
    daily_at: int | None = None,
    when: Callable[[], bool] = always,
) -> Callable[[AnyStep], AnyStep]:
    """Register a step function under a name that never changes, since it stands in rows.

    `atomic`: the step and its new cursor are saved in one transaction, which should take 0.1 s at most. Without it, for
    steps that ask another server or only read for long, the step may be repeated after a kill and must not mind.
    `every` and `daily_at` (an hour, local time) put it into the timetable, without arguments, where `when` says that there
    is something to do. Raises ValueError for a name that is taken.
    """

    def register(step: AnyStep) -> AnyStep:
        if name in registered and registered[name].step is not step:
            raise ValueError(f"There is a job named {name} already.")
        registered[name] = Registered(name, step, atomic, every, daily_at, when)
        return step

    return register


def loop(name: str) -> Callable[[Callable[[Pause], None]], Callable[[Pause], None]]:
    """Register a function that works beside the jobs, in a thread of its own, until `pause(seconds)` says to end."""

    def register(work: Callable[[Pause], None]) -> Callable[[Pause], None]:
        loops[name] = work
        return work

    return register
