"""Models of one operator, and what all entries share.

Parameters and statistics are constants of the model, as they are in models that people run; the
session optimizes it as it does by default.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from ... import Backend, Unsupported

Array = NDArray[np.floating]
Tensors = dict[str, Array | None]

LATEST = 23
IR_VERSION = 11

backend = Backend("onnxruntime")


def run(
    operator: str,
    profile: str,
    x: Array,
    constants: Tensors,
    outputs: Sequence[str] = ("y",),
    *,
    opset: int = LATEST,
    **attributes: Any,
) -> dict[str, Array]:
    """Run a model of one operator on x; return its outputs by name.

    ``constants`` are its other inputs in order, ``None`` for those left out at the end.
    """
    if "Normalization" in operator and 0 in x.shape[1:]:
        raise Unsupported("refused, if the process survives: nothing to normalize")
    dtype = np.dtype(profile.split("+")[0])
    tensors = {n: tensor.astype(dtype) for n, tensor in constants.items() if tensor is not None}
    node = helper.make_node(operator, ["x", *tensors], list(outputs), **attributes)
    kind = helper.np_dtype_to_tensor_dtype(dtype)
    graph = helper.make_graph(
        [node],
        operator,
        [helper.make_tensor_value_info("x", kind, x.shape)],
        [helper.make_tensor_value_info(name, kind, None) for name in outputs],
        [numpy_helper.from_array(tensor, name) for name, tensor in tensors.items()],
    )
    opsets = [helper.make_opsetid("", opset)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    results = session.run(None, {"x": x.astype(dtype)})
    returned = np.float64 if dtype == np.float64 else np.float32
    return {name: y.astype(returned) for name, y in zip(outputs, results, strict=True)}


def single(name: str, value: float, profile: str = "float64") -> float:
    """Return a hyper-parameter that ONNX keeps as float32.

    Raises Unsupported if it is another number, unless it meets a float32 tensor as it is.
    """
    if profile.startswith("float64") and float(np.float32(value)) != value:
        raise Unsupported(f"ONNX keeps {name} as a float32 number, which {value!r} is not")
    return value
