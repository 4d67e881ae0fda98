# Sourced by tools/run and tools/test: installs the Debian packages of the groups it is given, and builds
# with a progress bar.
# Needs $root, the top of the checkout.

# missing_packages GROUP...: the names in packaging/debian-packages.txt that are not installed.
missing_packages() {
  local wanted group name
  wanted=" $* "
  while read -r group name _; do
    case "$group" in '' | '#'*) continue ;; esac
    [[ $wanted == *" $group "* ]] || continue
    if [[ $name == npm ]] && command -v npm >/dev/null; then continue; fi # from elsewhere is fine too
    dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null | grep -q '^ii' || printf '%s\n' "$name"
  done <"$root/packaging/debian-packages.txt"
}

# build_with_progress FOLDER [TARGET...]: ninja with a bar on a terminal and every twentieth step as a
# plain line elsewhere; what is not a step (errors) is shown whole.
build_with_progress() {
  local folder=$1
  shift
  NINJA_STATUS='[%f/%t] ' ninja -C "$folder" ${1:+"$@"} | show_steps
}

show_steps() {
  local line bar open=false width=40
  while IFS= read -r line; do
    if [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]]; then
      local done=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]}
      if [[ -t 1 ]]; then
        printf -v bar '%*s' $((width * done / all)) ''
        printf '\r[%-*s] %d/%d\e[K' "$width" "${bar// /#}" "$done" "$all"
        open=true
      elif ((done % 20 == 1 || done == all)); then
        printf '%s\n' "$line"
      fi
    else
      $open && printf '\n'
      open=false
      printf '%s\n' "$line"
    fi
  done
  $open && printf '\n'
  return 0
}

# install_packages GROUP...: installs what is missing; exit status 5 when that is not allowed here.
install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} == 0)) && return 0
  local apt=(apt-get -qq -y --no-install-recommends install "${missing[@]}")
  printf 'installing %d Debian packages: %s\n' "${#missing[@]}" "${missing[*]}"
  if ((EUID == 0)); then
    :
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    apt=(sudo DEBIAN_FRONTEND=noninteractive "${apt[@]}")
  else
    printf 'cannot install packages as %s. As root, run:\n  apt-get update && %s\n' "$(id -un)" "${apt[*]}" >&2
    exit 5
  fi
  export DEBIAN_FRONTEND=noninteractive
  local log
  log=$(mktemp)
  if ! "${apt[@]}" >"$log" 2>&1; then
    # The package lists of a fresh machine are empty or old: fetch them and try once more.
    if [[ ${apt[0]} == sudo ]]; then sudo apt-get -qq update; else apt-get -qq update; fi >>"$log" 2>&1
    "${apt[@]}" >>"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; exit 5; }
  fi
  rm -f "$log"
}
