"""Who issued a bill: name, address, telephone, tax number.

A label says it ("Sold by", "Make cheques payable to"); otherwise it is the line at the head of the page that reads
most like a firm's name. A firm's legal name is preferred to its brand where both are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from statistics import mean, median
from typing import TYPE_CHECKING, Final

import phonenumbers

from docscan.document import Extraction
from docscan.extraction.bills.billing import is_billed
from docscan.extraction.bills.dates import is_transfer
from docscan.extraction.bills.figures import sheet_of
from docscan.extraction.bills.logos import is_set_apart, logo_of
from docscan.extraction.bills.money import amounts_in, currency_of
from docscan.extraction.bills.paid_days import lists_charges
from docscan.extraction.bills.rows import Piece, Row, rows_of
from docscan.extraction.text.month_names import MONTH_BEGUN, MONTH_OR_SHORT, WEEKDAY
from docscan.extraction.text.names import person_at
from docscan.neural.meaning import of_lines
from docscan.reference import ein
from docscan.reference.us_states import NAMES

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "merchant"
_HEAD_ROWS = 14

_LEGAL = re.compile(
    r"\b(?:s(?:dn|on)\.? ?b(?:hd|iid)?\.?|"
    r"s[do0u]n\.?,? ?b[hkin][do0b]|\w{2,3}\.? bhd|(?<= )[s5$]/[b8rde]|bhd|inc|incorporated|l\.?l\.?c|l\.?l\.?p|ltd|"
    r"limited|corp(?:oration)?|gmbh|p\.?l\.?l\.?c|"
    r"pte|plc|enterprises?|trading|& ?co(?:mpany)?|company|co(?:\.|$)|"
    r"e\.?k\.?|s\.?a\.?r\.?l|s\.?r\.?l|s\.?l\.?)(?![\w'])",
    _I,
)  # fmt: skip
_TRADE = re.compile(
    r"\b(?:restaurants?|restoran|mart|market|store|shop|pharmacy|drugs?|apotheke|pharmacie|clinics?|cent(?:er|re)|"
    r"fitness|gym|massage|"
    r"therapy|studios?|hardware|stationer\w*|caf[eé]|bistro|bakery|bakeries|wellness|training|chiropractic|dental|"
    r"dentistry|optical|"
    r"eyewear|vision|hospital|medical|medicine|health\w*|yoga|pilates|crossfit|athletic\w*|performance|strength|"
    r"conditioning|physical|"
    r"rehab\w*|spa|acupuncture|nutrition|associates|group|partners|services|sports?|club|counseling|supermarket|"
    r"hotel|house|kitchen|"
    r"food|bank|insurance|health plan|coaching|orthop\w+|motion|bodywork|exercise|physio\w*|praxis|zentrum|"
    r"sanit[aä]tshaus|perniagaan|"
    r"syarikat|kedai|pasaraya|"
    r"equipment|supply|supplies|furniture|electrical|marketing|international|pa?ediatrics?|family|spine|hand|"
    r"foot|ankle|"
    r"eye|ear|skin|bone|joint|podiatr\w*|barbell|apothecary|drugstore|grocery|dispensary|chemist|brace|"
    r"surgical|mobility|"
    r"neuro\w*|care|speech|movement|needle|clinica|clínica|farmacia|consultorio|diagnostics|laborator\w+|osteopath\w*|"
    r"psycholog\w+|psychiatry|midwifery|hearing|prosthetics|orthotics|collective|coop)\b",
    _I,
)  # fmt: skip
_NOT_A_NAME = re.compile(
    r"\b(?:receipt|invoice|statement|bill|billing|date|tel|phone|fax|gst|reg\b|vat|tin|ein|npi|thanks?|welcome|"
    r"customer|client|"
    r"patient|member|cashier|www|http|tax|superbill|explanation|account|number|formerly|licensee|estimate|"
    r"quote|quotation|payment|provider|therapist|practitioner|claims?|summary|notice|to:|hi|"
    r"hello|hey|dear|terminal|merchant|"
    r"transaction|co\.? ?(?:no|reg)|reg\.? ?no|no\.?:|id:|confirmed|confirmation|shipped|delivered|processing|"
    r"rec(?:eived|'?d) (?:from|of|by)|"
    r"duplicate|reprint|description|qty|label|this is not|issued|shipped|sent|subject|print|close window|my account|"
    r"portal|log ?(?:in|out)|signed in|sign out|dashboard|download|page \d|scan \d|undisclosed|confirmation|"
    r"reference(?! lab)|front (?:desk|office)|"
    r"appointment reminder|division of|affiliate of|subsidiary|member of|powered by|"
    r"in partnership|charged|"
    r"master ?card|visa|amex|on behalf|to whom|concern|"
    r"ledger(?! [\w& ]+,? (?:llc|inc|ltd|corp|pllc|llp)\b))\b(?! ?&)|[>\[\]=]|^(?:(?:your |my |plan |health )?"
    r"benefits?|(?:home|group|network|status|charges?|"
    r"balance)(?! (?:[\w&']+ )?(?:studio|shop|store|clinic|cent(?:er|re)|fitness|yoga|pilates|gym|massage|training|"
    r"chiropractic|wellness|therapy|pharmacy|acupuncture|physical)\b))\b|[@:]|\.com\b|^\W*\d+\W*$|"
    r"^(?:order|sale|ticket|ref)\b.{0,3}#|^(?:page|time|table|order|total|amount|your|from|paid|sale|copy|"
    r"summary)\b\W*(?:\w+\W*)?$|"
    r"^\W*(?:(?:sales ?person|clerk|server|associate|register|visit|adjustment|diagnos[ie]s|encounter)s?(?: \d+)?|"
    r"(?:provided|purchased|ordered|written|served)(?: by)?|(?:sales|work) order|punch card|online store|"
    r"(?:(?:store|office|business|front desk|shop|opening) )*(?:hours?|hrs)\b.*|(?:office|desk|account|order|card)s?|"
    r"recibo|factura|rechnung|quittung|facture|\w+ (?:for|by|to|of|from))\W*$|"
    r"^\W*(?:completed?|pending|approved|successful|venmo|zelle|paypal|(?:credit|debit|gift) card|money order)\W*$",
    _I,
)
_ADDRESS = re.compile(
    r"\d+[A-Za-z]?,? .{0,30}\b(?:st|street|ave(?:nue)?|rd|road|blvd|boulevard|ln|lane|dr|drive|way|ct|court|pkwy|"
    r"parkway|hwy|highway|pl|"
    r"place|broadway|suite|ste|unit|floor|fl|sq|square|terrace|circle|cir|pike|row|trail|plaza)\b\.?|"
    r"\bp\.? ?o\.? box\b|"
    r"(?-i:\b[A-Z]{2},? \d{5}(?:-\d{4})?\b)|\b(?:jalan|jln|lorong|taman|tmn|lot|bandar|persiaran|lebuh|kampung|"
    r"kawasan|"
    r"selangor|kuala lumpur|"
    r"johor|penang|perak|melaka|sabah|sarawak|wilayah|seksyen|batu|off jl)\b|\b\d{5} [A-Z][A-Za-z]+|\b(?:suite|unit|"
    r"level|ground floor)\b|"
    r"(?:stra(?:ss|ß)e|str\.|platz|weg|allee) ?\d+|\d+ (?:rue|avenue|place)\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|"
    r"^no\.? ?\d+\W+[A-Za-z0-9]|\b(?:hwy|highway|rte?|route|(?:county|state) (?:road|rd|hwy))\.? \d+\b|"
    r"(?-i:^[A-Z][A-Za-z. ]{2,30},? (?!OF|TO|BY|ON|AT|NO|IS|US|PT|RX)[A-Z]{2}$)",
    _I | re.MULTILINE,
)  # fmt: skip
_COMPLETE = re.compile(
    r"\b\d{1,5}[A-Z]?(?: [NSEW]\.?)?(?: [A-Z0-9][\w.'-]*){1,4},? (?:[\w .#]{2,24}, )?[A-Z][A-Za-z.' ]{2,24},? "
    r"[A-Z]{2},? \d{5}(?:-\d{4})?\b"
)
"""A street, a town, a state and its postal code on one line."""
_OTHERS = re.compile(
    r"\b(?:bill(?:ed)? to|ship(?:ped)? to|sold to|deliver(?:ed)? to|(?:billing|shipping|delivery|mailing|home) "
    r"address|customer|client|patient|member|prescriber|"
    r"physician|insured|subscriber|payer|claims?|guarantor|attn|return(?:s)? to|remit|sales ?person|clerk|cashier|"
    r"served by|job(?: site)?)\b",
    _I,
)
_LABEL = re.compile(
    r"(?:^|(?<=[\t\n\f]))[ ]*(?:merchant|vendor|seller|shop|sold by|own(?:ed)? by|operated by|payee|billed by|"
    r"issued by|supplier|business name|"
    r"company name|from(?=[ ]*:)|"
    r"pharmacy|clinic|practice|facility|store name|service provider)(?: name)?[ ]*:[ ]*|"
    r"(?:^|(?<=[\t\n\f]))[ ]*(?:bill(?:ed)? from|invoiced? (?:from|by)|merchant of record|paid to)[ ]*(?:\.{3,}|:)\s*",
    _I | re.MULTILINE,
)
_PAYABLE = re.compile(
    r"\b(?:(?:make|please make) (?:all )?(?:checks?|cheques?|payments?) (?:payable |out )?to|payable to|"
    r"remit(?: payment)? to|(?:superbill|statement|order|bill|purchase) from|"
    r"pay to(?: the\s+order of(?=\s))?|order of|your receipt from|receipt from|invoice from|"
    r"(?:your (?:recent )?|^|(?<=\n))payment to|"
    r"(?:sent|made) (?:a |your )?payment (?:of [^\n]{1,16} )?to|"
    r"your purchase (?:from|at)|sold by(?= [A-Z])|you (?:spent|paid)[^\n]{1,20}\s(?:at|to))"
    r"\b[ ]*:?\s*(?=[A-Z0-9])",
    _I,
)
_WHERE = re.compile(r"(?:^|(?<=[\t\n\f]))[ ]*(?:where|location|place|at|office|studio)[ ]*:[ \t]*", _I | re.MULTILINE)
"""Labels of a place, which a firm's name may follow."""
_ONE_PAID_ANOTHER = re.compile(
    r"^[ \t]*(?:you|(?-i:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){0,3})) (?:paid|sent)(?: \$?\d[\d,.]*(?: to)?)?[ ]+"
    r"(?=[A-Z0-9][^\n]{2,40}$)",
    _I | re.MULTILINE,
)
"""The headline of a payment app: "Ana Roe paid Odette-Yoga"."""
_OVER = re.compile(
    r"(?:^|(?<=[\t\n\f]))[ ]*(?:bill(?:ed)? from|from|issued by|seller|vendor|provider|billing provider|payee|remit to|"
    r"pay to|payable to|make (?:checks?|cheques?) payable to|facility|practice|clinic)[ ]*(?=[\t\n])",
    _I | re.MULTILINE,
)
"""Headings over the name of who asks for the money."""
_BUSINESS = re.compile(
    r"(?:^|(?<=[\t\n\f]))[ ]*(?:business|merchant|studio|salon|gym|club|store|shop|clinic|practice|"
    r"provided by|seller|vendor)[ ]*:?[ ]*(?=\n)",
    _I | re.MULTILINE,
)
"""Headings of an app's or a platform's mail over the name of the firm for which it was sent."""
_PAYEE = re.compile(
    r"(?:^|(?<=[\t\n\f]))[ ]*(?:bill(?:ed)? from|invoice from|issued by|seller|vendor|remit (?:payments? )?to|"
    r"(?:please )?make (?:your )?(?:checks?|cheques?|payments?) payable to)[ ]*(?::[ ]*(?=\n)|(?=[\t\n]))",
    _I | re.MULTILINE,
)
"""Headings that can only stand over who asks for the money."""
_SOLD_BY_FIRM = re.compile(
    r"^[ ]*(?i:sold|provided|services? provided) (?i:by) (?P<name>[A-Z][^\n\t:;$\d]{3,50})$", re.MULTILINE
)
_SOLD_BY = re.compile(r"(?:^|(?<=\n))[ ]*(?:sold|fulfilled|provided|operated) by[ ]*:?[ ]*(?=\n)", _I)
"""Over the name of the firm for which a platform took the money."""
_TO = re.compile(
    r"(?:^|(?<=\n))[ ]*(?:to|(?:paid|sent) to|recipient|payee)\s*"
    r"(?:(?::|\t|[ ]{2})\s*(?=[A-Z])|(?<= )(?=(?-i:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3})$))",
    _I | re.MULTILINE,
)
_PAYER = re.compile(
    r"(?:^|(?<=[\t\n\f]))[ ]*(?:plan administrator|claims administrator|administered by|insurance company|insurer|"
    r"issued by|payer)(?: name)?[ ]*:[ ]*",
    _I | re.MULTILINE,
)
_PROVIDER = re.compile(r"\b(?:rendering |billing |treating |service )?provider(?: name)?(?:\s*:\s*|\t[\t ]*)", _I)
_PAID_TO = re.compile(
    r"\b(?:you (?:paid|sent)|paid to|sent to|payment to|"
    r"transfer(?:red)? to)\s+(?:\$[\d.,]+ to )?(?=[A-Z])",
    _I,
)
_SUFFIX = re.compile(
    r"(?P<sdn>\bS[DO0UA]N\.?,?\s?B[HKIN][DO0B]\b\.?)|(?P<sb>(?<=[A-Za-z] )[S5$]/[B8RDE](?![\w/]))(?=\W*$)", _I
)
"""How OCR spells the two ways of a Malaysian company's suffix, at the end of a name."""
_STRIP = re.compile(
    r"\s*[([{][^()\[\]{}]*\d{3}[^()\[\]{}]*[)\]}]?\s*$|\s*[([{]\s*(?:co\.?|reg\.?|"
    r"no\.?)?[\s#:.]*[\dA-Z][\w\s/-]*\d[\w\s/-]*[)\]}]?\s*$|[\s|*_~=.,;:-]+$",
    _I,
)
_BESIDE_ADDRESS = re.compile(
    r"\s+(?:tel|phone|fax|ph|tax id|ein|npi|e-?mail|www\.|lic(?:ense)?)\b|\s*\(\d{3}\)|"
    r"\s+\d{3}[-.\s]\d{3}[-.\s]\d{4}\b|\s[|•·]\s",
    _I,
)
_LAST_FIRST = re.compile(r"[A-Z][\w'-]+, ?[A-Z][\w'-]+(?: [A-Z]\.?)?")
_PHONE_LABEL = re.compile(r"\b(?:tel|phone|ph|call|t|hp|mobile|contact|office)\b\W*$", _I)
_LINE = re.compile(r"\b(?:line|services?|desk|hotline|help|relations|support|questions\??|appointments?)\s*:?\s*$", _I)
_OTHER_NUMBER = re.compile(
    r"\b(?:fax|npi|ein|gst|vat)\b\W*$|\b(?:id|no|number|acct?|account|ref|invoice|patient|client|member|group|claim|policy|"
    r"rx|tax)\b[\w .]{0,14}[:#]\W*$|#\W*$",
    _I,
)
_DOTTED = re.compile(r"\b\d{3} ?[•·] ?\d{3} ?[•·] ?\d{4}\b")
_US_SHAPE = re.compile(r"(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s./-]{0,3}\d{3}[\s./-]{0,3}\d{4}")
_EIN = re.compile(
    r"\b(?:tax(?:payer)? ?(?:id|i\.d\.|identification)(?: ?(?:no|number|#))?|e\.?i\.?n|f\.?e\.?i\.?n|t\.?i\.?n|"
    r"fed(?:eral|\.)? (?:tax )?id(?:entification)?"
    r"(?: ?(?:no|number|#))?|fed(?:\.|eral)? tax ?(?:id|#|no)?|irs (?:id|no|"
    r"number))\W{0,6}(?P<number>\d{2}[-–\s]?\d{7})(?![\d-])",
    _I,
)
_REGIONS: Final[dict[str, str]] = {
    "USD": "US",
    "MYR": "MY",
    "CAD": "CA",
    "GBP": "GB",
    "EUR": "DE",
    "AUD": "AU",
    "SGD": "SG",
}


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    start: int
    end: int
    score: float
    row: int
    cell: Piece


def issuers(text: AnnotatedText) -> Iterator[Extraction]:
    """merchant_name, merchant_address, merchant_phone and tax_id of documents about money."""
    if not is_billed(text):
        yield from _of_agreement(text)
        return
    yield from _tax_ids(text)
    rows = rows_of(text)
    head = _head(text, rows)
    named = (*_names(text, head), *_elsewhere(text, rows, head))
    names = [*(_unless_sold(text, name) for name in named), *_firm_that_signs(text, rows), *_in_message(text, rows)]
    names = _firm_first(text, sorted(_or_who_signs(text, rows, names), key=lambda n: -n.score))
    labelled = _labelled(
        text,
        sure_of_head=bool(names) and names[0].score >= 1.5,
        has_head=bool(names),
        made_out_by=next(
            (n.text for n in names if n.row < 3 and reads_like_a_firm(n.text) and not _BANK.search(n.text)), None
        ),
    )
    if labelled is not None:
        name, start, end = _in_full(labelled, names)
        yield text.extraction("merchant_name", name, start, end, found_by=_FOUND_BY, strength=0.88)
    if labelled is None:
        names = list(islice(_somebody(text, names), 2)) or list(_of_a_trade(text, head))
    if names and labelled is None:
        best = names[0]
        lead = best.score - (names[1].score if len(names) > 1 else 0.0)
        sure = max(0.3, min(0.93, 0.45 + 0.12 * best.score + 0.08 * lead))
        readings = [names[1].text] if len(names) > 1 and lead < 0.6 else []
        yield text.extraction(
            "merchant_name",
            _with_suffix(best.text),
            best.start,
            best.end,
            found_by=_FOUND_BY,
            strength=sure,
            readings=readings,
        )
    beside = list(_address(text, rows, names[0])) if names and _same(names[0], labelled) else []
    yield from beside or _address_elsewhere(text, rows)
    if not lists_charges(text):
        yield from _phone(text, rows)


def _firm_first(text: AnnotatedText, names: list[_Name]) -> list[_Name]:
    """The names, a firm's that another line bears out before that of a person alone, who is the customer."""
    from docscan.extraction.bills.plain import names_somebody

    firm = next((n for n in names[1:] if reads_like_a_firm(n.text) and n.score > _NAMED), None)
    if firm is None or reads_like_a_firm(names[0].text) or names[0].cell.text.strip() != names[0].text:
        return names
    borne_out = _known(text, firm.text) >= _OWN and _known(text, names[0].text) < _OWN  # by its web address
    if not (borne_out or _is_person(text, names[0]) or names_somebody(names[0].text)):
        return names
    return [firm, *(n for n in names if n is not firm)]


def _somebody(text: AnnotatedText, names: Sequence[_Name]) -> Iterator[_Name]:
    """The names that name somebody: where a firm shows itself by a logo, what stands there next is a street, or what a
    form asks for."""
    for name in names:
        enough = _ENOUGH if name.row and _is_legible(text, name.cell) else 0.0
        if name.score >= enough and not _is_a_place(name) and not _is_printed_on_forms(text, name):
            yield name


def _of_a_trade(text: AnnotatedText, head: Sequence[Row]) -> Iterator[_Name]:
    """Who opens a bill with the own name and trade, where nobody else could have issued it: "Ana Roe, massage"."""
    for index, row in enumerate(head[:2]):
        cell = row.cells[0]
        person = person_at(text, cell.start, cell.end)
        if person is None or len(person.name.split()) < 2 or person.start != cell.start:
            continue
        if _OWN_WORK.fullmatch(text.text[person.end : cell.end]) or (person.letters and not index):
            yield _Name(person.name, person.start, person.end, 1.0, index, cell)
            return


_OWN_WORK = re.compile(r", (?:[a-z][\w/&-]* ){0,3}[a-z][\w/&-]{3,}")
_ENOUGH: Final = 1.4
"""The least score of a name below the first row. Of 312 open bills' issuers none has less; of 210 other names that are
left where every line with the issuer is taken away 130 have."""


def _is_legible(text: AnnotatedText, cell: Piece) -> bool:
    """Whether a cell's words are print, or were read as well as print is."""
    return _certainty(text, cell) >= _WELL_READ


def _certainty(text: AnnotatedText, cell: Piece) -> float:
    found = (w.word.confidence for w in text.document.words_between(cell.start, cell.end))
    read = [confidence for confidence in found if confidence is not None]
    return mean(read) if read else 1.0


_WELL_READ: Final = 0.9


def _is_a_place(name: _Name) -> bool:
    """A street or a town, and no firm called after one: "2142 Marigold Street", "Fargo, ND 58102"."""
    if _LEGAL.search(name.text) or _PRACTICE.search(name.text):
        return False
    if _STREET_NAME.fullmatch(name.text):
        return True
    town = _TOWN.search(name.text) or _IN_STATE.fullmatch(name.text) or _STREET.fullmatch(name.text)
    return bool(town and not _TRADE.search(name.text))


_STATE = rf"(?-i:\b(?:{'|'.join(NAMES)})\b)"
_STATE_ALONE = rf"(?-i:\b(?:{'|'.join(sorted(set(NAMES) - {'CO', 'PA', 'MD', 'LA', 'ME', 'OR', 'IN', 'DC'}))})\b)"
"""Without a comma what a firm's name may end with as well is no state: "Boulder Spine CO", "Ridge Family PA"."""
_STREET_NAME = re.compile(
    r"\d+[A-Za-z]?,? (?:[\w.'’-]+ ){0,4}(?:st|street|ave(?:nue)?|rd|road|blvd|boulevard|ln|lane|dr|drive|way|ct|court|"
    r"pkwy|parkway|hwy|highway|pl|place|sq|square|terrace|cir|circle|pike|row|trail|plaza|loop|crossing|broadway)\b\.?"
    r"(?:[ ,]+(?:[nsew]{1,2}\b\.?|(?:bldg|building|suite|ste|unit|floor|fl|#|apt|room|rm)\b.*|"
    rf"[A-Z].*{_STATE}.*))?",
    _I,
)
_IN_STATE = re.compile(rf"[A-Z][A-Za-z.' -]{{2,24}}(?:, ?{_STATE}| {_STATE_ALONE})")


def _is_printed_on_forms(text: AnnotatedText, name: _Name) -> bool:
    """Whether the reader of meaning takes words for what is printed on papers of the kind, and for nobody's name:
    "Salesperson", "Items ordered", "Store hours 8-9"."""
    if reads_like_a_firm(name.text) or (_known(text, name.text) and " " in name.text):
        return False
    (chances,) = of_lines([name.text])
    none_here = ("person",) if name.row else _MAY_NAME  # who opens a paper may be called after what is sold or promised
    other = max((chance for label, chance in chances.items() if label not in none_here), default=0.0)
    return chances.get("person", 1.0) < _HARDLY and other >= _RATHER


_HARDLY, _RATHER = 0.1, 0.6
_MAY_NAME = ("person", "service", "good", "note")


def _of_agreement(text: AnnotatedText) -> Iterator[Extraction]:
    """With whom an appointment was made or a membership agreed, which nothing was paid for yet."""
    rows = rows_of(text)
    if not is_agreement(text):
        return
    found = _labelled(text, sure_of_head=False, has_head=False, made_out_by=None)
    if found is None:
        names = [n for n in _names(text, rows[:2]) if n.score > _NAMED and reads_like_a_firm(n.text)]
        best = max(names, key=lambda n: n.score, default=None)
        found = (best.text, best.start, best.end) if best is not None else None
    if found is not None and reads_like_a_firm(found[0]):
        name, start, end = found
        yield text.extraction("merchant_name", name, start, end, found_by=_FOUND_BY, strength=0.75)


def is_agreement(text: AnnotatedText) -> bool:
    """Whether a short paper that bills nothing confirms an appointment or sets down a membership."""
    rows = rows_of(text)
    return text.kind[0] == "other" and len(rows) <= _SHORT and any(_AGREED.search(row.text) for row in rows[:4])


_AGREED = re.compile(
    r"\b(?:appointment|reservation|booking)s?\b|"
    r"\b(?:membership|enrol?lment|training|client|gym) (?:agreement|contract|form)\b",
    _I,
)


def _unless_sold(text: AnnotatedText, name: _Name) -> _Name:
    """What was sold, below the first line, is not who sold it: "4 training sessions", "Therapeutic massage"."""
    from docscan.extraction.bills.items import items_of

    if is_transfer(text) or text.kind[0] == "card_slip":
        return name  # its one line is who was paid
    sold = any(start <= name.start < end for item in items_of(text) for start, end in item.spans)
    return replace(name, score=name.score - 2.5) if sold and name.row and not _LEGAL.search(name.text) else name


def _or_who_signs(text: AnnotatedText, rows: Sequence[Row], names: list[_Name]) -> list[_Name]:
    """Who gives a service in the own name signs below it: "Li Chen, L.Ac."; asked where the head names no firm."""
    if len(rows) > _SHORT:
        return names
    signer = signer_of(text, rows)
    firms = [
        n
        for n in names
        if not _MERE_SERVICE.fullmatch(n.text) and (signer is None or n.start >= signer.end or n.end <= signer.start)
    ]
    if any(reads_like_a_firm(n.text) and n.score > 0 for n in firms):
        return names
    if any(n.score > _NAMED and not _is_person(text, n) and not re.search(r"\d", n.text) for n in firms):
        return names
    return names if signer is None else [*firms, signer]


def signer_of(text: AnnotatedText, rows: Sequence[Row]) -> _Name | None:
    """Who signs at the foot of a short bill, with letters, a trade or a word of thanks."""
    amounts = [index for index, row in enumerate(rows) if amounts_in(row.text)]
    first = max(len(rows) - 3, amounts[0] + 1 if amounts else len(rows) - 1)
    for index in range(len(rows) - 1, max(0, first) - 1, -1):
        row, opening = rows[index], _SIGNS.match(rows[index].text)
        start = row.start + (opening.end() if opening else 0)
        person = person_at(text, start, row.end)
        if person is None or len(person.name.split()) < 2 or reads_like_a_firm(person.name):
            continue
        end = max([person.end, *(letters.end for letters in person.letters)])
        rest = text.text[end : row.end]
        if (person.letters or opening or rest.strip(" .,!")) and _OWN_TRADE.fullmatch(rest):
            return _Name(person.name, person.start, person.end, 3.0, index, row.cells[0])
    return None


_MERE_SERVICE = re.compile(
    r"\W*(?:(?:\d+|x|w/|with|for|personal|private|semi-?private|pt|swim\w*|training|trainer|lessons?|sessions?|"
    r"class(?:es)?|"
    r"massages?|therapy|pilates|yoga|coaching|workouts?|visits?|appointments?|acupuncture|strength|fitness|deep|tissue|"
    r"hours?|hrs?|min(?:utes)?|home|stretch\w*|nutrition|consult\w*|tutoring|treatments?)\W*)+"
    r"(?:(?-i:[A-Z][\w'’-]+)\W*){0,2}",
    _I,
)
"""Words that name what was done and nobody: "Personal training", "PT w/ Renee"."""


def _firm_that_signs(text: AnnotatedText, rows: Sequence[Row]) -> Iterator[_Name]:
    """The last line of a short bill or mail where it is a firm's: "Billing, Open Door Counseling Center"."""
    if not 2 < len(rows) <= _SHORT:
        return
    row = rows[-1]
    match = _SIGNED_FIRM.fullmatch(row.text)
    if match is None or len(row.cells) > 1 or amounts_in(row.text) or _ADDRESS.search(row.text):
        return
    name, start = match["name"], row.start + match.start("name")
    known = _known(text, name)
    if _NOT_A_NAME.search(name) or _OTHERS.search(row.text) or _PLATFORM.fullmatch(name) or _SPEAKS.search(name):
        return
    if len(name.split()) > 7 or sum(w[0].islower() and len(w) > 3 for w in name.split()):
        return
    if reads_like_a_firm(name) or known:
        yield _Name(name, start, start + len(name), 1.8 + known, len(rows) - 1, row.cells[0])


def _is_person(text: AnnotatedText, name: _Name) -> bool:
    person = person_at(text, name.start, name.end)
    return person is not None and person.end >= name.end


_NAMED: Final = 1.0  # the score of what may be a firm's name
_SHORT: Final = 30  # rows of a bill that somebody signs who has no firm
_SIGNS = re.compile(
    r"\W*(?:received(?: by)?|rec'?d(?: by)?|signed(?: by)?|issued by|from|by|(?:many )?thanks(?: again| so much)?|"
    r"thank you(?: again| so much)?|thx|ty|best|cheers|sincerely|provider|"
    r"trainer|therapist|instructor|coach|teacher|tutor|counsell?or|billed by|services by|provided by)\s*[:,!.–-]*\s+",
    _I,
)
_OWN_TRADE = re.compile(
    r"\W*(?:(?:personal|swim|yoga|pilates|massage|fitness|strength|your|the|licensed|certified|physical) )*"
    r"(?:trainer|coach|instructor|therapist|teacher|masseu(?:se|r)|acupuncturist|tutor|nutritionist|dietitian)?\W*",
    _I,
)
"""What somebody who signs says of the own work: ", swim coach"."""
_SIGNED_FIRM = re.compile(
    r"\W*(?:(?:thanks|thank you|thx|sincerely|best|cheers|regards)\b[!,.:\s–-]*)?"
    r"(?:(?:your |the )?(?:billing|accounts?(?: receivable)?|front (?:desk|office)|office|team|staff|"
    r"customer (?:care|service)|"
    r"(?:your )?friends|everyone|bookkeeping|reception|all of us)(?: (?:dep(?:artment|t)\.?|team|office|desk|manager))?"
    r"(?:,| at| of| from)+ )?"
    r"(?P<name>(?-i:[A-Z0-9])[^,.!?;:\t\d]{2,50}?(?:,? (?:LLC|Inc|PLLC|PC|Ltd|Corp|LLP)\.?)?)\W*",
    _I,
)


def reads_like_a_firm(name: str) -> bool:
    """Whether a name has a word of trade or a legal form in it."""
    return bool(_TRADE.search(name) or _LEGAL.search(name) or _COLLECTIVE.search(name))


def _in_full(labelled: tuple[str, int, int], names: Sequence[_Name]) -> tuple[str, int, int]:
    """The firm's whole name at the head of the page, of which a label ("Make checks payable to") gave the beginning."""
    short = labelled[0].casefold()
    whole = next(
        (
            n
            for n in names
            if re.match(rf"{re.escape(short)},? \(?(?!via\b|by\b|at\b|on\b)", n.text.casefold())
            and (n.row < 2 or _LEGAL.search(n.text))
        ),
        None,
    )
    return (whole.text, whole.start, whole.end) if whole is not None and not _LEGAL.search(labelled[0]) else labelled


_COLLECTIVE = re.compile(
    r"\b(?:collective|cooperative|co-?op|system|network|department|office|desk|team|lab(?:oratory|s)?|diagnostics|"
    r"institute|school|university|academy|foundation|district|county|city|state|card|account|order|visit|receipt|"
    r"administrators?|insurers?|insurance|benefits?)\b",
    _I,
)


def _with_suffix(name: str) -> str:
    """A name whose company suffix, and that alone, is spelt as it should be."""
    return _SUFFIX.sub(lambda found: "SDN BHD" if found["sdn"] else "S/B", name)


def _same(name: _Name, labelled: tuple[str, int, int] | None) -> bool:
    return labelled is None or name.text.lower() == labelled[0].lower()


def _head(text: AnnotatedText, rows: Sequence[Row]) -> list[Row]:
    """The rows above what the bill is about."""
    found: list[Row] = []
    tables = {header.first for header in sheet_of(text).headers}
    for index, row in enumerate(rows[: _HEAD_ROWS + 6]):
        if index in tables:
            break
        if row.page.number != 1 or len(found) >= _HEAD_ROWS:
            break
        if found and (amounts_in(row.text) or re.search(r"\b(?:bill|sold|ship) to\b|\bdescription\b", row.text, _I)):
            break
        found.append(row)
    return found


def _names(text: AnnotatedText, head: Sequence[Row]) -> Iterator[_Name]:
    below_address = False  # what stands under the address is seldom the name
    for index, row in enumerate(head):
        addressed = bool(_ADDRESS.search(row.text)) and not _LEGAL.search(row.text)
        logo = logo_of(text, row)
        if logo is not None:
            score = _score(text, logo, row.cells[0], index, row)
            if score is not None:
                yield _Name(logo, row.start, row.end, score + 0.5, index, row.cells[0])
            continue
        for cell in row.cells[:2]:
            street = _BEFORE_ADDRESS.match(cell.text)  # "Name, 12 Elm St, Boise, ID 83702"
            name = _plain(street["name"] if street is not None else cell.text)
            if cell.text.rstrip().endswith(":") or _OF_A_CHAIN.fullmatch(name) or _labels_another(text, cell):
                continue  # a label, or which of its shops it is
            if (index and _names_another(head[index - 1], cell)) or _is_value_of_another(row, cell):
                continue
            score = _score(text, name, cell, index, row)
            if score is None:
                continue
            score -= 1.2 if below_address and not _LEGAL.search(name) else 0.0
            start = cell.start + max(0, cell.text.find(name[:1]))
            end = start + len(name) if text.text[start : start + len(name)] == name else cell.end
            following = head[index + 1] if index + 1 < len(head) else None
            if following is not None and (_continues(name, following) or _wraps(text, name, row, following)):
                rest = _STRIP.sub("", following.cells[0].text)
                yield _Name(f"{name} {rest}", start, following.cells[0].start + len(rest), score + 0.8, index + 1, cell)
            yield _Name(name, start, end, score, index, cell)
        below_address = below_address or (addressed and index > 0)


def _labels_another(text: AnnotatedText, cell: Piece) -> bool:
    """ "Salesperson" or "Visit" beside its value, or over it."""
    own = text.cell_at(cell.start)
    return own is not None and text.is_label(own) and not reads_like_a_firm(cell.text)


_OF_A_CHAIN = re.compile(
    r"(?:(?:store|location|branch|site|clinic|office) ?(?:no\.? ?)?#?\d{1,5}|payer|location\s*:.*)", _I
)


def _names_another(above: Row, cell: Piece) -> bool:
    """Whether the words over a cell say that it holds the name of a patient or a payer."""
    over = next((c for c in above.cells if c.box.left < cell.box.right and cell.box.left < c.box.right), None)
    if over is None or _OF_PAPER.search(over.text):
        return False  # "CLIENT ACCOUNT STATEMENT"
    return len(over.text.split()) < 5 and bool(_OTHERS.search(over.text) or _OF_ADDRESS.fullmatch(over.text))


_OF_ADDRESS = re.compile(r"(?:billing|shipping|delivery|recipient)(?: (?:info|information|details))?\W*", _I)
_OF_PAPER = re.compile(r"\b(?:statement|ledger|history|receipt|invoice|summary|superbill|report)\W*$", _I)


def _is_value_of_another(row: Row, cell: Piece) -> bool:
    """ "Member:" or "Member" alone in the cell before."""
    before = next((c for c, after in pairwise(row.cells) if after is cell), None)
    if before is None or not _OTHERS.search(before.text):
        return False
    return before.text.rstrip().endswith(":") or len(before.text.split()) < 3


def _plain(printed: str) -> str:
    """A name without what stands around it: a logo's frame, a motto after it, a register's number."""
    framed = _FRAMED.fullmatch(printed)
    if framed is not None:
        printed = framed["name"]
    printed = _LOGO.sub("", _MESSAGE.sub("", _MARKED.sub("", printed)))
    titled, parted, named = printed.partition(" - ")
    if parted and reads_like_a_firm(named) and _NOT_A_NAME.search(titled):
        printed = named  # "OUTPATIENT BILLING - Cedar Falls Medical Center"
    printed = _MOTTO.split(re.split(r"\s[-–—|•·]\s", printed)[0])[0]
    return _STRIP.sub("", _STRIP.sub("", printed)).strip(" |*_~'\"‘“.,-")


_MESSAGE = re.compile(r"(?:(?:text|chat|new) )?(?:message|conversation|chat|texts?) (?:from|with):? (?=[A-Z])", _I)
"""What a telephone writes before the name of who sent a message."""
_LOGO = re.compile(r"^\s*[\[(<](?:[\w&' -]{0,24})?(?:logo|image|icon)[^\])>]{0,12}[\])>]\s*(?=\w)", _I)
_FRAMED = re.compile(r"\W*[\[<>«»{(=~*|+#•◆★-]+ ?(?P<name>[^\[\]<>«»{}()=~*|+#•◆★]{3,60}?) ?[\]<>«»})=~*|+#•◆★-]+\W*")
"""A logo's frame: ">> FORGE & FERN <<"."""
_FURNITURE = re.compile(
    r"[«‹≡☰←⟵⬅⋮]|<< ?|< ?(?=[A-Z])|(?:back to|go to|return to|skip to|view all|see all|sign in|my plan|weigh-?ins|"
    r"settings|help(?: cent(?:er|re))?|menu|messages|appointments|notifications|search|logout|profile)\b(?! of\b)",
    _I,
)
"""What opens a button or a link of a web page."""
_MOTTO = re.compile(r"\s*[,:;]?\s+[\"“‘«]|,\s+(?=(?:your|where|because|for|since|serving|the|we|est|family)\b)", _I)
"""Where a name ends and what its owner says of it begins."""
_MARKED = re.compile(r"\s?(?:\((?:tm|r|sm)\)|[™®℠])", _I)
"""Signs that a name is protected."""
_TITLE = re.compile(
    r"(?:[\w'/&-]+ ){0,4}(?:(?:logs?|sheet|records?|reports?|history|ticket|voucher|ledger|itemization|breakdown|"
    r"remittance|proposal|worksheet|transcript|attendance|roster|questionnaire|results?|acknowledge?ment)|"
    r"(?:enroll?ment|order|medical|session|service|sales?|packing|treatment|visit|training|registration|consent|tax|fee|"
    r"delivery|rental|purchase|credit|debit|admission|intake|program|package|therapy|office|school|work|progress|"
    r"attendance|personal|contact|insurance|health|membership|cancellation|doctor's|hospital|remittance|shop) "
    r"(?:forms?|agreement|slip|activity|details?|information|certificate|contract|schedule|memo|letter|notes?|request|"
    r"authorization|polic(?:y|ies)|instructions|copy|advice|record))(?: (?:[#(]|for\b|of\b|[-–—]).*)?",
    _I,
)
"""What a paper is called, which is no name."""
_WEBMAIL = re.compile(r"\b(?:g|hot|web|e-?)?mail\s+[-–—]\s|\b(?:outlook|yahoo|inbox)\b.*[-–—]", _I)
_PLATFORM = re.compile(
    r"(?:square|stripe|toast|clover|venmo|paypal|zelle|shopify|mindbody|vagaro|booksy|schedulicity|acuity|quickbooks|"
    r"simplepractice|jane(?: app)?|apple pay|google pay|cash app|"
    r"i-?message|text message|sms|messages|messenger|whatsapp|telegram|facetime|voicemail)(?:,? inc\.?| payments?)?",
    _I,
)
"""Who only carries out a sale for others, or a message."""
_PERSON_TITLE = re.compile(r"(?:mr|mrs|ms|miss|herrn?|frau|sr|sra)\b\.? ", _I)


def _elsewhere(text: AnnotatedText, rows: Sequence[Row], head: Sequence[Row]) -> Iterator[_Name]:
    """Names below the head over an address, as at the foot of a letter, and names beside their mail address."""
    starts = {row.start for row in head}
    tables = {n for header in sheet_of(text).headers for n in range(header.first, header.last + 1)}
    for index, row in enumerate(rows):
        for match in _MAIL_NAME.finditer(row.text) if row.page.number == 1 else ():
            name = _VIA.sub("", re.split(r"\s[-–—|]\s", match["name"].strip())[-1])
            if not _NOT_A_NAME.search(name):
                start = row.start + match.start("name") + match["name"].index(name)
                yield _Name(name, start, start + len(name), 2.2 + _known(text, name), index, row.cells[0])
        for match in _THANKED.finditer(row.text) if row.page.number == 1 else ():
            name = match["name"]
            known = _known(text, name)
            if known >= _OWN or (not _NOT_A_NAME.search(name) and (reads_like_a_firm(name) or known)):
                start = row.start + match.start("name")
                yield _Name(name, start, start + len(name), 2.2 + _known(text, name), index, row.cells[0])
        for match in _BEFORE_ADDRESS.finditer(row.text) if row.page.number == 1 and row.start not in starts else ():
            name, above = match["name"], " ".join(r.text for r in rows[max(0, index - 1) : index])
            firm = reads_like_a_firm(name) or _known(text, name) >= _OWN
            above = "" if _TOWN.search(above) else above  # whose address it tells in full
            if firm and not _NOT_A_NAME.search(name) and not _OTHERS.search(above + match.group()):
                start = row.start + match.start("name")
                yield _Name(name, start, start + len(name), 2.0 + _known(text, name), index, row.cells[0])
        phoned = _BEFORE_PHONE.fullmatch(row.text) if row.start not in starts and row.page.number == 1 else None
        if phoned is not None and reads_like_a_firm(phoned["name"]) and not _NOT_A_NAME.search(phoned["name"]):
            start = row.start + phoned.start("name")
            name = phoned["name"].rstrip()
            yield _Name(name, start, start + len(name), 1.8 + _known(text, name), index, row.cells[0])
        if row.start not in starts and index not in tables and row.page.number == 1:
            yield from (*_by_legal_form(text, rows, index), *_by_web_address(text, rows, index))
        following = rows[index + 1] if index + 1 < len(rows) else None
        if row.start in starts or index in tables or following is None or not _over_address(rows, index):
            continue
        above = rows[index - 1].text if index else ""
        cell = row.cells[0]
        name = _plain(cell.text)
        if _OTHERS.search(above) or _OTHERS.search(name) or _is_address(name, following) or amounts_in(row.text):
            continue
        score = _score(text, name, cell, 5, row)
        if score is not None:
            yield _Name(name, cell.start, cell.start + len(name), score + 0.6, index, cell)


_MAIL_NAME = re.compile(
    r"(?:^|(?<=:)|(?<=\t))\s*[\"']?(?P<name>[A-Z0-9][^<>@:\t\"]{3,60}?)[\"']?\s*<[^<>@\s]+@[^<>\s]+>"
)


def _in_message(text: AnnotatedText, rows: Sequence[Row]) -> Iterator[_Name]:
    """The firm of who ends a message with a name and it, on a short page."""
    for index, row in enumerate(rows if len(rows) <= _SHORT else ()):
        signed = _SIGNED_AS.search(row.text)
        if signed is None or not reads_like_a_firm(signed["name"]) or reads_like_a_firm(signed["who"]):
            continue
        name = signed["name"].strip()
        if not any(_NOT_A_NAME.search(words) or _OTHERS.search(words) for words in (name, signed["who"])):
            start = row.start + signed.start("name")
            yield _Name(name, start, start + len(name), 2.0 + _known(text, name), index, row.cells[0])


_VIA = re.compile(r"\s*[(\[]?\b(?:via|through|by way of|powered by)\b.*", _I)
"""By whose service a firm sends its mail: "Pear Nutrition (via Slotwell)"."""
_SIGNED_AS = re.compile(
    r"(?:^(?:By:?\s+)?|[.!?)]\s+|[-–—]\s*)(?P<who>[A-Z](?:\.|[\w'’-]+)(?: [A-Z]\.?)?(?: [A-Z][\w'’-]+){1,2}), "
    r"(?:of |at |with |owner,? (?:of )?)?(?P<name>[A-Z][^,.!?;:\t\d]{3,50}?)[.!]?$"
)
"""How somebody ends a message: "Merrit Salvatierra, Blue Lane Swim Coaching"."""
_THANKED = re.compile(
    r"\bthank(?:s|[- ]you)(?: so much| again| very much)? for (?:trusting|choosing|visiting|joining|picking|supporting|"
    r"(?:shopping|training|booking|working out|ordering|being|staying) (?:at|with|from)|coming (?:back )?to|"
    r"your (?:visit|purchase|order|business|trust)(?: (?:to|at|from|with|in))?|being (?:a )?part of)\s+"
    r"(?P<name>(?-i:[A-Z0-9])[^,.!?;:\t]{3,56}?(?:,? (?:LLC|Inc|PLLC|PC|Ltd|Corp|LLP)\b)?)"
    r"(?=[.!?;:]*(?:$|\t)|[.!?;:]+\s|\s[-–—(]|,\s(?:we|you|and|your|it)\b|\s(?:for|on|today|again|this|and we)\b)",
    _I,
)
"""Whom a bill thanks its reader for choosing: "Thanks for trusting Cherry Lab, LLC."."""


def _by_legal_form(text: AnnotatedText, rows: Sequence[Row], index: int) -> Iterator[_Name]:
    """A company's name that opens a line below the head: "Ridge Speech, LLC  |  EIN 46-...", "Owner, Ridge LLC"."""
    row = rows[index]
    above = rows[index - 1].text if index else ""
    match = _COMPANY.match(row.text)
    if match is None or _OTHERS.search(above) or amounts_in(row.text) or _NOT_A_NAME.search(match["name"]):
        return
    start = row.start + match.start("name")
    yield _Name(
        match["name"], start, start + len(match["name"]), 1.6 + _known(text, match["name"]), index, row.cells[0]
    )


def _by_web_address(text: AnnotatedText, rows: Sequence[Row], index: int) -> Iterator[_Name]:
    """A name below the head with its own web address beside it: "Ridge Speech | ridgespeech.example"."""
    match = _BESIDE_WEB.match(rows[index].text)
    name = match["name"].strip() if match is not None else ""
    if match is None or _known(text, name) < _OWN or _NOT_A_NAME.search(name) or _OTHERS.search(name):
        return
    start = rows[index].start + match.start("name")
    yield _Name(name, start, start + len(name), 1.8 + _known(text, name), index, rows[index].cells[0])


_BESIDE_WEB = re.compile(
    r"\W*(?P<name>[A-Z][^,\d\t|•·:;@]{3,50}?)\s*(?:[|•·–—-]|\t|,)\s*(?:https?://)?(?:www\.)?[a-z0-9-]+\.[a-z]{2,8}\b"
)
_COMPANY = re.compile(
    r"\W*(?:(?:owner|director|manager|president|founder|proprietor),? (?:of |at )?)?"
    r"(?P<name>(?-i:[A-Z])[^,\t|•·:;\d]{2,50},? (?:LLC|L\.L\.C\.|Inc|PLLC|P\.?C|Ltd|Corp|LLP)\.?)(?=\s*(?:$|[|•·,\t]))",
    _I,
)


def _billing_box(rows: Sequence[Row]) -> tuple[str, int, int] | None:
    """The name in box 33 of a claim form, below its words and the telephone beside them."""
    for row, following in pairwise(rows):
        boxed = _IN_BOX_33.match(row.text)
        if boxed is not None and reads_like_a_firm(boxed["name"]):
            start = row.start + boxed.start("name")
            return boxed["name"].strip(), start, start + len(boxed["name"].strip())
        for cell in row.cells[1:] if _BOX_33.match(row.cells[0].text) else ():
            name = _plain(cell.text)
            if letters_in(name) >= 4 and not cell.text[0].isdigit() and reads_like_a_firm(name):
                start = cell.start + max(0, cell.text.find(name))
                return name, start, start + len(name)
        cell = following.cells[0]
        name = _plain(cell.text)
        if _BOX_33.match(row.cells[0].text) and letters_in(name) >= 4 and not name[0].isdigit():
            start = cell.start + max(0, cell.text.find(name))
            return name, start, start + len(name)
    return None


_IN_BOX_33 = re.compile(
    r"\W*33\W{0,3}(?:[a-z]\W{0,2})?billing provider(?:'?s)?(?: name)?[^:\t]{0,30}:\s*"
    r"(?P<name>[A-Z][^,:\t\d]{3,50}?)(?=,|\t|\s{2}|$)",
    _I,
)
_BOX_33 = re.compile(r"\W*33\W{0,3}(?:[a-z]\W{0,2})?billing prov", _I)


def _over_address(rows: Sequence[Row], index: int) -> bool:
    """An address stands below a row, or below the person's name under a firm's."""
    below = [row.cells[0].text for row in rows[index + 1 : index + 3]]
    if _ADDRESS.search(below[0]):
        return True
    if _TELEPHONE.search(" ".join(row.text for row in rows[index + 1 : index + 3])) and _alone(rows[index]):
        return reads_like_a_firm(rows[index].cells[0].text)
    between = len(below) > 1 and len(below[0].split()) < 7 and not amounts_in(below[0])
    return between and bool(_ADDRESS.search(below[1])) and reads_like_a_firm(rows[index].cells[0].text)


def _alone(row: Row) -> bool:
    """Whether a row is a name and no sentence."""
    return len(row.text.split()) < 7 and not amounts_in(row.text) and not re.search(r"[.:;!?](?:\s|$)", row.text)


def _is_address(name: str, below: Row) -> bool:
    """A street, or a house's number and what streets are called there, over its town: "19 Quarry Bend"."""
    street = _STREET.fullmatch(name) and not reads_like_a_firm(name) and _TOWN.search(below.text)
    return bool(_ADDRESS.search(name) or street)


_STREET = re.compile(r"\d{1,5}[A-Za-z]? (?:[NSEW]{1,2}\.? )?[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]*){0,3}")
_TOWN = re.compile(r"\b[A-Z]{2},? \d{5}(?:-\d{4})?\b")
_TELEPHONE = re.compile(r"(?:^|(?<=[\s:]))\(?\d{3}\)?[ .-]?\d{3}[.-]\d{4}(?!\d)")
_BEFORE_PHONE = re.compile(
    r"\W*(?P<name>(?-i:[A-Z])[^,\d\t|•·:;]{3,50}(?:, (?:LLC|Inc|PLLC|PC|Ltd|Corp|LLP)\.?)?)"
    r"(?:, ?| [|•·–—-] |\s+)(?:tel\.?|phone|ph\.?|call)?:? ?\(?\d{3}\)?[ .-]?\d{3}[.-]\d{4}\W*",
    _I,
)
"""A name with its telephone number behind it, as at the foot of a receipt."""
_BEFORE_ADDRESS = re.compile(
    r"(?:^|(?<=[\t|•·]))\s*(?P<name>[A-Z][^,\d\t|•·:;]{3,50}(?:, (?:LLC|Inc|PLLC|PC|Ltd|Corp|LLP)\.?)?)"
    r"(?:, ?| [|•·-] )\d{1,5} [A-Z][\w.' ]+"
)
"""A name with its street behind it, as at the foot of a bill."""


def _known(text: AnnotatedText, name: str) -> float:
    """What else of a document knows a name: its web and mail addresses, and the same name in another place."""
    plain = re.sub(r"[\W_]", "", name.casefold().replace("&", "and"))
    domains = text.once("domains", lambda: [re.sub(r"[\W_]", "", m) for m in _DOMAIN.findall(text.text.casefold())])
    words = re.findall(r"[^\W_]{4,}", name.casefold())
    spelt = any(
        len(domain) >= 5
        and (domain in plain or plain in domain or sum(w in domain for w in words) >= min(2, len(words)))
        for domain in domains
        if words
    )
    again = len(name) > 5 and text.text.casefold().count(name.casefold()) > 1
    return 0.9 * spelt + 0.5 * again


_DOMAIN = re.compile(
    r"(?:@|https?://|www\.|(?<=\s)|^)(?:[a-z0-9-]+\.)*?([a-z0-9-]{4,})\.(?:com|org|net|example|co|io|health|"
    r"care|us|biz|info)\b"
)


def _score(text: AnnotatedText, name: str, cell: Piece, index: int, row: Row) -> float | None:
    letters = sum(c.isalpha() for c in name)
    person = _PERSON_TITLE.match(name) and not reads_like_a_firm(name)  # "MR. BOLT SDN BHD" is a shop
    if person or _WEBMAIL.search(row.text) or (_TITLE.fullmatch(name) and not _LEGAL.search(name)):
        return None
    furniture = _FURNITURE.match(cell.text) and not _FRAMED.fullmatch(cell.text) and not _LEGAL.search(name)
    if (
        furniture
        or _TO_WHOM.fullmatch(name)
        or _NOBODY.fullmatch(name)
        or _CARE_OF.match(cell.text)
        or (_IN_COLORADO.search(name) and re.search(r"\d", row.text))
        or _DATED.search(name)
        or _LAST_FIRST.fullmatch(name)
        or re.match(r"(?:inh|owner|prop|p\.? ?o\.? box)\b", name, _I)
    ):
        return None
    if _NOT_A_NAME.search(name.replace("l", "i")) or _PLATFORM.fullmatch(name) or is_set_apart(name):
        return None
    if letters < 3 or len(name) > 60 or letters * 2 < len(name.replace(" ", "")) or _NOT_A_NAME.search(name):
        return None
    tall = text.once("row height", lambda: median([r.height for r in rows_of(text)] or [0.01]))
    score = 1.6 - 0.15 * index
    score += 2.0 if _LEGAL.search(name) else 0.0
    words = re.findall(r"[^\W\d_][\w&'/.-]*", name)
    own = _TRADE.sub("", _LEGAL.sub("", name))
    if sum(c.isalpha() for c in own) < 2:
        return None if _LEGAL.search(name) else score - 1.0  # "SDN BHD", "BISTRO & CAFE": no name by itself
    score += 1.0 if _TRADE.search(name) else 0.0
    score -= 1.2 if sum(len(w) for w in words) < 2.8 * len(words) else 0.0  # specks read as letters
    score += 0.8 if row.height > 1.25 * tall else 0.0
    score += 0.3 if words and all(w[0].isupper() for w in words if len(w) > 3) else 0.0
    known = _known(text, name)
    if known < _OWN:  # whose web address it is may be written as one likes
        score -= 1.5 if name.islower() else 0.0
        score -= 1.0 if sum(w.islower() and len(w) > 3 for w in words) * 2 >= len(words) > 2 else 0.0  # a motto
    score -= 1.0 if _SPEAKS.search(name) or (_CLOSED.search(cell.text) and not _LEGAL.search(name)) else 0.0
    practice = bool(_PRACTICE.search(name) and (_TRADE.search(name) or _SPECIALTY.search(name)))
    score -= 1.8 if _ADDRESS.search(name) and not _LEGAL.search(name) and not practice else 0.0
    score += 0.5 if practice else 0.0
    score -= 0.3 * max(0, sum(c.isdigit() for c in name) - 2)
    score -= 0.8 if len(name.split()) > 7 else 0.0
    listed = _GOODS.fullmatch(name) or len(re.findall(r" [-–•·|/*] ", cell.text)) > 1
    score -= 1.2 if index and listed and not _LEGAL.search(name) else 0.0
    score -= 0.6 if letters < 5 else 0.0
    certain = _certainty(text, cell)
    score -= 1.2 if certain < 0.4 else 0.4 if certain < 0.7 else 0.0
    score -= 0.5 if any(letters_in(c.text) for c in row.cells if c.start < cell.start) else 0.0
    score -= 1.0 if _PRACTITIONER.search(name) and not _TRADE.search(name) and not _LEGAL.search(name) else 0.0
    score -= 1.5 if _BY_TRADE.fullmatch(name) else 0.0
    score -= 3.0 if _BANK.search(name) and _DRAWN.search(text.text) else 0.0
    return score + known


_NOBODY = re.compile(
    rf"(?:{WEEKDAY}|mon|tues?|wed|thu|thurs?|fri|sat|sun|"
    r"(?:services?|charges?|sessions?|visits?|lessons?|statement|dues|fees?)?\W*"
    rf"(?:in |of |for )?{MONTH_OR_SHORT}\b(?:\W*[\dOIl]{{1,4}})*|(?:do not reply|(?:no-?|auto-?)reply)\b.*|"
    r"(?:mgr|manager|cshr|csr|rep|asst|op|operator|host|cashier)\b\.? .*|"
    r"(?:products?|goods|items?|services?)(?: ?(?:&|and|/) ?(?:products?|goods|items?|services?))?|"
    r"(?:counsell?or|therapist|psychotherapist|coach|teacher|tutor|instructor|trainer|doula|dietitian|nutritionist|"
    r"acupuncturist|practitioner|clinician|guest|renter|resident|participant|rider|student|learner|buyer|purchaser|"
    r"recipient|payer)s?|dept|department|line|what|when)\W*",
    _I,
)
"""What a line may say alone that is nobody's name: a weekday, a month, who worked at the till, what somebody is."""
_GOODS = re.compile(r"[\w'’-]+(?: [\w'’-]+)?(?:, [\w'’ -]{3,24}){1,3},? (?:&|and) [\w'’ -]{3,40}")
"""What a firm deals in, below its name: "Compression, Lymphedema & Post-Surgical Boutique"."""
_TO_WHOM = re.compile(r"(?:bill(?:ed)?|ship(?:ped)?|sold|deliver(?:ed)?|invoiced?) to", _I)
_CARE_OF = re.compile(r"\W*c[/.] ?o\b", _I)
"""Who bills for the firm, or receives its post."""
_PRACTICE = re.compile(r"^[^\d,]{4,},? P\.?[ACS]\.?$")
"""A professional corporation, which is no town in Pennsylvania: "Palmetto Family Medicine PA"."""
_SPECIALTY = re.compile(r"\w(?:ology|iatry|iatrics?|dontics|metry)\b", _I)
_IN_COLORADO = re.compile(r"(?:^|[a-z] |, ?)CO$")
"""A town's state, which is no company: "412 Pearl St  Boulder CO"."""
_OWN = 0.9  # what `_known` gives for a web address


_DATED = re.compile(rf"\b(?:{MONTH_BEGUN}\b\.? \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}} {MONTH_BEGUN}),? 20\d\d\b", _I)
_SPEAKS = re.compile(
    r"\b(?:we|our|your|you|us|since \d{4}|est\.? ?\d{4}|established|serving|proudly|always|because|where|welcome|"
    r"is|are|that|it|it's|every|better|best|feel|get|let)\b|^(?:feel|move|live|get|be|grow|train|eat|heal)\b",
    _I,
)
"""Words of a motto: a name does not speak to its reader."""
_CLOSED = re.compile(r"[.!?][\"”]?$|[\"“”]")


_PRACTITIONER = re.compile(
    r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3}, ?[A-Z][A-Za-z.]{1,5}(?:[,/ ]+[A-Z][A-Za-z.]{1,5})*$"
)
"""One who gives a service under the firm's name: "Margit Lindqvist, LMT"."""


_BANK = re.compile(r"\b(?:bank|credit union|savings|trust co(?:mpany)?)\b", _I)
_DRAWN = re.compile(r"\bpay to the\s+order of\b", _I)
"""A cheque, on which a bank's name stands beside that of who wrote it."""
_BY_TRADE = re.compile(r"[A-Z][\w'’-]+(?: [A-Z]\.?)?(?: [A-Z][\w'’-]+){1,2}, [a-z][a-z /&-]{3,30}")
"""One of whom the trade is told: "Odalys Freund, massage"."""


def _wraps(text: AnnotatedText, name: str, row: Row, following: Row) -> bool:
    """A name that fills its line goes on where the next line gives it a legal form or a word of trade."""
    rest = _STRIP.sub("", following.cells[0].text)
    if len(row.cells) + len(following.cells) > 2 or _LEGAL.search(name) or _ADDRESS.search(rest) or rest[:1] == "(":
        return False
    if not (_LEGAL.search(rest) or _TRADE.search(rest)) or _NOT_A_NAME.search(rest) or re.search(r"\d", rest):
        return False
    if _CARE_OF.match(rest):
        return False
    widest = text.once("widest row", lambda: max((r.box.width for r in rows_of(text)), default=1.0))
    word = following.box.width * len(rest.split()[0]) / max(1, len(following.text))
    alike = 0.8 < following.height / max(row.height, 1e-6) < 1.25
    return alike and row.box.width + word > widest and not set(name.lower().split()) & set(rest.lower().split())


def letters_in(text: str) -> int:
    """How many letters it has."""
    return sum(c.isalpha() for c in text)


def _continues(name: str, row: Row) -> bool:
    """The next line is only the end of a firm's name: "TRADING", "SDN BHD"."""
    rest = row.cells[0].text.strip()
    if _LEGAL.search(name) or len(row.cells) > 1 or len(rest.split()) > 3 or re.search(r"\d", _STRIP.sub("", rest)):
        return False
    if name.isupper() and any(w.islower() and len(w) > 3 for w in rest.split()):
        return False  # what a firm is, said in another type: "THE COPPER BELL / Movement studio"
    words = [
        w for w in re.findall(r"[\w&/.]+", _STRIP.sub("", rest)) if not (_LEGAL.fullmatch(w) or _TRADE.fullmatch(w))
    ]
    return (letters_in(rest) > 1 and len(words) == 0) or bool(_LEGAL.fullmatch(_STRIP.sub("", rest)))


def _labelled(
    text: AnnotatedText, *, sure_of_head: bool, has_head: bool, made_out_by: str | None
) -> tuple[str, int, int] | None:
    kind = text.kind[0]
    sold = next((m for m in _SOLD_BY_FIRM.finditer(text.text) if reads_like_a_firm(m["name"])), None)
    if sold is not None and kind != "eob":
        return sold["name"].rstrip(" ."), sold.start("name"), sold.start("name") + len(sold["name"].rstrip(" ."))
    payee = None if is_transfer(text) or kind == "eob" else _billing_box(rows_of(text))
    payee = payee or (None if is_transfer(text) or kind == "eob" else _below_heading(text, _PAYEE))
    own = kind not in ("eob", "card_slip") and not is_transfer(text)
    payee = payee or (_for_another(text) or _below_heading(text, _BUSINESS) if own else None)
    if payee is not None:
        return payee
    for pattern in _saying(text, sure_of_head=sure_of_head, has_head=has_head):
        for match in pattern.finditer(text.text):
            cell = text.cell_at(match.end())
            if cell is None:
                continue
            end = min(cell.end, match.end() + 60)
            printed = _BOXED.split(_LABEL_ENDS.split(text.text[match.end() : end])[0])[0]
            name = _STRIP.sub("", printed).strip(" |*_")
            if "from" in match.group().lower() and not (reads_like_a_firm(name) or _TEACHES.match(name)):
                continue  # who paid, or whose mail it was
            if made_out_by is not None and re.search(r"order of", match.group(), _I) and not reads_like_a_firm(name):
                continue  # a firm's cheque to one of its customers
            first_name = has_head and "provider" in match.group().lower() and len(name.split()) == 1
            place = sure_of_head and _ITS_PLACE.search(match.group()) and not reads_like_a_firm(name)
            if first_name or place:
                continue  # a therapist's, or which of a firm's places it is: "Clinic: Uptown"
            if pattern is _WHERE and not reads_like_a_firm(name):
                continue  # a room, a town
            if has_head and "sold by" in match.group().lower() and not reads_like_a_firm(name):
                continue  # at a till, who sold is a clerk
            if pattern is _PROVIDER and kind == "eob" and not reads_like_a_firm(name):
                continue  # a person treated
            named = not _NOT_A_NAME.search(name) and not _NOBODY.fullmatch(name)
            if sum(c.isalpha() for c in name) >= 3 and named and name[0].isupper():
                start = match.end() + printed.find(name)
                return name, start, start + len(name)
    return _below_heading(text, _SOLD_BY) or (None if sure_of_head else _below_heading(text, _OVER))


def _for_another(text: AnnotatedText) -> tuple[str, int, int] | None:
    """For which firm another one bills, on one of the first rows: "DuesTrack   on behalf of   IRON FERRY FITNESS"."""
    for index, row in enumerate(rows_of(text)):
        match = (_AGENT if index < _TOP else _SENT_FOR).search(row.text)
        name = match["name"].strip(" .*|_") if match is not None else ""
        if match is not None and reads_like_a_firm(name) and not _OTHERS.search(name):
            start = row.start + match.start("name")
            return name, start, start + len(name)
    return None


_TOP: Final = 4  # rows
_AGENT = re.compile(
    r"\b(?:on behalf of|(?:billing|collection|payment)s? (?:agent|service|provider|processor)s? (?:for|of)|"
    r"as agents? (?:for|of)|(?:billed|collected|processed|sent) (?:for|on behalf of))\s+(?:the )?"
    r"(?P<name>(?-i:[A-Z])[^\t,;:$]{3,50})",
    _I,
)


_SENT_FOR = re.compile(
    r"\b(?:sent|provided|issued|billed|collected|processed|prepared)\b[^.;:\t]{0,40} on behalf of\s+(?:the )?"
    r"(?P<name>(?-i:[A-Z])[^\t,;:$]{3,50}?)(?=\.(?:\s|$)|[,;\t]|$)",
    _I,
)


def _saying(text: AnnotatedText, *, sure_of_head: bool, has_head: bool) -> list[re.Pattern[str]]:
    """The labels that name who issued a document of this kind, the surest first."""
    kind = text.kind[0]
    if is_transfer(text):
        return [_TO]
    if kind == "eob":  # an insurer issues it; the provider is named where the insurer is not
        return [_PAYER] if has_head else [_PAYER, _PROVIDER, _LABEL]
    found = [_LABEL, _PAYABLE] if sure_of_head else [_LABEL, _PAYABLE, _WHERE]
    if kind in ("superbill", "estimate") and not sure_of_head:
        found.append(_PROVIDER)  # where nothing else names who issued it
    if kind == "card_slip":
        found += [_ONE_PAID_ANOTHER, _PAID_TO]
    return found


def _below_heading(text: AnnotatedText, heading: re.Pattern[str]) -> tuple[str, int, int] | None:
    """The name in the cell under "BILL FROM"."""
    for match in heading.finditer(text.text):
        cell = text.cell_at(match.end() - 1) or text.cell_at(match.start() + 1)
        box = text.box_of(cell.start, cell.end) if cell is not None else None
        under = text.below(box, cell.page) if cell is not None and box is not None else None
        name = _plain(under.text) if under is not None else ""
        meant = heading is _PAYEE and not _OTHERS.search(name) and not _NOT_A_NAME.search(name)
        firm = reads_like_a_firm(name) or (meant and not _ADDRESS.search(name))
        if under is not None and letters_in(name) >= 4 and name[0].isupper() and firm:
            start = under.start + max(0, under.text.find(name))
            return name, start, start + len(name)
    return None


_ITS_PLACE = re.compile(r"\b(?:clinic|facility|practice|shop|store|pharmacy)\b", _I)
_TEACHES = re.compile(r"(?:coach|trainer|instructor) [A-Z]", _I)
_BOXED = re.compile(r",?\s+(?:lockbox|dept\.?|department|p\.? ?o\.? box|box)\s#?\d|,\s+\d", _I)
"""Where the address begins behind a name to which payments are sent."""
_LABEL_ENDS = re.compile(
    r"\s{2,}|[;|.](?:\s|$)|\son\s|\s(?:was|is|has been)\s|\s\$|\sfor\s|,\s?(?=\d|address|p\.?o\.?\b|\(|attn|at\b)|\s\(",
    _I,
)


def _address(text: AnnotatedText, rows: Sequence[Row], name: _Name) -> Iterator[Extraction]:
    for first in (name.row, *_again(rows, name)):
        lines = _address_lines(rows, first, name.cell)
        if lines:
            break
    else:
        same = rows[name.row].cells
        lines = [c for c in same if c is not name.cell and _ADDRESS.search(c.text)][:1]
    if not lines:
        return
    cut = [_BESIDE_ADDRESS.split(c.text)[0].strip(" ,;|") for c in lines]
    evidence = [
        e
        for c, kept in zip(lines, cut, strict=True)
        for e in text.document.evidence(c.start, c.start + len(kept), found_by=_FOUND_BY)
    ]
    sure = 0.85 * min(text.certainty(c.start, c.end) for c in lines)
    yield Extraction(
        "merchant_address", ", ".join(kept.strip(" ,") for kept in cut), raw=evidence[0].text if evidence else cut[0],
        confidence=round(sure, 3), evidence=tuple(evidence),
    )  # fmt: skip


def _address_elsewhere(text: AnnotatedText, rows: Sequence[Row]) -> Iterator[Extraction]:
    """An address beside a web address, or at the foot of a bill: the only complete one, and nobody else's."""
    found: list[re.Match[str]] = []
    for index, row in enumerate(rows):
        if row.page.number != 1:
            break
        match = _COMPLETE.search(row.text)
        above = " ".join(r.text for r in rows[max(0, index - 2) : index])
        if match and not _OTHERS.search(above) and not _OTHERS.search(row.text[: match.start()]):
            found.append(match)
            start, end = row.start + match.start(), row.start + match.end()
    if len({match.group() for match in found}) == 1:
        yield text.extraction(
            "merchant_address", " ".join(found[-1].group().split()), start, end, found_by=_FOUND_BY, strength=0.7
        )


def _again(rows: Sequence[Row], name: _Name) -> Iterator[int]:
    """Rows further down that print the same name alone: an app's receipt has the address there."""
    for index, row in enumerate(rows):
        if index > name.row and row.page.number == 1 and row.text.strip().lower() == name.text.lower():
            yield index


def _address_lines(rows: Sequence[Row], first: int, head: Piece) -> list[Piece]:
    lines: list[Piece] = []
    for row in rows[first + 1 : first + 9]:
        if row.page.number != 1:
            break
        cell = next((c for c in row.cells if c.box.left < head.box.right and head.box.left < c.box.right), None)
        cell = cell or row.cells[0]
        stop = re.search(
            r"\b(?:tel|phone|fax|gst|invoice|receipt|date|bill to|npi|client|patient|member|e-?mail|cashier)\b|@",
            cell.text,
            _I,
        )
        if not lines and _OTHERS.search(cell.text):
            break  # what follows is the address of whom it is for
        if stop is not None:
            part = cell.text[: stop.start()].rstrip(" ,;|")
            if not (_ADDRESS.search(part) and len(part) > 8):
                if lines:
                    break
                continue
        if amounts_in(cell.text):
            break
        if (
            _ADDRESS.search(cell.text)
            or (
                lines
                and re.search(r"[A-Za-z]{4}", cell.text)
                and len(lines) < 4
                and lines[-1].text.rstrip().endswith(",")
            )
            or (not lines and cell.text.rstrip().endswith(",") and re.search(r"\d", cell.text))
        ):
            lines.append(cell)
        elif lines:
            break
    return lines


def _phone(text: AnnotatedText, rows: Sequence[Row]) -> Iterator[Extraction]:
    currency = currency_of(text.text, tuple(a for row in rows for a in amounts_in(row.text, row.start)))
    region = _REGIONS.get(currency[0] if currency else "", "US")
    if re.search(r"\bSDN\.? ?BHD\b|\bSelangor\b|\bKuala Lumpur\b", text.text, _I):
        region = "MY"
    for row in rows:
        if sum(c.isdigit() for c in row.text) < 7:
            continue
        printed = _DOTTED.sub(lambda m: m.group().replace("•", "-").replace("·", "-"), row.text)
        for match in phonenumbers.PhoneNumberMatcher(printed, region, phonenumbers.Leniency.VALID):
            before = row.text[max(0, match.start - 24) : match.start]
            own = _PHONE_LABEL.search(before) or _LINE.search(before)
            if not own and (_OTHER_NUMBER.search(before) or re.fullmatch(r"\d{9,}", match.raw_string)):
                continue
            if region == "US" and not own and not _US_SHAPE.fullmatch(match.raw_string.strip()):
                continue
            value = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            start, end = row.start + match.start, row.start + match.end
            yield text.extraction(
                "merchant_phone", value, start, end, found_by=_FOUND_BY, strength=0.9 if own else 0.75
            )
            return


def _tax_ids(text: AnnotatedText) -> Iterator[Extraction]:
    for match in _EIN.finditer(text.text):
        value = ein.normalise(match["number"])
        if value:
            yield text.extraction("tax_id", value, *match.span("number"), found_by=_FOUND_BY, strength=0.95)
