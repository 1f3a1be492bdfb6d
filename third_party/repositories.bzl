"""Where every dependency comes from: Debian packages, found on this machine and never downloaded.

A workspace that imports hyperwidth calls `hyperwidth_repositories()` after declaring `@hyperwidth`.
"""

_LIBRARY_BUILD = """
package(default_visibility = ["//visibility:public"])

load("@rules_cc//cc:defs.bzl", "cc_library")

cc_library(
    name = "{name}",
    hdrs = {hdrs},
    defines = {defines},
    includes = {includes},
    linkopts = {linkopts},
)
"""

def _debian_library_impl(repository_ctx):
    attr = repository_ctx.attr
    installed = repository_ctx.path(attr.marker).exists
    repository_ctx.file("installed.bzl", "INSTALLED = {installed}\n".format(installed = installed))
    if not installed and attr.optional:
        repository_ctx.file("BUILD", "")
        return
    if not installed:
        fail("\n\nhyperwidth needs the Debian package {package}: {marker} is not on this machine.\n".format(
            package = attr.debian_package,
            marker = attr.marker,
        ) + "Install it with `apt-get install {package}`, or run tools/setup, which installs all of them.\n".format(
            package = attr.debian_package,
        ))

    # Headers below /usr/include itself are visible to every action, as the compiler's built-in directories are;
    # only a library that lives elsewhere has to list its files.
    hdrs = "[]"
    includes = []
    if attr.include_directory:
        repository_ctx.symlink(attr.include_directory, "include")
        # Each action is given all of them: Eigen's unsupported modules are a third, and nothing uses them.
        hdrs = 'glob(["include/**"], exclude = ["include/unsupported/**"], exclude_directories = 1)'
        includes = ["include"]
    repository_ctx.file("BUILD", _LIBRARY_BUILD.format(
        name = attr.target,
        hdrs = hdrs,
        defines = attr.defines,
        includes = includes,
        linkopts = attr.linkopts,
    ))

debian_library = repository_rule(
    implementation = _debian_library_impl,
    attrs = {
        "target": attr.string(mandatory = True, doc = "Name of the library's target."),
        "marker": attr.string(mandatory = True, doc = "A file whose absence means that the package is not installed."),
        "debian_package": attr.string(mandatory = True),
        "include_directory": attr.string(doc = "Where the headers are, if not in /usr/include itself."),
        "defines": attr.string_list(),
        "linkopts": attr.string_list(),
        "optional": attr.bool(doc = "If it is not installed, nothing fails; installed.bzl says whether it is."),
    },
    local = True,
    doc = "A library that a Debian package has installed.",
)

def _builtin_rules_cc_impl(repository_ctx):
    repository_ctx.file("BUILD", "")
    repository_ctx.file("cc/BUILD", "")
    repository_ctx.symlink(repository_ctx.attr.definitions, "cc/defs.bzl")

_builtin_rules_cc = repository_rule(
    implementation = _builtin_rules_cc_impl,
    attrs = {"definitions": attr.label(default = "@hyperwidth//third_party/rules_cc:defs.bzl", allow_single_file = True)},
    local = True,
)

def _no_coverage_tools_impl(repository_ctx):
    # Bazel asks for this target whenever it builds a test, even when no coverage is collected.
    repository_ctx.file(
        "BUILD",
        'filegroup(name = "coverage_report_generator", srcs = [], visibility = ["//visibility:public"])\n',
    )

_no_coverage_tools = repository_rule(implementation = _no_coverage_tools_impl, local = True)

def _bazel_rules():
    """The rule sets that Bazel itself asks for and would download otherwise."""
    if not native.existing_rule("rules_java"):
        native.local_repository(name = "rules_java", path = "/usr/share/bazel/rules/java")
    if not native.existing_rule("rules_proto"):
        native.local_repository(name = "rules_proto", path = "/usr/share/bazel/rules/proto")
    if not native.existing_rule("rules_cc"):
        _builtin_rules_cc(name = "rules_cc")
    if not native.existing_rule("remote_coverage_tools"):
        _no_coverage_tools(name = "remote_coverage_tools")

def hyperwidth_repositories():
    """Declares every external repository that hyperwidth uses."""
    _bazel_rules()
    debian_library(
        name = "hyperwidth_boost",
        target = "boost",
        debian_package = "libboost-dev",
        marker = "/usr/include/boost/math/distributions/students_t.hpp",
    )
    debian_library(
        name = "hyperwidth_eigen",
        target = "eigen",
        debian_package = "libeigen3-dev",
        # Threads are the business of training/; Eigen must not start its own.
        defines = ["EIGEN_DONT_PARALLELIZE"],
        include_directory = "/usr/include/eigen3",
        marker = "/usr/include/eigen3/Eigen/Core",
    )
    debian_library(
        name = "hyperwidth_libxsmm",
        target = "libxsmm",
        debian_package = "libxsmm-dev",
        # Only its kernels are used; libxsmmnoblas stands in for the BLAS that the rest would call.
        linkopts = ["-lxsmm", "-lxsmmnoblas", "-lpthread", "-ldl"],
        marker = "/usr/include/libxsmm.h",
    )
    debian_library(
        name = "hyperwidth_onetbb",
        target = "onetbb",
        debian_package = "libtbb-dev",
        linkopts = ["-ltbb"],
        marker = "/usr/include/oneapi/tbb/task_arena.h",
    )
    debian_library(
        name = "hyperwidth_openmpi",
        target = "openmpi",
        debian_package = "libopenmpi-dev",
        # Its former C++ interface is another library.
        defines = ["OMPI_SKIP_MPICXX"],
        linkopts = ["-lmpi"],
        marker = "/usr/bin/mpicc",
        optional = True,
    )
    debian_library(
        name = "hyperwidth_zlib",
        target = "zlib",
        debian_package = "zlib1g-dev",
        linkopts = ["-lz"],
        marker = "/usr/include/zlib.h",
    )
    debian_library(
        name = "hyperwidth_libzip",
        target = "libzip",
        debian_package = "libzip-dev",
        linkopts = ["-lzip"],
        marker = "/usr/include/zip.h",
    )
    debian_library(
        name = "hyperwidth_cli11",
        target = "cli11",
        debian_package = "libcli11-dev",
        marker = "/usr/include/CLI/CLI.hpp",
    )
    debian_library(
        name = "hyperwidth_fmt",
        target = "fmt",
        debian_package = "libfmt-dev",
        linkopts = ["-lfmt"],
        marker = "/usr/include/fmt/format.h",
    )
    debian_library(
        name = "hyperwidth_nlohmann_json",
        target = "nlohmann_json",
        debian_package = "nlohmann-json3-dev",
        marker = "/usr/include/nlohmann/json.hpp",
    )
    debian_library(
        name = "hyperwidth_googletest",
        target = "googletest",
        debian_package = "libgmock-dev",
        linkopts = ["-lgmock_main", "-lgmock", "-lgtest", "-lpthread"],
        marker = "/usr/include/gmock/gmock.h",
    )
    debian_library(
        name = "hyperwidth_google_benchmark",
        target = "google_benchmark",
        debian_package = "libbenchmark-dev",
        linkopts = ["-lbenchmark_main", "-lbenchmark", "-lpthread"],
        marker = "/usr/include/benchmark/benchmark.h",
    )
