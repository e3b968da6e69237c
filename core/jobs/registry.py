"""The registry of jobs and of background loops."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar


@dataclass(frozen=True)
class Next:
    """Returned by a step when more remains: `cursor` (JSON, not None) for the next step, and `done` of `total` items."""

    cursor: object
    done: int = 0
    total: int | None = None


@dataclass(frozen=True)
class Done:
    """Returned by the last step; `outcome` is a line for people."""

    outcome: str = ""


Step = Callable[..., Next | Done]
AnyStep = TypeVar("AnyStep", bound=Step)
# Sleeps for the given seconds; returns True if the worker is stopping.
Pause = Callable[[float], bool]


@dataclass(frozen=True)
class JobDefinition:
    """A registered job: its step function and schedule."""

    name: str
    step: Step
    atomic: bool
    every: timedelta | None
    daily_at: int | None
    when: Callable[[], bool]

    @property
    def is_scheduled(self) -> bool:
        return self.every is not None or self.daily_at is not None


job_definitions: dict[str, JobDefinition] = {}
loops: dict[str, Callable[[Pause], None]] = {}


def always_due() -> bool:
    return True


def job(
    name: str,
    *,
    atomic: bool = True,
    every: timedelta | None = None,
    daily_at: int | None = None,
    when: Callable[[], bool] = always_due,
) -> Callable[[AnyStep], AnyStep]:
    """Register a step function under a name that must never change, since it is stored in the database.

    `atomic`: the step and its new cursor are saved in one transaction, which should take 0.1 s at most. Without it, for
    steps that call another server or only read for long, the step may be repeated after a kill and must be idempotent.
    `every` and `daily_at` (an hour, local time) schedule it, without arguments; it is enqueued only if `when()` is true.
    Raises ValueError if the name is taken.
    """

    def register(step: AnyStep) -> AnyStep:
        if name in job_definitions and job_definitions[name].step is not step:
            raise ValueError(f"There is a job named {name} already.")
        job_definitions[name] = JobDefinition(name, step, atomic, every, daily_at, when)
        return step

    return register


def loop(name: str) -> Callable[[Callable[[Pause], None]], Callable[[Pause], None]]:
    """Register a function that runs in a thread of its own beside the jobs, until `pause(seconds)` returns True."""

    def register(work: Callable[[Pause], None]) -> Callable[[Pause], None]:
        loops[name] = work
        return work

    return register
