"""Local intelligence, an LLM agent and a chain of both keep the same contract."""

from frontdesk.answering.answerer import Answerer
from frontdesk.answering.deps import Deps
from frontdesk.answering.llm.agent import AgentAnswerer
from frontdesk.answering.llm.chain import ChainAnswerer
from frontdesk.answering.local.answerer import LocalAnswerer
from tests.contracts.answerer_suite import AnswererSuite
from tests.contracts.answering_world import NOW
from tests.unit.answering.llm.scripted import honest, model_of


class TestLocal(AnswererSuite):
    def build(self, deps: Deps) -> Answerer:
        return LocalAnswerer(deps, now=lambda: NOW)


class TestAgent(AnswererSuite):
    def build(self, deps: Deps) -> Answerer:
        return AgentAnswerer("anthropic", model_of(honest), deps, clock=lambda: NOW)


class TestChain(AnswererSuite):
    def build(self, deps: Deps) -> Answerer:
        agent = AgentAnswerer("anthropic", model_of(honest), deps, clock=lambda: NOW)
        return ChainAnswerer([agent, LocalAnswerer(deps, now=lambda: NOW)])
