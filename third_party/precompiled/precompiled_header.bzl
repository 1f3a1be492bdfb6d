"""Headers that most files of a kind include, compiled once."""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "CPP_COMPILE_ACTION_NAME")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

def _precompile(ctx, header, context):
    toolchain = find_cpp_toolchain(ctx)
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features,
    )
    precompiled = ctx.actions.declare_file(ctx.label.name + ".h.gch")
    variables = cc_common.create_compile_variables(
        feature_configuration = features,
        cc_toolchain = toolchain,
        include_directories = context.includes,
        quote_include_directories = context.quote_includes,
        system_include_directories = context.system_includes,
        preprocessor_defines = context.defines,
        user_compile_flags = ctx.fragments.cpp.copts + ctx.fragments.cpp.cxxopts + ctx.attr.copts,
    )
    ctx.actions.run(
        executable = cc_common.get_tool_for_action(
            feature_configuration = features,
            action_name = CPP_COMPILE_ACTION_NAME,
        ),
        arguments = cc_common.get_memory_inefficient_command_line(
            feature_configuration = features,
            action_name = CPP_COMPILE_ACTION_NAME,
            variables = variables,
        ) + ["-x", "c++-header", header.path, "-o", precompiled.path],
        env = cc_common.get_environment_variables(
            feature_configuration = features,
            action_name = CPP_COMPILE_ACTION_NAME,
            variables = variables,
        ),
        inputs = depset([header], transitive = [context.headers, toolchain.all_files]),
        outputs = [precompiled],
        mnemonic = "PrecompileHeader",
        progress_message = "Precompiling " + ctx.file.header.short_path,
    )
    return precompiled

def _precompiled_header_impl(ctx):
    included = cc_common.merge_cc_infos(cc_infos = [dep[CcInfo] for dep in ctx.attr.deps])

    # GCC takes a precompiled header where it finds the header itself. If macros or what else it compares differ from
    # the flags here, it reads the header; the level of optimisation it does not compare.
    header = ctx.actions.declare_file(ctx.label.name + ".h")
    ctx.actions.expand_template(output = header, template = ctx.file.header, substitutions = {})
    files = [header]
    if ctx.attr.precompile:
        files.append(_precompile(ctx, header, included.compilation_context))
    own = CcInfo(compilation_context = cc_common.create_compilation_context(headers = depset(files)))
    return [
        DefaultInfo(files = depset(files)),
        cc_common.merge_cc_infos(cc_infos = [own, included]),
    ]

# For files that depend on it and are compiled with -include PACKAGE/NAME.h, see .bazelrc.
_precompiled_header = rule(
    implementation = _precompiled_header_impl,
    attrs = {
        "header": attr.label(allow_single_file = [".h"], mandatory = True),
        "deps": attr.label_list(providers = [CcInfo]),
        "copts": attr.string_list(doc = "Options that the files have and the whole build has not"),
        "precompile": attr.bool(doc = "If not, the files read the header"),
        "_cc_toolchain": attr.label(default = Label("@bazel_tools//tools/cpp:current_cc_toolchain")),
    },
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)

def precompiled_header(**attributes):
    """A precompiled header, if the build wants them."""
    _precompiled_header(
        precompile = select({
            "//third_party/precompiled:wanted": True,
            "//conditions:default": False,
        }),
        **attributes
    )
