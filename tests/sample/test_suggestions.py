"""What the demo's pages suggest to ask, in three languages, is answered by the articles that are about it."""

from pathlib import Path

import pytest

from frontdesk.answering.deps import Deps
from frontdesk.answering.local.answerer import LocalAnswerer
from frontdesk.db.pool import Database
from frontdesk.desk import open_desk
from frontdesk.sample.load import load_shop
from frontdesk.settings import Settings
from frontdesk.terms import Proof
from frontdesk.tickets.decision import Act, Decision
from frontdesk.understanding.local.reader import LocalReader
from tests.unit.answering.local.desk import Paper, Shop, case_of

SUGGESTED = {
    "ru": {
        "Сколько идёт доставка?": "delivery-times",
        "Сколько идёт доставка в Шымкент?": "delivery-times",
        "Как вернуть товар?": "returns-14-days",
        "Как можно оплатить?": "payment-methods",
        "Как оформить рассрочку?": "payment-instalments",
        "Можно оплатить наличными?": "payment-cash",
    },
    "kk": {
        "Жеткізу қанша уақыт алады?": "delivery-times",
        "Шымкентке жеткізу қанша күн алады?": "delivery-times",
        "Тауарды қалай қайтарамын?": "returns-14-days",
        "Қалай төлеуге болады?": "payment-methods",
        "Бөліп төлеуді қалай рәсімдеймін?": "payment-instalments",
        "Қолма-қол төлеуге бола ма?": "payment-cash",
    },
    "en": {
        "How long does delivery take?": "delivery-times",
        "How long does delivery to Shymkent take?": "delivery-times",
        "How do I return an item?": "returns-14-days",
        "How can I pay?": "payment-methods",
        "How do instalments work?": "payment-instalments",
        "Can I pay in cash?": "payment-cash",
    },
}
OWN_ORDER = {
    "ru": ("Где мой заказ?", "Где мой заказ 54321?"),
    "kk": ("Тапсырысым қайда?", "54321 тапсырысым қайда?"),
    "en": ("Where is my order?", "Where is order 54321?"),
}
ABOUT_PRODUCT = {
    "ru": "Расскажите о товаре «{}»: какая гарантия и когда привезёте?",
    "kk": "{} туралы айтып беріңізші: кепілдігі қандай, қашан жеткізесіздер?",
    "en": "Tell me about the {}: what is the warranty and when can you deliver it?",
}
PRODUCTS = {
    "product-tumar-x5": ("Смартфон Tumar X5", "Tumar X5 смартфоны", "Tumar X5 smartphone"),
    "product-dastarkhan-crema": (
        "Кофемашина Dastarkhan Crema",
        "Dastarkhan Crema кофемашинасы",
        "Dastarkhan Crema coffee machine",
    ),
    "product-jel-robo-s": (
        "Робот-пылесос Jel Robo S",
        "Jel Robo S робот-шаңсорғышы",
        "Jel Robo S robot vacuum",
    ),
    "product-saz-studio": ("Наушники Saz Studio", "Saz Studio құлаққабы", "Saz Studio headphones"),
    "product-ayaz-nf": ("Холодильник Ayaz NF", "Ayaz NF тоңазытқышы", "Ayaz NF fridge"),
    "product-koktem-55": ("Телевизор Koktem 55″", "Koktem 55″ теледидары", "Koktem 55″ TV"),
    "product-bulak": ("Стиральная машина Bulak", "Bulak кір жуғыш машинасы", "Bulak washing machine"),
    "product-shaynek": ("Электрочайник Shaynek", "Shaynek электр шәйнегі", "Shaynek electric kettle"),
}


def about_products(language: str) -> dict[str, set[str]]:
    """Each product's question, with the articles of its two halves."""
    at = ("ru", "kk", "en").index(language)
    form = ABOUT_PRODUCT[language]
    return {form.format(names[at]): {article, "delivery-times"} for article, names in PRODUCTS.items()}


class Demo:
    """The local answerer on the sample shop's articles."""

    def __init__(self, deps: Deps) -> None:
        self._answerer = LocalAnswerer(deps)
        self._reader = LocalReader()

    async def ask(self, question: str, language: str, proof: Proof) -> Decision:
        reading = self._reader.analyse(question, language_hint=language)
        return await self._answerer.answer(case_of(question, proof=proof, customer=None), reading, Paper())


@pytest.mark.parametrize("language", list(SUGGESTED))
async def test_every_suggestion_is_answered(language: str, db: Database, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, database_url=db.dsn, frontdesk_home=tmp_path, secret_key="k" * 40)
    async with open_desk(settings) as desk:
        await load_shop(desk)
        while await desk.knowledge.embed_missing(batch=250):
            pass
        demo = Demo(Deps(desk.knowledge, Shop()))
        for question, article in SUGGESTED[language].items():
            decision = await demo.ask(question, language, Proof.NONE)
            cited = {source.doc_id.partition("/")[2] for source in decision.sources}
            assert (decision.act, cited) == (Act.ANSWER, {article}), question
        for question, articles in about_products(language).items():
            # "When can you deliver it?" alone is doubtful: both halves are told, with the question whether it helped.
            decision = await demo.ask(question, language, Proof.NONE)
            cited = {source.doc_id.partition("/")[2] for source in decision.sources}
            assert decision.act is not Act.ESCALATE, question
            assert cited == articles, question
        for question in OWN_ORDER[language]:
            decision = await demo.ask(question, language, Proof.NONE)
            assert (decision.act, decision.awaits_proof) == (Act.ASK, True), question
