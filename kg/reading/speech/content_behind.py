"""The words behind a reporting verb: relatives, concessions and grounds of their own clause end them."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.speech.content_end import content_end
from kg.reading.speech.fitting import suits
from kg.reading.speech.trimming import trim
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_AFTER_NAME = frozenset({"after", "when", "as", "following", "during", "on", "in", "at", "because", "while"})
_CONCEDING = frozenset({"although", "though", "while", "as", "after", "when", "since", "because", "even"})
_LONGEST_NAMING = 7  # tokens of "what the ministry later called"
_GROUNDS = frozenset({"because", "when", "until", "unless", "despite", "citing"})


def words_behind(
    analysis: Analysis,
    verb: Verb,
    speaker: Phrase,
    start: int,
    sentence: Range,
    verbs: list[Verb],
    opens: bool,
) -> tuple[Range, ...]:
    """What the verb reports of the words behind it; nothing where it cannot have these as content.

    `opens`: the sentence begins with the speaker, so that its clause is no insertion.
    """
    start = _named_so(analysis, start, sentence)
    end = content_end(analysis, start, sentence, verbs, clausal=verb.lemma in verb_table().uses.clausal)
    if not opens and _in_relative(analysis, verb, speaker):
        end = _relative_end(analysis, start, end)
    if not opens and _of_object(analysis, speaker, sentence):
        end = _before_helper(analysis, Range(start, end))
    if _conceded(analysis, speaker, sentence):
        end = _main_clause(analysis, start, end)
    if start < speaker.range.first < end:
        end = speaker.range.first  # "Announcing that it would leave, Kenya …"
    end = _named_end(analysis, verb, Range(start, _ground(analysis, verb, Range(start, end))))
    part = trim(analysis, Range(start, end))
    return (part,) if part and suits(analysis, verb, part) else ()


def _named_so(analysis: Analysis, start: int, sentence: Range) -> int:
    """ "condemned what they called "acts of war"": where that which they call so begins."""
    tokens = analysis.document.tokens
    if start >= sentence.last or tokens[start].lower != "what":
        return start
    part = Range(start, min(start + _LONGEST_NAMING, sentence.last))
    near = analysis.verbs_of(verb_table().uses.naming, part)
    if not near or near[0].last >= sentence.last:
        return start
    last = near[0].last
    return last + 1 if tokens[last].lower == "as" else last


def _conceded(analysis: Analysis, speaker: Phrase, sentence: Range) -> bool:
    """ "Although Kenya denies …": the sentence opens with the clause of which this is the subject."""
    tokens = analysis.document.tokens
    return tokens[sentence.first].lower in _CONCEDING and speaker.range.first == sentence.first + 1


def _main_clause(analysis: Analysis, start: int, end: int) -> int:
    """The comma behind which the main clause begins with its subject and verb; the end if there is none."""
    document = analysis.document
    for comma in range(start, end - 1):
        if document.tokens[comma].text != "," or document.quote_around(comma):
            continue
        phrase = phrase_at(analysis, comma + 1, end)
        at = phrase.range.last if phrase else end
        helped = at < end and document.tokens[at].lower in grammar().predicating
        if helped or any(v.first <= at < v.last for v in analysis.verbs_in(Range(at, min(at + 3, end)))):
            return comma
    return end


def _in_relative(analysis: Analysis, verb: Verb, speaker: Phrase) -> bool:
    """ "X, who refused to …": the clause is inserted behind the speaker."""
    between = analysis.document.lowers(Range(speaker.range.last, max(speaker.range.last, verb.first)))
    return bool(grammar().relatives.intersection(between))


def _of_object(analysis: Analysis, speaker: Phrase, sentence: Range) -> bool:
    """ "the village that X says Y shelled": a relative pronoun stands before the speaker."""
    at = speaker.range.first - 1
    return at > sentence.first and analysis.document.tokens[at].lower in grammar().relatives | {
        "that",
        "whom",
    }


def _before_helper(analysis: Analysis, part: Range) -> int:
    """Where the verb of the sentence follows that of the relative: "… Y shelled | was empty"."""
    tokens = analysis.document.tokens
    for verb in analysis.verbs_in(part):
        helped = verb.last < part.last and tokens[verb.last].lower in grammar().predicating
        if helped and verb.form in {"finite", "passive"} and not analysis.document.quote_around(verb.main):
            return verb.last
    return part.last


def _relative_end(analysis: Analysis, start: int, end: int) -> int:
    """The comma behind which the sentence goes on with its own verb."""
    tokens = analysis.document.tokens
    for comma in range(start, end - 1):
        if tokens[comma].text == "," and not analysis.document.quote_around(comma):
            near = analysis.verbs_in(Range(comma, min(comma + 4, end)))
            if near and near[0].first == comma + 1 and near[0].form in {"finite", "passive"}:
                return comma
    return end


def _named_end(analysis: Analysis, verb: Verb, part: Range) -> int:
    """ "called it "bold" after the talks": what it is called ends with the quotation."""
    document = analysis.document
    if verb.lemma == "say" or verb.lemma not in verb_table().uses.naming or not part:
        return part.last
    quote = next((q for i in range(part.first, part.last) if (q := document.quote_around(i))), None)
    after = quote.last + 1 if quote else part.last
    told = after < part.last and document.tokens[after].lower in _AFTER_NAME
    return after if told else part.last


def _ground(analysis: Analysis, verb: Verb, part: Range) -> int:
    """Where the ground for a refusal begins ("refused to attend because of …"), or the end."""
    tokens = analysis.document.tokens
    if verb.lemma not in verb_table().uses.refusing:
        return part.last
    return next((i for i in range(part.first + 1, part.last) if tokens[i].lower in _GROUNDS), part.last)
