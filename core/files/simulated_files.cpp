#include "core/files/simulated_files.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"

namespace core {
namespace {

std::error_code code(std::errc reason) { return std::make_error_code(reason); }

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string{} : path.substr(0, slash);
}

}  // namespace

/// A file that is open in the simulated world.
class SimulatedFile final : public File {
 public:
  SimulatedFile(SimulatedFiles& files, SimulatedFiles::ContentPtr content)
      : files_(files), content_(std::move(content)) {}

  std::error_code write(std::uint64_t offset, std::span<const Octets> slices) override {
    if (!files_.change()) return code(std::errc::io_error);
    SimulatedFiles::Write all{offset, {}};
    for (const Octets& slice : slices) all.octets += text_of(slice);
    std::error_code error = SimulatedFiles::come_due(files_.write_failure_);
    if (error) all.octets.resize(all.octets.size() / 2);
    const std::uint64_t before = content_->written.size();
    const std::uint64_t used = files_.used_octets();
    const std::uint64_t room = before + (files_.capacity_ > used ? files_.capacity_ - used
                                                                 : 0);  // end of the file at most
    if (offset + all.octets.size() > std::max(before, room)) {
      const std::uint64_t fits = std::max(before, room);
      all.octets.resize(fits > offset ? static_cast<std::size_t>(fits - offset) : 0);
      error = code(std::errc::no_space_on_device);
    }
    SimulatedFiles::apply(content_->written, all);
    content_->since_synced.push_back(std::move(all));
    return error;
  }

  std::error_code sync() override {
    if (!files_.change()) return code(std::errc::io_error);
    ++files_.syncs_;
    const std::error_code error = SimulatedFiles::come_due(files_.sync_failure_);
    if (error) {
      content_->written = content_->synced;
    } else {
      for (const SimulatedFiles::Write& write : content_->since_synced) {
        SimulatedFiles::apply(content_->synced, write);
      }
      content_->synced.resize(content_->written.size());
    }
    content_->since_synced.clear();
    return error;
  }

  FileResult<std::size_t> read(std::uint64_t offset, std::span<std::byte> into) override {
    const std::string& all = content_->written;
    if (offset >= all.size()) return std::size_t{0};
    const std::size_t count = std::min(into.size(), all.size() - static_cast<std::size_t>(offset));
    std::copy_n(octets_of(all).begin() + static_cast<std::ptrdiff_t>(offset), count, into.begin());
    return count;
  }

  FileResult<std::uint64_t> size() override {
    return static_cast<std::uint64_t>(content_->written.size());
  }

  FileResult<std::uint64_t> next_data(std::uint64_t offset) override {
    const std::size_t found =
        content_->written.find_first_not_of('\0', static_cast<std::size_t>(offset));
    return static_cast<std::uint64_t>(std::min(found, content_->written.size()));
  }

  std::error_code truncate(std::uint64_t size) override {
    if (!files_.change()) return code(std::errc::io_error);
    const auto length = static_cast<std::size_t>(size);
    content_->written.resize(length);
    content_->synced.resize(std::min(content_->synced.size(), length));
    for (SimulatedFiles::Write& write : content_->since_synced) {
      const std::size_t end = static_cast<std::size_t>(write.offset) + write.octets.size();
      if (end > length)
        write.octets.resize(write.octets.size() - std::min(end - length, write.octets.size()));
    }
    return {};
  }

  std::error_code reserve(std::uint64_t size) override {
    if (!files_.change()) return code(std::errc::io_error);
    if (!files_.reserves_) return code(std::errc::operation_not_supported);
    const auto length = static_cast<std::size_t>(size);
    if (length <= content_->written.size()) return {};
    if (files_.used_octets() + (length - content_->written.size()) > files_.capacity_) {
      return code(std::errc::no_space_on_device);
    }
    content_->written.resize(length);
    content_->synced.resize(length);
    return {};
  }

 private:
  SimulatedFiles& files_;
  SimulatedFiles::ContentPtr content_;
};

bool SimulatedFiles::change() {
  if (dead()) return false;
  if (changes_left_ != kUnlimited) --changes_left_;
  ++changes_;
  return true;
}

std::error_code SimulatedFiles::come_due(Failure& failure) {
  if (failure.nth == 0 || --failure.nth > 0) return {};
  return failure.error;
}

void SimulatedFiles::apply(std::string& content, const Write& write) {
  const std::size_t end = static_cast<std::size_t>(write.offset) + write.octets.size();
  if (write.octets.empty()) return;
  if (content.size() < end) content.resize(end);
  content.replace(static_cast<std::size_t>(write.offset), write.octets.size(), write.octets);
}

void SimulatedFiles::keep_some_writes(Content& content, const Random& random) const {
  std::vector<Write>& writes = content.since_synced;
  const auto kept = static_cast<std::size_t>(random(writes.size() + 1));
  for (std::size_t i = 0; i < kept; ++i) {
    if (i + 1 == kept) {
      writes[i].octets.resize(static_cast<std::size_t>(random(writes[i].octets.size() + 1)));
    }
    apply(content.synced, writes[i]);
  }
  writes.clear();
  content.written = content.synced;
}

void SimulatedFiles::crash(const Random& random) {
  std::map<std::string, ContentPtr> survivors;
  for (const auto* names : {&synced_names_, &names_}) {
    for (const auto& [name, content] : *names) {
      const auto now = names_.find(name);
      const auto synced = synced_names_.find(name);
      const bool sure = now != names_.end() && synced != synced_names_.end();
      if (survivors.contains(name)) continue;
      if (sure || random(2) == 0) survivors.emplace(name, content);
    }
  }
  for (auto& [name, content] : survivors) {
    // A new object: what was opened before the crash cannot reach it.
    content = std::make_shared<Content>(*content);
    keep_some_writes(*content, random);
  }
  names_ = survivors;
  synced_names_ = std::move(survivors);
  changes_left_ = kUnlimited;
  write_failure_ = {};
  sync_failure_ = {};
}

void SimulatedFiles::flip_bit(const std::string& path, std::uint64_t octet, unsigned bit) {
  const auto found = names_.find(path);
  CORE_CHECK(found != names_.end() && octet < found->second->written.size());
  for (std::string* content : {&found->second->written, &found->second->synced}) {
    if (octet >= content->size()) continue;
    char& flipped = (*content)[static_cast<std::size_t>(octet)];
    flipped = static_cast<char>(static_cast<unsigned char>(flipped) ^ (1U << bit));
  }
}

std::uint64_t SimulatedFiles::used_octets() const {
  std::uint64_t used = 0;
  for (const auto& [name, content] : names_) used += content->written.size();
  return used;
}

std::string SimulatedFiles::content(const std::string& path) const {
  const auto found = names_.find(path);
  CORE_CHECK(found != names_.end());
  return found->second->written;
}

void SimulatedFiles::put(const std::string& path, std::string content) {
  const auto file = std::make_shared<Content>();
  file->synced = content;
  file->written = std::move(content);
  names_[path] = file;
  synced_names_[path] = file;
  for (std::string folder = folder_of(path); !folder.empty(); folder = folder_of(folder)) {
    folders_[folder] = true;
  }
}

FileResult<std::unique_ptr<File>> SimulatedFiles::open(const std::string& path, OpenMode mode) {
  auto found = names_.find(path);
  if (mode == OpenMode::create) {
    if (!change()) return Unexpected{code(std::errc::io_error)};
    if (found != names_.end()) return Unexpected{code(std::errc::file_exists)};
    if (!folders_.contains(folder_of(path))) {
      return Unexpected{code(std::errc::no_such_file_or_directory)};
    }
    found = names_.emplace(path, std::make_shared<Content>()).first;
  }
  if (found == names_.end()) return Unexpected{code(std::errc::no_such_file_or_directory)};
  return std::unique_ptr<File>{std::make_unique<SimulatedFile>(*this, found->second)};
}

FileResult<std::vector<std::string>> SimulatedFiles::list(const std::string& folder) {
  if (!folders_.contains(folder)) return Unexpected{code(std::errc::no_such_file_or_directory)};
  std::vector<std::string> names;
  const auto add = [&](const std::string& path) {
    if (folder_of(path) == folder) names.push_back(path.substr(folder.size() + 1));
  };
  for (const auto& [path, content] : names_) add(path);
  for (const auto& [path, there] : folders_) add(path);
  std::sort(names.begin(), names.end());
  return names;
}

std::error_code SimulatedFiles::make_folder(const std::string& folder) {
  if (!change()) return code(std::errc::io_error);
  for (std::string path = folder; !path.empty(); path = folder_of(path)) folders_[path] = true;
  return {};
}

std::error_code SimulatedFiles::remove(const std::string& path) {
  if (!change()) return code(std::errc::io_error);
  if (names_.erase(path) == 1) return {};
  if (!folders_.contains(path)) return code(std::errc::no_such_file_or_directory);
  const auto names = list(path);
  if (!names->empty()) return code(std::errc::directory_not_empty);
  folders_.erase(path);
  return {};
}

std::error_code SimulatedFiles::sync_folder(const std::string& folder) {
  if (!change()) return code(std::errc::io_error);
  ++syncs_;
  std::erase_if(synced_names_, [&](const auto& entry) {
    return folder_of(entry.first) == folder && !names_.contains(entry.first);
  });
  for (const auto& [path, content] : names_) {
    if (folder_of(path) == folder) synced_names_[path] = content;
  }
  return {};
}

FileResult<std::uint64_t> SimulatedFiles::free_octets(const std::string&) {
  const std::uint64_t used = used_octets();
  return capacity_ > used ? capacity_ - used : 0;
}

}  // namespace core
