"""Make `docscan/reading/recognition/engines/lines.onnx` from the reader of lines that the package rapidocr carries.

    python -m pip install onnx && python models/lines.py      # in the project's folder, with its dependencies

The same letters for less than half the work (figures: README.md, here). Nothing is trained:

* The 18,710 answers are cut down to the letters that an American document can hold. The others that dirty print is most
  often taken for still take their share of the certainty (so that a blot is no sure letter), and are never answered.
* A strip is grey: its three equal colours become one.
* The pointwise convolutions, nine tenths of the work, become products of 8-bit numbers: weights by output channel,
  activations by the range that each strip itself has. So no sample of documents decides on any range.
* The rest stays as it was, in 32 bits; of GELU the usual tanh formula (off by less than 0.0005).
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import rapidocr
from onnx import helper, numpy_helper, version_converter
from PIL import Image, ImageDraw, ImageFont

Array = npt.NDArray[Any]

SOURCE = Path(rapidocr.__file__).parent / "models" / "PP-OCRv6_rec_small.onnx"
SOURCE_SHA256 = "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"
TARGET = Path(__file__).parent.parent / "docscan" / "reading" / "recognition" / "engines" / "lines.onnx"
LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "£€¥§©®°±²³µ·½¼¾×÷–—‘’“”•…™áéíñóúüçàèêôöäÁÉÍÑÓÚÜ☐☑☒✓✔✗✘"
OTHERS = 1000  # letters of other scripts that are kept for their share
STRIPS, SEED = 300, 5  # pieces of print on which those are chosen
OPSET, IR = 20, 9  # onnxruntime 1.20 reads these
NAME, VERSION = "docscan_lines", 1
NOTICE = (
    "Derived from PP-OCRv6_small_rec of PaddleOCR, as converted to ONNX by RapidOCR 3.10. The weights are copyright "
    "Baidu and/or the applicable PaddleOCR rights holders and licensed under the Apache License, Version 2.0. Modified "
    "by docscan: fewer letters, one channel, pointwise convolutions in 8 bits."
)


def main() -> int:
    data = SOURCE.read_bytes()
    if hashlib.sha256(data).hexdigest() != SOURCE_SHA256:
        print(f"{SOURCE.name} is another one than this was written for", file=sys.stderr)
        return 1
    TARGET.write_bytes(made(data).SerializeToString(deterministic=True))
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1e6:.1f} MB of {len(data) / 1e6:.1f}")
    return 0


def made(data: bytes) -> onnx.ModelProto:
    """The smaller model of the package's.

    Takes a strip as `x` (1, 1, 48, width), from -1, black, to 1, white. Gives the probability of each letter at each
    place (1, width / 8, letters), the first of which is none. Its property `letters` names the others.
    """
    whole = onnx.load_from_string(data)
    known = ["", *next(one.value for one in whole.metadata_props if one.key == "character").splitlines(), " "]
    letters = [0, *(n for n, letter in enumerate(known) if letter and letter in LETTERS)]
    model = _smaller(_folded(_cut(whole, letters, _others(data, letters))))
    model.ir_version = IR
    model.producer_name, model.graph.name, model.model_version = "docscan", NAME, VERSION
    told = {"letters": "".join(known[n] for n in letters[1:]), "source": SOURCE_SHA256, "notice": NOTICE}
    helper.set_model_props(model, told)
    return model


def _others(data: bytes, letters: Sequence[int]) -> list[int]:
    """The answers beside `letters` that broken print is taken for most."""
    session = onnxruntime.InferenceSession(data, _quiet(), providers=["CPUExecutionProvider"])
    dice = np.random.default_rng(SEED)
    share: Array = np.zeros(session.get_outputs()[0].shape[2])
    for _ in range(STRIPS):
        strip = _broken_print(dice)
        filled = np.zeros((1, 3, 48, max(160, -(-strip.shape[1] // 8) * 8)), np.float32)
        filled[..., : strip.shape[1]] = strip.astype(np.float32) / 127.5 - 1
        share += np.asarray(session.run(None, {"x": filled})[0])[0].sum(axis=0)
    share[list(letters)] = -1
    return sorted(np.argsort(-share, kind="stable")[:OTHERS].tolist())


def _broken_print(dice: np.random.Generator) -> Array:
    """Random letters, 48 pixels high: small, squeezed, noisy, some in black and white, some cut through."""
    size = int(dice.integers(14, 60))
    font = ImageFont.load_default(size)
    words = ["".join(dice.choice(list(LETTERS[1:95]), dice.integers(1, 10))) for _ in range(dice.integers(1, 6))]
    picture = Image.new("L", (int(font.getlength(" ".join(words))) + 2 * size, 3 * size), 255)
    ImageDraw.Draw(picture).text((size, 0.9 * size), " ".join(words), font=font, fill=int(dice.integers(0, 120)))
    scale = dice.uniform(0.15, 1)
    grey: Array = np.asarray(picture)
    grey = cv2.resize(grey, None, fx=scale, fy=scale * dice.uniform(0.5, 1), interpolation=cv2.INTER_AREA)
    grey = grey + dice.normal(0, dice.uniform(0, 40), grey.shape)
    if dice.random() < 0.4:
        grey = np.where(grey < dice.uniform(90, 200), 0, 255)
    tall = grey.shape[0]
    grey = np.clip(grey[int(tall * dice.uniform(0, 0.3)) : int(tall * dice.uniform(0.6, 1))], 0, 255).astype(np.uint8)
    width = int(np.clip(grey.shape[1] * 48 / max(1, grey.shape[0]), 16, 700))
    return np.asarray(cv2.resize(grey, (width, 48)))


def _cut(model: onnx.ModelProto, letters: Sequence[int], others: Sequence[int]) -> onnx.ModelProto:
    """The model for one channel and these answers: `letters` are told, `others` only weighed."""
    graph = model.graph
    answers = graph.output[0].type.tensor_type.shape.dim[2].dim_value
    kept = [*letters, *others]
    for one in graph.initializer:
        value = numpy_helper.to_array(one)
        if one.dims and one.dims[-1] == answers:  # the last product and what is added to it
            one.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(value[..., kept]), one.name))
        elif list(one.dims) == [48, 3, 3, 3]:  # the first convolution
            one.CopyFrom(numpy_helper.from_array(value.sum(axis=1, keepdims=True), one.name))
    graph.input[0].type.tensor_type.shape.dim[1].dim_value = 1
    weighed = graph.output[0].name
    for name, number in (("from", 0), ("to", len(letters)), ("axis", 2)):
        graph.initializer.append(numpy_helper.from_array(np.array([number], np.int64), name))
    graph.node.append(helper.make_node("Slice", [weighed, "from", "to", "axis"], ["likely"]))
    del graph.output[:], graph.value_info[:]
    graph.output.append(helper.make_tensor_value_info("likely", onnx.TensorProto.FLOAT, (1, None, len(letters))))
    return model


def _folded(model: onnx.ModelProto) -> onnx.ModelProto:
    """With every sum of constants done beforehand, by onnxruntime."""
    model = version_converter.convert_version(model, OPSET)
    with tempfile.TemporaryDirectory() as folder:
        options = _quiet()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.optimized_model_filepath = str(Path(folder) / "folded.onnx")
        onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        return onnx.load(options.optimized_model_filepath)


def _smaller(model: onnx.ModelProto) -> onnx.ModelProto:
    """With products of 8-bit numbers for pointwise convolutions, and what lies between them in the order they want."""
    return _Smaller(model).model


class _Smaller:
    """Goes through the graph once. A picture is known as it was (channels first), with channels last, or both ways."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self.model = model
        graph = model.graph
        self.constants = {one.name: one for one in graph.initializer}
        self.made = {node.output[0]: node for node in graph.node}
        self.nodes: list[onnx.NodeProto] = []
        self.first = {one.name for one in graph.input}
        self.last: dict[str, str] = {}
        self.parted: dict[str, Sequence[str]] = {}
        for node in graph.node:
            self._take(node, node.output[0])
        del graph.node[:], graph.initializer[:], graph.value_info[:], model.opset_import[:]
        graph.node.extend(self.nodes)
        used = {name for node in self.nodes for name in node.input}
        graph.initializer.extend(one for name, one in self.constants.items() if name in used)
        model.opset_import.extend([helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)])

    def _take(self, node: onnx.NodeProto, name: str) -> None:
        if node.op_type == "Conv" and self._pointwise(node):
            self._product(node, name)
        elif node.op_type == "Conv" and node.input[0] in self.parted:
            self._sum_of_parts(node, name)
        elif node.op_type == "Concat" and self._convolved(name):
            self.parted[name] = [self._channels_first(one) for one in node.input]
        elif node.op_type in {"Gelu", "Relu", "HardSigmoid", "Add", "Mul"} and self._of_last(node):
            more = {"approximate": "tanh"} if node.op_type == "Gelu" else _settings(node)
            self._add(node.op_type, [self._channels_last(one) for one in node.input], name, last=True, **more)
        elif node.op_type == "ReduceMean" and self._over_the_picture(node):
            axes = self._constant("rows_and_columns", np.array([1, 2], np.int64))
            self._add("ReduceMean", [self._channels_last(node.input[0]), axes], name, last=True, keepdims=1)
        else:
            for one in node.input:
                self._channels_first(one)
            self.nodes.append(node)
            self.first.update(node.output)

    def _product(self, node: onnx.NodeProto, name: str) -> None:
        weights = self._value(node.input[1])[:, :, 0, 0].T
        given = self._channels_last(node.input[0])
        bias = node.input[2]
        if self._squeezed(node):  # of one number a channel: too little to gain
            self._add("MatMul", [given, self._constant(f"{name}.weights", weights)], f"{name}.product", last=True)
            self._add("Add", [self.last[f"{name}.product"], self._row(bias)], name, last=True)
            return
        step = np.maximum(np.abs(weights).max(axis=0), 1e-12) / 127
        inputs = [
            given,
            self._constant(f"{name}.weights", np.clip(np.round(weights / step), -127, 127).astype(np.int8)),
            self._constant(f"{name}.steps", step.astype(np.float32)),
            self._constant(f"{name}.zeros", np.zeros(len(step), np.int8)),
            self._row(bias),
        ]
        self._add("DynamicQuantizeMatMul", inputs, name, last=True, domain="com.microsoft")

    def _sum_of_parts(self, node: onnx.NodeProto, name: str) -> None:
        """A convolution of two pictures put together, as the sum of one of each: nothing has to be put together."""
        one, other = self.parted[node.input[0]]
        weights = self._value(node.input[1])
        half = weights.shape[1] // 2
        left, right = (
            self._constant(f"{name}.{n}", part) for n, part in enumerate((weights[:, :half], weights[:, half:]))
        )
        self._add("Conv", [one, left], f"{name}.one", **_settings(node))
        self._add("Conv", [other, right, node.input[2]], f"{name}.other", **_settings(node))
        self._add("Add", [f"{name}.one", f"{name}.other"], name)

    def _pointwise(self, node: onnx.NodeProto) -> bool:
        return list(self.constants[node.input[1]].dims)[2:] == [1, 1] and _settings(node).get("group", 1) == 1

    def _squeezed(self, node: onnx.NodeProto) -> bool:
        """Whether it works on the mean of a picture, or on what was made of that."""
        before = self.made.get(node.input[0])
        if before is None or before.op_type not in {"ReduceMean", "Relu", "Conv"}:
            return False
        return before.op_type == "ReduceMean" or self._squeezed(before)

    def _over_the_picture(self, node: onnx.NodeProto) -> bool:
        return len(node.input) > 1 and self._value(node.input[1]).tolist() == [2, 3]

    def _convolved(self, name: str) -> bool:
        return any(node.op_type == "Conv" and node.input[0] == name for node in self.made.values())

    def _of_last(self, node: onnx.NodeProto) -> bool:
        known = [one in self.last for one in node.input]
        return any(known) and all(one in self.last or one in self.first for one in node.input)

    def _channels_last(self, name: str) -> str:
        if name not in self.last:
            self.last[name] = f"{name}.last"
            self.nodes.append(helper.make_node("Transpose", [name], [f"{name}.last"], perm=[0, 2, 3, 1]))
        return self.last[name]

    def _channels_first(self, name: str) -> str:
        if name in self.last and name not in self.first:
            self.first.add(name)
            self.nodes.append(helper.make_node("Transpose", [self.last[name]], [name], perm=[0, 3, 1, 2]))
        return name

    def _add(self, kind: str, inputs: Sequence[str], name: str, *, last: bool = False, **settings: Any) -> None:
        output = f"{name}.last" if last else name
        self.nodes.append(helper.make_node(kind, inputs, [output], **settings))
        if last:
            self.last[name] = output
        else:
            self.first.add(name)

    def _value(self, name: str) -> Array:
        return np.asarray(numpy_helper.to_array(self.constants[name]))

    def _row(self, name: str) -> str:
        return self._constant(f"{name}.row", self._value(name).reshape(-1))

    def _constant(self, name: str, value: Array) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name


def _settings(node: onnx.NodeProto) -> dict[str, Any]:
    return {one.name: helper.get_attribute_value(one) for one in node.attribute}


def _quiet() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return options


if __name__ == "__main__":
    sys.exit(main())
