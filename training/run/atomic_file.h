// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_RUN_ATOMIC_FILE_H_
#define HYPERWIDTH_TRAINING_RUN_ATOMIC_FILE_H_

#include <filesystem>
#include <functional>
#include <string_view>

namespace hyperwidth {

// Writes `contents` to `path` so that a reader, and the disk after a crash, sees the old file or the whole new one: the
// bytes go to a temporary name in the same folder, are flushed to the disk and then renamed.
//
// Throws std::runtime_error naming `path` and the system's reason if any step fails; the temporary file is removed and
// an older file at `path` is untouched.
void WriteFileAtomically(const std::filesystem::path& path, std::string_view contents);

// The same for a file that something else writes, such as a library that wants a path: `write` creates the file whose
// path it is given and closes it. What it throws is passed on, and no file of that name remains.
void WriteFileAtomically(const std::filesystem::path& path,
                         const std::function<void(const std::filesystem::path& temporary)>& write);

// Makes the name of a new file durable: flushes the folder that holds it. Some file systems refuse, which is no error:
// the file is whole all the same.
void FlushFolderOf(const std::filesystem::path& path);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_RUN_ATOMIC_FILE_H_
