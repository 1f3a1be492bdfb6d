# SPDX-License-Identifier: Apache-2.0
"""For tests of scripts that have no .py behind their name."""

import importlib.machinery
import importlib.util


def load(path):
    """The script as a module of its name, without running its main function."""
    loader = importlib.machinery.SourceFileLoader(path.name, str(path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(path.name, loader))
    loader.exec_module(module)
    return module
