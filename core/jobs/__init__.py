"""Work that outlives the request that asked for it.

A job is a row, written in the transaction of the change that asks for it (`enqueue`), and a function registered under a
lasting name in an app's module `jobs` (`job`). The worker process (`manage.py worker`, core.jobs.worker) calls the
function step by step. Each step gets the cursor that the last one returned and says where the next one begins (`Next`)
or that all is done (`Done`); the cursor is kept in the row. So a worker may be killed at any line: the next one goes on
with the step that was not finished. A step that fails is tried again after growing pauses.

    @job("indexing.rebuild_term")
    def rebuild_term(cursor: str | None, *, model: str, pk: int) -> Next | Done: ...

    enqueue("indexing.rebuild_term", model="taxonomy.country", pk=3)
"""

from core.jobs.queue import enqueue
from core.jobs.registry import Done, Next, job, loop

__all__ = ["Done", "Next", "enqueue", "job", "loop"]
