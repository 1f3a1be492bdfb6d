"""A fuzzer, and a test of what it has found."""

load("@rules_cc//cc:defs.bzl", "cc_binary", "cc_library", "cc_test")

def fuzzer(name, srcs, deps):
    """Declares :NAME_fuzzer, which only `tools/fuzz` can link, and :NAME_replay_test.

    Args:
      name: what is read; its inputs are the files of corpus/NAME.
      srcs: the file that defines LLVMFuzzerTestOneInput.
      deps: what it reads with.
    """
    cc_library(
        name = name + "_entry",
        srcs = srcs,
        deps = deps + [":input_file"],
        alwayslink = True,
    )
    cc_binary(
        name = name + "_fuzzer",
        # Its main is libFuzzer's.
        tags = ["manual"],
        deps = [":" + name + "_entry"],
    )
    cc_test(
        name = name + "_replay_test",
        size = "small",
        args = ["tools/fuzzing/corpus/" + name],
        data = native.glob(["corpus/" + name + "/*"]),
        deps = [
            ":replay",
            ":" + name + "_entry",
        ],
    )
