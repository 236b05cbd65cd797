"""Who was served, who pays, and who served, on a bill.

A label says whose name follows. Who pays ("Bill to", "Responsible party", "Account") is the participant where another
is served, and a customer ("Sold to", "For", a greeting) is served where no label names anybody else. A column of names
says it for each line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from docscan.document import Extraction
from docscan.extraction.bills.billing import is_billed
from docscan.extraction.bills.foot import foot_of
from docscan.extraction.bills.merchant import is_agreement, reads_like_a_firm, signer_of
from docscan.extraction.bills.money import amounts_in
from docscan.extraction.bills.rows import rows_of
from docscan.extraction.bills.sold import is_sold
from docscan.extraction.people.persons import Known, told_to_pay
from docscan.extraction.people.persons import patients as patients_told
from docscan.extraction.text.banners import bannered
from docscan.extraction.text.month_names import MONTH_BEGUN
from docscan.extraction.text.names import Person, person_at
from docscan.extraction.text.spans import Span
from docscan.neural import meaning
from docscan.reference import item_classes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_STATES = (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA "
    "RI SC SD TN TX UT VT VA WA WV WI WY DC"
).split()
_I = re.IGNORECASE
_FOUND_BY = "parties"

_END = r"(?:\s*/\s*[^\W\d_]+(?: [^\W\d_]+)?)?(?=\s*[:#\t\n(]|\s*\.{3}|\s*$|[ ]+(?-i:[A-Z]))"
# "Paciente/Patient:", "athlete ........ Ana Roe"
_SERVED = re.compile(
    r"\b(?:(?:patient|pt|client|child|dependent|student|athlete|attendee|guest|member|participant|recipient|"
    r"swimmer|rider|"
    r"trainee|paciente|resident|patientin|klient(?:in)?)(?:'s|’s)?(?: name)?(?: ?#?\d{1,2}(?=\s*:))?|"
    r"name of (?:client|member|customer|patient|child)|"
    r"(?:services?|sessions?|visits?|treatments?|classes|lessons|appointment|care|label|rx|dispensed|prescription|"
    r"reserved|prepared) (?:is |was |were )?(?:for|to|rendered to|provided to|given to)|name on (?:label|chart)|"
    r"person (?:served|seen|treated)|(?<!ist )(?<!ian )(?<!der )(?<!tor )(?<!ach )(?<!ner )(?<!ate )seen|"
    r"attended by|(?:run|ride|trip|transport|call) for|"
    r"(?:for|on) (?:the )?account of|on behalf of|claims? (?:(?:details?|summary|information) )?for)" + _END,
    _I | re.MULTILINE,
)
_PAYS = re.compile(
    r"\b(?:resp(?=\W)|responsible(?: (?:party|person|adult))?|guarantor|"
    r"(?:house ?charge |client |billing )?acc(?:oun)?t(?:[ -]?(?:holder|owner|name))?\.?|tab|payer|payor|"
    r"paga(?:dor)?|household|family|subscriber|policy ?holder|"
    r"card ?(?:member|holder)|parent(?: ?/ ?guardian)?|guardian|charged? to)" + _END,
    _I | re.MULTILINE,
)
_FOR_OTHERS = re.compile(r"card|resp|guarantor|holder|pay[eo]r|subscriber|parent|guardian|charged?", _I)
"""Whoever holds a card or a policy, or answers for a bill, may do so for any of a household."""
_BILLED_TO = re.compile(
    r"\b(?:bill(?:ed|ing)?[ -]to|billing (?:name|contact)|invoiced? (?:to|for)|"
    r"(?<=\n)address(?=\s*\t|[ ]{3}|[ ]*\n)|bill(?!\s+from\b))"
    r"(?=\s*[:\t\n]|\s*$|[ ]+(?-i:[A-Z]))",
    _I | re.MULTILINE,
)
_CUSTOMER = re.compile(
    r"\b(?:(?:(?:account|billing|visit|patient|monthly|annual|yearly|itemized|payment|tax) )*"
    r"(?:summary|statement|receipt|invoice|bill|superbill|estimate|itemization|services|charges) (?:for|of)|"
    r"customer|cust|cliente|sold to|ship(?:ped)? to|deliver(?:ed)? to|"
    r"rec(?:eived|'?d|v'?d) (?:from|of)|prepared for|"
    r"recib[ií](?:mos)? de|purchaser|buyer|order(?:ed)? for|name|for|attn|to|"
    r"reservation|account of|ledger|(?:paid|booked) by)" + _END,
    _I | re.MULTILINE,
)
_GAVE = re.compile(
    r"\b(?:(?:lead |massage |physical |occupational |speech |licensed |your |treating )*(?:therapist|dietitian|"
    r"nutritionist|acupuncturist|chiropractor|counselor|hygienist|dentist|optometrist|psychologist|practitioner|"
    r"clinician|doctor|prov|osteopath|physio|ther(?=\W)|crew|medic|midwife)(?:'s|’s)?(?: name)?|(?:rendered|"
    r"provided|performed|treated|"
    r"services? (?:rendered|provided|performed)|hands[- ]on|adjusted|examined|evaluated|fitted|cared for|cleaned|"
    r"seen|conducted|delivered|hosted|ordered|session|given|led|taught) by|"
    r"service provider|rendering|your visit was with|provider of service|with)" + _END,
    _I | re.MULTILINE,
)
_GREETING = re.compile(
    r"^(?:hello|hi|hey|dear|thank you|thanks|client|patient|guest|athlete|student)\b,? "
    r"(?:(?:mr|mrs|ms|miss|mx)\b\.? )?(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w.'’-]*){1,3})[,!.]?[ ]*$",
    re.MULTILINE | _I,
)
_MEMBER = re.compile(r"\b(?:member|participant)(?:'s|’s)?(?: name)?\W*$", _I)
_LAST_FIRST = re.compile(r"[A-Z][A-Za-z'-]+, ?[A-Z](?:[A-Za-z'-]+(?: [A-Z]\.?)?|\.?(?!\w))")
_RX = re.compile(r"\bRx(?:\s?(?:#|No\.?|Number|Num|:)|[ \t]+(?=\d{6,8}\b))", _I)
_LETTERED = re.compile(r"(?P<name>[^\W\d_][\w.'’-]+ [^,]+), [A-Z]{2,5}(?:-[A-Z]{1,3})?")
"""A name with letters that no list knows: "Ana Roe, EMT-P"."""
_NOBODY = re.compile(
    r"\b(?:customer|cash|same|see|self|above|chart|file|undisclosed|patient|member|none|n/?a|"
    r"american express|apple pay|google pay|cash app)\b",
    _I,
)


class _Named(NamedTuple):
    person: Person
    label: str
    sure: float


def parties(text: AnnotatedText) -> Iterator[Extraction]:
    """patient_name, participant_name, provider_name and provider_credential of what bills something."""
    if not is_billed(text):
        members = _labelled(text, _SERVED, 0.85) if is_agreement(text) else ()
        yield from (_made(text, "patient_name", one) for one in members)
        return
    served = [one for one in _labelled(text, _SERVED, 0.9) if not _is_therapist(one)]
    served = served or list(_for_kin(text)) or list(_numbered(text)) or list(_banner(text))
    served += _of_lines(text)
    if _RX.search(text.text):
        served = served or list(_on_label(text))
    if any(not _MEMBER.search(one.label) for one in served):  # a member may be the patient's parent
        served = [one for one in served if not _MEMBER.search(one.label)]
    pays = [*_labelled(text, _PAYS, 0.85), *_said_to_pay(text)]
    billed = list(_labelled(text, _BILLED_TO, 0.8))
    told = [one.name.casefold() for one in patients_told(text) if not _only_sold(text, one)]
    customers = [] if served else list(_customers(text)) or list(_greeted(text))
    if not served and told_to_pay(text) is not None:  # whom the paper calls the payer need not be who was served
        return
    pays += [one for one in customers[1:] if customers[0].person.name != one.person.name]
    customers = [one for one in customers[:1] if not told or one.person.name.casefold() in told]
    if not (served or customers or pays or told or (billed and text.kind[0] not in ("superbill", "eob"))):
        customers = list(_alone(text)) or list(_unlabelled(text))
    if not served and not customers:
        served, billed = [one._replace(sure=0.65) for one in billed[:1]], []
    own = {one.person.name.casefold() for one in pays}
    if not served and not customers and len(own) == 1 and not _FOR_OTHERS.search(pays[0].label):
        served = [pays[0]._replace(sure=0.65)]  # who pays for nobody else was served
    for one in served or customers:
        yield _made(text, "patient_name", one)
    patients = [one.person.name.casefold() for one in served or customers]
    for one in (*pays, *billed):
        if one.person.name.casefold() not in patients:
            yield _made(text, "participant_name", one)
    for one in _labelled(text, _GAVE, 0.88):
        yield _made(text, "provider_name", one)
        for letters in one.person.letters:
            yield text.extraction(
                "provider_credential", letters.value, letters.start, letters.end, found_by=_FOUND_BY, strength=one.sure
            )


def _only_sold(text: AnnotatedText, one: Known) -> bool:
    return all(is_sold(text, mention.start, mention.end) for mention in one.mentions)


def _is_therapist(one: _Named) -> bool:
    """ "PT: Ana Roe, PT, DPT" names the physical therapist."""
    return one.label.casefold() == "pt" and any(letters.credential.tier for letters in one.person.letters)


def _made(text: AnnotatedText, name: str, one: _Named) -> Extraction:
    person = one.person
    return text.extraction(name, person.name, person.start, person.end, found_by=_FOUND_BY, strength=one.sure)


def _labelled(text: AnnotatedText, label: re.Pattern[str], sure: float) -> Iterator[_Named]:
    paid = text.kind[0] == "card_slip"
    for found in text.labelled(label, bare=True):
        said = text.text[slice(*found.label)]
        if paid and said.lower().strip() in ("to", "recipient"):
            continue  # of the money
        places = [found.value] if found.value is not None else []
        if (box := text.box_of(*found.label)) is not None:
            beside, below = text.right_of(box, found.page), text.below(box, found.page)
            places += [Span(cell.start, cell.end) for cell in (beside, below) if cell is not None]
        people = (_person(text, place, bare=not found.sign) for place in places)
        named = next((person for person in people if person is not None), None)
        if named is not None:
            yield _Named(named, said, sure)


_NUMBERED = re.compile(
    r"(?:^|[\t\n]|[ ]{2,})(?P<label>patient|pt|client|customer|cust|member|guest|student|athlete)"
    r"[ ]?(?:(?:id|no|num(?:ber)?|nr)\b\.?|#)?[ ]?(?:[:#][ ]?)?(?=[\w-]*\d)[A-Z]{0,4}-?\d[\w-]{0,12}"
    r"(?P<gap>[ ]*[:,/|–—-]+[ ]*|[ ]+|\t)(?=(?-i:[A-ZÀ-Þ])[\w'’-]+,? ?[\w'’-])",
    _I | re.MULTILINE,
)


def _numbered(text: AnnotatedText) -> Iterator[_Named]:
    """ "Client 6620  ROE, ANA": a name behind the label and the number that somebody has in the firm's books."""
    for found in _NUMBERED.finditer(text.text):
        end = text.lines[text.line_index(found.end())].end
        person = _person(text, Span(found.end(), end), bare=True)
        if person is not None:
            yield _Named(person, found["label"], 0.85)


_OF_KIN = re.compile(
    r"\b(?:for|re|memo)\b[ \t]*:?[^\n]{0,48}?\b(?:son|daughter|child|spouse|wife|husband|mother|father|mom|dad|kid|"
    r"grand(?:son|daughter|mother|father))[,:]?[ ](?=(?-i:[A-Z])[\w'’-]+[ ](?-i:[A-Z]))",
    _I,
)


_BEHIND_A_NAME = re.compile(r"[,;(\d]|\s[–-]")


def _for_kin(text: AnnotatedText) -> Iterator[_Named]:
    """ "For  Speech lessons - son Theo Castellane": what was paid for was another's."""
    for found in _OF_KIN.finditer(text.text):
        end = text.lines[text.line_index(found.end())].end
        behind = _BEHIND_A_NAME.search(text.text, found.end(), end)
        person = _person(text, Span(found.end(), behind.start() if behind else end), bare=False)
        if person is not None:
            yield _Named(person, "for", 0.8)


def _banner(text: AnnotatedText) -> Iterator[_Named]:
    person = bannered(text)
    if person is not None and not reads_like_a_firm(person.name):
        yield _Named(person, "", 0.8)


def _person(text: AnnotatedText, value: Span, *, bare: bool) -> Person | None:
    """Somebody's full name at the head of a value; after a bare word it must be all that stands there."""
    printed = re.split(r"[\t\n]|\s(?=\$)", text.text[value.start : value.end])[0]
    printed = _MORE_OF_THEM.split(printed)[0]
    if re.search(r"\d", (printed.partition("(")[0].strip() or printed)[:30]) or _NOBODY.match(printed.lstrip("(")):
        return None
    person = person_at(text, value.start, value.start + len(printed), tolerant=True)
    if person is not None and text.text[person.end : person.end + 1].isalpha():  # "Cole, Psy|D"
        person = person_at(text, value.start, value.start + len(printed))
    if person is not None and (lettered := _LETTERED.fullmatch(person.name)) is not None:
        person = replace(person, name=lettered["name"], end=person.start + lettered.end("name"))
    if person is None or len(person.name.split()) < 2 or not _capital(person.name) or reads_like_a_firm(person.name):
        return None
    end = max([person.end, *(letters.end for letters in person.letters)])
    rest = text.text[end : value.start + len(printed)]
    if bare and not re.fullmatch(r"[\W_]*(?:\(.*\)|[–—-] .*|(?:dob|d\.o\.b).*)?\W*", rest, _I):
        return None
    return person


_MORE_OF_THEM = re.compile(
    r"\s*,\s*(?=\d+\s+[A-Z\d]|P\.?\s?O\.?\s+Box\b)|[\s,(]+(?=(?:#|(?:id|no|acct|account|file|chart|member|since)\b)"
    r"[\s.:#-]*[A-Z]{0,3}-?\d)",
    _I,
)
"""Where somebody's address or number follows the name: "Ana Roe, 9 Oak Ave", "ROE A  #D20991"."""


def _capital(name: str) -> bool:
    return all(word[0].isupper() for word in re.findall(r"[^\W\d_]{4,}", name))


def _of_lines(text: AnnotatedText) -> Iterator[_Named]:
    """Each line's own patient."""
    for line in foot_of(text).lines:
        if line.person is not None:
            person = person_at(text, *line.person, tolerant=True)
            if person is not None and len(person.name.split()) > 1:
                yield _Named(person, "", 0.88)


def _customers(text: AnnotatedText) -> Iterator[_Named]:
    """The first customer; where somebody paid "for" another, the other, and then who paid."""
    found = list(_labelled(text, _CUSTOMER, 0.7)) or list(_from(text))
    other = next((one for one in found if one.label.lower() == "for"), None)
    payer = next((one for one in found if _PAID.match(one.label)), None)
    yield from [other, payer] if other is not None and payer is not None else found[:1]


def _from(text: AnnotatedText) -> Iterator[_Named]:
    """ "From    Ana Roe" on a page of a receipt book; in a mail or beside a "To" it is who wrote or was paid."""
    if _BOOKED.search(text.text) and not _TO.search(text.text):
        yield from _labelled(text, _FROM, 0.65)


_BOOKED = re.compile(r"\breceipt\b|\brcpt\b|\brec'?v?'?d\b", _I)
_FROM = re.compile(r"(?<=[\n\t])from(?=\s*[:\t]|[ .]{2,}|[ ](?-i:[A-Z]))", _I)
_TO = re.compile(r"(?:^|[\n\t])(?:to|subject|sent)(?=\s*[:\t]|[ .]{2,})|@", _I)
_PAID = re.compile(r"rec", _I)
_PAYER = re.compile(
    r"\((?:the )?(?:responsible (?:party|person|adult)|guarantor|payer|payor|account ?holder|subscriber|policy ?holder|"
    r"card ?holder)(?: (?:for|of) [^()\n]{3,40})?\)",
    _I,
)


def _said_to_pay(text: AnnotatedText) -> Iterator[_Named]:
    """A name with "(responsible party)" behind it or right below it."""
    for match in _PAYER.finditer(text.text):
        cell = text.cell_at(match.start())
        if cell is None:
            continue
        place = text.above(cell.box, cell.page, lines=1.6) if cell.start == match.start() else cell
        person = _person(text, Span(place.start, place.end), bare=True) if place is not None else None
        if person is not None:
            yield _Named(person, "", 0.85)


_BY_FAMILY = re.compile(r"^dear (?:mr|mrs|ms|miss|mx)\b\.? (?P<family>[A-Z][\w'’-]+)[,:][ ]*$", re.MULTILINE | _I)


def _greeted_by_family(text: AnnotatedText) -> Iterator[_Named]:
    """Who is named in full on a line of an address above "Dear Mr. Bell,"."""
    match = _BY_FAMILY.search(text.text)
    if match is None:
        return
    for line in text.lines:
        person = person_at(text, line.start, line.end) if line.end < match.start() else None
        if person is not None and person.name.split()[1:][-1:] == [match["family"]] and not person.letters:
            yield _Named(person, "", 0.6)
            return


def _greeted(text: AnnotatedText) -> Iterator[_Named]:
    """ "Hello Nora Bell,": a shop greets its customer, who need not be the patient."""
    for match in _GREETING.finditer(text.text):
        person = person_at(text, match.start("name"), match.end("name"), tolerant=True)
        if person is not None and len(person.name.split()) > 1 and not reads_like_a_firm(person.name):
            yield _Named(person, "", 0.6)
            return
    yield from _greeted_by_family(text)


def _alone(text: AnnotatedText) -> Iterator[_Named]:
    """A name on a line of its own, above the lines of a bill and below its head: a clinic's, else its address."""
    first = min((line.row for line in foot_of(text).lines), default=0)
    rows = rows_of(text)[:first]
    begin = 2
    if text.kind[0] not in ("superbill", "eob"):
        begin = next((n + 1 for n, row in enumerate(rows) if _POSTAL.search(row.text)), first)
    for row in rows[begin:]:
        person = person_at(text, row.start, row.end)
        if (
            person is not None
            and (person.start, person.end) == (row.start, row.end)
            and len(row.cells) == 1
            and not reads_like_a_firm(person.name)
        ):
            yield _Named(person, "", 0.65)
            return


def _unlabelled(text: AnnotatedText) -> Iterator[_Named]:
    """The only name below the head of a short bill, at the head of its line: "Ana Roe - March 2025", "Ana Roe"; or
    whom its service is said to be for: "Training for Ben Ito". Who has letters or a title gives the service."""
    rows = rows_of(text)
    if len(rows) > _SHORT or text.kind[0] not in ("receipt", "statement", "superbill"):
        return
    firm = {word.casefold() for word in re.findall(r"[^\W\d_]{3,}", rows[0].text)} if rows else set()
    found: dict[str, _Named] = {}
    signed = signer_of(text, rows)
    for index, row in enumerate(rows):
        opening = _FOR.search(row.text) or (_DONE_FOR.match(row.text) if signed else None)
        start = row.start + (opening.end() if opening is not None else 0)
        lower = row.text.islower() and index > 0
        person = person_at(text, start, row.end, tolerant=lower)
        if person is None or not 2 <= len(person.name.split()) <= 4 or person.letters or person.title:
            continue
        rest = text.text[person.end : row.end]
        if amounts_in(rest) or _ABBREVIATED.search(person.name) or _PLACE.fullmatch(row.text.strip()):
            continue  # "GUM SPRMNT   1.79", "Asheville NC"
        alone = _NOTHING_MORE.fullmatch(rest)
        if not (alone or (opening is None and _GOES_ON.match(rest))) or re.search(r"\d", person.name):
            continue
        if (
            reads_like_a_firm(person.name)
            or item_classes.classify(person.name) is not None
            or _NOBODY.search(person.name)
            or (signed is not None and person.start == signed.start)
            or is_sold(text, person.start, person.end)
        ):
            continue
        if index == 0 and opening is None and not _signed_below(text):
            continue
        if index and firm & {word.casefold() for word in person.name.split()} and opening is None:
            continue  # the firm is called after its owner
        (chances,) = meaning.of_lines([person.name.title()])
        if chances.get("person", 1.0) < _LIKE_A_NAME or (index and _GIVEN.search(rows[index - 1].text)):
            continue
        if alone and opening is None and index == len(rows) - 1 and len(found) == 0 and index > 3:
            continue  # who signs
        found.setdefault(person.name.casefold(), _Named(person, "", 0.62))
    if len(found) == 1:
        yield from found.values()


def _signed_below(text: AnnotatedText) -> bool:
    """Whether somebody with letters signs at the foot, so that the head need not name who bills."""
    last = rows_of(text)[-1]
    person = person_at(text, last.start, last.end)
    return person is not None and bool(person.letters)


_ABBREVIATED = re.compile(r"\b(?![A-Z]{0,2}\b)[B-DF-HJ-NP-TV-XZ]{3,}\b")
"""A word of a till, whose vowels were left out."""
_PLACE = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2},? (?:" + "|".join(_STATES) + r")(?: \d{5}(?:-\d{4})?)?")
_SHORT = 30  # rows of a bill that needs no labels
_LIKE_A_NAME = 0.5
_FOR = re.compile(r"\b(?:for|owed by|bill|receipt for|to)\s+(?=[A-Z][\w'’-]+ [A-Z])")
_DONE_FOR = re.compile(
    r"\W*(?:[A-Za-z/]+ ){0,3}(?:training|lessons?|sessions?|massages?|therapy|pilates|yoga|coaching|workouts?|visits?|"
    r"class(?:es)?|acupuncture|treatments?)\s*[-–—:|/]\s*(?=[A-Z][\w'’-]+ [A-Z])",
    _I,
)
"""What was done before whom it was done for, on a note that somebody else signs: "Swim lessons - Theo Marsh"."""
_NOTHING_MORE = re.compile(r"[\W_]*(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\W*)?")
_GOES_ON = re.compile(
    rf"\s*(?:[-–—,|:]\s*|\s{{2,}}|\s(?=owes\b))(?:owes\b|{MONTH_BEGUN}|\d|private|personal|training|session|massage|therapy|"
    r"lessons?|yoga|pilates|visit|class|swim|coaching|acupuncture)",
    _I,
)
_GIVEN = re.compile(r"\b(?:therapist|trainer|instructor|provider|practitioner|coach|with|by|clinician|teacher)\W*$", _I)


_POSTAL = re.compile(r"\b[A-Z]{2},? \d{5}\b")


def _on_label(text: AnnotatedText) -> Iterator[_Named]:
    """A pharmacy label prints the patient as "LAST, FIRST" in a cell of its own."""
    for row in rows_of(text):
        for cell in row.cells:
            named = _LAST_FIRST.match(cell.text)
            if named and re.fullmatch(r"[\W_]*(?:DOB\b.*)?", cell.text[named.end() :], _I):
                person = person_at(text, cell.start, cell.start + named.end(), tolerant=True)
                if person is not None:
                    yield _Named(person, "", 0.75)
                    return
