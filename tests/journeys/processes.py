"""A server that has imported everything once and forks: a fresh worker in milliseconds."""

import multiprocessing

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.journeys.victim", "tests.journeys.acting_victim"])
