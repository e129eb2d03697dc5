"""Mediators whom somebody sent: people whose post is that of an envoy."""

from collections.abc import Iterable
from dataclasses import replace

from kg.model import MediatorRole, Post
from kg.reading.words.kinds import kinds


def with_envoys(roles: Iterable[MediatorRole], posts: Iterable[Post]) -> tuple[MediatorRole, ...]:
    """The roles, with the post by which an envoy plays one; the post stays when the part has ended."""
    sent = {post.holder: post.key for post in posts if _is_envoy(post.title)}
    return tuple(_sent(role, sent[role.holder]) if role.holder in sent else role for role in roles)


def _is_envoy(title: str) -> bool:
    return any(word in title.lower() for word in kinds().titles)


def _sent(role: MediatorRole, post: str) -> MediatorRole:
    return replace(role, kinds=tuple(sorted({*role.kinds, "envoy"})), played_as=post)
