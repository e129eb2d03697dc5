"""The tables of words: what they list can be met in a text."""

from kg.reading.words.events import event_table
from kg.reading.words.verbs import verb_table


def test_every_verb_that_tells_of_an_event_has_its_forms() -> None:
    """A verb without a line in `verbs.tsv` is never met, so that its row would be dead."""
    known = {lemma for lemma, _ in verb_table().forms.values()}
    assert sorted(verb for verb in event_table().verbs if verb.split()[0] not in known) == []
