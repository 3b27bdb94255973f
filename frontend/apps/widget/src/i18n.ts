/** Every word that the widget says, in its three languages. */

import type { Locale } from "./i18nLocale";

export { type Locale, toLocale } from "./i18nLocale";

const en = {
  answers: (within: string) => `Usually answers ${within}`,
  answersSoon: "Answers at once, day and night",
  close: "Close chat",
  greeting: "Hello! How can we help?",
  intro: "Ask in your own words. The assistant answers at once and shows where each answer comes from.",
  suggestionsTitle: "People often ask",
  suggestions: ["How long does delivery take?", "Where is my order?", "How do I return an item?", "How can I pay?"],
  log: "Conversation",
  you: "You",
  ai: "AI assistant",
  person: "Team member",
  aiTyping: "The assistant is writing",
  personTyping: "A team member is writing",
  placeholder: "Write a message…",
  inputLabel: "Your message",
  send: "Send",
  askPerson: "Talk to a person",
  askPersonMessage: "I want to talk to a person",
  waitingTitle: "A person will answer you here",
  waitingWithin: (within: string) => `Usually ${within}. You may close the chat: the answer will wait here.`,
  waitingText: "You may close the chat: the answer will wait here.",
  withPerson: (name: string) => `You are talking to ${name}`,
  withSomeone: "You are talking to a member of our team",
  resolved: "This matter is settled. If anything is left, write: we go on here.",
  offline: "No connection. Your messages will leave when it is back.",
  connecting: "Reconnecting…",
  limited: "Slow connection: answers may come a little later.",
  sending: "Sending…",
  queued: "Waits for the connection",
  sent: "Sent",
  failed: "Not sent",
  retry: "Try again",
  sources: "Sources",
  source: (n: number) => `Source ${n}`,
  order: (number: string) => `Order ${number}`,
  openSource: "Open the article",
  closeSource: "Hide the quote",
  latest: "To the latest message",
  today: "Today",
  yesterday: "Yesterday",
};

export type Texts = typeof en;

const ru: Texts = {
  answers: (within) => `Обычно отвечаем ${within}`,
  answersSoon: "Отвечаем сразу, днём и ночью",
  close: "Закрыть чат",
  greeting: "Здравствуйте! Чем можем помочь?",
  intro: "Спросите своими словами. Помощник ответит сразу и покажет, откуда взят ответ.",
  suggestionsTitle: "Часто спрашивают",
  suggestions: ["Сколько идёт доставка?", "Где мой заказ?", "Как вернуть товар?", "Как можно оплатить?"],
  log: "Переписка",
  you: "Вы",
  ai: "ИИ-помощник",
  person: "Сотрудник",
  aiTyping: "Помощник пишет",
  personTyping: "Сотрудник пишет",
  placeholder: "Напишите сообщение…",
  inputLabel: "Ваше сообщение",
  send: "Отправить",
  askPerson: "Позвать человека",
  askPersonMessage: "Позовите человека",
  waitingTitle: "Вам ответит сотрудник",
  waitingWithin: (within) => `Обычно ${within}. Чат можно закрыть: ответ придёт сюда.`,
  waitingText: "Чат можно закрыть: ответ придёт сюда.",
  withPerson: (name) => `С вами на связи ${name}`,
  withSomeone: "С вами на связи наш сотрудник",
  resolved: "Вопрос решён. Если что-то осталось, напишите: продолжим здесь.",
  offline: "Нет связи. Сообщения уйдут, как только она появится.",
  connecting: "Восстанавливаем связь…",
  limited: "Связь медленная: ответы могут приходить чуть позже.",
  sending: "Отправляется…",
  queued: "Ждёт связи",
  sent: "Отправлено",
  failed: "Не отправлено",
  retry: "Повторить",
  sources: "Источники",
  source: (n) => `Источник ${n}`,
  order: (number) => `Заказ ${number}`,
  openSource: "Открыть статью",
  closeSource: "Скрыть цитату",
  latest: "К последнему сообщению",
  today: "Сегодня",
  yesterday: "Вчера",
};

const kk: Texts = {
  answers: (within) => `${within} жауап береміз`,
  answersSoon: "Күндіз-түні бірден жауап береміз",
  close: "Чатты жабу",
  greeting: "Сәлеметсіз бе! Қандай көмек керек?",
  intro: "Сұрағыңызды өз сөзіңізбен жазыңыз. Көмекші бірден жауап беріп, жауаптың қайдан алынғанын көрсетеді.",
  suggestionsTitle: "Жиі қойылатын сұрақтар",
  suggestions: [
    "Жеткізу қанша уақыт алады?",
    "Тапсырысым қайда?",
    "Тауарды қалай қайтарамын?",
    "Қалай төлеуге болады?",
  ],
  log: "Хат алмасу",
  you: "Сіз",
  ai: "ЖИ көмекші",
  person: "Қызметкер",
  aiTyping: "Көмекші жазып жатыр",
  personTyping: "Қызметкер жазып жатыр",
  placeholder: "Хабарлама жазыңыз…",
  inputLabel: "Хабарламаңыз",
  send: "Жіберу",
  askPerson: "Адамды шақыру",
  askPersonMessage: "Адам шақырыңыз",
  waitingTitle: "Сізге қызметкер жауап береді",
  waitingWithin: (within) => `Әдетте ${within}. Чатты жаба беріңіз: жауап осында келеді.`,
  waitingText: "Чатты жаба беріңіз: жауап осында келеді.",
  withPerson: (name) => `Сізбен ${name} сөйлесіп отыр`,
  withSomeone: "Сізбен біздің қызметкер сөйлесіп отыр",
  resolved: "Мәселе шешілді. Тағы сұрағыңыз болса, жазыңыз: осы жерде жалғастырамыз.",
  offline: "Байланыс жоқ. Хабарламалар байланыс орнаған бойда жіберіледі.",
  connecting: "Байланыс қалпына келтіріліп жатыр…",
  limited: "Байланыс баяу: жауап сәл кешігуі мүмкін.",
  sending: "Жіберіліп жатыр…",
  queued: "Байланысты күтуде",
  sent: "Жіберілді",
  failed: "Жіберілмеді",
  retry: "Қайталау",
  sources: "Дереккөздер",
  source: (n) => `${n}-дереккөз`,
  order: (number) => `${number} тапсырысы`,
  openSource: "Мақаланы ашу",
  closeSource: "Дәйексөзді жасыру",
  latest: "Соңғы хабарламаға өту",
  today: "Бүгін",
  yesterday: "Кеше",
};

export const TEXTS: Record<Locale, Texts> = { ru, kk, en };

/** "within 15 minutes", rounded up to what a person would say. */
export function within(locale: Locale, seconds: number): string {
  if (seconds <= 15) return { en: "within seconds", ru: "за несколько секунд", kk: "бірнеше секунд ішінде" }[locale];
  if (seconds <= 60) return { en: "within a minute", ru: "в течение минуты", kk: "бір минут ішінде" }[locale];
  const hours = seconds > 5400;
  const count = Math.ceil(seconds / (hours ? 3600 : 60));
  if (locale === "en") return `within ${count} ${hours ? "hour" : "minute"}${count === 1 ? "" : "s"}`;
  if (locale === "kk") return `${count} ${hours ? "сағат" : "минут"} ішінде`;
  const singular = count % 10 === 1 && count % 100 !== 11;
  return `в течение ${count} ${hours ? (singular ? "часа" : "часов") : singular ? "минуты" : "минут"}`;
}
