"""Trains the tagger on its lessons and writes `models/tagger.onnx`. Needs the group `training` (torch)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from docscan.extraction.kinds.kinds import DECIDED
from docscan.extraction.tagger import FILE, TYPES, Token, tokens
from docscan.neural.wordpieces import Wordpieces
from models.starting import vocabulary, weights
from models.tagger.lessons import LABELS, Lesson, lessons
from models.tagger.wear import HERE, settings, worn

TARGET = HERE.parent / FILE
NAME, VERSION = "docscan_tagger", "0.3.0"
NOTICE = (
    "Derived from all-MiniLM-L6-v2 of sentence-transformers, licensed under the Apache License, Version 2.0. Modified "
    "by docscan: fine-tuned to tag words, shapes and gaps of words added, 8-bit weights."
)
Floats = npt.NDArray[np.float32]


class Window(NamedTuple):
    """A stretch of a text as the model sees it: pieces, the types of their words, for each piece the right answers and
    which of them are known (1) or not (0); and how likely its document is of each kind, all 0 where that is not known.
    """

    pieces: list[int]
    types: list[int]
    answers: list[Floats]
    known: list[Floats]
    kinds: Floats


class Model(nn.Module):
    """The encoder with a row of answers for each piece: inside a span of each label, and opening one; and from the mean
    of what it says of all pieces one for the kind of document."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        old = encoder.embeddings.token_type_embeddings.weight.data
        new = nn.Embedding(TYPES, old.shape[1])
        new.weight.data = old[:1].repeat(TYPES, 1) + 0.01 * torch.randn(TYPES, old.shape[1])
        encoder.embeddings.token_type_embeddings = new
        encoder.config.type_vocab_size = TYPES
        self.answers = nn.Linear(old.shape[1], 2 * len(LABELS))
        self.answers.bias.data.fill_(-3.0)  # most words are nobody
        self.kinds = nn.Linear(old.shape[1], len(DECIDED))

    def forward(
        self, pieces: torch.Tensor, types: torch.Tensor, mask: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        seen = torch.ones_like(pieces) if mask is None else mask
        places = torch.arange(pieces.shape[1])[None, :]
        if self.training:  # a page is longer than most of what is learnt from
            room = self.encoder.config.max_position_embeddings - pieces.shape[1]
            places = places + torch.randint(0, room, (pieces.shape[0], 1)) * (torch.rand(pieces.shape[0], 1) < 0.6)
        states = self.encoder(
            input_ids=pieces, token_type_ids=types, attention_mask=seen, position_ids=places
        ).last_hidden_state
        there = seen[..., None].to(states.dtype)
        return self.answers(states), self.kinds((states * there).sum(1) / there.sum(1))


def windows(lesson: Lesson, cut: Wordpieces, longest: int) -> Iterator[Window]:
    """A lesson in stretches of at most `longest` pieces."""
    words = list(tokens(lesson.text))
    answers, known = _answers(lesson, words)
    none = np.zeros(2 * len(LABELS), np.float32)
    kinds = np.array([(kind in lesson.kinds) / max(1, len(lesson.kinds)) for kind in DECIDED], np.float32)
    opening = Window([cut.opening], [0], [none], [none], kinds)
    window = _copy(opening)
    for index, word in enumerate(words):
        own = cut.of(lesson.text[word.start : word.end])[:12]
        if len(window.pieces) + len(own) >= longest:
            yield _closed(window, cut, none)
            window = _copy(opening)
        window.pieces.extend(own)
        window.types.extend([word.type] * len(own))
        window.answers.extend([answers[index]] * len(own))
        window.known.extend([known[index]] * len(own))
    if len(window.pieces) > _SHORTEST:
        yield _closed(window, cut, none)


_SHORTEST = 12  # pieces


def _copy(window: Window) -> Window:
    return Window(list(window.pieces), list(window.types), list(window.answers), list(window.known), window.kinds)


def _closed(window: Window, cut: Wordpieces, none: Floats) -> Window:
    answers, known = [*window.answers, none], [*window.known, none]
    return Window([*window.pieces, cut.closing], [*window.types, 0], answers, known, window.kinds)


def _answers(lesson: Lesson, words: Sequence[Token]) -> tuple[Floats, Floats]:
    """For each word whether it is inside a span of each label, and whether it opens one; and whether that is known."""
    many = len(LABELS)
    answers, known = (np.zeros((len(words), 2 * many), np.float32) for _ in range(2))
    starts, ends = np.array([word.start for word in words]), np.array([word.end for word in words])
    for label in lesson.known:
        column = LABELS.index(label)
        known[:, [column, many + column]] = 1
    for spans, told in ((lesson.unknown, 0), (lesson.spans, 1)):
        for span in spans:
            column, inside = LABELS.index(span.label), np.flatnonzero((starts < span.end) & (ends > span.start))
            known[inside, column] = known[inside, many + column] = told
            answers[inside, column] = told
            answers[inside[:1], many + column] = told
    return answers, known


def batches(all_of_them: Sequence[Window], size: int, dice: Random) -> list[list[Window]]:
    """Windows of like length together, in no particular order."""
    ordered = sorted(all_of_them, key=lambda one: len(one.pieces) + dice.random() * 24)
    found = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    dice.shuffle(found)
    return found


def tensors(batch: Sequence[Window]) -> tuple[torch.Tensor, ...]:
    """Pieces, types, what of both is there, answers, what of them is known, kinds."""
    longest = max(len(one.pieces) for one in batch)
    pieces, types, mask = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
    answers, known = (torch.zeros(len(batch), longest, 2 * len(LABELS)) for _ in range(2))
    for row, window in enumerate(batch):
        size = len(window.pieces)
        pieces[row, :size] = torch.tensor(window.pieces)
        types[row, :size] = torch.tensor(window.types)
        answers[row, :size] = torch.from_numpy(np.array(window.answers))
        known[row, :size] = torch.from_numpy(np.array(window.known))
        mask[row, :size] = 1
    return pieces, types, mask, answers, known, torch.from_numpy(np.array([window.kinds for window in batch]))


def train(rounds: int | None = None, target: Path = TARGET) -> None:
    """Train from the starting weights for `rounds` over all lessons (settings.toml's if not given)."""
    from transformers import AutoModel

    os.environ["HF_HUB_OFFLINE"] = "1"
    torch.set_num_threads(os.cpu_count() or 1)
    chosen = settings()
    how, dice = chosen["training"], Random(chosen["seed"])
    torch.manual_seed(chosen["seed"])
    folder = weights()
    words = vocabulary(folder)
    cut = Wordpieces(words)
    learned = lessons()
    plan = [
        batch
        for _ in range(rounds or how["rounds"])
        for batch in batches(
            [window for one in learned for window in windows(worn(one, dice), cut, how["pieces"])], how["batch"], dice
        )
    ]
    model = Model(AutoModel.from_pretrained(folder, attn_implementation="sdpa", attention_probs_dropout_prob=0.0))
    model.encoder.embeddings.word_embeddings.weight.requires_grad = False  # so that unseen names stay near seen ones
    new = [model.encoder.embeddings.token_type_embeddings.weight, *model.answers.parameters(),
           *model.kinds.parameters()]  # fmt: skip
    old = [one for one in model.encoder.parameters() if one.requires_grad and all(one is not other for other in new)]
    optimizer = torch.optim.AdamW([{"params": old, "lr": how["rate"]}, {"params": new, "lr": how["rate_of_new"]}])
    warm = max(1, int(how["warm_up"] * len(plan)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, (len(plan) - step) / max(1, len(plan) - warm))
    )
    loss_of, share = nn.BCEWithLogitsLoss(reduction="none"), how["share_of_kinds"]
    model.train()
    print(f"{len(learned)} lessons, {len(plan)} steps", flush=True)
    begun, mean = time.monotonic(), 0.0
    for step, batch in enumerate(plan):
        pieces, types, mask, truth, known, kinds = tensors(batch)
        answers, told = model(pieces, types, mask)
        loss = (loss_of(answers, truth) * known).sum() / mask.sum()
        loss = loss - share * (kinds * told.log_softmax(-1)).sum() / len(batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        mean = 0.97 * mean + 0.03 * loss.item() if step else loss.item()
        if step % 50 == 49:
            print(f"{step + 1} of {len(plan)}: loss {mean:.4f}, {time.monotonic() - begun:.0f} s", flush=True)
    export(model, words, target)


def export(model: Model, words: Sequence[str], target: Path) -> None:
    """As ONNX with 8-bit weights by output channel, its wordpieces and labels in its properties."""
    import onnx
    from onnx import helper
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    model.encoder.set_attn_implementation("eager")
    target.parent.mkdir(parents=True, exist_ok=True)
    whole = target.with_suffix(".whole")
    example = (torch.randint(1000, 2000, (1, 24)), torch.zeros(1, 24, dtype=torch.long))
    torch.onnx.export(
        model, example, str(whole), input_names=["pieces", "types"], output_names=["answers", "kinds"],
        dynamo=False, opset_version=17, dynamic_axes={"pieces": {1: "n"}, "types": {1: "n"}, "answers": {1: "n"}},
    )  # fmt: skip
    quantize_dynamic(whole, target, per_channel=True, weight_type=QuantType.QInt8)
    made = onnx.load(target)
    made.producer_name, made.graph.name = "docscan", NAME
    told = {"version": VERSION, "labels": " ".join(LABELS), "kinds": " ".join(DECIDED),
            "vocabulary": "\n".join(words), "notice": NOTICE,
            "source": settings()["weights"]["sha256"]}  # fmt: skip
    helper.set_model_props(made, told)
    target.write_bytes(made.SerializeToString(deterministic=True))
    whole.unlink()
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")
