"""Trains the reader of meaning on the examples here and writes `models/meaning.onnx`. Needs the group `training`."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from torch import nn

from docscan.neural.meaning import FILE, LABELS, as_arrays, cut
from docscan.neural.wordpieces import Wordpieces
from models.meaning.examples import HERE, LEFT_OUT, OF, Example, elsewhere, examples, worn
from models.meaning.settings import settings
from models.starting import vocabulary, weights

TARGET = HERE.parent / FILE
NAME, VERSION = "docscan_meaning", "0.1.0"
NOTICE = (
    "Derived from all-MiniLM-L6-v2 of sentence-transformers, licensed under the Apache License, Version 2.0. Modified "
    "by docscan: fine-tuned to tell what sentences and lines do, 8-bit weights."
)


class Model(nn.Module):
    """The encoder, the mean of what it says of each piece, and a row of answers for each task."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        self.answers = nn.ModuleList(nn.Linear(encoder.config.hidden_size, len(names)) for names in LABELS.values())

    def forward(self, pieces: torch.Tensor, types: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        states = self.encoder(input_ids=pieces, token_type_ids=types, attention_mask=mask).last_hidden_state
        seen = mask[..., None].to(states.dtype)
        mean = (states * seen).sum(1) / seen.sum(1)
        return tuple(answer(mean) for answer in self.answers)


def batches(known: Sequence[Example], size: int, dice: Random) -> Iterator[list[Example]]:
    """Each batch of one task, of texts of like length, in no particular order."""
    found = []
    for task in LABELS:
        own = [one for one in known if one.task == task]
        own.sort(key=lambda one: len(one.first) + len(one.second) + dice.random() * 30)
        found += [own[at : at + size] for at in range(0, len(own), size)]
    dice.shuffle(found)
    yield from found


def tensors(words: Wordpieces, texts: Iterable[tuple[str, str]]) -> tuple[torch.Tensor, ...]:
    return tuple(torch.from_numpy(array) for array in as_arrays(cut(words, *text) for text in texts))


def learn(known: Sequence[Example]) -> tuple[Model, list[str]]:
    """A model that has seen these examples, and its wordpieces."""
    from transformers import AutoModel

    torch.set_num_threads(1)
    chosen = settings()
    how, dice = chosen["training"], Random(chosen["seed"])
    torch.manual_seed(chosen["seed"])
    folder = weights()
    pieces = vocabulary(folder)
    words = Wordpieces(pieces)
    model = Model(AutoModel.from_pretrained(folder, attn_implementation="sdpa"))
    model.encoder.embeddings.word_embeddings.weight.requires_grad = False  # so that unseen words stay near seen ones
    old = [one for one in model.encoder.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": old, "lr": how["rate"]}, {"params": model.answers.parameters(), "lr": how["rate_of_new"]}]
    )
    steps = how["rounds"] * sum(1 for _ in batches(known, how["batch"], Random(0)))
    warm = max(1, int(how["warm_up"] * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))
    )
    model.train()
    begun, mean = time.process_time(), 0.0
    for step, batch in enumerate(one for _ in range(how["rounds"]) for one in batches(known, how["batch"], dice)):
        texts = [(worn(one.first, dice, chosen["wear"]), worn(one.second, dice, chosen["wear"])) for one in batch]
        loss = _loss(model(*tensors(words, texts)), batch, how["smoothing"])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        mean = 0.98 * mean + 0.02 * loss.item() if step else loss.item()
        if step % 100 == 99:
            print(f"{step + 1} of {steps}: loss {mean:.4f}, {time.process_time() - begun:.0f} s CPU", flush=True)
    model.eval()
    return model, pieces


def _loss(answers: Sequence[torch.Tensor], batch: Sequence[Example], smoothing: float) -> torch.Tensor:
    task = batch[0].task
    logits, names = dict(zip(LABELS, answers, strict=True))[task], LABELS[task]
    truth = torch.tensor([[float(name in one.labels) for name in names] for one in batch])
    if task == "pairs":
        return nn.functional.cross_entropy(logits, truth, label_smoothing=smoothing)
    softened = truth * (1 - smoothing) + smoothing / 2
    known = torch.tensor([[float(one.known is None or name in one.known) for name in names] for one in batch])
    each = nn.functional.binary_cross_entropy_with_logits(logits, softened, reduction="none")
    return (each * known).sum() / known.sum() * 4


def train(target: Path = TARGET) -> None:
    """Train and export."""
    known = [*(one for one in examples() if one.block % OF != LEFT_OUT), *elsewhere()]
    print(f"{len(known)} examples")
    export(*learn(known), target)


def export(model: Model, words: Sequence[str], target: Path) -> None:
    """As ONNX with 8-bit weights by output channel, its wordpieces in its properties."""
    import onnx
    from onnx import helper
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.encoder.set_attn_implementation("eager")
    target.parent.mkdir(parents=True, exist_ok=True)
    whole = target.with_suffix(".whole")
    example = tuple(torch.from_numpy(np.ones((2, 16), np.int64)) for _ in range(3))
    inputs = ["pieces", "types", "mask"]
    torch.onnx.export(
        model, example, str(whole), input_names=inputs, output_names=list(LABELS), dynamo=False, opset_version=17,
        dynamic_axes={name: {0: "texts", 1: "n"} if name in inputs else {0: "texts"} for name in [*inputs, *LABELS]},
    )  # fmt: skip
    quantize_dynamic(whole, target, per_channel=True, weight_type=QuantType.QInt8)
    made = onnx.load(target)
    made.producer_name, made.graph.name = "docscan", NAME
    helper.set_model_props(made, {"version": VERSION, "vocabulary": "\n".join(words), "notice": NOTICE})
    target.write_bytes(made.SerializeToString(deterministic=True))
    whole.unlink()
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")
