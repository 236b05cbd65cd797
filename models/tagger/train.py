"""Trains the tagger on invented documents and writes `models/tagger.onnx`. Needs the group `training` (torch)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from torch import nn

from docscan.extraction.tagger import FILE, TYPES, tokens
from docscan.neural.wordpieces import Wordpieces
from models.starting import vocabulary, weights
from models.tagger.invent import HERE
from models.tagger.write import LABELS, Written, documents, settings

TARGET = HERE.parent / FILE
NAME, VERSION = "docscan_tagger", "0.1.0"
NOTICE = (
    "Derived from all-MiniLM-L6-v2 of sentence-transformers, licensed under the Apache License, Version 2.0. Modified "
    "by docscan: fine-tuned to tag words, shapes and gaps of words added, 8-bit weights."
)
Example = tuple[list[int], list[int], list[list[float]]]


class Model(nn.Module):
    """The encoder with a row of answers for each piece: inside a span of each label, and opening one."""

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

    def forward(self, pieces: torch.Tensor, types: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        seen = torch.ones_like(pieces) if mask is None else mask
        places = torch.arange(pieces.shape[1])[None, :]
        if self.training:  # a page is longer than most of what is learnt from
            room = self.encoder.config.max_position_embeddings - pieces.shape[1]
            places = places + torch.randint(0, room, (pieces.shape[0], 1)) * (torch.rand(pieces.shape[0], 1) < 0.6)
        states = self.encoder(
            input_ids=pieces, token_type_ids=types, attention_mask=seen, position_ids=places
        ).last_hidden_state
        answers: torch.Tensor = self.answers(states)
        return answers


def examples(written: Written, cut: Wordpieces, longest: int) -> Iterator[Example]:
    """A document as windows of pieces, kinds of words and answers."""
    words = list(tokens(written.text))
    truth = np.zeros((len(words), 2 * len(LABELS)), np.float32)
    for span in written.spans:
        column, opened = LABELS.index(span.label), False
        for index, word in enumerate(words):
            if word.start < span.end and word.end > span.start:
                truth[index, column] = 1
                if not opened:
                    truth[index, len(LABELS) + column] = opened = True
    pieces, types, answers = [cut.opening], [0], [[0.0] * 2 * len(LABELS)]
    for index, word in enumerate(words):
        own = cut.of(written.text[word.start : word.end])[:12]
        if len(pieces) + len(own) >= longest:
            yield [*pieces, cut.closing], [*types, 0], [*answers, answers[0]]
            pieces, types, answers = pieces[:1], types[:1], answers[:1]
        pieces += own
        types += [word.type] * len(own)
        answers += [truth[index].tolist()] * len(own)
    if len(pieces) > 12:
        yield [*pieces, cut.closing], [*types, 0], [*answers, answers[0]]


def batches(all_of_them: Sequence[Example], size: int, dice: Random) -> list[list[Example]]:
    """Windows of like length together, in no particular order."""
    ordered = sorted(all_of_them, key=lambda one: len(one[0]) + dice.random() * 24)
    found = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    dice.shuffle(found)
    return found


def tensors(batch: Sequence[Example]) -> tuple[torch.Tensor, ...]:
    longest = max(len(one[0]) for one in batch)
    pieces = torch.zeros(len(batch), longest, dtype=torch.long)
    types, mask = pieces.clone(), pieces.clone()
    answers = torch.zeros(len(batch), longest, 2 * len(LABELS))
    for row, (its, kinds, truth) in enumerate(batch):
        pieces[row, : len(its)] = torch.tensor(its)
        types[row, : len(its)] = torch.tensor(kinds)
        answers[row, : len(its)] = torch.tensor(truth)
        mask[row, : len(its)] = 1
    return pieces, types, mask, answers


def train(number: int | None = None, target: Path = TARGET) -> None:
    """Train from the starting weights on `number` documents (settings.toml's if not given)."""
    from transformers import AutoModel

    os.environ["HF_HUB_OFFLINE"] = "1"
    torch.set_num_threads(1)
    chosen = settings()
    seed, how = chosen["seed"], chosen["training"]
    torch.manual_seed(seed)
    folder = weights()
    words = vocabulary(folder)
    cut = Wordpieces(words)
    made = documents(seed, number or how["documents"])
    windows = [one for document in made for one in examples(document, cut, chosen["windows"]["pieces"])]
    model = Model(AutoModel.from_pretrained(folder, attn_implementation="sdpa"))
    model.encoder.embeddings.word_embeddings.weight.requires_grad = False  # so that unseen names stay near seen ones
    new = [model.encoder.embeddings.token_type_embeddings.weight, *model.answers.parameters()]
    old = [one for one in model.encoder.parameters() if one.requires_grad and all(one is not other for other in new)]
    optimizer = torch.optim.AdamW([{"params": old, "lr": how["rate"]}, {"params": new, "lr": how["rate_of_new"]}])
    plan = batches(windows, how["batch"], Random(seed))
    warm = max(1, int(how["warm_up"] * len(plan)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, (len(plan) - step) / max(1, len(plan) - warm))
    )
    loss_of = nn.BCEWithLogitsLoss(reduction="none")
    model.train()
    print(f"{len(windows)} windows, {len(plan)} steps")
    begun, mean = time.process_time(), 0.0
    for step, batch in enumerate(plan):
        pieces, types, mask, truth = tensors(batch)
        with torch.autocast("cpu", torch.bfloat16):
            answers = model(pieces, types, mask)
        loss = (loss_of(answers.float(), truth) * mask[..., None]).sum() / mask.sum()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        mean = 0.95 * mean + 0.05 * loss.item() if step else loss.item()
        if step % 50 == 49:
            print(f"{step + 1} of {len(plan)}: loss {mean:.4f}, {time.process_time() - begun:.0f} s CPU", flush=True)
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
        model, example, str(whole), input_names=["pieces", "types"], output_names=["answers"], dynamo=False,
        opset_version=17, dynamic_axes={"pieces": {1: "n"}, "types": {1: "n"}, "answers": {1: "n"}},
    )  # fmt: skip
    quantize_dynamic(whole, target, per_channel=True, weight_type=QuantType.QInt8)
    made = onnx.load(target)
    made.producer_name, made.graph.name = "docscan", NAME
    told = {"version": VERSION, "labels": " ".join(LABELS), "vocabulary": "\n".join(words), "notice": NOTICE,
            "source": settings()["weights"]["sha256"]}  # fmt: skip
    helper.set_model_props(made, told)
    target.write_bytes(made.SerializeToString(deterministic=True))
    whole.unlink()
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")
