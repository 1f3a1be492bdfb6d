// SPDX-License-Identifier: Apache-2.0
#include "experiments/command_line/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <numeric>
#include <string_view>
#include <vector>

namespace hyperwidth {
namespace {

// Levenshtein's distance: how many letters to change, add or drop.
std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

// The subcommand that the user chose, or the program itself.
const CLI::App& ChosenCommand(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : ChosenCommand(*chosen.front());
}

std::vector<std::string> SubcommandNames(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* subcommand : command.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(subcommand->get_name());
  }
  return names;
}

// What is typed before the command's own name.
std::string NamesAbove(const CLI::App& command) {
  const CLI::App* const parent = command.get_parent();
  if (parent == nullptr) return "";
  const std::string above = NamesAbove(*parent);
  return above + (above.empty() ? "" : " ") + parent->get_name();
}

std::string UnknownArgument(const CLI::App& app) {
  const std::vector<std::string> unknown = app.remaining(/*recurse=*/true);
  const std::string found = unknown.empty() ? std::string("?") : unknown.front();
  const std::string flag = found.substr(0, found.find('='));
  const CLI::App& command = ChosenCommand(app);
  std::vector<std::string> known;
  if (flag.starts_with("-")) {
    for (const CLI::Option* option : command.get_options()) known.push_back(option->get_name());
  } else {
    known = SubcommandNames(command);
  }
  std::string message = (flag.starts_with("-") ? "unknown flag " : "unknown argument ") + found;
  const auto nearest = std::min_element(known.begin(), known.end(), [&flag](const auto& a, const auto& b) {
    return EditDistance(flag, a) < EditDistance(flag, b);
  });
  if (nearest != known.end() && EditDistance(flag, *nearest) <= 1 + flag.size() / 3) {
    return message + "; did you mean " + *nearest + "?";
  }
  message += known.empty() ? "; this program takes flags only" : "; accepted:";
  for (const std::string& name : known) message += " " + name;
  return message;
}

// Dashes and underscores are the same in a flag's name, never in its value.
std::string Normalised(std::string argument) {
  if (!argument.starts_with("--")) return argument;
  const auto end = argument.begin() + static_cast<std::ptrdiff_t>(std::min(argument.find('='), argument.size()));
  std::replace(argument.begin(), end, '_', '-');
  return argument;
}

int Fail(const CLI::App& app, std::string message, int status) {
  std::replace(message.begin(), message.end(), '\n', ' ');
  std::cerr << app.get_name() << ": " << message << std::endl;
  return status;
}

}  // namespace

int RunCommandLine(CLI::App& app, int argc, const char* const* argv, const std::function<int()>& body) {
  if (app.get_name().empty() && argc > 0) app.name(std::filesystem::path(argv[0]).filename().string());
  std::vector<std::string> arguments;  // CLI11 takes them last first
  for (int i = argc - 1; i > 0; --i) arguments.push_back(Normalised(argv[i]));
  try {
    app.parse(arguments);
    return body();
  } catch (const CLI::CallForHelp&) {
    std::cout << ChosenCommand(app).help(NamesAbove(ChosenCommand(app)));
    return kExitSuccess;
  } catch (const CLI::ExtrasError&) {
    return Fail(app, UnknownArgument(app), kExitBadInput);
  } catch (const CLI::RequiredError& error) {
    // What is missing is often what was mistyped: the unknown argument is the better hint.
    if (!app.remaining(/*recurse=*/true).empty()) return Fail(app, UnknownArgument(app), kExitBadInput);
    std::string message = error.what();
    const CLI::App& command = ChosenCommand(app);
    const std::vector<std::string> subcommands = SubcommandNames(command);
    if (!subcommands.empty()) {
      message = (&command == &app ? "a command" : "the name of a " + command.get_name()) + " is missing; accepted:";
      for (const std::string& name : subcommands) message += " " + name;
    }
    return Fail(app, message + " (see --help)", kExitBadInput);
  } catch (const CLI::ParseError& error) {
    return Fail(app, std::string(error.what()) + " (see --help)", kExitBadInput);
  } catch (const RunFailed& error) {
    return Fail(app, error.what(), kExitCheckFailed);
  } catch (const std::exception& error) {
    return Fail(app, error.what(), kExitBadInput);
  }
}

std::filesystem::path UserPath(const std::string& path) {
  std::filesystem::path given(path);
  if (given.empty() || given.is_absolute()) return given;
  const char* const directory = std::getenv("BUILD_WORKING_DIRECTORY");
  return directory == nullptr ? given : std::filesystem::path(directory) / given;
}

}  // namespace hyperwidth
