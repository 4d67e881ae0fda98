"""Brings the programs into the scratch folder: each repository at one commit, unchanged.

Nothing of it belongs into this repository, and nothing is built or installed: the programs run from
their sources, beside Debian's packages.
"""

import dataclasses
import pathlib
import shutil
import subprocess


class Missing(Exception):
    """Why a program cannot be run here; it is then skipped with this sentence."""


@dataclasses.dataclass(frozen=True)
class Source:
    """One public repository."""

    owner: str
    commit: str
    folders: tuple  # what of it is wanted; all the rest stays where it is
    distribution: str = ""  # name==version, for programs that ask which version of them is installed


SOURCES = {
    "pyvcloud": Source("vmware", "c8115d85514be4d5819598ad83e685fd71ff84d8",
                       ("/pyvcloud/", "/system_tests/*.py", "/system_tests/helpers/"),
                       "pyvcloud==23.0.4"),
    "vcd-cli": Source("vmware", "11ace5d769d69ab0cf21f96666dfc978c51b6570", ("/vcd_cli/",),
                      "vcd-cli==24.1.0"),
    "container-service-extension": Source(
        "vmware", "e0eb0c86b00eee2ee28f8450e275480735bb7230",
        ("/container_service_extension/", "/cse_def_schema/"),
        "container-service-extension==3.1.4"),
    "vsphere-guest-run": Source("vmware", "0307f8bebef84eabed00e5eb674f0ccd8baf0ee7",
                                ("/vsphere_guest_run/",)),
    "VcdExtMessageWorker": Source("lrivallain", "61000a9c53b597fa49575f4a0b821cdcd0f1fc1b", ("/*",)),
    "vcdextproxy": Source("lrivallain", "cf02e9b13612e243174672e2f67d393b0c8dc3d7",
                          ("/vcdextproxy/",)),
    "vcd-api-examples": Source("johnnycuse", "63690ec9738b1b9a727be5b7fab71a3301745ff6",
                               ("/ticketing/",)),
    "vmware-vcloud-sdk-php-patched": Source(
        "purple-dbu", "ea6446c38d3951e1fffe9039a9018e3552c40311", ("/library/",)),
    "HTTP_Request2": Source("pear", "f010a16ccddd1ee7d2ee085e8006ee712c00f706", ("/HTTP/",)),
    "Net_URL2": Source("pear", "c1f2b316ed9b05e881cdb494f7550ddf817c76c8", ("/Net/",)),
}


class Sources:
    def __init__(self, scratch, checkouts=None):
        self.scratch = pathlib.Path(scratch)
        self.checkouts = pathlib.Path(checkouts) if checkouts else None

    def folder(self, name):
        """Where the program is, or will be."""
        return self.scratch / "sources" / name

    def get(self, name):
        """The program's folder, at its commit: from a clone that was given, else from GitHub."""
        source, folder = SOURCES[name], self.folder(name)
        if self.commit(folder) != source.commit:
            self.fetch(name)
        if self.git(folder, "status", "--porcelain", "--untracked-files=no"):
            raise Missing(f"{folder} was changed; remove it")
        self.describe(source)
        return folder

    def fetch(self, name):
        """A shallow clone without what is not wanted: some of these hold disk images."""
        source, folder = SOURCES[name], self.folder(name)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.git(folder, "init", "--quiet")
        self.git(folder, "remote", "add", "origin", self.origin(name))
        self.git(folder, "sparse-checkout", "set", "--no-cone", *source.folders)
        self.git(folder, "fetch", "--quiet", "--depth=1", "--filter=blob:none", "origin",
                 source.commit)
        self.git(folder, "checkout", "--quiet", "--detach", source.commit)

    def origin(self, name):
        if self.checkouts and (self.checkouts / name).is_dir():
            return str((self.checkouts / name).resolve())
        return f"https://github.com/{SOURCES[name].owner}/{name}.git"

    def commit(self, folder):
        done = subprocess.run(["git", "-C", folder, "rev-parse", "--quiet", "--verify", "HEAD"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                              check=False)
        return done.stdout.strip()

    def describe(self, source):
        """What pip would leave beside an installed program: its name and version."""
        if not source.distribution:
            return
        name, version = source.distribution.split("==")
        folder = self.scratch / "metadata" / f"{name.replace('-', '_')}-{version}.dist-info"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")

    @staticmethod
    def git(folder, *arguments):
        done = subprocess.run(["git", "-C", folder, *arguments], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            raise Missing(f"git {arguments[0]} in {folder}: {done.stderr.strip()[-300:]}; "
                          "a clone in --checkouts would do as well")
        return done.stdout.strip()


def need_packages(*names):
    """Debian packages that a program needs installed; none is installed from here."""
    missing = [name for name in names if not installed(name)]
    if missing:
        raise Missing("apt-get install --no-install-recommends " + " ".join(missing))


def installed(name):
    status = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Abbrev}", name],
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                            check=False)
    return status.stdout.startswith("ii")
