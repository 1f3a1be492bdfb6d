// SPDX-License-Identifier: Apache-2.0
#include "training/mpi/mpi_session.h"

#include <mpi/mpi.h>
#include <sched.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <thread>
#include <vector>

#include "training/thread_budget.h"

namespace hyperwidth {
namespace {

struct Header {
  long long run;
  long long trial;
};

std::string BytesOf(const MpiMessage& message) {
  const Header header{.run = message.run, .trial = message.trial};
  std::string bytes(sizeof header, '\0');
  std::memcpy(bytes.data(), &header, sizeof header);
  bytes += message.bytes;
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw std::length_error("MPI: a message has " + std::to_string(bytes.size()) + " bytes; accepted: below 2 GiB");
  }
  return bytes;
}

}  // namespace

MpiSession::MpiSession(int* argc, char*** argv) {
  int provided = 0;
  // Open MPI looks for messages without a pause, on a core that trials need. Whoever has set this keeps it.
  ::setenv("OMPI_MCA_mpi_yield_when_idle", "1", /*overwrite=*/0);
  // By default MPI ends the program when a call fails, which is what is wanted: no process can go on alone.
  MPI_Init_thread(argc, argv, MPI_THREAD_SERIALIZED, &provided);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
  MPI_Comm_size(MPI_COMM_WORLD, &size_);
  if (provided < MPI_THREAD_SERIALIZED) {
    throw std::runtime_error("MPI: gives threads level " + std::to_string(provided) +
                             "; accepted: MPI_THREAD_SERIALIZED or more");
  }
}

MpiSession::~MpiSession() {
  if (!gave_up_) MPI_Finalize();
}

int MpiSession::Threads() const {
  MPI_Comm machine;
  MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, rank_, MPI_INFO_NULL, &machine);
  int processes = 1;
  MPI_Comm_size(machine, &processes);
  cpu_set_t own;
  CPU_ZERO(&own);
  ::sched_getaffinity(0, sizeof own, &own);
  std::vector<cpu_set_t> all(static_cast<std::size_t>(processes));
  MPI_Allgather(&own, sizeof own, MPI_BYTE, all.data(), sizeof own, MPI_BYTE, machine);
  MPI_Comm_free(&machine);
  const auto sharing =
      std::count_if(all.begin(), all.end(), [&](const cpu_set_t& set) { return CPU_EQUAL(&set, &own); });
  return std::max(1, AvailableThreads() / static_cast<int>(sharing));
}

void MpiSession::Send(const MpiMessage& message) const {
  const std::string bytes = BytesOf(message);
  MPI_Send(bytes.data(), static_cast<int>(bytes.size()), MPI_BYTE, message.rank, message.kind, MPI_COMM_WORLD);
}

void MpiSession::SendOrGiveUp(const MpiMessage& message, const std::atomic<bool>& stop) {
  const std::string& bytes = sending_.emplace_back(BytesOf(message));
  MPI_Request request;
  MPI_Isend(
      bytes.data(), static_cast<int>(bytes.size()), MPI_BYTE, message.rank, message.kind, MPI_COMM_WORLD, &request);
  using Clock = std::chrono::steady_clock;
  Clock::time_point stopped = Clock::now();
  for (int is_taken = 0;;) {
    MPI_Test(&request, &is_taken, MPI_STATUS_IGNORE);
    if (is_taken != 0) return sending_.pop_back();
    if (!stop.load()) stopped = Clock::now();
    if (Clock::now() - stopped > kMpiPatience) return GiveUpOthers();
    std::this_thread::sleep_for(kMpiPoll);
  }
}

void MpiSession::Abort(int status) const {
  std::fflush(nullptr);
  MPI_Abort(MPI_COMM_WORLD, status);
  std::_Exit(status);
}

std::optional<MpiMessage> MpiSession::Receive() const {
  int is_there = 0;
  MPI_Status status;
  MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &is_there, &status);
  if (is_there == 0) return std::nullopt;
  int size = 0;
  MPI_Get_count(&status, MPI_BYTE, &size);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  MPI_Recv(bytes.data(), size, MPI_BYTE, status.MPI_SOURCE, status.MPI_TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  Header header;
  std::memcpy(&header, bytes.data(), sizeof header);
  return MpiMessage{.rank = status.MPI_SOURCE,
                    .kind = status.MPI_TAG,
                    .run = header.run,
                    .trial = header.trial,
                    .bytes = bytes.substr(sizeof header)};
}

}  // namespace hyperwidth
