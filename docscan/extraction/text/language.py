"""How a document's text is cut into tokens and sentences: one spaCy pipeline, loaded once in a process.

The pipeline is blank English plus two components of our own. Letters, forms and receipts are laid out rather than
written: a sentence ends at a blank line, a wide gap, a page's end and at line ends that the layout shows to be meant,
and does not end after "Dr." or "M.D.". The other is the tagger, a second look at who is who. The shipped `config.cfg`
(in `models/`) names exactly these parts.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from docscan.extraction import linear, tagger
from docscan.neural import meaning
from docscan.neural.wordpieces import models

LINE_ENDS = "docscan_line_ends"
"""Key in `Doc.user_data`: offsets of newline characters that end a sentence."""

_META = {"name": "docscan_rules", "version": "0.1.0"}

_NEVER_LAST = frozenset(
    "dr mr mrs ms mx prof pt pts rev hon st vs no nos approx e.g i.e cf dept dx hx rx tx fx sx tel ph ext attn re encl"
    " cc jan feb mar apr jun jul aug sept sep oct nov dec lic npi dob vol ref fig u.s mt ft ste".split()
)  # an abbreviation that wants something after it
_MAYBE_LAST = frozenset("min mins hr hrs wk wks mo mos yr yrs lb lbs kg mg approx inc llc ltd etc".split())


@Language.component("docscan_sentences")
def sentences(doc: Doc) -> Doc:
    """Set where sentences start. `doc.user_data[LINE_ENDS]`, where given, tells which line ends are meant."""
    line_ends = doc.user_data.get(LINE_ENDS, frozenset())
    start_next = True
    for index, token in enumerate(doc):
        token.is_sent_start = start_next and not token.is_space
        if token.is_space:
            text = token.text
            hard = "\n\n" in text or "\f" in text or "\t" in text
            hard = hard or any(token.idx + at in line_ends for at, sign in enumerate(text) if sign == "\n")
            start_next = start_next or hard
        elif token.is_sent_start:
            start_next = False
        if not token.is_space and _closes(doc, index):
            start_next = True
    return doc


def _closes(doc: Doc, index: int) -> bool:
    token = doc[index]
    if token.text not in {".", "!", "?", ".)", '."', ".”"} and not (
        token.text.endswith(".") and token.text.lower().rstrip(".") in _MAYBE_LAST
    ):
        return False
    following = index + 1
    while following < len(doc) and (doc[following].is_space or doc[following].text in {")", '"', "”", "’"}):
        following += 1
    if following == index + 1 and not token.whitespace_:
        return False  # "3.5", "M.D"
    if following >= len(doc):
        return True
    after = doc[following].text[0]
    if after.islower():
        return False
    before = doc[index - 1].lower_ if index and token.text == "." else token.lower_.rstrip(".")
    if before in _NEVER_LAST or (len(before) == 1 and before.isalpha() and before != "i"):
        return False
    # "1." opens an entry of a list rather than closing a sentence
    return not (before.isdigit() and len(before) <= 2 and (index < 2 or doc[index - 2].is_space))


@cache
def language() -> Language:
    """The pipeline of this process."""
    config = spacy.util.load_config(models() / "config.cfg")
    return spacy.util.load_model_from_config(config, meta=_META, auto_fill=True, validate=True)


def annotate(text: str, line_ends: frozenset[int] = frozenset()) -> Doc:
    """A spaCy Doc over exactly `text`, with sentences."""
    nlp = language()
    doc = nlp.make_doc(text)
    doc.user_data[LINE_ENDS] = line_ends
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def tagged(doc: Doc) -> tagger.Tags | None:
    """What the tagger finds in a Doc; nothing where there is no model, None where it failed."""
    found: tagger.Tags | None = language().get_pipe("tagger")(doc).user_data[tagger.TAGGED]
    return found


def versions() -> dict[str, str]:
    """spaCy's version, the pipeline's, the tagger's, the readers' ("none" where a file is not there)."""
    meta = language().meta
    pipeline = f"{meta['lang']}_{meta['name']} {meta['version']}"
    return {
        "spacy": version("spacy"),
        "pipeline": pipeline,
        "tagger": tagger.version(),
        "readers": linear.version(),
        "meaning": meaning.version(),
    }
