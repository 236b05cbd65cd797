"""Does whoever signs a letter sell what it asks for?

A title of trade beside the name ("Showroom Manager", "Owner, Iron Prairie Fitness"), a trainer's certificate alone, or
a writer who speaks of what is sold as the house's own ("our mattresses", "the customer tells us") says so. Clinicians
who treat in a practice of their own sell nothing, and an office manager signs for them; those who call themselves the
owner of a shop, or hold a shop's title, sell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.kinds.of_money import is_bill
from docscan.extraction.people import persons
from docscan.extraction.people.persons import Known
from docscan.extraction.text.names import letters_at
from docscan.extraction.treatment.treatment import treatment

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "sellers"

_WARES = (
    r"(?:store|shop|showroom|sales|retail|floor|dealer\w*|franchise|outlet|boutique|product|merchandise|furniture|"
    r"mattress|"
    r"bedding|sleep|rest|comfort|spa|sauna|pool|fit(?:ting|ness)?|gym|club|studio|membership|member|equipment|wellness|"
    r"nutrition|supplement|lifestyle|customer|client|account|territory|regional|business|brand|guest)"
)
_OF_TRADE = re.compile(
    rf"\b(?:{_WARES}(?: (?:\w+|&) ?)?[ -](?:manager|associate|consultant|advis[oe]r|specialist|expert|representative|"
    rf"rep|"
    r"director|executive|agent|coordinator|lead|supervisor|owner|partner|ambassador|buyer|experience \w+)|"
    r"(?:co-?)?(?:owner|proprietor|proprietress|founder)|(?:independent |authorized )?(?:distributor|dealer|reseller|"
    r"retailer)|"
    r"sales(?:man|woman|person|people| team| dept\.?)|account executive|shop ?keeper|merchant|general manager|"
    r"franchisee|"
    r"(?:personal|head|lead|master|fitness|strength|certified) (?:\w+ )?(?:trainer|coach|instructor)|"
    r"(?:pilates|yoga|swim\w*|dance|boxing|spin\w*|cycling|barre|fitness) (?:instructor|teacher|coach))\b",
    _I,
)
_OF_A_SHOP = re.compile(
    r"\b(?:sales|store|shop|showroom|retail|floor|dealer\w*|outlet|boutique|merchandise|furniture|mattress|bedding|"
    r"gym|club|membership)(?: (?:\w+|&))?[ -](?:manager|associate|consultant|advis[oe]r|representative|rep|director|"
    r"executive|agent|coordinator|supervisor|owner|partner|buyer)\b|\b(?:distributor|dealer|reseller|retailer|"
    r"shop ?keeper)\b",
    _I,
)
_OWNS = re.compile(
    r"\b(?:co-?)?(?:owners?|proprietor|proprietress|founder|president|ceo|(?-i:I own)|owns)\b"
    r"(?:[ ,&/]*(?:and|owner|founder|operator|manager|president|ceo))*",
    _I,
)
_A_SHOP = re.compile(
    r"\b(?:pantry|market|supermarket|grocer(?:y|ies|s)?|bak(?:ery|ehouse|eshop|ing co)|foods?|kitchen|deli|stores?|"
    r"shops?|shoppe|"
    r"boutique|emporium|outlet|showroom|warehouse|depot|\w*mart|supply|supplies|suppliers?|bedding|beds|mattress(?:es)?|"
    r"furniture|pharmacy|drug ?store|apothecary|equipment|gym|fitness|health club|athletic club|spas?|saunas?|hot tubs|"
    r"supplements?|vitamins?|herbs|retail|goods|products|brands?|bikes?|bicycles|cycles|cyclery|outfitters|gallery|"
    r"trading|distribut\w+|purifiers|appliances?)\b",
    _I,
)
_A_PRACTICE = re.compile(
    r"\b(?:clinics?|practice|therap(?:y|ies)|counsel\w*|health ?care|hospital|physicians?|orthop\w+|chiropractic|"
    r"rehab\w*|dental|dentistry|psych\w+|acupuncture|associates|medicine|family|pediatrics?|surgery|cent(?:er|re)|"
    r"p\.?c\.?|pllc)(?=\W|$)(?! (?:products?|supply|supplies|store|shop|equipment))",
    _I,
)
_TITLE = re.compile(
    r"\b(?:title|position|role|job title|occupation|credentials?|designation)(?:\s*/\s*[\w ]+)?(?=\s*[:_\t(.]|\s*$)",
    _I | re.MULTILINE,
)
_SELLS = re.compile(
    r"\b(?:(?:the |our |this |one )?customers? (?:tells?|told|says?|said|reports?|complain\w*|states?|asked|feels?|"
    r"came|is|has|"
    r"was)\b|(?:we|i) (?:\w+ )?(?:sell|sold|stock|carry|retail|distribute|fit|fitted|install(?:ed)?|deliver(?:ed)?|"
    r"manufacture|"
    r"train(?:ed)?|coach(?:ed)?) (?:\w+ )?(?:hundreds|thousands|dozens|many|scores|this|these|it|them|a full|"
    r"sleepers|clients|"
    r"members)|"
    r"we (?:install|sell|build|ship|manufacture)\b|(?:at|in|from|of) (?:our|my) (?:\w+ )?(?:store|shop|showroom|gym|"
    r"studio|club|website|warehouse|gallery)|"
    r"free (?:delivery|shipping|trial|consultation|session)|money[- ]back|(?:best|great|special) (?:price|deal|offer)|"
    r"our (?:members|customers|shoppers|products?|brand|store|showroom|gym|studio))\b",
    _I,
)
_OURS = re.compile(r"\b(?:our|my)\s+(?:[\w-]+\s+){0,2}?(?P<what>[a-z]{4,})\b", _I)
_PLAIN = frozenset(
    "sessions session therapy program programs treatment treatments service services class classes exercise training "
    "medical plan care visit visits".split()
)
"""What clinicians too call theirs."""


def sellers(text: AnnotatedText) -> Iterator[Extraction]:
    """merchant_name: whoever signs a letter and sells what it asks for."""
    if is_bill(text):
        return
    everybody = (*persons.signers(text), *persons.providers(text))
    for one in persons.signers(text) or persons.providers(text):
        if one.is_full and (place := _shop_of(text, one)):
            yield text.extraction("merchant_name", one.name, *place, found_by=_FOUND_BY, strength=0.85)
            return
    if any(one.is_clinician for one in everybody) or _a_clinician_by_title(text):
        return
    for one in persons.signers(text) or persons.providers(text):
        if one.is_full and (place := _place_of_trade(text, one)):
            yield text.extraction("merchant_name", one.name, *place, found_by=_FOUND_BY, strength=0.85)


def _shop_of(text: AnnotatedText, one: Known) -> tuple[int, int] | None:
    """Where somebody, a clinician or not, is called the owner of a shop, or holds a shop's title: below the name."""
    for mention in one.mentions:
        index = text.line_index(mention.start)
        last = text.lines[min(index + _TITLE_LINES, len(text.lines) - 1)]
        block = text.text[mention.end : last.end].split("\n\n", 1)[0]
        end = mention.end + len(block)
        if found := _OF_A_SHOP.search(text.text, mention.end, end):
            return found.span()
        owns = _OWNS.search(text.text, mention.end, end)
        if owns is None:
            continue
        house = text.text[owns.end() : text.lines[min(text.line_index(owns.end()) + 1, len(text.lines) - 1)].end]
        named = next((row for row in house.split("\n") if re.search(r"[A-Za-z]{3}", row)), "")
        if _A_SHOP.search(named) and not _A_PRACTICE.search(named):
            return owns.start(), owns.end() + house.index(named) + len(named)
    return None


_TITLE_LINES = 2  # below a name, in which a title of trade stands


def _a_clinician_by_title(text: AnnotatedText) -> bool:
    """Whether a place that asks for a title names a clinician's."""
    return any(
        item.value is not None
        and any(one.credential.tier in ("T1", "T2", "T3") for one in letters_at(text, *item.value))
        for item in text.labelled(_TITLE)
    )


def _place_of_trade(text: AnnotatedText, one: Known) -> tuple[int, int] | None:
    """Where it is told that somebody sells: beside the name, at a title's label, or in what the letter says."""
    titles = [item.value for item in text.labelled(_TITLE) if item.value is not None]
    for mention in one.mentions:
        index = text.line_index(mention.start)
        last = text.lines[min(index + 1, len(text.lines) - 1)]
        if found := _OF_TRADE.search(text.text, mention.end, last.end):
            return found.span()
    for place in titles:
        if found := _OF_TRADE.search(text.text, *place):
            return found.span()
    if one.is_trainer:
        return one.mentions[0].start, one.mentions[0].end
    if found := next(iter(text.find(_SELLS)), None):
        return found.span()
    return _own_wares(text)


def _own_wares(text: AnnotatedText) -> tuple[int, int] | None:
    """Where the writer calls what is asked for the house's own: "our base" of an adjustable bed base."""
    asked = {
        word
        for item in treatment(text)
        if item.name == "treatment"
        for word in re.findall(r"[a-z]{4,}", str(item.value).lower())
    } - _PLAIN
    for found in text.find(_OURS):
        if found["what"].lower().removesuffix("s") in {word.removesuffix("s") for word in asked}:
            return found.span()
    return None
