"""The figures of reading for a person: on the terminal, and in Markdown between the marks of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console

from tests.benchmark.reading import sums
from tests.benchmark.reading.chances import Calibration, Interval
from tests.benchmark.reading.sums import Figure, Quality, Scored, Step, Sum
from tests.benchmark.tables import markdown, print_table

_NOTHING = "–"
_MOST_STEPS = 25


@dataclass(frozen=True)
class Table:
    title: str
    header: list[str]
    rows: list[list[str]]

    def without_empty(self) -> Table:
        """Without the columns in which nothing was measured."""
        kept = [n for n in range(len(self.header)) if any(row[n] != _NOTHING for row in self.rows)]
        return Table(self.title, [self.header[n] for n in kept], [[row[n] for n in kept] for row in self.rows])

    def markdown(self) -> str:
        return "\n".join(markdown(self.header, self.rows))


def accuracy(title: str, parts: Mapping[str, Sum]) -> Table:
    """Words, key tokens, marks and cost, one row a part."""
    header = [
        title, "pictures", "word recall", "key tokens exact", "of them wrong / missing", "word precision",
        "bare: words", "bare: key tokens", "CPU × bare", "signature", "check boxes",
    ]  # fmt: skip
    rows = [
        [
            name, str(len(one.pictures)), figure(one.word_recall), figure(one.key_recall),
            f"{one.keys['wrong']} / {one.keys['missing']} of {one.keys.total()}", rate(one.word_precision.value),
            rate(one.bare_word_recall.value), rate(one.bare_key_recall.value), times(one.cpu_ratio),
            figure(one.signature_right), figure(one.boxes_right),
        ]
        for name, one in parts.items()
    ]  # fmt: skip
    return Table(f"By {title}", header, rows).without_empty()


def brief(by_damage: Table) -> Table:
    """Without the intervals: for a page."""
    rows = [[cell.partition(" [")[0] for cell in row] for row in by_damage.rows]
    return Table(by_damage.title, by_damage.header, rows)


def problems(parts: Mapping[str, Sum]) -> Table:
    names = sorted({name for one in parts.values() for name in one.problems})
    rows = [[part, *(str(one.problems[name] or _NOTHING) for name in names)] for part, one in parts.items()]
    return Table("Pages by the problem that a person is told", ["damage", *names], rows if names else [])


def steps(of: str, pictures: Sequence[Scored], *, grouped: bool) -> Table:
    found: list[Step] = sums.spent_on(pictures, grouped=grouped)[:_MOST_STEPS]
    rows = [[s.name, f"{s.calls:.1f}", f"{100 * s.share:.1f} %", times(s.ratio)] for s in found]
    title = f"CPU time of {of} by {'family of steps' if grouped else 'step'}"
    return Table(title, ["step", "calls a picture", "share", "CPU × bare"], rows)


def ranking(quality: Quality) -> Table:
    rows = [[e.name, str(e.pictures), figure(e.auroc)] for e in quality.ranking]
    return Table(
        'How well a page tells that it has a key token that is not exact (AUROC; 1 is perfect, 0.50 is guessing)',
        ["estimate", "pictures", "AUROC"], rows,
    )  # fmt: skip


def reliability(title: str, calibration: Calibration | None, of: str) -> Table:
    bins = calibration.bins if calibration else ()
    rows = [[f"{b.low:.3f} – {b.high:.3f}", str(b.count), rate(b.estimated), rate(b.true)] for b in bins]
    return Table(title, [of, "cases", "estimated", "true"], rows)


def quality_notes(quality: Quality) -> list[str]:
    errors = [("page.quality against word recall", quality.by_recall),
              ("page.quality against word precision", quality.by_precision),
              ("word.confidence against whether the word is a true one", quality.of_words)]  # fmt: skip
    told = "; ".join(f"{name} {rate(c.error)} ({len(c.bins)} bins)" for name, c in errors if c)
    best = next((e for e in quality.ranking if e.name == "page.quality"), None)
    notes = [f"Expected calibration error, bins of equal size: {told}."] if told else []
    if best:
        notes.append(
            f"AUROC of page.quality for “this page has a key token that is not exact”: {figure(best.auroc)} on "
            f"{best.pictures} pictures, {quality.wrong} of which have one; of word.confidence for “this is a true "
            f"word”: {rate(quality.words_auroc)}. {quality.without} pictures have no estimate (their own text is read)."
        )
    return notes


def notes(everything: Sum, bare: str, split: str) -> list[str]:
    found = [
        f"{len(everything.pictures)} pictures of {everything.documents} documents of the split “{split}”; in brackets "
        "the 95 % interval, by drawing documents anew (Wilson for signatures and check boxes).",
        "Word recall: share of the true words found exactly, case included, punctuation at their ends aside. Key "
        "tokens: codes, dates, amounts, NPIs; wrong: another token of that kind was read in its stead; missing: none.",
        f"CPU × bare: CPU time by that of {bare} on the same pictures, one thread, in the same run; for digital PDFs, "
        "by that of pypdfium2 (words with boxes); “all” is without them. Mean of the pictures' own ratios: "
        f"{times(everything.mean_cpu_ratio)}. Most memory of a worker: {everything.peak / 2**20:.0f} MiB.",
    ]
    if everything.signatures:
        mistakes = ", ".join(f"{n} × {what}" for what, n in everything.signature_mistakes.most_common())
        found.append(
            f"Signature: present (ink, electronic) or not (typed name, nothing). Mistakes: {mistakes or 'none'}."
        )
    if everything.boxes:
        other = ", ".join(f"{n} × {what}" for what, n in everything.boxes.most_common() if what != "right")
        found.append(
            f"Check boxes: found and its state right. Mistakes: {other or 'none'}; boxes seen where none is: "
            f"{everything.extra_boxes}."
        )
    if everything.failures:
        told = ", ".join(f"{n} × {what}" for what, n in everything.failures.items())
        found.append(f"Not read at all, counted as nothing right: {told}.")
    return found


@dataclass(frozen=True)
class CurvePoint:
    """What one level of a setting gives."""

    setting: str
    everything: Sum
    groups: Mapping[str, Sum]


def curve(points: Sequence[CurvePoint]) -> Table:
    """Accuracy against cost over the levels of a setting."""
    groups = list(dict.fromkeys(name for point in points for name in point.groups))
    header = ["setting", "word recall", "key tokens exact", "wrong", "missing", "CPU × bare", "most memory, MiB",
              *(f"key tokens, {name}" for name in groups)]  # fmt: skip
    rows = [
        [
            p.setting, figure(p.everything.word_recall), figure(p.everything.key_recall),
            str(p.everything.keys["wrong"]), str(p.everything.keys["missing"]), times(p.everything.cpu_ratio),
            f"{p.everything.peak / 2**20:.0f}",
            *(rate(p.groups[name].key_recall.value) if name in p.groups else _NOTHING for name in groups),
        ]
        for p in points
    ]  # fmt: skip
    return Table("Accuracy against cost", header, rows)


def curve_notes(points: Sequence[CurvePoint], bare: str, split: str) -> list[str]:
    one = points[0].everything
    return [
        f"{len(one.pictures)} pictures of {one.documents} documents of the split “{split}”, the same for each setting; "
        "in brackets the 95 % interval, by drawing documents anew.",
        f"CPU × bare: CPU time by that of {bare} on the same pictures, measured again beside each setting.",
    ]


def show(tables: Sequence[Table], told: Sequence[str], console: Console) -> None:
    for table in tables:
        if table.rows:
            print_table(table.title, table.header, table.rows, console)
    for note in told:
        console.print(f"- {note}", markup=False, highlight=False)


def page(tables: Sequence[Table], told: Sequence[str]) -> str:
    """Markdown of tables and notes."""
    return "\n\n".join([*(table.markdown() for table in tables if table.rows), "\n".join(f"- {note}" for note in told)])


def rate(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.3f}"


def times(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.2f}"


def figure(value: Figure) -> str:
    return rate(value.value) + _between(value.interval)


def _between(interval: Interval | None) -> str:
    return f" [{interval.low:.3f}, {interval.high:.3f}]" if interval else ""
