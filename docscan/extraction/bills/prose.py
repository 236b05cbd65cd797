"""What the sentences of a bill say was sold: "two bottles of oil at $35.00, another $70.00", "the class was $20".

A sentence is read from amount to amount. What an amount is, its neighbours say: the price of one ("each", "a side"),
what a thing came to, a sum, or money that was paid or taken off. Quantity times price decides between the first two.
Only words that part cleanly name a thing: a sentence that does not gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from docscan.extraction.bills.days import bill_days
from docscan.extraction.bills.figures import sheet_of
from docscan.extraction.bills.labels import meaning_of
from docscan.extraction.bills.line_codes import written_code
from docscan.extraction.bills.lines import PricedLine
from docscan.extraction.bills.money import Amount, amounts_in
from docscan.extraction.bills.paragraphs import Paragraph, paragraphs_of
from docscan.extraction.dates.dates import DateMention
from docscan.extraction.text.numerals import NUMBER_WORD, number_of

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_SENTENCE = re.compile(r"(?<![A-Z])(?<!Mr)(?<!Ms)(?<!Mrs)(?<!Dr)(?<!St)[.!?][\"”)]*\s+(?=[A-Z\"“])")
_SUPPOSES = re.compile(
    r"\b(?:if|unless|would|(?-i:may)|might|can(?:not)?|appl(?:y|ies)|next (?:time|visit|month)|minimum|up to|whenever|"
    r"per (?:month|year) thereafter|will be)\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\s?(?:each|apiece|a ?piece|ea\b|per \w+|"
    r"(?:a|an|the|every) (?!total|balance|rest|sum)[a-z]+(?=[\s,.;:)]|$)|/\s?[a-z]+)",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"\b(?:totals?|totall?ing|sum|(?:all )?(?:that|this|it|which) (?:comes?|came|adds?) (?:up )?to|altogether|in all|"
    r"balance|owed?|owing|due|subtotal|adds? up|leaves?|leaving|brings?|bill (?:is|was|of|came|comes))\b",
    re.IGNORECASE,
)
_MOVES = re.compile(
    r"\b(?:paid|payments?|(?:your|the|health) plan|put|gave|given|"
    r"cards?|visa|mastercard|amex|discover|check|cheque|cash|deposits?|settled|"
    r"collected|covered|covers|insur\w+|refund\w*|credit\w*|discount\w*|off|saved|savings|less|tax\w*|tips?|gratuity|"
    r"shipping|late fee|interest|coupon|tak(?:e|en) away|deduct\w*|reduc\w*|copay\w*|tendered|change|received from|"
    r"owes?|remains?|remaining|open)\b",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\s?(?:(?:is|was|are|were|has been|have been) )?(?:still )?(?:in\b|open|owed|owing|due|outstanding|left|remain\w*|"
    r"paid|off\b|"
    r"(?:in|by|with|on) (?:cash|check|cheque|card|visa|your|the card)|discount|deposit|credit|refund|tax|tip)|"
    r",?\s?(?:(?:is|was|being) )?(?:your|his|her|the (?:patient|member)'s) (?:own )?"
    r"(?:share|part|portion|responsib|co-?)",
    re.IGNORECASE,
)
_VERB = (
    r"(?:had|seen for|picked(?: out)?|grabbed|selected|added|went with|signed up for|came (?:in )?for|brought home|"
    r"took|taken|bought|got|received|ordered|purchased|attended|completed|did|provided|performed|rendered|reported|wanted|"
    r"delivered|shipped|sent|fitted|dispensed|supplied|"
    r"sold(?: (?:you|him|her|them))?|came(?= an? )|"
    r"there (?:was|were)|includ\w+|covers?|rented|picked up|chose|used|enjoyed|booked|"
    r"(?:charged|billed|bill|invoice|invoiced|receipt|charge)(?: you)?(?: for)?(?! (?:under|as|with|by)\b)|"
    r"(?:thank you|thanks|payment) for|"
    r"(?:claim|letter|account|slip)\b[^.;:]{0,30}?\bfor)"
)
_HEAD = re.compile(rf"^.*(?:\b{_VERB}\b|:|(?<!\w)(?:so|then)\b[,:]?)\s+", re.IGNORECASE | re.DOTALL)
_JOINED = re.compile(
    r"^(?:[\s,;.)\-–—]|\b(?:(?:and|plus) for|and|plus|then|also|as well as|last(?:ly)?(?: of all)?|finally|next|"
    r"first(?:ly)?|second(?:ly)?|third(?:ly)?|besides|together with|along with|with|followed by|in all|added?|adds?|"
    r"on (?:the|our|this|my) list|of all|(?:is|was|comes?|came|are|were)(?= (?:the|an?|your|our|my) )|"
    r"for(?= (?:the|your|an?) ))\b)+",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"[\s,]*(?:\b(?:at|for|was|were|is|are|costs?|cost(?:ing)?|went (?:at|for)|came to|comes to|ran|priced at|"
    r"billed at|charged at|(?:come|came|comes) in at|"
    r"(?:we|the (?:clinic|office|provider|practice|hospital)) asked(?: for)?|"
    r"for which (?:we|i) (?:charged?|bill(?:ed)?|ask(?:ed)?)|which (?:is|was|makes|made|comes to|came to)|"
    r"making|makes?|add(?:s|ed)?|"
    r"(?:which |that )?(?:we|they|i|the provider) (?:billed|charged|reported|priced)(?: you| it)?(?: at)?)|[@(:=–-])"
    r"(?:\s+(?:only|just|another|a further))?\s*$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\s+(?:with|by|from)\s+(?:me|us|him|her)$|\s+(?:with|by|from)\s+(?:(?:Dr|Mr|Ms|Mrs)\.? )?[A-Z][\w'’-]+.*$",
    re.DOTALL,
)
_CLAUSE = re.compile(
    r"^(?:the|a|an) (?P<thing>[^,.;]{3,60}?) (?:that |which )?(?:you|he|she|we|they|i) "
    r"(?:took|bought|had|ordered|picked|chose|got|received|wanted)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
"""What a clause says of a thing: "the sleeve you took home"."""
_TAIL = re.compile(
    r"\s+(?:(?:home|away|along|with (?:you|him|her|them))$|to (?:you|your|his|her|him|their|them|the|my)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
"""Where a thing went: "home", "to your sister's house in Salem"."""
_APART = re.compile(
    rf",\s+(?P<count>\d{{1,3}}|{NUMBER_WORD})\s+(?:units?|sessions?|visits?|pairs?|pieces?|times|lots|of (?:them|it))$",
    re.IGNORECASE,
)
"""A count that stands behind what it counts: "hands-on work, three units"."""
_CALLED = re.compile(
    r"[\s,]*(?:\b(?:which (?:is|was|we) )?(?:billed|coded|listed|filed|reported|entered)(?: (?:under|as|with|by))?"
    r"(?: the)?|"
    r"\bunder)?[\s,]*(?:\b(?:procedure|billing|service)?\s*code)?[\s,(]*$",
    re.IGNORECASE,
)
_THOSE = re.compile(
    r"^(?:they|these|those|each(?: of (?:them|these|those))?|it)\s+(?:each\s+)?(?:all\s+)?"
    r"(?:go|went|sell|run|ran|cost|costs?|are|were|is|was|come|came)?\s*(?:for|at|to|out at)?\s*$",
    re.IGNORECASE,
)
"""What the sentence before named: "They go for $31.87 apiece"."""
_ON = re.compile(r"[\s,]*\b(?:on|dated|of)\s*(?:the\s+\d{1,2}(?:st|nd|rd|th))?\s*$", re.IGNORECASE)
_AT = re.compile(r"(?:\bat|@)\s*$")
_TIMES = re.compile(r"(?<![\w.,])(?P<count>\d{1,3})\s?[x×*]\s*$")
_COUNT = re.compile(
    rf"^(?:(?:the|your|our|his|her|these|those)\s+)?(?P<count>\d{{1,3}}|{NUMBER_WORD})\s+"
    r"(?:of (?:the|our|my|those|these|your)\s+)?",
    re.IGNORECASE,
)
_TITLED = re.compile(r"(?:(?:the|your|our)\s+)?(?:[A-Z][a-z]+(?:\s+(?=[A-Z])|$)){2,}(?<![^s]s)$")
"""A name in capitals, of which a number may be the first word: "the Forty Class Pass"."""
_ARTICLE = re.compile(r"^(?:the|a|an|your|our|his|her|their|another|some|this)\s+", re.IGNORECASE)
_NO_THING = re.compile(
    r"\b(?:you|we|i|he|she|they|it|that|this|which|who|thank|thanks|please|here|there|has|have|had|was|were|is|are|will|"
    r"not|so|but|what|another|rest|both|all|each|apiece|percent|half of|share)\b|"
    r"^(?:over|from|off|up|down|in|on|by|to|back|towards?|against)(?:\s|$)|"
    r"^(?:basket|cart|order|lot|month|bill|invoice|whole|whole thing|bundle|tab|ticket)$|[$€£?!:]|\d{4,}|\.\s",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"[\s,;]*(?:and |then |plus )*(?P<one>another(?: one)?|one more|a second(?: one)?)\b"
    r"(?=[\s,]+(?:on|for|at|in|of|same|also|\d)\b)",
    re.IGNORECASE,
)
"""One more of what was named last."""
_LONGEST: Final = 10  # words of a thing's name


@dataclass(frozen=True, slots=True)
class _Told:
    """A thing that a sentence names."""

    description: str
    quantity: int | None
    span: tuple[int, int]
    day: DateMention | None
    code: str | None = None
    code_span: tuple[int, int] | None = None


def told_items(text: AnnotatedText) -> tuple[PricedLine, ...]:
    """What the sentences of a bill name with what it came to, in order; surer where a printed sum confirms them."""
    found = [item for paragraph in paragraphs_of(text) for item in _in_paragraph(text, paragraph)]
    used = {item.amount.start for item in found}
    found = [item for n, item in enumerate(found) if not _adds_up(item, found[:n])]
    found = [item for n, item in enumerate(found) if not _adds_up(item, found[:n])]
    told = sum(item.cents for item in found)
    others = {a.cents for row in sheet_of(text).amounts for a in row if a.start not in used}
    sums = told in others and len(found) > 1
    return tuple(replace(item, sure=0.85) if sums else item for item in found)


def _adds_up(item: PricedLine, before: list[PricedLine]) -> bool:
    """What all things before it come to, whatever it is called."""
    marked = item.code or item.day or item.quantity
    return len(before) > 1 and not marked and item.cents == sum(one.cents for one in before)


def _in_paragraph(text: AnnotatedText, paragraph: Paragraph) -> Iterator[PricedLine]:
    start = paragraph.start
    named: _Told | None = None  # by the sentence before, without an amount
    words = text.flat[paragraph.start : paragraph.end].replace("\n", " ")
    for end in [*(match.end() for match in _SENTENCE.finditer(words)), len(words)]:
        said = words[start - paragraph.start : end]
        if not _SUPPOSES.search(said):
            yield from _in_sentence(text, said, start, paragraph.first, named)
        named = None if amounts_in(said) else _thing(text, re.sub(r"\([^)]*\)[\s.]*$|[\s.]+$", "", said), start)
        start = paragraph.start + end


def _in_sentence(text: AnnotatedText, said: str, offset: int, row: int, named: _Told | None) -> Iterator[PricedLine]:
    amounts = [replace(amount, value=abs(amount.value)) for amount in amounts_in(said)]  # brackets only explain
    unit: tuple[_Told, Amount] | None = None  # a thing with the price of one, whose amount may follow
    place = offset, row
    before_end, named_after = 0, False
    last: _Told | None = None  # the thing that was named last
    for index, amount in enumerate(amounts):
        following = amounts[index + 1].start if index + 1 < len(amounts) else len(said)
        before, after = said[before_end : amount.start], said[amount.end : following]
        begun, before_end = before_end, amount.end
        if named_after:
            before = ""  # it names what the amount before it was for
        if unit is not None:
            thing, price = unit
            if price.value == amount.value:
                continue  # "... apiece, so 2 x $31.87 comes to $63.74"
            unit = None
            if price.value * (thing.quantity or 0) == amount.value:
                yield _line(thing, amount, price, place, 0.8)
                continue
        each = _EACH.match(after)
        thing_ = _thing(text, before, offset + begun)
        if thing_ is None and not index and named is not None and named.quantity and _THOSE.match(before.strip()):
            thing_, each = named, each or _EACH.match(" each")
        if thing_ is None and (given := re.match(r"\s+for\s+", after)) and not _SUM.search(before):
            words = re.sub(r"[\s,]*(?:and|plus)?\s*$", "", after[given.end() :])
            thing_ = _thing(text, words, offset + amount.end + given.end())
            named_after = thing_ is not None
        if thing_ is None and last is not None and (again := _ANOTHER.match(before)) is not None:
            days = [d for d in bill_days(text) if offset + begun <= d.start < offset + amount.start]
            span = offset + begun + again.start("one"), offset + begun + again.end("one")
            thing_ = replace(last, quantity=None, span=span, day=days[0] if len(days) == 1 else None)
        last = thing_ or last
        if thing_ is None or _SUM.search(_JOINED.sub("", before)) or _MOVES.search(before) or _MOVED.match(after):
            continue
        times = _TIMES.search(before)
        thing_ = _counted(thing_, times, said, amounts[index:] if each is not None else ())
        if each is not None or times is not None or (_AT.search(before) and (thing_.quantity or 0) > 1):
            product = amount.value * (thing_.quantity or 1)
            if any(later.value == product for later in amounts[index + 1 : index + 3]):
                unit = thing_, amount
            elif (each is not None or times is not None) and thing_.quantity:
                yield _line(thing_, replace(amount, value=product), amount, place, 0.6)
            continue
        one = thing_.quantity == 1 and (each is not None or _AT.search(before))
        yield _line(thing_, amount, amount if one else None, place, 0.65)


def _counted(thing: _Told, times: re.Match[str] | None, said: str, amounts: Sequence[Amount]) -> _Told:
    """The thing with how many of it there were: "6 x $50.00"; "$58.00 a visit, $116.00 for the two"."""
    if thing.quantity is not None:
        return thing
    if times is not None:
        return replace(thing, quantity=int(times["count"]))
    told = _FOR_THE.match(said, amounts[1].end) if len(amounts) > 1 and amounts[0].cents else None
    count = number_of(told["count"].lower()) if told is not None else None
    whole = count is not None and amounts[0].cents * count == amounts[1].cents
    return replace(thing, quantity=count) if whole else thing


_FOR_THE = re.compile(rf"\s+for (?:the|all|both) (?P<count>\d{{1,2}}|{NUMBER_WORD})\b", re.IGNORECASE)


def _line(thing: _Told, amount: Amount, price: Amount | None, place: tuple[int, int], sure: float) -> PricedLine:
    offset, row = place
    placed = replace(amount, start=amount.start + offset, end=amount.end + offset)
    unit: Decimal | None = price.value if price is not None else None
    spans = (thing.span, (placed.start, placed.end))
    return PricedLine(
        thing.description,
        placed,
        thing.quantity,
        unit,
        thing.day,
        thing.code,
        thing.code_span,
        spans,
        row,
        sure,
        own_marks=True,
    )


def _day_before(text: AnnotatedText, words: str, offset: int) -> DateMention | None:
    """The one day that a sentence opens with: "On 3 May we did ..."."""
    days = [d for d in bill_days(text) if offset <= d.start < offset + len(words)]
    return days[0] if len(days) == 1 and _OPENS.search(words[: days[0].start - offset]) else None


_OPENS = re.compile(r"(?:^|\bon|[,;])\W*(?:the\s+)?$", re.IGNORECASE)


def _thing(text: AnnotatedText, before: str, offset: int) -> _Told | None:
    """The thing that words before an amount name; None where they do not part cleanly."""
    words = _LINK.sub("", before)
    first = 0
    clause = _CLAUSE.match(_JOINED.sub(lambda m: " " * len(m.group()), words).lstrip())
    if clause is not None:
        words = words[: words.index(clause["thing"]) + len(clause["thing"])]
    for opening in (_JOINED, _HEAD, _JOINED):
        found = opening.match(words[first:])
        first += found.end() if found else 0
    last = len(words)
    days = [d for d in bill_days(text) if offset + first <= d.start < offset + last]
    if days:
        last = days[0].start - offset
    day = (days[0] if len(days) == 1 else None) if days else _day_before(text, words[:first], offset)
    written = written_code(text, offset + first, offset + last)
    behind = within = ""
    if (
        written is not None and written.cover[0] == written.cover[1]
    ):  # "hours (90832, talking)": the brackets hold words
        closed = words.find(")", written.cover[1] - offset)
        within = words[written.cover[1] - offset : closed].strip(" ,;:-–") if closed > 0 else ""
        behind, last = words[closed + 1 : last] if closed > 0 else "", written.span[0] - offset - 1
    elif written is not None:
        behind, last = words[written.cover[1] - offset : last], written.cover[0] - offset
    name = words[first:last]
    if written is not None:
        name = _CALLED.sub("", name)
    name = _TAIL.sub("", _ON.sub("", _BY.sub("", name)).rstrip(" .,;(-–"))
    apart = _APART.search(name + behind.rstrip(" ,("))
    name = _APART.sub("", name)
    counted = _COUNT.match(name) if not _TITLED.match(name) else None
    how_many = apart or counted
    quantity = number_of(how_many["count"].lower()) if how_many else None
    article = counted or _ARTICLE.match(name)
    skipped = article.end() if article else 0
    description = name[skipped:]
    begin = first + skipped
    if (
        not 1 <= len(description.split()) <= _LONGEST
        or sum(c.isalpha() for c in description) < 3
        or _NO_THING.search(description)
        or _EACH.fullmatch(description)
        or meaning_of(description) is not None
    ):
        return None
    span = (offset + begin, offset + begin + len(description))
    if re.fullmatch(r"[a-z][a-z '’-]{3,40}", within, re.IGNORECASE) and not _NO_THING.search(within):
        description = f"{description}, {within}"
    return _Told(description, quantity, span, day, *((written.code, written.span) if written else ()))
