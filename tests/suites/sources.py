"""Brings a suite's sources into the scratch folder: from Debian, or from a checkout one names.

Nothing of it belongs into this repository.
"""

import pathlib
import re
import shutil
import subprocess


class Missing(Exception):
    """Why a suite cannot be run here; it is then skipped with this sentence."""


class Sources:
    def __init__(self, scratch, checkouts):
        self.folder = pathlib.Path(scratch) / "sources"
        self.checkouts = pathlib.Path(checkouts) if checkouts else None

    def checkout(self, name):
        """The folder of that name among the checkouts, or None."""
        folder = self.checkouts / name if self.checkouts else None
        return folder if folder and folder.is_dir() else None

    def get(self, name, package):
        """A private copy: of the checkout if there is one, else of Debian's source package."""
        copy = self.folder / name
        given = self.checkout(name)
        if given:
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(given, copy, symlinks=True)
            return copy
        if package is None:
            raise Missing(f"no registry has its tests: put a checkout into --checkouts DIR/{name}")
        if not copy.exists():
            self.unpack(self.debian(package), copy)
        return copy

    def unpack(self, archive, copy):
        part = copy.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        subprocess.run(["tar", "-xf", archive, "-C", part, "--strip-components=1"], check=True)
        part.rename(copy)

    def debian(self, package):
        """The upstream archive of a Debian source package. Its tests are all we want of it."""
        place = self.folder / "debian" / package
        if not self.archives(place):
            place.mkdir(parents=True, exist_ok=True)
            done = subprocess.run([*self.apt(), "-qq", "--download-only", "source", package],
                                  cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                  text=True, check=False)
            if not self.archives(place):
                lines = [line for line in done.stderr.splitlines() if line.startswith("E:")]
                why = lines[0] if lines else "no archive in it"
                raise Missing(f"no source of {package} to be had: {why}; "
                              "a checkout in --checkouts would do as well")
        return self.archives(place)[0]

    @staticmethod
    def archives(place):
        return [path for path in place.glob("*.orig.tar.*")
                if not path.name.endswith(".asc")] if place.is_dir() else []

    def apt(self):
        """apt-get with lists of its own, which name the system's archives with their sources."""
        state = self.folder / "apt"
        sources = state / "sources.list.d"
        command = ["apt-get", "-o", "Dir::Etc::sourcelist=/dev/null",
                   "-o", f"Dir::Etc::sourceparts={sources}",
                   "-o", f"Dir::State::lists={state}/lists", "-o", "APT::Sandbox::User=root"]
        if not sources.exists():
            (state / "lists" / "partial").mkdir(parents=True, exist_ok=True)
            sources.mkdir()
            for path in sorted(pathlib.Path("/etc/apt/sources.list.d").glob("*.sources")):
                text = re.sub(r"(?m)^Types:.*$", "Types: deb-src", path.read_text())
                (sources / path.name).write_text(text)
            system = pathlib.Path("/etc/apt/sources.list")
            if system.exists():
                text = re.sub(r"(?m)^deb ", "deb-src ", system.read_text())
                (sources / "system.list").write_text(text)
            subprocess.run([*command, "-qq", "update"], check=False, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
        return command


def need_packages(*names):
    """Debian packages that a suite needs installed; the suites install none themselves."""
    missing = [name for name in names if not installed(name)]
    if missing:
        raise Missing("apt-get install --no-install-recommends " + " ".join(missing))


def installed(name):
    status = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Abbrev}", name],
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                            check=False)
    return status.stdout.startswith("ii")
