"""A model of an optional library: loaded at first use, run on its own threads, with the desk's errors."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import Generic, Literal, TypeVar

from frontdesk.errors import ModelUnavailable, SetupError

Model = TypeVar("Model")
Result = TypeVar("Result")


def require(package: str, wanted_by: str) -> None:
    """Raises `SetupError` that names what to install."""
    if find_spec(package) is None:
        name = package.replace("_", "-")
        raise SetupError(f"{wanted_by} needs the package {name}: install it with `pip install {name}`")


class LazyModel(Generic[Model]):
    """One model on two threads, so that urgent work does not wait for bulk work."""

    def __init__(self, name: str, load: Callable[[], Model]) -> None:
        self._name = name
        self._load = load
        self._lock = threading.Lock()
        self._model: Model | None = None
        self._threads = {
            "urgent": ThreadPoolExecutor(1, "model-urgent"),
            "bulk": ThreadPoolExecutor(1, "model-bulk"),
        }

    async def run(self, work: Callable[[Model], Result], thread: Literal["urgent", "bulk"]) -> Result:
        """Raises `SetupError` where the model cannot be loaded, `ModelUnavailable` where it fails."""
        return await asyncio.get_running_loop().run_in_executor(self._threads[thread], self._run, work)

    def _run(self, work: Callable[[Model], Result]) -> Result:
        model = self._loaded()
        try:
            return work(model)
        except Exception as error:  # these libraries document no error classes
            raise ModelUnavailable(f"{self._name} failed: {_first_line(error)}") from error

    def _loaded(self) -> Model:
        with self._lock:
            if self._model is None:
                try:
                    self._model = self._load()
                except Exception as error:  # as above
                    raise SetupError(f"{self._name} cannot be loaded: {_first_line(error)}") from error
            return self._model

    async def aclose(self) -> None:
        for thread in self._threads.values():
            thread.shutdown(wait=False, cancel_futures=True)


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:200]
