"""Tests of the style sheet: its colours can be read, and told apart whichever cones somebody has."""

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

import server

CSS = (Path(server.__file__).parent / "static" / "parley.css").read_text("utf-8")
GROUNDS = ("paper", "sheet", "wash")
HUES = tuple(f"hue-{number}" for number in range(1, 9))
TEXT, SHAPES = 4.5, 3.0  # contrast: WCAG 2.2, criteria 1.4.3 and 1.4.11
APART = 0.10  # least distance of two hues in OKLab, where 0.02 can just be seen
# How people see who lack one kind of cones: Machado et al., 2009, doi.org/10.1109/TVCG.2009.113.
SIGHTS = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# OKLab: Ottosson, 2020, bottosson.github.io/posts/oklab.
_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def _colours(block: str) -> dict[str, np.ndarray]:
    """The linear light of each variable that has a colour of its own."""
    found = re.findall(r"--([a-z0-9-]+): #([0-9a-f]{6})\b", block)
    return {name: _linear(written) for name, written in found}


def _linear(written: str) -> np.ndarray:
    part = np.array([int(written[at : at + 2], 16) / 255 for at in (0, 2, 4)])
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


_LIGHT, _DARK = re.findall(r":root \{(.*?)\n *\}", CSS, re.DOTALL)[:2]
MODES = {"light": _colours(_LIGHT), "dark": _colours(_DARK)}


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    """The contrast ratio of WCAG 2.2."""
    low, high = sorted(float(colour @ (0.2126, 0.7152, 0.0722)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def seen(colour: np.ndarray, sight: str) -> np.ndarray:
    """Where a colour lies in OKLab for somebody who sees so."""
    shown = np.clip(np.array(SIGHTS[sight]) @ colour, 0, 1)
    return np.array(_LAB) @ np.cbrt(np.array(_CONES) @ shown)


@pytest.mark.parametrize("mode", MODES)
def test_text_can_be_read(mode: str) -> None:
    """Every colour of letters has a contrast of 4.5 on every ground, and what must be seen one of 3."""
    colours = MODES[mode]
    for ground in GROUNDS:
        for name in ("ink", "soft", "accent", "mark"):
            assert contrast(colours[name], colours[ground]) >= TEXT, (name, ground)
        for name in ("edge", *HUES):
            assert contrast(colours[name], colours[ground]) >= SHAPES, (name, ground)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("mode", MODES)
def test_hues_differ_for_everybody(mode: str, sight: str) -> None:
    """No two of the eight hues look alike, whichever cones somebody has."""
    colours = {name: seen(MODES[mode][name], sight) for name in HUES}
    near = {
        pair: float(np.linalg.norm(colours[pair[0]] - colours[pair[1]])) for pair in combinations(HUES, 2)
    }
    assert min(near.values()) >= APART, min(near, key=lambda pair: near[pair])


@pytest.mark.parametrize("mode", MODES)
def test_words_in_a_hue_can_be_read(mode: str) -> None:
    """A word that has the hue of its line has so much ink in it that letters can be read on every ground."""
    block = {"light": _LIGHT, "dark": _DARK}[mode]
    written = dict(re.findall(r"--([a-z0-9-]+): #([0-9a-f]{6})\b", block))
    (share,) = re.findall(r"--worded: (\d+)%", CSS)
    colours = MODES[mode]
    for hue in HUES:
        word = _linear(_mixed(written[hue], written["ink"], int(share) / 100))
        for ground in GROUNDS:
            assert contrast(word, colours[ground]) >= TEXT, (hue, ground)


def _mixed(one: str, other: str, share: float) -> str:
    """What `color-mix(in srgb, one share, other)` gives."""
    parts = [
        share * int(one[at : at + 2], 16) + (1 - share) * int(other[at : at + 2], 16) for at in (0, 2, 4)
    ]
    return "".join(f"{round(part):02x}" for part in parts)
