/** Every word of the shop, in its three languages. */

export const LOCALES = ["ru", "kk", "en"] as const;
export type Locale = (typeof LOCALES)[number];

const ru = {
  brand: "Аспан Маркет",
  tagline: "электроника и техника для дома",
  nav: { catalogue: "Каталог", delivery: "Доставка", help: "Помощь" },
  language: "Язык",
  heroTitle: "Техника, которая приезжает вовремя",
  heroText: "Телефоны, техника для дома и хороший звук. Привозим по всему Казахстану: в Алматы уже завтра.",
  heroAction: "Смотреть каталог",
  heroAsk: "Спросить в чате",
  heroNote: "Помощник отвечает круглосуточно на русском, казахском и английском",
  facts: [
    { value: "от 30 000 ₸", text: "доставка бесплатно" },
    { value: "14 дней", text: "на возврат без объяснений" },
    { value: "24 месяца", text: "гарантии на крупную технику" },
    { value: "0 %", text: "рассрочка на 3, 6 или 12 месяцев" },
  ],
  catalogueTitle: "Выбирают чаще всего",
  ask: "Спросить",
  askAbout: (name: string) => `Расскажите о товаре «${name}»: какая гарантия и когда привезёте?`,
  deliveryTitle: "Сколько ехать до вас",
  deliveryText: "Дни считаем с подтверждения заказа. В Алматы и Астане есть экспресс: закажите до 12:00 и получите сегодня за 2 990 ₸.",
  days: (range: string) => `${range} дн.`,
  cities: ["Алматы", "Астана", "Шымкент", "Караганда", "Павлодар", "Актобе", "Атырау"],
  helpTitle: "Спросите, прежде чем искать",
  helpText: "Помощник знает правила магазина, видит ваш заказ и покажет, откуда взят ответ. А если нужен человек, он подключится, обычно за 15 минут.",
  helpQuestions: ["Как вернуть товар?", "Как оформить рассрочку?", "Можно оплатить наличными?"],
  hours: "Каждый день с 9:00 до 21:00",
  invented: "Аспан Маркет придуман: это витрина для знакомства с Frontdesk. Купить здесь ничего нельзя.",
  demo: {
    label: "Демо",
    who: "Вы",
    guest: "Гость",
    orders: "Заказы",
    noOrders: "заказов нет",
    tryThis: "Попробуйте",
    delivery: "Сколько идёт доставка в Шымкент?",
    order: "Где мой заказ 54321?",
    angryLabel: "Сердитое письмо",
    angry: "Вы третий раз обещаете и не привозите! Верните деньги, или я иду в суд!",
    console: "Консоль оператора",
  },
};

export type Texts = typeof ru;

const kk: Texts = {
  brand: "Аспан Маркет",
  tagline: "электроника мен тұрмыстық техника",
  nav: { catalogue: "Каталог", delivery: "Жеткізу", help: "Көмек" },
  language: "Тіл",
  heroTitle: "Уақытында жететін техника",
  heroText: "Телефон, тұрмыстық техника және аудиотехника. Бүкіл Қазақстанға жеткіземіз: Алматыға ертең-ақ.",
  heroAction: "Каталогты көру",
  heroAsk: "Чатта сұрау",
  heroNote: "Көмекші тәулік бойы қазақ, орыс және ағылшын тілдерінде жауап береді",
  facts: [
    { value: "30 000 ₸-ден", text: "жеткізу тегін" },
    { value: "14 күн", text: "ішінде себебін айтпай қайтару" },
    { value: "24 ай", text: "ірі техникаға кепілдік" },
    { value: "0 %", text: "3, 6 немесе 12 айға бөліп төлеу" },
  ],
  catalogueTitle: "Жиі таңдалатын тауарлар",
  ask: "Сұрау",
  askAbout: (name) => `${name} туралы айтып беріңізші: кепілдігі қандай, қашан жеткізесіздер?`,
  deliveryTitle: "Сізге қанша күнде жетеді",
  deliveryText: "Күнді тапсырыс расталғаннан бастап есептейміз. Алматы мен Астанада экспресс бар: 12:00-ге дейін тапсырыс берсеңіз, 2 990 ₸-ге бүгін аласыз.",
  days: (range) => `${range} күн`,
  cities: ["Алматы", "Астана", "Шымкент", "Қарағанды", "Павлодар", "Ақтөбе", "Атырау"],
  helpTitle: "Іздеп әуре болмай, сұраңыз",
  helpText: "Көмекші дүкен ережелерін біледі, тапсырысыңызды көреді және жауаптың қайдан алынғанын көрсетеді. Адам керек болса, қызметкер әдетте 15 минутта қосылады.",
  helpQuestions: ["Тауарды қалай қайтарамын?", "Бөліп төлеуді қалай рәсімдеймін?", "Қолма-қол төлеуге бола ма?"],
  hours: "Күн сайын 9:00–21:00",
  invented: "Аспан Маркет ойдан шығарылған: бұл – Frontdesk мүмкіндіктерін көрсететін үлгі дүкен. Мұнда ештеңе сатылмайды.",
  demo: {
    label: "Демо",
    who: "Сіз",
    guest: "Қонақ",
    orders: "Тапсырыстар",
    noOrders: "тапсырыс жоқ",
    tryThis: "Байқап көріңіз",
    delivery: "Шымкентке жеткізу қанша күн алады?",
    order: "54321 тапсырысым қайда?",
    angryLabel: "Ашулы хат",
    angry: "Үшінші рет уәде беріп, әлі әкелмедіңіздер! Ақшамды қайтарыңыздар, әйтпесе сотқа беремін!",
    console: "Оператор консолі",
  },
};

const en: Texts = {
  brand: "Aspan Market",
  tagline: "electronics and home appliances",
  nav: { catalogue: "Catalogue", delivery: "Delivery", help: "Help" },
  language: "Language",
  heroTitle: "Electronics that arrive on time",
  heroText: "Phones, appliances and sound for your home. We deliver all over Kazakhstan: to Almaty by tomorrow.",
  heroAction: "See the catalogue",
  heroAsk: "Ask in the chat",
  heroNote: "The assistant answers day and night in Russian, Kazakh and English",
  facts: [
    { value: "from 30 000 ₸", text: "delivery is free" },
    { value: "14 days", text: "to return, no reason asked" },
    { value: "24 months", text: "warranty on large appliances" },
    { value: "0 %", text: "instalments over 3, 6 or 12 months" },
  ],
  catalogueTitle: "Chosen most often",
  ask: "Ask",
  askAbout: (name) => `Tell me about the ${name}: what is the warranty and when can you deliver it?`,
  deliveryTitle: "How long it takes to reach you",
  deliveryText: "Days count from the confirmation of the order. Almaty and Astana have express: order by 12:00 and get it today for 2 990 ₸.",
  days: (range) => `${range} ${range === "1" ? "day" : "days"}`,
  cities: ["Almaty", "Astana", "Shymkent", "Karaganda", "Pavlodar", "Aktobe", "Atyrau"],
  helpTitle: "Ask before you search",
  helpText: "The assistant knows the shop's rules, sees your order and shows where an answer comes from. And if you want a person, one joins, usually within 15 minutes.",
  helpQuestions: ["How do I return an item?", "How do instalments work?", "Can I pay in cash?"],
  hours: "Every day from 9:00 to 21:00",
  invented: "Aspan Market is invented: a shop window to meet Frontdesk. Nothing is for sale here.",
  demo: {
    label: "Demo",
    who: "You are",
    guest: "Guest",
    orders: "Orders",
    noOrders: "no orders",
    tryThis: "Try this",
    delivery: "How long does delivery to Shymkent take?",
    order: "Where is order 54321?",
    angryLabel: "An angry message",
    angry: "This is the third time you promised and nothing came! Give me my money back or I go to court!",
    console: "Operator console",
  },
};

export const TEXTS: Record<Locale, Texts> = { ru, kk, en };

/** First and last day of delivery, city by city, as the knowledge base says. */
export const DELIVERY_DAYS: readonly (readonly [number, number])[] = [
  [1, 1],
  [1, 2],
  [2, 3],
  [2, 3],
  [3, 4],
  [4, 5],
  [5, 6],
];

const KEY = "aspan:locale";

export function firstLocale(): Locale {
  const wishes = [new URLSearchParams(window.location.search).get("lang"), localStorage.getItem(KEY), ...navigator.languages];
  for (const wish of wishes) {
    const locale = LOCALES.find((known) => wish?.toLowerCase().startsWith(known));
    if (locale) return locale;
  }
  return "ru";
}

export function keepLocale(locale: Locale): void {
  localStorage.setItem(KEY, locale);
}
