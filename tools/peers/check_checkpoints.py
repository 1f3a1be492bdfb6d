# SPDX-License-Identifier: Apache-2.0
"""Loads a checkpoint of every scheme into plain PyTorch and compares what it computes with what was computed here.

Called by tools/peers/check_checkpoints, which builds the program that writes the checkpoints. Outputs are compared entry
by entry, in every formulation of torch_schemes.py; gradients and theta after ten steps of Adam tensor by tensor, as the
norm of the difference over the norm.
"""

import argparse
import subprocess
import sys
import tempfile
import types

import torch_step  # noqa: F401 (before torch)
import torch
from torch_checkpoint import MODULE_STATES, read_safetensors, with_prefix
from torch_schemes import SCHEMES

MOST = {"outputs": 1e-5, "gradient": 1e-4, "ten Adam steps": 1e-4}


def sizes_of(metadata):
    sizes = {}
    for name, text in with_prefix(metadata, "architecture.").items():
        numbers = tuple(int(number) for number in text.split(","))
        sizes[name] = numbers if name.endswith("_hidden") else numbers[0]
    return types.SimpleNamespace(**sizes)


def difference(found, expected):
    """Of two tensors, relative; infinite if one is zero and the other is not, or a number is none."""
    distance, norm = (found - expected).norm().item(), expected.norm().item()
    if distance == 0:
        return 0.0
    return distance / norm if norm > 0 and distance == distance else float("inf")


def largest_difference(found, expected):
    if found.keys() != expected.keys():
        sys.exit(f"check_checkpoints: PyTorch has the tensors {sorted(found)}, the checkpoint {sorted(expected)}")
    return max(difference(found[name], expected[name]) for name in expected)


def compare(folder, scheme, precision):
    """The largest differences, by the names of MOST."""
    tensors, metadata = read_safetensors(f"{folder}/{scheme}.{precision}.safetensors")
    batch = types.SimpleNamespace(**read_safetensors(f"{folder}/{scheme}.{precision}.batch.safetensors")[0])
    batch.ids = batch.ids.long()
    state_of = MODULE_STATES[scheme]
    theta = {name: tensor for name, tensor in tensors.items() if not name.startswith("optimizer.")}
    module = SCHEMES[scheme](sizes_of(metadata)).to(batch.x.dtype)
    module.load_state_dict(state_of(theta))  # strict: every tensor, in its shape
    formulations = list(module.formulations().values())

    found = {"outputs": 0.0, "gradient": 0.0}
    gradients = state_of(with_prefix(tensors, "optimizer.gradient."))
    for formulation in formulations:
        module.zero_grad(set_to_none=True)
        outputs = formulation(batch)
        gap = (outputs - batch.outputs).abs().max().item()
        found["outputs"] = max(found["outputs"], gap if gap == gap else float("inf"))
        torch.nn.functional.mse_loss(outputs, batch.targets).backward()
        ours = {name: parameter.grad for name, parameter in module.named_parameters()}
        found["gradient"] = max(found["gradient"], largest_difference(ours, gradients))

    adam = torch.optim.Adam(module.parameters(), lr=1e-3)
    for _ in range(int(metadata["counter.steps"])):
        adam.zero_grad()
        torch.nn.functional.mse_loss(formulations[0](batch), batch.targets).backward()
        adam.step()
    found["ten Adam steps"] = largest_difference({name: p.detach() for name, p in module.named_parameters()},
                                                 state_of(with_prefix(tensors, "optimizer.after_adam.")))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write-checkpoints", required=True, help="the program that writes them")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    print(f"{'scheme':20} {'numbers':8}" + "".join(f" {name:>15}" for name in MOST))
    print(f"{'accepted':29}" + "".join(f" {most:15.0e}" for most in MOST.values()))
    with tempfile.TemporaryDirectory() as folder:
        written = subprocess.run([arguments.write_checkpoints, folder], check=True, stdout=subprocess.PIPE, text=True)
        schemes = [line.split() for line in written.stdout.splitlines()]
        missing = SCHEMES.keys() ^ {scheme for scheme, _ in schemes}
        failures = [f"{scheme} is on one side only" for scheme in sorted(missing)]
        for scheme, precision in schemes:
            if scheme in missing:
                continue
            try:
                found = compare(folder, scheme, precision)
            except (KeyError, RuntimeError) as error:  # a tensor that is missing, or of another shape
                failures.append(f"{scheme}, {precision}: {error!r}")
                continue
            print(f"{scheme:20} {precision:8}" + "".join(f" {found[name]:15.1e}" for name in MOST), flush=True)
            failures += [f"{scheme}, {precision}: {name} differ" for name in MOST if not found[name] <= MOST[name]]
    for failure in failures:
        print(f"check_checkpoints: {failure}", file=sys.stderr)
    print(f"{len(failures)} disagreements" if failures else "all agree")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
