"""One-to-one matching: as many pairs as there can be, and of all such choices the one of most weight."""

from collections import deque
from collections.abc import Mapping


def match(weights: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """The right partner of each left one that gets one; `weights` (not negative) says who may be paired.

    Left ones are added one by one, each along the best augmenting path (the Hungarian method, as in Kuhn
    1955, on a sparse graph). A place of its own, worth nothing, lets a left one stay alone.
    """
    pair_worth = sum(weights.values()) + 1  # so that one more pair outweighs any choice of fewer
    gain: dict[int, dict[int, int]] = {}
    for (left, right), weight in sorted(weights.items()):
        gain.setdefault(left, {~left: 0})[right] = pair_worth + weight
    partner: dict[int, int] = {}
    holder: dict[int, int] = {}
    for left in gain:
        _augment(left, gain, partner, holder)
    return {left: right for left, right in partner.items() if right >= 0}


def _augment(
    left: int, gain: dict[int, dict[int, int]], partner: dict[int, int], holder: dict[int, int]
) -> None:
    """Give `left` a partner, moving others where the whole gains most by it."""
    worth, best, via = {left: 0}, dict[int, int](), dict[int, int]()
    waiting = deque([left])
    while waiting:
        giver = waiting.popleft()
        for right, weight in gain[giver].items():
            if right != partner.get(giver) and (right not in best or worth[giver] + weight > best[right]):
                best[right], via[right] = worth[giver] + weight, giver
                if right in holder:
                    worth[holder[right]] = best[right] - gain[holder[right]][right]
                    waiting.append(holder[right])
    right = max((r for r in best if r not in holder), key=lambda r: (best[r], -r))
    while True:
        giver, freed = via[right], partner.get(via[right])
        partner[giver], holder[right] = right, giver
        if giver == left or freed is None:
            return
        right = freed
