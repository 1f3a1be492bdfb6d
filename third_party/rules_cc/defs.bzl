"""The C++ rules that this Bazel has built in, under the name that newer ones load them from.

Debian's packaged rules_cc does not load in Debian's Bazel 4.2.3. With this file every BUILD file here
can say `load("@rules_cc//cc:defs.bzl", ...)`, which is also what a newer Bazel with the real rules_cc wants.
"""

cc_binary = native.cc_binary
cc_import = native.cc_import
cc_library = native.cc_library
cc_test = native.cc_test

# Bazel's own tool repository loads these.
cc_toolchain = native.cc_toolchain
cc_toolchain_suite = native.cc_toolchain_suite
cc_proto_library = native.cc_proto_library
fdo_prefetch_hints = native.fdo_prefetch_hints
fdo_profile = native.fdo_profile
objc_library = native.objc_library
objc_import = native.objc_import
