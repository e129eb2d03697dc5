"""The words that a reporting verb governs: behind it, before it, or both where it interrupts them."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.speech.content_end import content_end, trim
from kg.reading.speech.headlines import opens_text
from kg.reading.text.marks import DASHES, QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.speech import voice_words
from kg.reading.words.verbs import verb_table

# Behind ", X said," these tell something else.
_LATER = frozenset(
    {"earlier", "later", "separately", "recently", "again", "today", "early", "late", "yesterday"}
)
_AFTER_NAME = frozenset({"after", "when", "as", "following", "during", "on", "in", "at", "because", "while"})
_LONGEST_DATELINE = 10  # tokens
_LONGEST_TITLE = 12  # tokens
_LONGEST_LINK = 25  # tokens
_PLACES = frozenset({"outside", "near", "inside", "across", "along", "around"})
_PLACING = frozenset({"at", "in", "on", "during", "before", "after", "by"})
_STOPS = frozenset({",", ".", "?", "!", "…", "-", "–", "—", "...", ";", ":"})
_ASKING = frozenset({"?", "!", "…", "..."})
_FEWEST = 5  # tokens of a clause whose verb no table lists
_ABOUT_SPEAKER = grammar().relatives | grammar().prepositions
_CONCEDING = frozenset({"although", "though", "while", "as", "after", "when", "since", "because", "even"})
_GROUNDS = frozenset({"because", "when", "until", "unless", "despite", "citing"})
_ENDING = frozenset(
    {
        "according",
        "but",
        "and",
        "as",
        "before",
        "after",
        "while",
        "when",
        "during",
        "who",
        "without",
        "following",
        "amid",
    }
)


def content_of(
    analysis: Analysis,
    verb: Verb,
    speaker: Phrase,
    start: int,
    sentence: Range,
    verbs: list[Verb],
    inverted: bool,
) -> tuple[Range, ...]:
    """The words that a reporting verb governs: behind it, before it, or both where it interrupts them."""
    tokens = analysis.document.tokens
    first = min(_with_title(analysis, speaker), verb.first) if not inverted else verb.first
    own = speaker.range.last <= verb.first and not _shared(speaker, verb, verbs)
    before = tokens[first - 1].text if first > sentence.first and (own or inverted) else ""
    closed = bool(before) and _closes(analysis, first - 1, sentence)
    right = tokens[start].text if start < sentence.last else "."
    trailing = start >= sentence.last or (right in {".", "!", "?"} | QUOTES and start >= sentence.last - 1)
    left_clause = (before == "," or closed) and _has_finite_verb(analysis, Range(sentence.first, first))
    trailing = trailing or (left_clause and (right == ";" or _only_circumstances(analysis, start, sentence)))
    before = "," if inverted and opens_text(analysis, sentence) else before
    left_clause = left_clause or (inverted and opens_text(analysis, sentence))
    trailing = trailing or (inverted and (left_clause or closed) and right.lower() in _ABOUT_SPEAKER)
    if (before == "," or closed) and verb.form == "finite":
        left = trim(analysis, Range(_left_limit(analysis, first, sentence, verbs), first))
        following = tokens[start + 1].lower if start + 1 < sentence.last else ""
        goes_on = right == "," and following not in _ENDING
        goes_on = goes_on and not any(v.form == "gerund" and v.first == start + 1 for v in verbs)
        if not any(token.text[0].isalnum() for token in tokens[left.first : left.last]):
            left = Range(first, first)
        if not closed and (right == ":" or _opens_words(analysis, start, sentence)) and not inverted:
            left, goes_on = Range(first, first), False  # "Asked about it, X said, "…""
        after = trailing or closed or (right == "," and left_clause)
        if left and not goes_on and after and right != ":":
            return (*_earlier_sentences(analysis, left, sentence), left)
        if left and goes_on:
            end = content_end(analysis, start + 1, sentence, verbs, clausal=True)
            rest = trim(analysis, Range(start, end))
            if inverted and (closed or left_clause) and not _quoted(analysis, rest):
                rest = Range(start, start)  # "…," said X, the president: it is told of X
            if left_clause and _quoted(analysis, left) and not analysis.document.opens_quote(rest):
                rest = Range(start, start)  # "…," X said, not long after
            return tuple(part for part in (left, rest) if part)
    asked = _asked(analysis, verb, first, sentence) if trailing or right == "," else None
    if trailing or asked:
        return (asked,) if asked else ()
    end = content_end(analysis, start, sentence, verbs, clausal=verb.lemma in verb_table().uses.clausal)
    if first > sentence.first and _in_relative(analysis, verb, speaker):
        end = _relative_end(analysis, start, end)
    if _conceded(analysis, speaker, sentence):
        end = _main_clause(analysis, start, end)
    if start < speaker.range.first < end:
        end = speaker.range.first  # "Announcing that it would leave, Kenya …"
    end = _named_end(analysis, verb, Range(start, _ground(analysis, verb, Range(start, end))))
    part = trim(analysis, Range(start, end))
    return (part,) if part and _suits(analysis, verb, part) else ()


def _asked(analysis: Analysis, verb: Verb, first: int, sentence: Range) -> Range | None:
    """`"…?" Berg said.`: the quotation that ends the sentence before, where this one opens so."""
    document = analysis.document
    mark = sentence.first - 1
    if first > sentence.first or mark < 1 or mark not in document.quote_marks or verb.form != "finite":
        return None
    quote = document.quote_around(mark - 1)
    near = document.paragraph_number(mark) == document.paragraph_number(first)
    return quote if near and quote and document.tokens[mark - 1].text in _ASKING else None


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


def _shared(speaker: Phrase, verb: Verb, verbs: list[Verb]) -> bool:
    """ "X said …, and confirmed …": what stands before X belongs to the first verb."""
    return any(v is not verb and speaker.range.last <= v.main < verb.first for v in verbs)


def _only_circumstances(analysis: Analysis, start: int, sentence: Range) -> bool:
    """ "…, X said at a meeting in Doha": nothing behind the verb that could be what was said."""
    rest = analysis.document.tokens[start : sentence.last]
    marks = _LATER | grammar().circumstance_marks | (grammar().prepositions - {"of"})
    opens = bool(rest) and rest[0].lower in marks
    opens = opens or any(
        v.first == start and v.form != "infinitive" for v in analysis.verbs_in(Range(start, start + 1))
    )
    clause = any(token.lower == "that" or token.text in QUOTES for token in rest)
    infinitive = any(
        v.form == "infinitive" and v.first == start for v in analysis.verbs_in(Range(start, sentence.last))
    )
    return opens and not clause and not infinitive


def _opens_words(analysis: Analysis, start: int, sentence: Range) -> bool:
    """Whether a quotation starts here, behind a comma if there is one."""
    document = analysis.document
    mark = start + 1 if start < sentence.last and document.tokens[start].text == "," else start
    inside = mark in document.quote_marks and mark + 1 < sentence.last
    return inside and document.quote_around(mark + 1) is not None


def _with_title(analysis: Analysis, speaker: Phrase) -> int:
    """Where the speaker is first named, by a title before the name ("the EU policy chief, X, said")."""
    first = min([speaker.range.first, *map(analysis.introduction_of, speaker.references)])
    while first and analysis.document.tokens[first - 1].lower in grammar().determiners:
        first -= 1
    return _behind_quotation(analysis, first)


def _behind_quotation(analysis: Analysis, first: int) -> int:
    """`"…," Red Cross director of operations X said`: nothing but words for X behind the quotation."""
    document, index = analysis.document, first
    while index > max(0, first - _LONGEST_TITLE) and document.tokens[index - 1].text[0].isalnum():
        index -= 1
    part = Range(index, first)
    mark = index - 1
    ended = mark > 0 and document.tokens[mark - 1].text in {",", ".", "?", "!"}
    closed = index < first and ended and mark in document.quote_marks and document.quote_around(mark - 1)
    joined = not (grammar().subordinators - {"as"}).isdisjoint(document.lowers(part)) if closed else True
    return first if joined or analysis.verbs_in(part) else index


def _closes(analysis: Analysis, mark: int, sentence: Range) -> bool:
    """The end of a quotation that somebody says: `"…," X said`; no `a "rare" type called L`."""
    document = analysis.document
    if mark not in document.quote_marks:
        return False
    quote = document.quote_around(mark - 1)
    return quote is None or document.tokens[mark - 1].text in _STOPS or quote.first <= sentence.first + 1


def _earlier_sentences(analysis: Analysis, left: Range, sentence: Range) -> tuple[Range, ...]:
    """The sentences before this one that the same quotation holds."""
    quote = analysis.document.quote_around(left.first) if left else None
    if quote is None or quote.first >= sentence.first:
        return ()
    return (Range(quote.first, sentence.first),)


def _suits(analysis: Analysis, verb: Verb, part: Range) -> bool:
    """Whether a verb can report these words: a clause, a quotation, or a noun phrase if it takes one."""
    table = verb_table()
    tokens = analysis.document.tokens
    opening = tokens[part.first - 1] if part.first else None
    clause = tokens[part.first].lower == "that" or (opening is not None and opening.lower in {"that", ":"})
    quoted = analysis.document.opens_quote(part)
    finite = _has_finite_verb(analysis, part)
    infinitive = any(v.form == "infinitive" for v in analysis.verbs_in(part))
    if not any(token.text[0].isalnum() for token in tokens[part.first : part.last]):
        return False
    if any(
        v.first == part.first and v.form in {"participle", "finite", "passive"}
        for v in analysis.verbs_in(part)
    ):
        return clause or quoted  # "in a statement issued on Friday" says nothing
    if tokens[part.first].lower in grammar().time_conjunctions - {"as"} and not clause:
        return False  # "responded after …" tells when, not what
    if verb.lemma in table.uses.refusing and tokens[part.first].lower in {"for", "by", "on"}:
        return False  # "which Kenya rejected for …": what it rejected stands before
    if verb.lemma == "agree":
        return clause or quoted or (tokens[part.first].lower == "to" and part.last > part.first + 2)
    if verb.lemma in table.uses.saying and opens_text(analysis, analysis.document.sentence(part.first)):
        return True
    if verb.lemma in table.uses.presenting:
        return quoted or not voice_words().plans.isdisjoint(analysis.document.lowers(part))
    if verb.lemma == "add" and not (clause or quoted) and tokens[part.first].text[0].isdigit():
        return False  # "added 12 names to the list"
    if verb.lemma in table.uses.needing_to and not ("to" in analysis.document.lowers(part) or quoted):
        return False
    if verb.lemma in table.uses.needing_that:
        return clause
    if verb.lemma in table.uses.needing_clause:
        return clause or quoted
    placed = _PLACES | (_PLACING if verb.lemma in table.noun_content - {"agree"} else frozenset())
    if tokens[part.first].lower in placed and not (quoted or clause or finite):
        return False  # "alluded to at a meeting": what was alluded to stands before
    if verb.lemma in table.uses.presenting_now:
        return tokens[verb.main].lower.endswith("s")
    if verb.lemma in table.uses.defending:
        return clause or not voice_words().defended.isdisjoint(analysis.document.lowers(part))
    if verb.lemma in table.uses.needing_as:
        return "as" in analysis.document.lowers(Range(part.first + 1, part.last))
    if tokens[part.first].lower == "this" and verb.lemma in table.uses.saying:
        return True  # "X said this on Monday"
    if verb.lemma in table.noun_content:
        return True
    if verb.lemma == "seek":
        return True
    long = verb.lemma in table.uses.clausal and part.last - part.first >= _FEWEST
    if long and tokens[part.first].lower not in grammar().prepositions:
        return True
    return clause or quoted or finite or (infinitive and verb.lemma in table.uses.wishing)


def _quoted(analysis: Analysis, part: Range) -> bool:
    return bool(part) and analysis.document.quote_around(part.first) is not None


def _has_finite_verb(analysis: Analysis, part: Range) -> bool:
    """A verb that the table knows, or a helper that no clause without a verb has: "the wall was finished"."""
    known = any(v.form in {"finite", "passive"} for v in analysis.verbs_in(part))
    tokens, helpers = analysis.document.tokens, analysis.document.positions(grammar().predicating, part)
    return known or any(tokens[index].text.islower() for index in helpers)


def _dateline_end(analysis: Analysis, sentence: Range) -> int:
    """Behind "Baku/09.08.22/Turan:", where a line opens with a place, a date and an agency."""
    tokens = analysis.document.tokens
    for index in range(sentence.first, min(sentence.first + _LONGEST_DATELINE, sentence.last)):
        token = tokens[index]
        if token.text == ":":
            marked = any("/" in t.text for t in tokens[sentence.first : index])
            return index + 1 if marked else sentence.first
        if token.text[0].islower():
            break
    return sentence.first


def _left_limit(analysis: Analysis, first: int, sentence: Range, verbs: list[Verb]) -> int:
    """Content before a reporting verb starts with the sentence, or after an earlier reporting clause."""
    tokens = analysis.document.tokens
    for index in range(first - 2, sentence.first, -1):
        if tokens[index].text == ":" and any(v.last <= index for v in verbs):
            return index + 1
    return _agency_end(analysis, first, sentence) or _dateline_end(analysis, sentence)


def _agency_end(analysis: Analysis, last: int, sentence: Range) -> int | None:
    """Behind "LOME (Agency) —" in front of what is said, also where a link of the page stands before that."""
    tokens = analysis.document.tokens
    near = range(sentence.first + 2, min(sentence.first + _LONGEST_LINK, last - 1))
    marks = (i for i in near if tokens[i].text in DASHES and tokens[i - 1].text == ")")
    return next((i + 1 for i in marks if tokens[i].start > tokens[i - 1].end), None)
