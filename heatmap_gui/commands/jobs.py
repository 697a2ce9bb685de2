"""`jobs list|add|show|cancel|retry`: the ledger of jobs, for people. It needs the database alone."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from heatmap_gui.commands.job_wording import job_table, whole_text
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.work import Job, Status
from heatmap_gui.services.audit import local_user
from heatmap_gui.services.broker import open_broker
from heatmap_gui.services.catalog import Catalog
from heatmap_gui.services.job_documents import job_document, whole_document
from heatmap_gui.services.job_orders import job_by_hand, schedule_for
from heatmap_gui.services.secrets import Seal, resolve
from heatmap_gui.services.site_snapshot import hide_addresses, site_document
from heatmap_gui.settings import Settings
from heatmap_gui.store import deliveries, jobs
from heatmap_gui.store.audit import note
from heatmap_gui.store.database import Database, open_database
from heatmap_gui.store.history_reading import exposed_of_job
from heatmap_gui.store.site_files import find_site, load_site

HELP = "List the jobs of the services, add one, show one, cancel one, or try one again."
_PAGE = 20
_MOST_DELIVERIES = 100
_NOTED = {"add": "job added", "cancel": "job cancelled", "retry": "job retried"}  # as the API notes them


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The action and what it is about."""
    parser.add_argument("action", choices=("list", "add", "show", "cancel", "retry"), help="what to do")
    parser.add_argument("name", nargs="?", help="add: the store; show, cancel, retry: the job's id")
    parser.add_argument(
        "--config", type=Path, metavar="F", help="production_config.json (default: environment and data folder decide)"
    )
    parser.add_argument("--status", choices=[str(status) for status in Status], help="list: only those")
    parser.add_argument("--store", metavar="STORE", help="list: only those of this store")
    parser.add_argument("--limit", type=int, default=_PAGE, metavar="N", help="list: at most so many (%(default)s)")
    parser.add_argument("--before", metavar="ID", help="list: those before this one: the next page")
    parser.add_argument("--duration", type=float, metavar="S", help="add: how many seconds are measured, from now on")
    parser.add_argument("--schedule", metavar="ID", help="add: measure and tell as this schedule of --config does")


def run(args: argparse.Namespace) -> int:
    """Exit status 0; errors are raised."""
    if args.action != "list" and args.name is None:
        what = "the name of a store" if args.action == "add" else "a job's id: jobs list shows them"
        raise InputError(f"jobs {args.action} needs {what}")
    catalog = Catalog(args.config) if args.config else None
    settings: Settings = catalog.settings if catalog else args.settings
    with closing(open_database(resolve(settings.database_url), settings.home)) as database:
        if args.action == "list":
            _list(args, database)
        elif args.action == "show":
            _show(args, database)
        else:
            _change(args, settings, catalog, database)
    return 0


def _list(args: argparse.Namespace, database: Database) -> None:
    if args.limit < 1:
        raise InputError(f"--limit {args.limit}: allowed: a whole number above 0")
    with database.read() as transaction:
        last = jobs.get(transaction, args.before) if args.before else None
        found = jobs.newest(
            transaction,
            limit=args.limit + 1,
            status=[Status(args.status)] if args.status else None,
            stores=None if args.store is None else [args.store],
            before=(last.due, last.id) if last else None,
        )
    page, more = found[: args.limit], len(found) > args.limit
    if args.json:
        print(json.dumps({"jobs": [job_document(job) for job in page], "next": page[-1].id if more else None}))
    elif page:
        print(job_table(page))
        if more:
            print(f"older ones: jobs list --before {page[-1].id}")
    elif args.status or args.store or args.before:
        print("no such jobs: `heatmap jobs list` shows all")
    else:
        print("no jobs yet: a schedule makes them when they are due, `heatmap jobs add STORE` makes one now")


def _show(args: argparse.Namespace, database: Database) -> None:
    with database.read() as transaction:
        job = jobs.get(transaction, args.name)
        exposed_s = exposed_of_job(transaction, job.id)
        sent = deliveries.newest(transaction, limit=_MOST_DELIVERIES, job_id=job.id)
    document = whole_document(job, exposed_s, sent)
    print(json.dumps(document) if args.json else whole_text(document))


def _change(args: argparse.Namespace, settings: Settings, catalog: Catalog | None, database: Database) -> None:
    """Adds, cancels or retries; the audit notes who did, and whoever waits for it is told."""
    now = time.time()
    new = _new_job(args, settings, catalog, now) if args.action == "add" else None
    with _bell(settings, database, "cancel" if args.action == "cancel" else "jobs") as changed:
        with database.write() as transaction:
            if new is not None:
                (job,) = jobs.add(transaction, [new])
            else:
                change = jobs.cancel if args.action == "cancel" else jobs.retry
                job = change(transaction, args.name, now)
            detail = args.schedule if new is not None else None
            note(transaction, now, local_user(), _NOTED[args.action], job.id, detail)
        changed.append(job)
    if args.json:
        print(json.dumps(job_document(job)))
    elif job.status == Status.RUNNING:
        print(f"job {job.id} runs: its worker was asked to end it")
    else:
        print(f"job {job.id} is {job.status}")
        if job.status == Status.QUEUED and job.ends <= now:
            print("its time is over: what was measured of it is finished, nothing is measured late")


def _new_job(args: argparse.Namespace, settings: Settings, catalog: Catalog | None, now: float) -> Job:
    if args.schedule is not None and catalog is None:
        raise InputError("--schedule needs --config: the file that it is in")
    known = {} if catalog is None else catalog.production.schedules
    schedule = schedule_for(args.name, args.schedule, known, settings.confidence)
    seal = Seal.of(settings)
    if catalog is not None:
        snapshot = catalog.site_document(args.name)
    else:
        site = replace(load_site(find_site(settings.calibration_dir, args.name)), name=args.name)
        hide_addresses(site.document)
        snapshot = site_document(site, seal)
    return job_by_hand(schedule, args.duration, snapshot, seal, now)


@contextmanager
def _bell(settings: Settings, database: Database, bell: str) -> Iterator[list[Job]]:
    """Opens the broker, and afterwards shows the jobs that were put into the list, and rings."""
    with closing(open_broker(resolve(settings.redis_url), database.deployment)) as broker:
        changed: list[Job] = []
        yield changed
        broker.mirror(changed)
        broker.ring(bell)
