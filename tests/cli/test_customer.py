"""`frontdesk customer` from a shell."""

import json
import zipfile

import psycopg

from frontdesk.db.embedded import EmbeddedPostgres
from tests.cli.conftest import Shell


def test_a_customer_is_exported_looked_for_and_erased(shell: Shell) -> None:
    assert shell.run("migrate").code == 0
    with psycopg.connect(EmbeddedPostgres(shell.home).start(), autocommit=True) as conn:
        conn.execute("insert into customer (customer_id, email) values ('C-1', 'dana@mail.example')")
    target = shell.home / "dana.zip"
    exported = shell.run("customer", "export", "Dana@mail.example", "-o", str(target))
    assert exported.code == 0, exported.err
    assert target.stat().st_mode & 0o777 == 0o600
    assert json.loads(zipfile.ZipFile(target).read("customer.json"))[0]["customer_id"] == "C-1"
    looked = shell.run("customer", "erase", "C-1", "--dry-run", "--json")
    assert json.loads(looked.out)["kinds"]["customer"] == {"rows": 1, "deleted": 0, "emptied": 0}
    done = shell.run("customer", "erase", "C-1")
    assert (done.code, done.out.splitlines()[1].split()) == (0, ["customer", "1", "1", "0"]), done.err
    shell.run("customer", "erase", "C-1").assert_failed(1, "no such customer")
