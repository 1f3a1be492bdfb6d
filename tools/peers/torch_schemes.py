# SPDX-License-Identifier: Apache-2.0
"""Every scheme of models/schemes in PyTorch, each in the formulations that its users might choose from."""

import torch_step  # noqa: F401 (before torch)
import torch
from torch_layers import (GeneratedLayer, beside, beside_composed, beside_split, dense, dense_by_broadcasting,
                          generated_layers, hidden_layers, mlp, through, ways_to_generate)


class Scheme(torch.nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.sizes = sizes

    def of_condition(self, outputs):
        return mlp(self.sizes.condition_size, self.sizes.condition_hidden, outputs)

    def of_x(self, outputs, more=0):
        return mlp(self.sizes.x_size + more, self.sizes.primary_hidden, outputs)


class Concat(Scheme):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.h = self.of_x(sizes.outputs, sizes.condition_size)

    def formulations(self):
        return {"cat": lambda batch: beside(self.h, batch.x, batch.condition),
                "split": lambda batch: beside_split(self.h, batch.x, batch.condition)}


class Embedding(Scheme):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.e = self.of_condition(sizes.scalars)
        self.q = self.of_x(sizes.outputs, sizes.scalars)

    def formulations(self):
        return {"cat": lambda batch: beside(self.q, batch.x, self.e(batch.condition)),
                "split": lambda batch: beside_split(self.q, batch.x, self.e(batch.condition)),
                "composed": lambda batch: beside_composed(self.q, batch.x, self.e, batch.condition)}


class Table(Scheme):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.table = torch.nn.Embedding(sizes.known_conditions, sizes.scalars)
        self.q = self.of_x(sizes.outputs, sizes.scalars)

    def formulations(self):
        return {"cat": lambda batch: beside(self.q, batch.x, self.table(batch.ids)),
                "split": lambda batch: beside_split(self.q, batch.x, self.table(batch.ids))}


class ConditionalBias(Scheme):
    def __init__(self, sizes):
        super().__init__(sizes)
        units = sizes.primary_hidden[0]
        self.e = self.of_condition(units)
        self.first = torch.nn.Linear(sizes.x_size, units, bias=False)
        self.rest = self.of_x(sizes.outputs)[1:]

    def formulations(self):
        return {"add": lambda batch: self.rest(self.first(batch.x) + self.e(batch.condition).unsqueeze(1))}


class Film(Scheme):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.e = self.of_condition(2 * sum(sizes.primary_hidden))
        self.q = self.of_x(sizes.outputs)

    def run(self, batch, scaled):
        gamma, beta = self.e(batch.condition).unsqueeze(1).chunk(2, dim=2)
        gamma = (1 + gamma).split(list(self.sizes.primary_hidden), dim=2)
        beta = beta.split(list(self.sizes.primary_hidden), dim=2)
        value = batch.x
        for i, units in enumerate(gamma):
            value = torch.relu(scaled(self.q[2 * i](value), units, beta[i]))
        return self.q[-1](value)

    def formulations(self):
        return {"multiply, add": lambda batch: self.run(batch, lambda v, gamma, beta: gamma * v + beta),
                "addcmul": lambda batch: self.run(batch, lambda v, gamma, beta: torch.addcmul(beta, gamma, v))}


class Multiplicative(Scheme):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.e = self.of_condition(sizes.scalars)
        self.first = GeneratedLayer(sizes.x_size, sizes.primary_hidden[0], sizes.scalars)
        self.rest = self.of_x(sizes.outputs)[1:]

    def formulations(self):
        return {way: lambda batch, way=way: self.rest(getattr(self.first, way)(self.e(batch.condition), batch.x))
                for way in ways_to_generate(self.sizes)}


class LowRank(Scheme):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.z = self.of_condition(sizes.scalars)
        self.g = generated_layers(sizes, sizes.scalars)

    def formulations(self):
        return {way: lambda batch, way=way: through(self.g, way, self.z(batch.condition), batch.x)
                for way in ways_to_generate(self.sizes)}


class DeepOnet(Scheme):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.b = self.of_condition(sizes.outputs * sizes.scalars)
        self.t = self.of_x(sizes.outputs * sizes.scalars)
        self.bias = torch.nn.Parameter(torch.zeros(sizes.outputs))

    def run(self, batch, contract):
        shape = (self.sizes.outputs, self.sizes.scalars)
        coefficients = self.b(batch.condition).view(-1, *shape)
        functions = self.t(batch.x).view(*batch.x.shape[:2], *shape)
        return contract(coefficients, functions) + self.bias

    def formulations(self):
        def multiply_sum(b, t):
            return (b.unsqueeze(1) * t).sum(dim=3)
        def einsum(b, t):
            return torch.einsum("gop,gnop->gno", b, t)
        return {"multiply, sum": lambda batch: self.run(batch, multiply_sum),
                "einsum": lambda batch: self.run(batch, einsum)}


class ShiftDeepOnet(Scheme):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.b = self.of_condition(sizes.scalars)
        self.s = self.of_condition(sizes.scalars * sizes.x_size)
        self.d = self.of_condition(sizes.scalars * sizes.x_size)
        self.t = self.of_x(sizes.scalars)
        self.bias = torch.nn.Parameter(torch.zeros(1))

    def run(self, batch, values):
        shape = (-1, 1, self.sizes.scalars, self.sizes.x_size)
        moved = torch.addcmul(self.d(batch.condition).view(shape), batch.x.unsqueeze(2),
                              self.s(batch.condition).view(shape))
        return torch.bmm(values(moved), self.b(batch.condition).unsqueeze(2)) + self.bias

    def formulations(self):
        last = self.t[-1]
        def diagonal(moved):
            return self.t(moved).diagonal(dim1=2, dim2=3)
        def own_row(moved):
            return (self.t[:-1](moved) * last.weight).sum(dim=3) + last.bias
        return {"diagonal": lambda batch: self.run(batch, diagonal), "own row": lambda batch: self.run(batch, own_row)}


class FlexDeepOnet(Scheme):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.b = self.of_condition(sizes.scalars)
        self.c = self.of_condition(2 * sizes.x_size)
        self.t = self.of_x(sizes.scalars)
        self.bias = torch.nn.Parameter(torch.zeros(1))

    def run(self, batch, contract):
        scales, shifts = self.c(batch.condition).unsqueeze(1).chunk(2, dim=2)
        return contract(self.b(batch.condition), self.t(torch.addcmul(shifts, scales, batch.x))) + self.bias

    def formulations(self):
        def multiply_sum(b, t):
            return (b.unsqueeze(1) * t).sum(dim=2, keepdim=True)
        def bmm(b, t):
            return torch.bmm(t, b.unsqueeze(2))
        return {"multiply, sum": lambda batch: self.run(batch, multiply_sum),
                "bmm": lambda batch: self.run(batch, bmm)}


class Hypernetwork(Scheme):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.f = hidden_layers(sizes.condition_size, sizes.condition_hidden)
        self.g = generated_layers(sizes, sizes.condition_hidden[-1])

    def formulations(self):
        return {way: lambda batch, way=way: through(self.g, way, self.f(batch.condition), batch.x)
                for way in ways_to_generate(self.sizes)}


class ChunkedHypernetwork(Scheme):
    def __init__(self, sizes):
        super().__init__(sizes)
        self.units = [sizes.x_size, *sizes.primary_hidden, sizes.outputs]
        weights = sum((a + 1) * b for a, b in zip(self.units[:-1], self.units[1:]))
        self.z = self.of_condition(sizes.scalars)
        self.names = torch.nn.Parameter(torch.randn(1, -(-weights // sizes.chunk), sizes.chunk_name))
        self.f = mlp(sizes.chunk_name + sizes.scalars, sizes.condition_hidden, sizes.chunk)

    def run(self, batch, generate, layer):
        code = self.z(batch.condition)
        weights = generate(self.f, self.names.expand(len(code), -1, -1), code).flatten(1)
        value, used = batch.x, 0
        for i, (inputs, units) in enumerate(zip(self.units[:-1], self.units[1:])):
            matrix = weights[:, used : used + inputs * units].reshape(-1, inputs, units)
            used += inputs * units
            value = layer(torch.relu(value) if i > 0 else value, matrix, weights[:, used : used + units])
            used += units
        return value

    def formulations(self):
        layers = {"bmm": dense}
        if self.sizes.samples_each == 1:
            layers["broadcast"] = dense_by_broadcasting
        return {f"{way}, {name}": lambda batch, generate=generate, layer=layer: self.run(batch, generate, layer)
                for way, generate in (("cat", beside), ("split", beside_split)) for name, layer in layers.items()}


SCHEMES = {
    "concat": Concat,
    "embedding": Embedding,
    "table": Table,
    "nomad": Embedding,
    "conditional-bias": ConditionalBias,
    "film": Film,
    "multiplicative": Multiplicative,
    "low-rank": LowRank,
    "deeponet": DeepOnet,
    "shift-deeponet": ShiftDeepOnet,
    "flex-deeponet": FlexDeepOnet,
    "hypernetwork": Hypernetwork,
    "chunked-hypernetwork": ChunkedHypernetwork,
}
