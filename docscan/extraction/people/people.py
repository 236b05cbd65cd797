"""The names of a document with their roles, and the provider's credentials.

A name has the role that its label, its place on the letter or the words beside it give (`persons`). The same name may
hold several: who signs a letter is its provider, and a patient may hold the account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.paper import form_parts
from docscan.extraction.paper.signature_blocks import SignatureBlock, signature_blocks
from docscan.extraction.people import persons
from docscan.extraction.people.labels import Role
from docscan.extraction.people.mentions import same_as
from docscan.extraction.people.persons import Known, same_person
from docscan.extraction.people.places import places
from docscan.extraction.text.captions import is_printed_label
from docscan.extraction.text.names import Letters, letters_at

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

__all__ = ["people", "same_person"]

_I = re.IGNORECASE
_FOUND_BY = "people"
_FIELDS: dict[Role, str] = {
    role: f"{role}_name" for role in ("patient", "participant", "provider", "signer", "trainer", "supervisor")
}
_SUREST = 0.95

_CREDENTIAL_LABEL = re.compile(
    r"\b(?:(?:(?:provider|physician|practitioner|professional)(?:'s|’s)?\s+)?(?:credentials?|degree|designation|"
    r"professional title|title|"
    r"license type|type of license)(?:\s*/\s*(?:title|credentials?|specialty|license))?)(?=\s*[:_\t(]|\s*$)",
    _I | re.MULTILINE,
)


def people(text: AnnotatedText) -> Iterator[Extraction]:
    """Every person's name with its role, the provider's credentials and specialty, the practice and the employer."""
    patients, participants = persons.patients(text), persons.participants(text)
    yield from _named(text, "patient", patients)
    yield from _named(text, "participant", participants)
    yield from _the_same(text, patients, participants)
    yield from _employees(text, patients, participants)
    providers, signers = persons.providers(text), persons.signers(text)
    yield from _named(text, "provider", providers)
    yield from _named(text, "signer", signers)
    if not signers:
        yield from _lone_signer(text, providers)
    yield from _named(text, "trainer", persons.trainers(text))
    yield from _named(text, "supervisor", persons.supervisors(text))
    for one in (*providers, *(s for s in signers if s not in providers)):
        yield from _credentials(text, one)
    yield from _labelled_credentials(text)
    yield from places(text)


def _named(text: AnnotatedText, role: Role, known: tuple[Known, ...]) -> Iterator[Extraction]:
    """The name of each of these people under one value, with every mention that speaks for the role as evidence."""
    for one in known:
        score = one.score(role)
        if not one.is_full:
            score = min(score, 0.55)
        elif score < persons.ENOUGH:
            score = 0.7
        seen = set()
        for told in one.told:
            if told.role == role and told.mention.start not in seen:
                seen.add(told.mention.start)
                yield _made(text, role, one, (told.mention.start, told.mention.end), score)
        if not seen:
            first = one.mentions[0]
            yield _made(text, role, one, (first.start, first.end), score)


def _made(text: AnnotatedText, role: Role, one: Known, span: tuple[int, int], score: float) -> Extraction:
    return text.extraction(_FIELDS[role], one.name, *span, found_by=_FOUND_BY, strength=round(min(_SUREST, score), 3))


def _the_same(
    text: AnnotatedText, patients: tuple[Known, ...], participants: tuple[Known, ...]
) -> Iterator[Extraction]:
    """ "Patient Name: Self", "Insured's name: SAME": the other one's name."""
    for role, (start, end) in same_as(text):
        others = participants if role == "patient" and not patients else patients if role == "participant" else ()
        if role in ("patient", "participant") and len(others) == 1 and not (role == "participant" and participants):
            one, first = others[0], others[0].mentions[0]
            made = _made(text, role, one, (start, end), 0.85)
            yield replace(
                made, evidence=made.evidence + text.document.evidence(first.start, first.end, found_by=_FOUND_BY)
            )


def _employees(
    text: AnnotatedText, patients: tuple[Known, ...], participants: tuple[Known, ...]
) -> Iterator[Extraction]:
    """Where only the member or employee is named, with a date of birth or words of care beside the name, it is they who
    are treated."""
    if patients or len(participants) != 1 or any(role == "patient" for role, _ in same_as(text)):
        return
    one = participants[0]
    if (
        one.is_clinician
        or one.score("other") >= persons.ENOUGH
        or not (one.score("patient") >= persons.ENOUGH or any(_born_beside(text, m.end) for m in one.mentions))
    ):
        return
    first = one.mentions[0]
    yield _made(text, "patient", one, (first.start, first.end), 0.75)


def _born_beside(text: AnnotatedText, offset: int) -> bool:
    line = text.line_index(offset)
    near = text.text[offset : text.lines[min(line + 1, len(text.lines) - 1)].end]
    return re.search(r"\b(?:d\.?o\.?b\b|date of birth|birth ?date|born)\b", near, _I) is not None


def _lone_signer(text: AnnotatedText, providers: tuple[Known, ...]) -> Iterator[Extraction]:
    """A form with one provider and one place for them to sign."""
    places_to_sign = [
        block for block in signature_blocks(text) if block.of == "provider" and not _left_open(text, block)
    ]
    if places_to_sign and len(providers) == 1 and providers[0].labelled("provider") > 0.8:
        yield from _named(text, "signer", (replace(providers[0], told=()),))


def _left_open(text: AnnotatedText, block: SignatureBlock) -> bool:
    """Whether nothing stands where a form that was typed from top to bottom wants a signature."""
    page = text.document.page_of(block.opens)
    if not form_parts.is_form(text) or block.label is None or page is None or page.marks or block.scrawl:
        return False
    cell = text.cell_at(block.label[0])
    return cell is not None and not any(
        one.start > cell.start and one.page is page and _PAST_LABELS.search(one.text) and not is_printed_label(one.text)
        for one in (text.right_of(cell.box, page), text.below(cell.box, page), text.above(cell.box, page))
        if one is not None
    )


_PAST_LABELS = re.compile(r"[^\W_]")


def _credentials(text: AnnotatedText, one: Known) -> Iterator[Extraction]:
    strength = max(one.score("provider"), one.score("signer"), 0.7)
    for mention in one.mentions:
        for letters in mention.person.letters:
            yield _credential(text, letters, min(_SUREST, strength))


def _credential(text: AnnotatedText, letters: Letters, strength: float) -> Extraction:
    return text.extraction(
        "provider_credential", letters.value, letters.start, letters.end, found_by=_FOUND_BY,
        strength=round(strength, 3), resolved={"tier": letters.credential.tier, "meaning": letters.credential.meaning},
    )  # fmt: skip


def _labelled_credentials(text: AnnotatedText) -> Iterator[Extraction]:
    for item in text.labelled(_CREDENTIAL_LABEL):
        if item.value and not re.search(r"patient|participant|employee", text.section_at(item.label.start), _I):
            found = letters_at(text, item.value.start, min(item.value.end, item.value.start + 60))
            yield from (_credential(text, one, 0.93) for one in found if one.credential.tier)
    for block in signature_blocks(text):
        if block.of == "provider" and block.person and not block.person.best:
            for start, end in block.lines_after:
                letters = letters_at(text, start, end)[:1]
                if letters and letters[0].credential.tier and text.text[start : letters[0].start].strip() == "":
                    yield _credential(text, letters[0], 0.85)
                    break
