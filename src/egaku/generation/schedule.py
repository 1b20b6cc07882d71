"""What is drawn next, and with what: the queue, second attempts before it, batches out of both."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Collection, Hashable, Sequence
from itertools import chain

import structlog

from egaku.contract.errors import Overloaded, ServerError
from egaku.engines.base import EngineInfo
from egaku.generation.events import Cause, PoolEvents, Refusal
from egaku.generation.fair_queue import FairQueue
from egaku.generation.pace import Pace
from egaku.generation.tickets import Ticket, batch_key

REGROWTH = 100
"""Pictures drawn until a batch that memory did not suffice for is tried with one job more."""

log = structlog.get_logger(__name__)


class Schedule:
    """Tickets that wait. It knows no processes: workers ask it for work and give back what they lost."""

    def __init__(self, places: int, events: PoolEvents, workers: Callable[[], int]) -> None:
        """`workers()` is how many can draw at the moment."""
        self.queue: FairQueue[Ticket] = FairQueue(places)
        self.pace = Pace()
        self.events = events
        self.info: EngineInfo | None = None
        self.on_work: Callable[[], None] = lambda: None
        """Called when something has come to be drawn."""
        self._again: deque[Ticket] = deque()
        self._caps: dict[Hashable, int] = {}
        """Largest batch of a kind × REGROWTH, where memory did not suffice for more (additive increase,
        multiplicative decrease: Chiu and Jain, Computer Networks and ISDN Systems 17, 1989)."""
        self._workers = workers

    def __len__(self) -> int:
        return len(self._again) + len(self.queue)

    def push(self, owner: str, ticket: Ticket, *, patient: bool) -> None:
        """Take a ticket in."""
        self.queue.push(owner, ticket, patient=patient)
        self.on_work()

    def withdraw(self, ticket: Ticket) -> None:
        """It is no longer wanted, wherever it waits."""
        if not self.queue.remove(ticket) and ticket in self._again:
            self._again.remove(ticket)

    def take(self, under_way: Collection[Ticket]) -> list[Ticket]:
        """What a worker with those under way is to draw now: a new batch, or what may join its own."""
        if under_way:
            return self._joiners(under_way)
        if self._again:
            first = self._again.popleft()
        elif self.queue:
            first = self.queue.pop()
        else:
            return []
        return [first, *self.fill([first])]

    def fill(self, batch: Sequence[Ticket]) -> list[Ticket]:
        """Those that wait and may be drawn with this batch, as many as it has room for."""
        room = self._limit(batch) - len(batch)
        if room <= 0:
            return []
        fellows = [one for one in self._again if one.most == batch[0].most and self._alike(batch[0], one)][
            :room
        ]
        for one in fellows:
            self._again.remove(one)
        return fellows + self.queue.pop_matching(lambda one: self._alike(batch[0], one), room - len(fellows))

    def can_join(self, under_way: Collection[Ticket]) -> bool:
        """Whether a worker with those under way has room for more."""
        return bool(self.info and self.info.joins) and len(under_way) < self._limit(under_way)

    def give_back(self, ticket: Ticket, cause: Cause, together: int) -> None:
        """An attempt at it, in a batch of `together`, was lost: it is tried again or fails."""
        if cause is Cause.MEMORY and together > 1 and self.info:
            self._caps[batch_key(self.info, ticket.job)] = together // 2 * REGROWTH
        if ticket.over:
            return
        if ticket.try_again(cause, together):
            self.events.retried(cause)
            self._again.append(ticket)
            self.on_work()
        else:
            self.events.failed(cause)
            log.error("job given up", cause=cause, task=ticket.job.task)
            ticket.fail(ServerError())

    def put_back(self, ticket: Ticket) -> None:
        """It was handed to a worker that died before beginning it: nobody's fault, and next again."""
        if not ticket.over:
            self._again.appendleft(ticket)
            self.on_work()

    def drawn(self, ticket: Ticket, seconds: float, together: int) -> None:
        """A picture took the engine `seconds`, in a batch of `together`."""
        self.pace.note(ticket.job, seconds, together)
        if self.info and self._caps:
            key = batch_key(self.info, ticket.job)
            if key in self._caps:
                self._caps[key] += 1
                if self._caps[key] >= self.info.max_batch * REGROWTH:
                    del self._caps[key]

    def refusal(self, why: Refusal) -> Overloaded:
        """The error for a job that is not taken, with the time after which it may be."""
        self.events.refused(why)
        seconds = self.pace.retry_after(len(self), self._workers())
        headers = {"Retry-After": str(math.ceil(seconds)), "Retry-After-Ms": str(math.ceil(seconds * 1000))}
        return Overloaded(
            "The server is overloaded or not ready yet.", code="server_is_overloaded", headers=headers
        )

    def eta(self, ticket: Ticket, position: int) -> float:
        """Seconds until a ticket with that many before it is drawn."""
        return self.pace.eta(ticket.job, position, self._workers())

    def position(self, ticket: Ticket) -> int:
        """How many will be taken before a ticket that waits in the queue."""
        return len(self._again) + self.queue.position(ticket)

    def review(self, now: float) -> None:
        """Tell those that wait where they stand; end those that have waited too long. O(waiting)."""
        late: list[Ticket] = []
        for position, ticket in enumerate(chain(self._again, self.queue)):
            if (
                ticket.patience is not None
                and ticket.deadline is None
                and now > ticket.came + ticket.patience
            ):
                late.append(ticket)
            elif ticket.on_queued:
                ticket.show_position(position, self.eta(ticket, position))
        for ticket in late:
            self.withdraw(ticket)
            ticket.fail(self.refusal(Refusal.WAITED))

    def _joiners(self, under_way: Collection[Ticket]) -> list[Ticket]:
        """Nobody is overtaken: as soon as the next in turn does not fit, the batch runs dry and ends."""
        found: list[Ticket] = []
        if self._again or not self.can_join(under_way):
            return found
        one = next(iter(under_way))
        room = self._limit(under_way) - len(under_way)
        while len(found) < room and self.queue and self._alike(one, self.queue.peek()):
            found.append(self.queue.pop())
        return found

    def _limit(self, batch: Collection[Ticket]) -> int:
        most = self.info.max_batch if self.info else 1
        if self.info and self._caps:
            key = batch_key(self.info, next(iter(batch)).job)
            most = self._caps.get(key, most * REGROWTH) // REGROWTH
        return min([most, *(one.most for one in batch if one.most is not None)])

    def _alike(self, one: Ticket, other: Ticket) -> bool:
        return self.info is not None and batch_key(self.info, one.job) == batch_key(self.info, other.job)
