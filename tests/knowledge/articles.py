"""Four small articles in a knowledge base, and what a question finds among them."""

from frontdesk.knowledge.base import Knowledge


async def fill(knowledge: Knowledge) -> None:
    await knowledge.add_text("cost.ru", "Стоимость доставки", "Доставка по Алматы стоит 1 990 ₸.")
    await knowledge.add_text("cost.kk", "Жеткізу құны", "Алматы бойынша жеткізу 1 990 ₸ тұрады.")
    await knowledge.add_text("cost.en", "Delivery cost", "Delivery inside Almaty costs 1 990 ₸.")
    await knowledge.add_text("warranty.ru", "Гарантия", "На технику действует гарантия 12 месяцев.")


async def keys(knowledge: Knowledge, query: str, language: str | None = None) -> list[str]:
    return [passage.doc_key for passage in await knowledge.search(query, language=language)]
