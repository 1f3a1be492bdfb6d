# SPDX-License-Identifier: Apache-2.0
"""Checkpoints of training/checkpoint in PyTorch: a reader of the format, and where their tensors are in the modules of
torch_schemes.py."""

import json

import torch_step  # noqa: F401 (before torch)
import torch

TYPES = {"F32": torch.float32, "F64": torch.float64}


def read_safetensors(path):
    """Tensors by name, metadata."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = file.read()
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        first, end = entry["data_offsets"]
        tensors[name] = torch.empty(entry["shape"], dtype=TYPES[entry["dtype"]])
        if end > first:
            tensors[name] = torch.frombuffer(bytearray(data[first:end]), dtype=tensors[name].dtype).view(entry["shape"])
    return tensors, metadata


def with_prefix(tensors, prefix):
    return {name[len(prefix):]: tensor for name, tensor in tensors.items() if name.startswith(prefix)}


def layers(tensors, ours, theirs=None, first=0):
    """The layers of an MLP from `first` on. In a Sequential a function stands after each."""
    found, number = {}, first
    while f"{ours}.{number}.weight" in tensors:
        for kind in ("weight", "bias"):
            found[f"{theirs or ours}.{2 * number}.{kind}"] = tensors[f"{ours}.{number}.{kind}"]
        number += 1
    return found


def column_by_column(matrix):
    """As generated weights lie in the outputs of what generates them."""
    return matrix.t().reshape(-1)


def generated_layers(tensors, maps_of):
    """GeneratedLayers "g.0", "g.1", .. of two affine maps each, whose weights and offsets are maps_of(tensors, "0.weight")
    and so on, or None after the last."""
    found, number = {}, 0
    while maps_of(tensors, f"{number}.weight"):
        for kind in ("weight", "bias"):
            weights, offset = maps_of(tensors, f"{number}.{kind}")
            found |= {f"g.{number}.{kind}.weight": weights, f"g.{number}.{kind}.bias": offset}
        number += 1
    return found


def low_rank_maps(tensors, name):
    if f"g.{name}" not in tensors:
        return None
    start = tensors[f"g.{name}"]
    return tensors[f"g.{name}.directions"], column_by_column(start) if start.dim() == 2 else start


def head_maps(tensors, name):
    if f"f.head.{name}.weight" not in tensors:
        return None
    return tensors[f"f.head.{name}.weight"], tensors[f"f.head.{name}.bias"]


def multiplicative(tensors):
    first = {"weight.weight": tensors["q.0.interaction"], "weight.bias": column_by_column(tensors["q.0.weight"]),
             "bias.weight": tensors["q.0.condition.weight"], "bias.bias": tensors["q.0.bias"]}
    return {f"first.{name}": tensor for name, tensor in first.items()} | layers(tensors, "e") | layers(
        tensors, "q", "rest", first=1)


def chunked_hypernetwork(tensors):
    names = torch.stack([tensors[f"chunk.{i}"] for i in range(sum(name.startswith("chunk.") for name in tensors))])
    state = layers(tensors, "z") | layers(tensors, "f") | {"names": names.unsqueeze(0)}
    # The module's f sees a chunk's name before the code, ours after it.
    code, name = state["f.0.weight"].tensor_split([state["f.0.weight"].shape[1] - names.shape[1]], dim=1)
    state["f.0.weight"] = torch.cat([name, code], dim=1)
    return state


def deeponet(*networks):
    def state(tensors):
        found = {"bias": tensors["bias"]}
        for network in networks:
            found |= layers(tensors, network)
        return found
    return state


# The state of each module of torch_schemes.py from the tensors of a checkpoint. All are linear, so that they take
# gradients too.
MODULE_STATES = {
    "concat": lambda t: layers(t, "h"),
    "embedding": lambda t: layers(t, "e") | layers(t, "q"),
    "table": lambda t: {"table.weight": t["table.weight"]} | layers(t, "q"),
    "nomad": lambda t: layers(t, "beta", "e") | layers(t, "q"),
    "conditional-bias": lambda t: {"first.weight": t["q.0.weight"]} | layers(t, "e") | layers(t, "q", "rest", first=1),
    "film": lambda t: layers(t, "e") | layers(t, "q"),
    "multiplicative": multiplicative,
    "low-rank": lambda t: layers(t, "z") | generated_layers(t, low_rank_maps),
    "deeponet": deeponet("b", "t"),
    "shift-deeponet": deeponet("b", "s", "d", "t"),
    "flex-deeponet": deeponet("b", "c", "t"),
    "hypernetwork": lambda t: layers(t, "f") | generated_layers(t, head_maps),
    "chunked-hypernetwork": chunked_hypernetwork,
}
