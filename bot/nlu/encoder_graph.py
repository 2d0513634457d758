"""A BERT encoder as an ONNX graph, built straight from its weights: of sentences, and of the names in them.

Only what mean-pooled encoders of the all-MiniLM family use is covered: post-layer-norm BERT, exact GELU, one
token type.
"""

from __future__ import annotations

import logging
import math
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

OPSET = 17
_WORDS = "embeddings.word_embeddings.weight"


class _Graph:
    """Collects nodes and constants; every method returns the name of its output."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: dict[str, np.ndarray] = {}

    def node(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        name = output or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=f"n_{name}", **attributes))
        return name

    def constant(self, value: np.ndarray, name: str = "") -> str:
        name = name or f"constant_{len(self.constants)}"
        self.constants[name] = value
        return name

    def integers(self, *values: int) -> str:
        return self.constant(np.array(values, dtype=np.int64))

    def number(self, value: float) -> str:
        return self.constant(np.array(value, dtype=np.float32))

    def weight(self, name: str) -> str:
        return self.constant(self.weights[name], name)

    def dense(self, x: str, *names: str) -> str:
        """One matrix multiplication for all ``names``, side by side."""
        matrix = np.concatenate([self.weights[f"{n}.weight"].T for n in names], axis=1)
        bias = np.concatenate([self.weights[f"{n}.bias"] for n in names])
        return self.node("Add", self.node("MatMul", x, self.constant(matrix)), self.constant(bias))

    def normed(self, x: str, name: str, epsilon: float) -> str:
        scale, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.node("LayerNormalization", x, scale, bias, axis=-1, epsilon=epsilon)

    def gelu(self, x: str) -> str:
        erf = self.node("Erf", self.node("Div", x, self.number(math.sqrt(2.0))))
        return self.node("Mul", self.node("Mul", x, self.node("Add", erf, self.number(1.0))), self.number(0.5))


def build(weights: dict[str, np.ndarray], config: dict[str, Any], target: Path) -> None:
    """Write the graph: ``input_ids`` and ``mask`` (batch, length) in, ``vectors`` (batch, size) of length 1 out.

    The matrix products are int8, a quarter of the size and twice the speed; the rest is float32.
    """
    graph = _Graph(weights)
    words = graph.node("Gather", graph.weight(_WORDS), "input_ids")
    x = _embedded(graph, words, config["layer_norm_eps"])
    floats = graph.node("Cast", "mask", to=TensorProto.FLOAT)
    hidden = graph.node("Sub", graph.number(1.0), floats)
    bias = graph.node("Mul", graph.node("Unsqueeze", hidden, graph.integers(1, 2)), graph.number(-10000.0))
    for layer in range(config["num_hidden_layers"]):
        x = _layer(graph, f"encoder.layer.{layer}", x, config, bias)
    _pooled(graph, x, floats)
    _write(graph, ["input_ids", "mask"], ("vectors", ["batch", config["hidden_size"]]), target)


def build_claims(
    weights: dict[str, np.ndarray], marks: np.ndarray, head: np.ndarray, bias: np.ndarray,
    config: dict[str, Any], layers: int, target: Path,
) -> None:  # fmt: skip
    """Write the claim model's graph: ``input_ids`` and ``marks`` (batch, length) in, ``scores`` (batch, length, states)
    out. Texts of one batch are of one length."""
    graph = _Graph(weights)
    # Half the size, and exact enough for what a layer norm follows.
    half = graph.node("Gather", graph.constant(weights[_WORDS].astype(np.float16), "words"), "input_ids")
    x = _embedded(graph, graph.node("Cast", half, to=TensorProto.FLOAT), config["layer_norm_eps"])
    x = graph.node("Add", x, graph.node("Gather", graph.constant(marks, "mark_vectors"), "marks"))
    for layer in range(layers):
        x = _layer(graph, f"encoder.layer.{layer}", x, config)
    product = graph.node("MatMul", x, graph.constant(head))
    graph.node("Add", product, graph.constant(bias), output="scores")
    _write(graph, ["input_ids", "marks"], ("scores", ["batch", "length", len(bias)]), target)


def _write(graph: _Graph, inputs: list[str], output: tuple[str, list[str | int]], target: Path) -> None:
    with tempfile.TemporaryDirectory() as work:
        plain = Path(work) / "plain.onnx"
        onnx.save(_float_graph(graph, inputs, output), str(plain))
        # Its advice, to fold constants first, changes nothing in a graph that holds none to fold.
        logging.getLogger().addFilter(_not_its_advice)
        quantize_dynamic(
            plain,
            target,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul"],
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )


def _not_its_advice(record: logging.LogRecord) -> bool:
    return "pre-processing before quantization" not in record.getMessage()


def _float_graph(graph: _Graph, inputs: list[str], output: tuple[str, list[str | int]]) -> Any:
    def port(name: str, kind: int, shape: list[str | int]) -> Any:
        return helper.make_tensor_value_info(name, kind, shape)

    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "encoder",
            [port(n, TensorProto.INT64, ["batch", "length"]) for n in inputs],
            [port(output[0], TensorProto.FLOAT, output[1])],
            [numpy_helper.from_array(np.asarray(v, order="C"), n) for n, v in graph.constants.items()],
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=8,
    )
    onnx.checker.check_model(model)
    return model


def _embedded(graph: _Graph, words: str, epsilon: float) -> str:
    places = graph.weights["embeddings.position_embeddings.weight"]
    # Every token is of type 0, so its vector can be added to the positions once and for all.
    places = places + graph.weights["embeddings.token_type_embeddings.weight"][0]
    length = graph.node("Gather", graph.node("Shape", "input_ids"), graph.integers(1))
    used = graph.node("Slice", graph.constant(places), graph.integers(0), length, graph.integers(0))
    return graph.normed(graph.node("Add", words, used), "embeddings.LayerNorm", epsilon)


def _layer(graph: _Graph, name: str, x: str, config: dict[str, Any], bias: str = "") -> str:
    """``bias`` keeps what is only padding from being looked at."""
    heads = config["num_attention_heads"]
    size = config["hidden_size"] // heads
    own = f"{name}.attention.self"
    together = graph.dense(x, f"{own}.query", f"{own}.key", f"{own}.value")
    # (batch, length, 3 * hidden) -> three of (batch, heads, length, size)
    apart = graph.node("Reshape", together, graph.integers(0, 0, 3, heads, size))
    turned = graph.node("Transpose", apart, perm=[2, 0, 3, 1, 4])
    query, key, value = (graph.node("Gather", turned, graph.constant(np.array(i)), axis=0) for i in range(3))
    scores = graph.node("MatMul", query, graph.node("Transpose", key, perm=[0, 1, 3, 2]))
    scaled = graph.node("Div", scores, graph.number(math.sqrt(size)))
    if bias:
        scaled = graph.node("Add", scaled, bias)
    mixed = graph.node("MatMul", graph.node("Softmax", scaled, axis=-1), value)
    merged = graph.node("Transpose", mixed, perm=[0, 2, 1, 3])
    flat = graph.node("Reshape", merged, graph.integers(0, 0, config["hidden_size"]))
    epsilon = config["layer_norm_eps"]
    attended = graph.node("Add", graph.dense(flat, f"{name}.attention.output.dense"), x)
    x = graph.normed(attended, f"{name}.attention.output.LayerNorm", epsilon)
    wide = graph.gelu(graph.dense(x, f"{name}.intermediate.dense"))
    return graph.normed(
        graph.node("Add", graph.dense(wide, f"{name}.output.dense"), x), f"{name}.output.LayerNorm", epsilon
    )


def _pooled(graph: _Graph, x: str, mask: str) -> None:
    weighted = graph.node("Mul", x, graph.node("Unsqueeze", mask, graph.integers(2)))
    summed = graph.node("ReduceSum", weighted, graph.integers(1), keepdims=0)
    # The count of words only scales the mean, and the length is set to one anyway.
    graph.node("LpNormalization", summed, output="vectors", axis=-1, p=2)
