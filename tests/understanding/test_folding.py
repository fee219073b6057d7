import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from mianyue.understanding.folding import fold

_ANY = st.text(st.sampled_from("aÄß ＡＢ１２：；ﬁ⼯工\u0301\u0308\u200b\u00ad한e\n"), max_size=30)


@given(_ANY)
def test_every_folded_character_comes_from_a_place_that_folds_to_it(text):
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    for index, character in enumerate(folded.text):
        start, end = folded.span(index, index + 1)
        assert character in fold(text[start:end]).text
    assert list(folded.starts) == sorted(folded.starts)


@given(_ANY.filter(lambda text: not any(character in "\u200b\u00ad" for character in text)))
def test_the_result_is_plain_nfkc(text):
    assert fold(text, caseless=False).text == unicodedata.normalize("NFKC", text)


def test_what_looks_alike_becomes_alike():
    assert fold("ＳＱＬ：⼯程 Ofﬁce\u200b Mo\u0308sl").text == "sql:工程 office mösl"
