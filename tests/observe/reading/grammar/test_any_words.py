"""Any words in any order: nothing raises, and every part stays inside the sentence."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.observe.reading.grammar.makers import NAMES, parse

WORDS = (
    *NAMES, "attack", "attacks", "attacked", "shelling", "said", "told", "to", "of", "by", "that",
    "who", "which", "and", "or", "either", "if", "after", "was", "were", "has", "had", "been",
    "being", "having", "will", "not", "n't", "never", "the", "his", "he", "it", "they", "guards",
    "talks", "plan", "seven", "quickly", "new", "up", "off", "according", "urged", "accused", "'s",
    "killed", "let", "1,000", "zorb",
)  # fmt: skip
MARKS = (",", ".", '"', "(", ")", ";", ":", "-", "--", "?", "!", "'", "[", "/", "$", "%", "...")
SENTENCES = st.lists(st.sampled_from(WORDS + MARKS), min_size=1, max_size=40).map(" ".join)
RUBBISH = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(str.strip)


def check(text):
    found = parse(text)
    units = found.units
    assert [unit.first for unit in units] == [0, *(unit.last for unit in units[:-1])]
    assert units[-1].last == len(found.sentence.tokens)
    assert all(unit.tag and unit.tag != "?" for unit in units)
    for phrase in found.phrases:
        assert 0 <= phrase.first <= phrase.head < phrase.last <= len(units)
    ends = [phrase.last for phrase in found.phrases]
    assert ends == sorted(ends)
    verbs = []
    for number, clause in enumerate(found.clauses):
        verb = clause.verb
        assert clause.number == number
        assert clause.first <= verb.first <= verb.head < verb.last <= clause.last <= len(units)
        assert clause.parent is None or clause in clause.parent.children
        assert clause.parent is not clause
        parts = [*clause.subjects, *clause.objects]
        for part in [*parts, *(each for _, group in clause.prepositions for each in group)]:
            assert 0 <= part.first < part.last <= len(units)
        verbs.append(verb.head)
    assert verbs == sorted(set(verbs))
    for clause in found.clauses:
        seen = set()
        above = clause
        while above is not None:
            assert above.number not in seen
            seen.add(above.number)
            above = above.parent


@settings(max_examples=300)
@given(SENTENCES)
def test_words_of_the_language_in_any_order(text):
    check(text)


@settings(max_examples=100)
@given(RUBBISH)
def test_any_characters(text):
    check(text)


@settings(max_examples=50)
@given(st.sampled_from(WORDS + MARKS), st.integers(1, 400))
def test_one_word_over_and_over(word, times):
    check(" ".join([word] * times))
