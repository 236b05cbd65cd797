"""What was measured, summed up by damage, field and rule: as JSON, on the terminal, in Markdown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from docscan.reference.fields import FIELDS
from tests.benchmark import score
from tests.benchmark.measure import Answer, Bare
from tests.benchmark.score import Counts
from tests.benchmark.truth import Truth


def marks(name: str) -> tuple[str, str]:
    """The two lines of a page between which the figures of this name stand."""
    return f"<!-- {name}:start -->", f"<!-- {name}:end -->"


@dataclass
class Sum:
    """Everything counted over some documents."""

    documents: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    fields: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    kinds: Counter[bool] = field(default_factory=Counter)
    kind_mistakes: Counter[str] = field(default_factory=Counter)
    rules: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    word_recalls: list[float] = field(default_factory=list)
    bare_word_recalls: list[float] = field(default_factory=list)
    pages: int = 0
    failed_pages: int = 0
    seconds: float = 0.0
    bare_pages: int = 0
    bare_seconds: float = 0.0
    peak: int = 0

    def add(self, truth: Truth, answer: Answer, bare: Bare | None) -> None:
        self.documents += 1
        if answer.failure:
            self.failures[answer.failure] += 1
        for name, counts in score.fields(truth, answer.found).items():
            self.fields[name] += counts
        if truth.kind is not None:
            self.kinds[truth.kind == answer.kind] += 1
            if truth.kind != answer.kind:
                self.kind_mistakes[f"{truth.kind} taken for {answer.kind}"] += 1
        for rule, (true, said) in score.outcomes(truth, answer.outcomes).items():
            self.rules[rule]["agreed" if true == said else f"{true} → {said}"] += 1
        self.pages += answer.pages
        self.failed_pages += answer.failed_pages
        self.seconds += answer.seconds
        self.peak = max(self.peak, answer.peak)
        if truth.text and (recall := score.word_recall(truth.text, answer.text)) is not None:
            self.word_recalls.append(recall)
            if bare is not None:
                self.bare_word_recalls.append(score.word_recall(truth.text, bare.text) or 0.0)
        if bare is not None:
            self.bare_pages += bare.pages
            self.bare_seconds += bare.seconds

    @property
    def all_fields(self) -> Counts:
        return sum(self.fields.values(), Counts())

    @property
    def agreement(self) -> float | None:
        total = sum(sum(c.values()) for c in self.rules.values())
        return sum(c["agreed"] for c in self.rules.values()) / total if total else None

    @property
    def kind_accuracy(self) -> float | None:
        return self.kinds[True] / self.kinds.total() if self.kinds else None

    @property
    def speed(self) -> float | None:
        """Pages a CPU second."""
        return self.pages / self.seconds if self.seconds else None

    @property
    def relative_speed(self) -> float | None:
        """Speed as a multiple of bare OCR's: 0.5 is half as many pages in the same time."""
        if not (self.bare_seconds and self.bare_pages and self.speed):
            return None
        return self.speed / (self.bare_pages / self.bare_seconds)


def sums(truths: Sequence[Truth], results: Sequence[tuple[Answer, Bare | None]]) -> tuple[Sum, dict[str, Sum]]:
    """All documents, and the documents of each kind of damage."""
    everything, by_damage = Sum(), defaultdict[str, Sum](Sum)
    for truth, (answer, bare) in zip(truths, results, strict=True):
        for each in (everything, by_damage[truth.damage]):
            each.add(truth, answer, bare)
    return everything, dict(sorted(by_damage.items()))


def as_json(everything: Sum, by_damage: dict[str, Sum]) -> dict[str, Any]:
    """Everything measured. Rates are 0..1, null where there was nothing to measure; seconds are CPU seconds."""
    return {"schema": "docscan.benchmark/1", "all": _plain(everything)} | {
        "by_damage": {name: _plain(one) for name, one in by_damage.items()}
    }


def _plain(one: Sum) -> dict[str, Any]:
    return {
        "documents": one.documents,
        "failures": dict(one.failures),
        "fields": {name: _rates(counts) for name, counts in sorted(one.fields.items())},
        "all_fields": _rates(one.all_fields),
        "rules": {rule: dict(counts) for rule, counts in sorted(one.rules.items())},
        "rule_agreement": one.agreement,
        "kind_accuracy": one.kind_accuracy,
        "kind_mistakes": dict(one.kind_mistakes),
        "word_recall": _mean(one.word_recalls),
        "bare_word_recall": _mean(one.bare_word_recalls),
        "pages": one.pages,
        "failed_pages": one.failed_pages,
        "pages_per_cpu_second": one.speed,
        "speed_relative_to_bare_ocr": one.relative_speed,
        "peak_bytes": one.peak,
    }


def _rates(counts: Counts) -> dict[str, Any]:
    return {**asdict(counts), "precision": counts.precision, "recall": counts.recall, "f1": counts.f1}


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def show(
    everything: Sum, by_damage: dict[str, Sum], console: Console, *, bare_engine: str | None, by: str = "damage"
) -> None:
    """Tables for a person."""
    for title, header, rows in _tables(everything, by_damage, by):
        fits = len(header) if console.width >= _WIDE or title != "By field" else _WITHOUT_DAMAGE
        print_table(title, header[:fits], [row[:fits] for row in rows], console, last_left=title == "By rule")
    console.print("\n".join(_notes(everything, bare_engine)))


def print_table(
    title: str, header: Sequence[str], rows: Iterable[Sequence[str]], console: Console, *, last_left: bool = False
) -> None:
    """A table on the terminal: names left, figures right."""
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for n, head in enumerate(header):
        left = n == 0 or (last_left and n == len(header) - 1)
        table.add_column(head, justify="left" if left else "right", no_wrap=n == 0)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def summary(
    everything: Sum,
    by_damage: dict[str, Sum],
    *,
    bare_engine: str | None,
    by: str = "damage",
    fields: Sequence[str] = (),
) -> str:
    """The table by kind of damage with its notes, for a README; and these fields' rows of the table by field."""
    (_, header, rows), *_ = _tables(everything, by_damage, by)
    lines = markdown(header, rows)
    if fields:
        wanted = [_field_row(name, everything.fields[name], {}) for name in fields if name in everything.fields]
        lines += ["", *markdown(["field", "true values", "precision", "recall", "F1", "only offered"], wanted)]
    return "\n".join([*lines, "", *(f"- {note}" for note in _notes(everything, bare_engine))])


def details(everything: Sum, by_damage: dict[str, Sum]) -> str:
    """The tables by field and by rule."""
    _, *rest = _tables(everything, by_damage)
    return "\n\n".join(f"## {title}\n\n" + "\n".join(markdown(header, rows)) for title, header, rows in rest)


def write_between_marks(path: Path, name: str, text: str) -> None:
    """Replace what stands between the two marks of this name. Raises ValueError where a mark is missing."""
    page = path.read_text("utf-8")
    begin, end = marks(name)
    if begin not in page or end not in page.partition(begin)[2]:
        raise ValueError(f"{path} has no line {begin} with {end} below it")
    before, _, rest = page.partition(begin)
    path.write_text(f"{before}{begin}\n{text}\n{end}{rest.partition(end)[2]}", "utf-8")


_WIDE = 120  # columns of a terminal that holds the table of fields with every kind of damage
_WITHOUT_DAMAGE = 6
_NOTHING = "–"  # nothing to measure


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def markdown(header: list[str], rows: list[list[str]]) -> list[str]:
    """The lines of a table in Markdown."""
    return [_line(header), _line(["---", *["---:"] * (len(header) - 1)]), *map(_line, rows)]


def _tables(
    everything: Sum, by_damage: dict[str, Sum], by: str = "damage"
) -> list[tuple[str, list[str], list[list[str]]]]:
    several = {**by_damage, "all": everything} if len(by_damage) > 1 else by_damage
    damage = _without_empty_columns(
        f"By {by}",
        [by, "documents", "precision", "recall", "F1", "rules agreed", "kind right", "words read",
         "bare OCR's words", "speed × bare OCR"],
        [_damage_row(name, one) for name, one in several.items()],
    )  # fmt: skip
    fields = (
        "By field",
        [
            "field",
            "true values",
            "precision",
            "recall",
            "F1",
            "only offered",
            *(by_damage if len(by_damage) > 1 else ()),
        ],
        [_field_row(name, counts, several) for name, counts in sorted(everything.fields.items(), key=_field_order)],
    )
    rules = (
        "By rule",
        ["rule", "documents", "agreed", "disagreements (true → said)"],
        [_rule_row(rule, counts) for rule, counts in sorted(everything.rules.items())],
    )
    return [damage, fields, rules] if everything.rules else [damage, fields]


def _without_empty_columns(
    title: str, header: list[str], rows: list[list[str]]
) -> tuple[str, list[str], list[list[str]]]:
    kept = [n for n in range(len(header)) if any(row[n] != _NOTHING for row in rows)]
    return title, [header[n] for n in kept], [[row[n] for n in kept] for row in rows]


def _damage_row(name: str, one: Sum) -> list[str]:
    counts = one.all_fields
    relative = _NOTHING if one.relative_speed is None else f"{one.relative_speed:.2f}"
    return [
        name, str(one.documents), _rate(counts.precision), _rate(counts.recall), _rate(counts.f1), _rate(one.agreement),
        _rate(one.kind_accuracy), _rate(_mean(one.word_recalls)), _rate(_mean(one.bare_word_recalls)), relative,
    ]  # fmt: skip


def _field_order(item: tuple[str, Counts]) -> int:
    return list(FIELDS).index(item[0])


def _field_row(name: str, counts: Counts, several: dict[str, Sum]) -> list[str]:
    title = f"{name} ~" if score.is_loose(name) or name in ("item", "treatment_link") else name
    true = counts.right + counts.missed
    parts = [one for damage, one in several.items() if damage != "all"] if len(several) > 1 else []
    by = [_rate(one.fields[name].f1) if name in one.fields else _NOTHING for one in parts]
    return [title, str(true), _rate(counts.precision), _rate(counts.recall), _rate(counts.f1), str(counts.offered), *by]


def _rule_row(rule: str, counts: Counter[str]) -> list[str]:
    rest = "; ".join(f"{n} × {what}" for what, n in counts.most_common() if what != "agreed")
    return [rule, str(counts.total()), _rate(counts["agreed"] / counts.total()), rest]


def _rate(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.2f}"


def _notes(everything: Sum, bare_engine: str | None) -> list[str]:
    notes = [
        f"{everything.documents} documents, {everything.pages} pages, {everything.failed_pages} of them reported as "
        f"badly or not read; most memory of a worker {everything.peak / 2**20:.0f} MiB.",
        f"~ compared loosely: token_set_ratio of {score.LOOSE} and more. Everything else exactly, names without regard "
        "to case, spaces and marks. “Only offered”: the true value was one of several readings, none of them chosen.",
        "By field, the columns by damage show F1. A rule that said nothing counts as disagreeing.",
    ]
    if bare_engine:
        notes.append(
            f"Bare OCR: the same pages, nothing repaired (PDF at 200 dpi), {bare_engine}, in the same run; speed is "
            "pages a CPU second, so 0.50 means that docscan does half as many."
        )
    if everything.failures:
        notes.append(
            "Refused or failed: " + ", ".join(f"{n} × {what}" for what, n in everything.failures.items()) + "."
        )
    if everything.kind_mistakes:
        mistakes = ", ".join(f"{n} × {what}" for what, n in everything.kind_mistakes.most_common())
        notes.append(f"Kinds mistaken: {mistakes}.")
    return notes


def show_mistakes(truths: Sequence[Truth], results: Sequence[tuple[Answer, Bare | None]], console: Console) -> None:
    """Every document's values that were wrong or missed, and rules that disagree. Shows what the documents say."""
    for truth, (answer, _) in zip(truths, results, strict=True):
        lines = [f"kind: {truth.kind}, taken for {answer.kind}"] if truth.kind not in (None, answer.kind) else []
        for name, counts in score.fields(truth, answer.found).items():
            if counts.wrong or counts.missed:
                true = [
                    f.value if f.assertion == "stated" else (f.assertion, f.value)
                    for f in truth.fields
                    if f.name == name
                ]
                said = [
                    f.value if f.assertion == "stated" else (f.assertion, f.value)
                    for f in answer.found
                    if f.name == name
                ]
                lines.append(f"{name}: true {true}, said {said}")
        differ = {rule: pair for rule, pair in score.outcomes(truth, answer.outcomes).items() if pair[0] != pair[1]}
        lines += [f"{rule}: {true} → {said}" for rule, (true, said) in differ.items()]
        if answer.failure:
            lines.insert(0, f"failed: {answer.failure}")
        if lines:
            console.print(f"{truth.path.name} ({truth.damage})", style="bold", markup=False)
            for line in lines:
                console.print("  " + line, markup=False, highlight=False)
