"""Where the walk asks moderation: words, uploads, results. A verdict becomes the dialect's refusal."""

from __future__ import annotations

from egaku.contract.errors import ApiError, InvalidRequest
from egaku.contract.requests import ImageRequest
from egaku.contract.wording import Flagged
from egaku.engines.base import TRAINED, EngineInfo, Job, Pixels, Task
from egaku.generation.work import Caller, Work
from egaku.moderation.decisions import Decisions
from egaku.moderation.judges import Moderation
from egaku.moderation.scores import Policy, Verdict, effective_policy


class ResultFlagged(InvalidRequest):
    """One finished picture is withheld; the others of its request may go out."""


class Gate:
    """Judges by the caller's policy, remembers refusals for an hour, keeps nobody's words."""

    def __init__(self, moderation: Moderation, decisions: Decisions) -> None:
        self._moderation = moderation
        self._decisions = decisions

    async def words(self, request: ImageRequest, caller: Caller) -> None:
        """Judge the prompt. Raises InvalidRequest in the dialect's words, Overloaded."""
        if request.prompt:
            verdict = await self._moderation.prompt(request.prompt, _policy(request, caller))
            self._require(Flagged.PROMPT, verdict, request, caller)

    async def upload(self, request: ImageRequest, caller: Caller, pixels: Pixels) -> None:
        """Judge an uploaded picture, likewise."""
        verdict = await self._moderation.picture(pixels, _policy(request, caller), "upload")
        self._require(Flagged.UPLOAD, verdict, request, caller)

    async def result(self, work: Work, pixels: Pixels) -> None:
        """Judge a picture as it would be delivered. Raises ResultFlagged, Overloaded."""
        verdict = await self._moderation.picture(pixels, _policy(work.request, work.caller), "result")
        self._require(Flagged.RESULT, verdict, work.request, work.caller)

    def _require(self, where: Flagged, verdict: Verdict, request: ImageRequest, caller: Caller) -> None:
        if not verdict.flagged:
            return
        categories = [str(category) for category in verdict.flagged]
        policy = _policy(request, caller)
        self._decisions.note(caller.request_id, caller.owner, where, categories, policy)
        refusal = request.dialect.wording.flagged(where, categories, caller.request_id)
        raise _withheld(refusal) if where is Flagged.RESULT else refusal


def _policy(request: ImageRequest, caller: Caller) -> Policy:
    return effective_policy(Policy(caller.policy), request.moderation)


def is_own_art(job: Job, info: EngineInfo | None) -> bool:
    """Whether there are neither learned pixels nor uploaded ones in a result: then it needs no judge.

    What an engine paints from its own art alone holds nothing to refuse. A variation with a recipe is painted
    anew from that recipe.
    """
    learned = info is None or info.digital_source == TRAINED
    uploaded = job.image is not None and not (job.task is Task.VARY and job.recipe is not None)
    return not (learned or uploaded)


def _withheld(refusal: ApiError) -> ResultFlagged:
    return ResultFlagged(refusal.message, param=refusal.param, code=refusal.code, type=refusal.type)
