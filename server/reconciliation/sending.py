"""Answers as JSON, or as a script that calls a function with it, for pages of old browsers (JSONP)."""

import json
import re
from typing import Any

from flask import Response, request

from server.context import generation
from server.problems import Problem
from server.responses import answered

_JSON = "application/json"
_SCRIPT = "text/javascript; charset=utf-8"
_NAME = re.compile(r"[A-Za-z_$][\w$]{0,63}(?:\.[A-Za-z_$][\w$]{0,63}){0,4}", re.ASCII)


def content_type() -> str:
    """Of the answer to this request."""
    return _SCRIPT if callback() else _JSON


def callback() -> str | None:
    """The function that a client wants called. Raises Problem 400 for what is no plain name of one."""
    name = request.args.get("callback")
    if not name:
        return None
    if request.method not in ("GET", "HEAD"):
        raise Problem(400, "A callback goes with GET alone; send other requests without one.")
    if not _NAME.fullmatch(name):
        raise Problem(400, "A callback must be the name of a function, such as jQuery1_2 or my.show.")
    return name


def sent(content: Any) -> Response:
    """200 with this content."""
    text, name = json.dumps(content, ensure_ascii=False), callback()
    if name:  # the comment keeps a name from being taken for something else than a script
        text = f"/**/{name}({text.replace(chr(0x2028), ' ').replace(chr(0x2029), ' ')});"
    return answered(text, content_type(), generation().version)
