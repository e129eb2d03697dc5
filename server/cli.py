"""The command line: `parley`, its commands, and what becomes of errors that they raise."""

import gc
from importlib import import_module
from typing import Any

import click

from kg import __version__
from kg.errors import ParleyError

# Each command with its module and its name there: none waits for what another one imports.
_COMMANDS = {
    "build": ("build", "build"),
    "check": ("check", "check"),
    "dump": ("dump", "dump"),
    "evaluate": ("evaluate", "evaluate_"),
    "generations": ("generations", "generations"),
    "info": ("info", "info"),
    "query": ("query", "query"),
    "read": ("read", "read"),
    "remove": ("build", "remove"),
    "rollback": ("generations", "rollback"),
    "serve": ("serve", "serve"),
}
_COLLECT_AFTER = 50_000  # new values
_INTERRUPTED = 130  # 128 + SIGINT, as shells have it

_HELP = """From news reports on conflicts and peace talks to a knowledge graph that can be queried and cited.

\b
Examples:
  parley build article.txt --date 2023-12-06   read an article into the graph
  parley query refused-rounds                  ask it
  parley serve                                 serve it on http://127.0.0.1:8000
"""


class _Parley(click.Group):
    """Imports a command when it is asked for, and shows every fault in one line on standard error.

    `--debug` shows where an unexpected one arose.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"server.commands.{module}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ParleyError as error:
            return _fail(str(error), error.exit_code)
        except KeyboardInterrupt:
            click.echo("parley: interrupted; what was stored before is unchanged", err=True)
            raise click.exceptions.Exit(_INTERRUPTED) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except OSError as error:
            if ctx.params["debug"]:
                raise
            return _fail(f"{error.filename or 'the system'}: {error.strerror or error}")
        except Exception as error:
            if ctx.params["debug"]:
                raise
            notes = "".join(f" ({note})" for note in getattr(error, "__notes__", ()))
            what = " ".join(f"{type(error).__name__}: {error}{notes}".split())
            return _fail(
                f"unexpected fault, {what}. See where it arose with: parley --debug {ctx.invoked_subcommand}"
            )


def _fail(line: str, exit_code: int = 1) -> None:
    click.echo(f"parley: {line}", err=True)
    raise click.exceptions.Exit(exit_code)


@click.group(cls=_Parley, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="parley")
@click.option("--debug", is_flag=True, help="Show where an unexpected fault arose.")
def main(debug: bool) -> None:
    # Readings and triples are many small values, few of them in cycles: looking for these less often makes
    # reading about 8 % faster.
    gc.set_threshold(_COLLECT_AFTER)


if __name__ == "__main__":
    main(prog_name="parley")
