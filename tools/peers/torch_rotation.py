# SPDX-License-Identifier: Apache-2.0
"""The rotation models in PyTorch: as published, and written by hand in the cheapest order."""

import torch_step  # noqa: F401 (before torch)
import torch
from torch_layers import beside_composed, generated_layers, hidden_layers, mlp, through


class PublishedHypernetwork(torch.nn.Module):
    """An nn.Sequential whose outputs are reshaped into weights for torch.bmm."""

    def __init__(self, sizes):
        super().__init__()
        self.pixels, self.units, self.classes = sizes.x_size, sizes.primary_hidden[0], sizes.outputs
        self.f = mlp(sizes.condition_size, sizes.condition_hidden, self.units * (self.pixels + self.classes))

    def forward(self, batch):
        weights = self.f(batch.condition)
        first = weights[:, : self.units * self.pixels].view(-1, self.units, self.pixels)
        second = weights[:, self.units * self.pixels :].view(-1, self.classes, self.units)
        hidden = torch.relu(torch.bmm(first, batch.x.transpose(1, 2)))
        return torch.bmm(second, hidden).transpose(1, 2)

    def formulations(self):
        return {"published": self.forward}


class PublishedEmbedding(torch.nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.e = mlp(sizes.condition_size, sizes.condition_hidden, sizes.scalars)
        self.q = mlp(sizes.x_size + sizes.scalars, sizes.primary_hidden, sizes.outputs)

    def forward(self, batch):
        return self.q(torch.cat([batch.x[:, 0], self.e(batch.condition)], dim=1)).unsqueeze(1)

    def formulations(self):
        return {"published": self.forward}


class HandWrittenHypernetwork(torch.nn.Module):
    """x meets the generator of g's first layer before f's features do: two large products instead of three."""

    def __init__(self, sizes):
        super().__init__()
        self.f = hidden_layers(sizes.condition_size, sizes.condition_hidden)
        self.g = generated_layers(sizes, sizes.condition_hidden[-1], has_bias=False)

    def formulations(self):
        def run(batch, way):
            return through(self.g, way, self.f(batch.condition), batch.x)
        return {"met first": lambda batch: run(batch, "met_first"),
                "made": lambda batch: run(batch, "made"),
                "broadcast": lambda batch: run(batch, "broadcast")}


class HandWrittenEmbedding(PublishedEmbedding):
    """The last layer of e and the first of q are one: the thousands of outputs of e are never computed."""

    def formulations(self):
        return {"composed": lambda batch: beside_composed(self.q, batch.x, self.e, batch.condition)}


PUBLISHED = {"hypernetwork": PublishedHypernetwork, "embedding": PublishedEmbedding}
HAND_WRITTEN = {"hypernetwork": HandWrittenHypernetwork, "embedding": HandWrittenEmbedding}
