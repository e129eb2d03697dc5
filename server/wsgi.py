"""The WSGI application over the data folder that PARLEY_DATA names, for any WSGI server."""

import os
from pathlib import Path

from kg.store import DataFolder
from server.app import create_app

application = create_app(DataFolder(Path(os.environ.get("PARLEY_DATA", "data"))))
