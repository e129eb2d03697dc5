"""Where the processes that answer come from, as the settings say."""

import tempfile
from pathlib import Path

from server.engine.births import Source
from server.machine import SPAWNED
from server.settings import Settings


def source(settings: Settings, run: Path) -> Source:
    """For one worker; `run` is the folder of the server that runs. Each way imports what its systems have."""
    data = settings.data
    if settings.pool.start == SPAWNED:
        from server.engine.spawned import Spawned

        spool = data.spool or Path(tempfile.gettempdir())
        return Spawned(data.folder.absolute(), spool, settings.query.memory)
    from server.engine.forked import Nurseries

    return Nurseries(run)
