#include "tools/oriel/serve/code_pages.h"

#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace oriel::serve {
namespace {

/// Segments that are not writable hold nothing but what is in their file: relocated tables lie in
/// the writable one, even where they are protected later.
bool only_mirrors_its_file(const ElfW(Phdr) & segment) {
  return segment.p_type == PT_LOAD && (segment.p_flags & PF_W) == 0;
}

int give_back(dl_phdr_info* object, std::size_t, void*) {
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  for (ElfW(Half) i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = object->dlpi_phdr[i];
    if (!only_mirrors_its_file(segment)) continue;
    const std::uintptr_t begin = object->dlpi_addr + segment.p_vaddr;
    const std::uintptr_t first = begin & ~(page - 1);
    const std::uintptr_t end = begin + segment.p_memsz;
    // Advice: where it is not taken (the kernel's own page, locked memory), nothing is lost.
    static_cast<void>(::madvise(reinterpret_cast<void*>(first), end - first, MADV_DONTNEED));
  }
  return 0;
}

}  // namespace

void give_back_code_pages() { ::dl_iterate_phdr(&give_back, nullptr); }

}  // namespace oriel::serve
