"""One setting of the server: its names, its kind, its default, and how a section of them states it."""

from dataclasses import dataclass, field

from kg.errors import ParleyError
from server.quantities import AnyKind, Kind, Value


class SettingsError(ParleyError):
    """A setting that does not exist, or a value that it cannot have."""

    exit_code = 2


@dataclass(frozen=True)
class Setting:
    """One row of the table; `name` is what its flag and its variable are made of."""

    section: str
    field: str
    name: str
    kind: AnyKind
    default: str
    meaning: str
    secret: bool = False

    @property
    def key(self) -> str:
        """Its place in the TOML file: section and key."""
        return f"{self.section}.{self.field}"

    @property
    def variable(self) -> str:
        """The environment variable."""
        return f"PARLEY_{self.name.replace('-', '_').upper()}"

    @property
    def flag(self) -> str | None:
        """The flag of `parley serve`; None for secrets, since others see what is on a command line."""
        return None if self.secret else f"--{self.name}"


def setting(
    of: Kind[Value], default: str, meaning: str, name: str | None = None, secret: bool = False
) -> Value:
    """A field of a section that is a setting; `name` is for flag and variable, if not made of its place."""
    facts = {"kind": of, "default": default, "meaning": meaning, "name": name, "secret": secret}
    return field(default=of.read(default), metadata=facts, repr=not secret)
