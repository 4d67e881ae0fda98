"""VMware's SDK for PHP: everything it has for extension services, by php_sdk_walk.php."""

import os
import pathlib
import subprocess
import zipfile

from world import ADMIN_PASSWORD, DEV_PASSWORD, HANG, World, main

WALK = pathlib.Path(__file__).with_name("php_sdk_walk.php")
STEPS = WALK.read_text(encoding="utf-8").count("\nstep(")


class PhpSdk:
    """The walk in one API version; the classes below name it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with zipfile.ZipFile("bundle.zip", "w") as bundle:
            bundle.writestr("en_US", "VIEW_PHOTOS=View photos\nphotoImport=Import of a photo\n")

    def test_every_step_of_the_walk(self):
        done = subprocess.run(
            ["php", str(WALK), self.host(), self.version, self.oriel.ca_file, ADMIN_PASSWORD,
             str(self.oriel.address("amqp")[1])],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=HANG, check=False,
            env={**os.environ, "TENANT_PASSWORD": DEV_PASSWORD})
        lines = done.stdout.splitlines()
        if not all(line.startswith("ok ") for line in lines) or len(lines) != STEPS:
            self.fail(done.stdout)


class Version31(PhpSdk, World):
    version = "31.0"


class Version36(PhpSdk, World):
    version = "36.0"


if __name__ == "__main__":
    main()
