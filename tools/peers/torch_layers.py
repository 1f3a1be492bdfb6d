# SPDX-License-Identifier: Apache-2.0
"""What the PyTorch side of the benchmarks is made of."""

import torch_step  # noqa: F401 (before torch)
import torch
from torch.nn.functional import linear


def mlp(inputs, hidden, outputs):
    layers = []
    for units in hidden:
        layers += [torch.nn.Linear(inputs, units), torch.nn.ReLU()]
        inputs = units
    return torch.nn.Sequential(*layers, torch.nn.Linear(inputs, outputs))


def hidden_layers(inputs, hidden):
    return mlp(inputs, hidden, 1)[:-1]


def beside(q, x, z):
    """q of x [conditions, samples, n] with z [conditions, k] beside each sample."""
    return q(torch.cat([x, z.unsqueeze(1).expand(-1, x.shape[1], -1)], dim=2))


def beside_split(q, x, z):
    """The same, what meets z being computed once for each condition."""
    weight, size = q[0].weight, x.shape[2]
    return q[1:](linear(x, weight[:, :size]) + linear(z, weight[:, size:], q[0].bias).unsqueeze(1))


def beside_composed(q, x, e, condition):
    """beside_split(q, x, e(condition)) with the last layer of e and the first of q, between which nothing stands, as
    one."""
    weight, size, last = q[0].weight, x.shape[2], e[-1]
    composed = weight[:, size:] @ last.weight
    offset = linear(last.bias, weight[:, size:], q[0].bias)
    return q[1:](linear(x, weight[:, :size]) + linear(e[:-1](condition), composed, offset).unsqueeze(1))


def dense(x, weights, bias):
    """x [conditions, samples, n], weights [conditions, n, units], bias [conditions, units] or None."""
    return torch.bmm(x, weights) if bias is None else torch.baddbmm(bias.unsqueeze(1), x, weights)


def dense_by_broadcasting(x, weights, bias):
    """The same; for one sample of each condition only, or it would need too much memory."""
    outputs = (x.transpose(1, 2) * weights).sum(dim=1)
    return (outputs if bias is None else outputs + bias).unsqueeze(1)


class GeneratedLayer(torch.nn.Module):
    """A dense layer whose weights are linear in features h [conditions, k], with an offset: P h + c."""

    def __init__(self, inputs, units, features, has_bias=True):
        super().__init__()
        self.inputs, self.units = inputs, units
        self.weight = torch.nn.Linear(features, inputs * units)
        self.bias = torch.nn.Linear(features, units) if has_bias else None

    def _bias(self, h):
        return None if self.bias is None else self.bias(h)

    def made(self, h, x):
        return dense(x, self.weight(h).view(-1, self.inputs, self.units), self._bias(h))

    def broadcast(self, h, x):
        return dense_by_broadcasting(x, self.weight(h).view(-1, self.inputs, self.units), self._bias(h))

    def met_first(self, h, x):
        """x meets the generator, then h: the weights are never made."""
        conditions, samples, _ = x.shape
        generator = self.weight.weight.view(self.inputs, -1)
        met = (x.reshape(-1, self.inputs) @ generator).view(conditions, samples * self.units, -1)
        outputs = torch.bmm(met, h.unsqueeze(2)).view(conditions, samples, self.units)
        outputs = outputs + x @ self.weight.bias.view(self.inputs, self.units)
        return outputs if self.bias is None else outputs + self.bias(h).unsqueeze(1)


def generated_layers(sizes, features, has_bias=True):
    units = [sizes.x_size, *sizes.primary_hidden, sizes.outputs]
    return torch.nn.ModuleList(
        GeneratedLayer(a, b, features, has_bias) for a, b in zip(units[:-1], units[1:]))


def ways_to_generate(sizes):
    """How a generated layer may be computed for this batch: GeneratedLayer's methods by name."""
    return ["made", "met_first"] + (["broadcast"] if sizes.samples_each == 1 else [])


def through(layers, way, h, x):
    """x through generated layers with ReLU between them."""
    for i, layer in enumerate(layers):
        x = getattr(layer, way)(h, torch.relu(x) if i > 0 else x)
    return x
