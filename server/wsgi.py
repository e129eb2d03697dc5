"""The WSGI application with the settings of the environment (PARLEY_DATA, …), for any WSGI server."""

from kg.store import DataFolder
from server.app import create_app
from server.setting_sources import load

application = create_app(DataFolder(load().data.folder))
